"""Secrets that stand for an account: the link in a mail, and the receipt code for those without.

Neither is stored: a fingerprint of each is. Both are long enough that guessing them is hopeless.
"""

import hashlib
import secrets
from datetime import timedelta

from django.utils import timezone

from everygenome.web.moderation.models import Contribution, Key

LINK_WORKS_FOR = timedelta(days=90)
# For people who asked by a receipt code, at a computer that others may use after them.
SHORT = timedelta(hours=2)
# Crockford's letters: none is taken for another when it is read out.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUPS, _GROUP = 5, 4
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


def new_link(contribution: Contribution, *, mailed: bool) -> str:
    """A new secret for the address of a contribution; older ones keep working.

    Args:
        contribution: the contribution.
        mailed: it goes by mail and nowhere else; otherwise it works for a short time only.
    """
    secret = secrets.token_urlsafe(32)
    ends = timezone.now() + (LINK_WORKS_FOR if mailed else SHORT)
    contribution.keys.create(secret=fingerprint(secret), mailed=mailed, expires_at=ends)
    return secret


def stays_open(secret: str) -> None:
    """Whoever is at work with a link that works for a short time only is not cut off."""
    ends = timezone.now() + SHORT
    Key.objects.filter(secret=fingerprint(secret), expires_at__lt=ends).update(expires_at=ends)


def new_receipt() -> str:
    """A receipt code, such as `7K2Q-…`, to be written down."""
    letters = [secrets.choice(_LETTERS) for _ in range(_GROUPS * _GROUP)]
    return "-".join("".join(letters[i : i + _GROUP]) for i in range(0, len(letters), _GROUP))


def by_link(secret: str) -> Contribution | None:
    """The contribution of a link; None where the link is unknown or too old: both look alike."""
    found = Key.objects.select_related("contribution").filter(
        secret=fingerprint(secret), expires_at__gt=timezone.now()
    )
    key = found.first()
    return key.contribution if key else None


def by_receipt(code: str) -> Contribution | None:
    """The contribution of a receipt code, however it was typed."""
    return Contribution.objects.filter(receipt=receipt_fingerprint(code)).first()


def receipt_fingerprint(code: str) -> str:
    """What is stored of a receipt code."""
    return fingerprint(code.upper().translate(_ALIKE))


def fingerprint(secret: str) -> str:
    """What is stored of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
