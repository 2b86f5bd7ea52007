"""What moderation keeps: contributions, who did what with them and why, and what readers report.

Rows are written by `actions` alone. The database refuses a decision that says not who made it,
when and why.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from everygenome.web.moderation.states import ACTIONS, DECIDED, State
from everygenome.web.people.declared import Fate
from everygenome.web.people.models import Account, Contact, Declared
from everygenome.web.people.sealed import SealedJSON, SealedText

LONGEST_REASON = 2000


def vault_over(contribution: "Contribution | None", subject: str) -> str:
    """The vault of a contribution, or of the entry that a subject such as `stories/k3v9` names."""
    from everygenome.web.moderation.kinds import vault_of

    return contribution.vault if contribution is not None else vault_of(subject)


class Purpose(models.TextChoices):
    """What a contribution wants."""

    NEW = "new", "a new entry"
    EDIT = "edit", "a correction"
    CLAIM = "claim", "a claim to look after an entry"


class Proof(models.TextChoices):
    """How somebody shows that they look after an entry."""

    MAIL = "mail", "My e-mail address is at the domain of its pages"
    FILE = "file", "A file on its site: .well-known/everygenome.txt"
    LINE = "line", "A line in the README or CITATION file of its repository"


class Contribution(models.Model):
    """Something that somebody offers, from its draft to its decision.

    `proposed` holds the fields that would be stored, cleaned; `before` what the entry held when
    the contributor began, so that a change in between is seen; `amended` the wording that a
    curator suggests instead. Kinds that are sealed have a `vault`: what people wrote, and what was
    said of it, is encrypted under its key.
    """

    declared: ClassVar[Declared] = {
        "id": (Fate.KEEP, "a number of the entry"),
        "receipt": (Fate.SCRUB, "a fingerprint of your receipt code"),
        "vault": (Fate.SCRUB, "the name of the key that a story is sealed under"),
        "kind": (Fate.KEEP, "what kind of entry it is about"),
        "purpose": (Fate.KEEP, "whether it is new, a correction or a claim"),
        "subject": (Fate.KEEP, "the entry that it is about"),
        "proposed": (Fate.SCRUB, "what you wrote"),
        "before": (Fate.KEEP, "what the entry said when you began"),
        "amended": (Fate.SCRUB, "other wording that a curator suggested"),
        "proof": (Fate.KEEP, "how you show that you look after the entry"),
        "note": (Fate.SCRUB, "what you told the reviewers"),
        "credit": (Fate.SCRUB, "the name that you want to be thanked by"),
        "contact": (Fate.SCRUB, "how to reach you, stored apart and encrypted"),
        "state": (Fate.KEEP, "where it stands"),
        "round": (Fate.KEEP, "how often it was sent for review"),
        "version": (Fate.KEEP, "how often it changed"),
        "made_at": (Fate.KEEP, "when you began"),
        "submitted_at": (Fate.KEEP, "when you sent it for review"),
        "decided_at": (Fate.KEEP, "when it was decided"),
        "decided_by": (Fate.KEEP, "who decided"),
        "decision_reason": (Fate.KEEP, "why"),
        "reviewer": (Fate.KEEP, "who is reviewing it"),
    }

    receipt = models.CharField(max_length=64, unique=True)
    vault = models.CharField(max_length=32, blank=True, db_index=True)
    kind = models.CharField(max_length=40, db_index=True)
    purpose = models.CharField(max_length=10, choices=Purpose)
    subject = models.CharField(max_length=160, blank=True, db_index=True)
    proposed = SealedJSON(default=dict)
    before = SealedJSON(default=dict)
    amended = SealedJSON(null=True)
    proof = models.CharField(max_length=10, choices=Proof, blank=True)
    note = SealedText(max_length=LONGEST_REASON, blank=True)
    credit = SealedText(max_length=120, blank=True)
    contact = models.OneToOneField(Contact, null=True, on_delete=models.SET_NULL)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT, db_index=True)
    round = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, db_index=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        Account, null=True, on_delete=models.PROTECT, related_name="decided"
    )
    decision_reason = SealedText(max_length=LONGEST_REASON, blank=True)
    reviewer = models.ForeignKey(
        Account, null=True, on_delete=models.SET_NULL, related_name="reviewing"
    )

    class Meta:
        """A decision says who, when and why; what waits was sent."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state__in=DECIDED)
                | Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(decision_reason=""),
                name="contribution_decided_by_when_why",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="contribution_state"),
            models.CheckConstraint(
                condition=Q(state__in=(State.DRAFT, State.WITHDRAWN))
                | Q(submitted_at__isnull=False, round__gte=1),
                name="contribution_was_sent",
            ),
            models.CheckConstraint(
                condition=Q(purpose=Purpose.NEW) | ~Q(subject=""), name="contribution_has_subject"
            ),
            models.CheckConstraint(
                condition=Q(purpose=Purpose.CLAIM) & ~Q(proof="")
                | ~Q(purpose=Purpose.CLAIM) & Q(proof=""),
                name="contribution_claims_with_proof",
            ),
        ]

    @property
    def vault_name(self) -> str:
        """Under which vault it is sealed."""
        return self.vault


