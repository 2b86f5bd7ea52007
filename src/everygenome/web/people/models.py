"""Whom the site knows: people with an account, and sealed contact details of those without."""

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from everygenome.web.people.declared import Fate
from everygenome.web.people.roles import ROLES

Declared = Mapping[str, tuple[Fate, str]]


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts, which have no password: people log in by a mailed code or a passkey."""

    def create_user(self, email: str, **fields: str) -> "Account":
        """A new account."""
        account: Account = self.model(email=email, **fields)
        account.set_unusable_password()
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Somebody who works on the site. Contributors and readers need none."""

    declared: ClassVar[Declared] = {
        "id": (Fate.KEEP, "a number of the entry"),
        "email": (Fate.SCRUB, "the e-mail address that a log-in code goes to"),
        "name": (Fate.SCRUB, "the name that colleagues see"),
        "is_active": (Fate.KEEP, "whether the account can be used"),
        "joined_at": (Fate.KEEP, "when it was made"),
        "password": (Fate.SCRUB, "nothing: there are no passwords"),
        "last_login": (Fate.SCRUB, "when it was used last"),
    }

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)
    objects = AccountManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        """One account for an address, in whatever case it is written."""

        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="account_email_once"),
        ]

    @property
    def roles(self) -> list[str]:
        """The names of the roles that the account has now, in the order of `ROLES`."""
        if not self.is_active:
            return []
        held = set(self.roles_held.filter(ended_at=None).values_list("role", flat=True))
        return [name for name in ROLES if name in held]

    def may(self, act: str) -> bool:
        """Whether a role of the account allows an action."""
        return any(act in ROLES[name].acts for name in self.roles)

    def __str__(self) -> str:
        return self.name or f"account {self.pk}"


class RoleHeld(models.Model):
    """Who has which role, since when, given by whom and why; ended, never deleted."""

    declared: ClassVar[Declared] = {
        "id": (Fate.KEEP, "a number of the entry"),
        "account": (Fate.KEEP, "whose role it is"),
        "role": (Fate.KEEP, "the role"),
        "given_at": (Fate.KEEP, "since when"),
        "given_by": (Fate.KEEP, "who gave it; empty: the command line"),
        "reason": (Fate.SCRUB, "why"),
        "ended_at": (Fate.KEEP, "until when"),
        "ended_by": (Fate.KEEP, "who ended it; empty: the command line"),
    }

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="roles_held")
    role = models.CharField(max_length=20, choices=[(n, r.label) for n, r in ROLES.items()])
    given_at = models.DateTimeField(default=timezone.now)
    given_by = models.ForeignKey(
        Account, null=True, on_delete=models.SET_NULL, related_name="roles_given"
    )
    reason = models.TextField(max_length=1000)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        Account, null=True, on_delete=models.SET_NULL, related_name="roles_ended"
    )

    class Meta:
        """A role is given for a reason, and held once at a time."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="role_reason"),
            models.CheckConstraint(condition=Q(role__in=list(ROLES)), name="role_known"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("given_at")), name="role_ends_after"
            ),
            models.UniqueConstraint(
                fields=["account", "role"], condition=Q(ended_at=None), name="role_held_once"
            ),
        ]


class Contact(models.Model):
    """How to reach somebody who has no account. No page, export or feed reads this table."""

    declared: ClassVar[Declared] = {
        "id": (Fate.SCRUB, "a random number of the entry"),
        "sealed": (Fate.SCRUB, "your e-mail address, encrypted with a key kept elsewhere"),
        "vault": (Fate.SCRUB, "the name of the key, where it is a story's own"),
        "who": (Fate.SCRUB, "a fingerprint of the address, from which it cannot be read"),
        "made_at": (Fate.SCRUB, "when you gave it"),
        "confirmed_at": (Fate.SCRUB, "when you opened our mail and said that we may write"),
        "delete_after": (Fate.SCRUB, "the day after which it is deleted"),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sealed = models.BinaryField()
    vault = models.CharField(max_length=32, blank=True)
    who = models.CharField(max_length=64, db_index=True)
    made_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    delete_after = models.DateTimeField(db_index=True)

    class Meta:
        """It always ends."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(delete_after__gt=F("made_at")), name="contact_is_deleted_later"
            ),
        ]


class Attempt(models.Model):
    """A form that was sent, told apart by a keyed fingerprint, erased after a day."""

    declared: ClassVar[Declared] = {
        "id": (Fate.KEEP, "a number of the entry"),
        "who": (
            Fate.SCRUB,
            "a fingerprint of your e-mail address and of your internet address, from which "
            "neither can be read",
        ),
        "at": (Fate.SCRUB, "when you sent the form"),
    }

    who = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(db_index=True)


class Belonging(models.Model):
    """The word that the folder of keys holds too; see `belonging`."""

    declared: ClassVar[Declared] = {
        "id": (Fate.KEEP, "a number of the entry"),
        "word": (Fate.KEEP, "a word at random, which tells that keys and database belong together"),
    }

    word = models.CharField(max_length=32)
