"""Rows of the queue: what a curator wants to know of a contribution before opening it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count
from django.utils import timezone

from everygenome.web.moderation.actions.reviewing import holds_over
from everygenome.web.moderation.desk.addresses import links_in
from everygenome.web.moderation.kinds import Kind, kind_of, kinds
from everygenome.web.moderation.models import Contribution, Purpose
from everygenome.web.moderation.states import State
from everygenome.web.people.models import Contact

WAITING = (State.SUBMITTED, State.IN_REVIEW)
OPEN = (*WAITING, State.CHANGES_ASKED, State.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Row:
    """A contribution in the queue.

    Attributes:
        contribution: it.
        kind: its kind.
        title: how it is called.
        days: since it was sent.
        due: the day by which we want to answer.
        late: days after that day; 0 where it is not late or does not wait for us.
        held: something keeps it from being published.
        links: how many addresses it holds.
        is_first: nothing else came from the same address; None where none was given.
    """

    contribution: Contribution
    kind: Kind
    title: str
    days: int
    due: date
    late: int
    held: bool
    links: int
    is_first: bool | None

    @property
    def state(self) -> str:
        """In words for the desk; a contributor reads "of you" on their own page."""
        return state_words(self.contribution.state)

    @property
    def purpose(self) -> str:
        """In words."""
        return Purpose(self.contribution.purpose).label

    @property
    def pair(self) -> str:
        """Its number and the version that is shown, for forms."""
        return f"{self.contribution.pk}:{self.contribution.version}"


def rows(found: Iterable[Contribution] | None = None) -> list[Row]:
    """Rows of everything open, or of some contributions, oldest first."""
    if found is None:
        found = (
            Contribution.objects.filter(state__in=OPEN, kind__in=[kind.name for kind in kinds()])
            .select_related("contact", "reviewer")
            .order_by("submitted_at", "pk")
        )
    listed = list(found)
    holds = holds_over(listed)
    senders = {c.contact.who for c in listed if c.contact}
    sent = dict(
        Contact.objects.filter(who__in=senders, contribution__isnull=False)
        .values_list("who")
        .annotate(Count("pk"))
    )
    return [_row(c, held=bool(holds[c.pk]), sent=sent) for c in listed]


def state_words(state: str) -> str:
    """A state in words for the desk; words that are no state stay as they are."""
    if state == State.CHANGES_ASKED:
        return "changes asked of its contributor"
    return State(state).label if state in State.values else state


def is_unsent(contribution: Contribution) -> bool:
    """Whether what it says now is not for us to read: of a story, until it is sent again."""
    return kind_of(contribution.kind).sealed and contribution.state == State.CHANGES_ASKED


def _row(contribution: Contribution, *, held: bool, sent: Mapping[str, int]) -> Row:
    kind, now = kind_of(contribution.kind), timezone.now()
    since = contribution.submitted_at or contribution.made_at
    due = (since + timedelta(days=kind.target_days)).date()
    ours = contribution.state in (*WAITING, State.ACCEPTED)
    contact = contribution.contact
    unsent = is_unsent(contribution)
    said = {} if unsent else contribution.proposed
    return Row(
        contribution,
        kind,
        kind.title(said) or kind.label,
        (now - since).days,
        due,
        max((now.date() - due).days, 0) if ours else 0,
        held,
        len(links_in(said, "" if unsent else contribution.note)),
        None if contact is None else sent.get(contact.who, 0) <= 1,
    )