class Key(models.Model):
    """A secret link to a contribution. Only a fingerprint of the secret is stored."""

    declared: ClassVar[Declared] = {
        "id": (Fate.KEEP, "a number of the entry"),
        "contribution": (Fate.KEEP, "the contribution"),
        "secret": (Fate.SCRUB, "a fingerprint of the secret in your link"),
        "mailed": (Fate.KEEP, "whether it went by mail alone"),
        "made_at": (Fate.KEEP, "when the link was made"),
        "expires_at": (Fate.KEEP, "until when it works"),
    }

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="keys")
    secret = models.CharField(max_length=64, unique=True)
    # Whoever holds such a link reads the mail of its address.
    mailed = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)


class Event(models.Model):
    """One line of the audit trail; written once, never changed.

    `subject` names an entry (`toolbox/tractor`) where the event is about no contribution.
    """

    declared: ClassVar[Declared] = {
        "id": (Fate.KEEP, "a number of the entry"),
        "contribution": (Fate.KEEP, "the contribution"),
        "subject": (Fate.KEEP, "the entry that it is about"),
        "action": (Fate.KEEP, "what was done"),
        "before": (Fate.KEEP, "where it stood before"),
        "after": (Fate.KEEP, "where it stood afterwards"),
        "by": (Fate.KEEP, "who did it, if they have an account"),
        "role": (Fate.KEEP, "in which role"),
        "reason": (Fate.SCRUB, "why"),
        "at": (Fate.KEEP, "when"),
    }

    contribution = models.ForeignKey(
        Contribution, null=True, on_delete=models.CASCADE, related_name="events"
    )
    subject = models.CharField(max_length=160, blank=True, db_index=True)
    action = models.CharField(max_length=30)
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20, blank=True)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="events")
    role = models.CharField(max_length=20)
    reason = SealedText(max_length=LONGEST_REASON, blank=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        """Whoever decides has an account and gives a reason."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(action__in=[a.name for a in ACTIONS.values() if a.decides])
                | Q(by__isnull=False) & ~Q(reason=""),
                name="event_decided_by_why",
            ),
        ]

    def save(self, *args: object, **kwargs: object) -> None:
        """Write it once."""
        if self.pk is not None:
            raise TypeError("an event of the audit trail is never changed")
        super().save(*args, **kwargs)

    @property
    def vault_name(self) -> str:
        """Under which vault its reason is sealed."""
        return vault_over(self.contribution, self.subject)


class Review(models.Model):
    """One reviewer's acceptance in one round; a kind may need two, of different people."""

    declared: ClassVar[Declared] = {
        "id": (Fate.KEEP, "a number of the entry"),
        "contribution": (Fate.KEEP, "the contribution"),
        "round": (Fate.KEEP, "the round"),
        "by": (Fate.KEEP, "who accepted it"),
        "reason": (Fate.KEEP, "why"),
        "checks": (Fate.KEEP, "what they looked for before they accepted it"),
        "at": (Fate.KEEP, "when"),
    }

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="reviews")
    round = models.PositiveSmallIntegerField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="reviews")
    reason = SealedText(max_length=LONGEST_REASON)
    checks = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Nobody counts twice."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["contribution", "round", "by"], name="review_once_a_round"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="review_reason"),
        ]

    @property
    def vault_name(self) -> str:
        """Under which vault its reason is sealed."""
        return self.contribution.vault


