"""Where a list of studies goes on: an opaque text that names the list and its last study."""

import base64
import binascii
import hashlib
import json
from collections.abc import Hashable

from everygenome.errors import UsageError

_REMEDY = "Leave it out to begin with the first page."


def written(of: Hashable, accession: str) -> str:
    """The place after a study, in the list that `of` names wholly."""
    plain = json.dumps([_mark(of), accession]).encode()
    return base64.urlsafe_b64encode(plain).decode().rstrip("=")


def read(of: Hashable, cursor: str) -> str:
    """The accession after which the list goes on.

    Raises:
        UsageError: not such a text, or one of another list.
    """
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        mark, accession = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, TypeError, binascii.Error, RecursionError):
        raise unknown(cursor) from None
    if not isinstance(mark, str) or not isinstance(accession, str):
        raise unknown(cursor)
    if mark != _mark(of):
        raise UsageError(
            "The place to go on from (`after`) belongs to another list: another release, "
            "question or order.",
            remedy=_REMEDY,
        )
    return accession


def unknown(cursor: str) -> UsageError:
    """The error for a text that no page gave."""
    shown = cursor if len(cursor) <= 60 else f"{cursor[:57]}..."
    return UsageError(
        f"The place to go on from (`after`) is none that a page gave: {shown!r}.", remedy=_REMEDY
    )


def _mark(of: Hashable) -> str:
    return hashlib.sha256(repr(of).encode()).hexdigest()[:16]