class Hold(models.Model):
    """The community panel's hold: nothing is published while it stands. Public, with its reason.

    `contribution` is what is held; `subject` names an entry or a category that is already there,
    such as `definitions/brown` or `toolbox:kind:service`.
    """

    declared: ClassVar[Declared] = {
        "id": (Fate.KEEP, "a number of the entry"),
        "contribution": (Fate.KEEP, "the contribution"),
        "subject": (Fate.KEEP, "the entry or category"),
        "by": (Fate.KEEP, "who holds it"),
        "reason": (Fate.KEEP, "why; public"),
        "placed_at": (Fate.KEEP, "since when"),
        "lifted_at": (Fate.KEEP, "until when"),
        "lifted_by": (Fate.KEEP, "who lifted it"),
        "outcome": (Fate.KEEP, "what was decided; public"),
    }

    contribution = models.ForeignKey(
        Contribution, null=True, on_delete=models.CASCADE, related_name="holds"
    )
    subject = models.CharField(max_length=160, blank=True, db_index=True)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="holds")
    reason = SealedText(max_length=LONGEST_REASON)
    placed_at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(
        Account, null=True, on_delete=models.PROTECT, related_name="holds_lifted"
    )
    outcome = SealedText(max_length=LONGEST_REASON, blank=True)

    @property
    def vault_name(self) -> str:
        """Under which vault its reason is sealed."""
        return vault_over(self.contribution, self.subject)

    class Meta:
        """Placed and lifted by somebody, for a reason; one at a time."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="hold_reason"),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(outcome=""),
                name="hold_lifted_by_when_why",
            ),
            models.CheckConstraint(
                condition=Q(contribution=None) & ~Q(subject="")
                | Q(contribution__isnull=False, subject=""),
                name="hold_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["contribution"],
                condition=Q(lifted_at=None, contribution__isnull=False),
                name="hold_once_contribution",
            ),
            models.UniqueConstraint(
                fields=["subject"],
                condition=Q(lifted_at=None) & ~Q(subject=""),
                name="hold_once_subject",
            ),
        ]


class Receiver(models.TextChoices):
    """To whom a report goes: two receivers who are not related, or one of them."""

    BOTH = "both", "both receivers"
    FIRST = "first", "the first receiver only"
    SECOND = "second", "the second receiver only"


class Report(models.Model):
    """What a reader says is wrong with an entry, or with how people are treated here."""

    declared: ClassVar[Declared] = {
        "id": (Fate.KEEP, "a number of the entry"),
        # What names no entry goes into the text: see `answering.report`.
        "subject": (Fate.KEEP, "the entry that it is about, if you named one"),
        "matter": (Fate.KEEP, "what it is about"),
        "text": (Fate.SCRUB, "what you wrote"),
        "receiver": (Fate.KEEP, "to whom it goes"),
        "contact": (Fate.SCRUB, "how to reach you, stored apart and encrypted"),
        "made_at": (Fate.KEEP, "when"),
        "handled_at": (Fate.KEEP, "when it was answered"),
        "handled_by": (Fate.KEEP, "who answered it"),
        "outcome": (Fate.SCRUB, "what was done"),
    }
    MATTERS: ClassVar = {
        "wrong": "A fact is wrong",
        "harm": "It harms or insults people",
        "private": "It shows something private",
        "copied": "It was copied without permission",
        "conduct": "How somebody behaved",
        "other": "Something else",
    }

    subject = models.CharField(max_length=160, blank=True, db_index=True)
    matter = models.CharField(max_length=10, choices=list(MATTERS.items()))
    text = SealedText(max_length=5000)
    receiver = models.CharField(max_length=10, choices=Receiver, default=Receiver.BOTH)
    contact = models.OneToOneField(Contact, null=True, on_delete=models.SET_NULL)
    made_at = models.DateTimeField(default=timezone.now)
    handled_at = models.DateTimeField(null=True, db_index=True)
    handled_by = models.ForeignKey(
        Account, null=True, on_delete=models.PROTECT, related_name="reports_handled"
    )
    outcome = SealedText(max_length=LONGEST_REASON, blank=True)

    @property
    def vault_name(self) -> str:
        """Under which vault it is sealed."""
        return vault_over(None, self.subject)

    class Meta:
        """Answered by somebody, with what was done."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(handled_at=None, handled_by=None)
                | Q(handled_at__isnull=False, handled_by__isnull=False) & ~Q(outcome=""),
                name="report_handled_by_when_what",
            ),
        ]


class Appeal(models.Model):
    """A contributor asks for a second look, by somebody other than who declined."""

    declared: ClassVar[Declared] = {
        "id": (Fate.KEEP, "a number of the entry"),
        "contribution": (Fate.KEEP, "the contribution"),
        "round": (Fate.KEEP, "the round that was declined"),
        "text": (Fate.SCRUB, "why you think otherwise"),
        "made_at": (Fate.KEEP, "when"),
        "decided_at": (Fate.KEEP, "when it was decided"),
        "decided_by": (Fate.KEEP, "who decided"),
        "upheld": (Fate.KEEP, "whether you were right"),
        "reason": (Fate.KEEP, "why"),
    }

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="appeals")
    round = models.PositiveSmallIntegerField()
    text = SealedText(max_length=LONGEST_REASON)
    made_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        Account, null=True, on_delete=models.PROTECT, related_name="appeals_decided"
    )
    upheld = models.BooleanField(null=True)
    reason = SealedText(max_length=LONGEST_REASON, blank=True)

    @property
    def vault_name(self) -> str:
        """Under which vault it is sealed."""
        return self.contribution.vault

    class Meta:
        """Once for a decision; decided by somebody, for a reason."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contribution", "round"], name="appeal_once"),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, upheld=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False, upheld__isnull=False)
                & ~Q(reason=""),
                name="appeal_decided_by_when_why",
            ),
        ]
