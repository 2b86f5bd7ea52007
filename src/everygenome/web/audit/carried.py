"""What a page holds of a form for the next request, so that nothing is stored and none can read it.

An audit hides small counts, and its page may be printed, saved or sent on. So the counts that were
typed stand in it encrypted, with a key that only this site has: it makes files of them, or shows
the form again to be changed. See docs/decisions/0029.
"""

import base64
import json
from collections.abc import Mapping
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.utils.crypto import salted_hmac

from everygenome.web.people.gate import FORM_OPEN

# So that its length does not tell how many digits a count has.
_BLOCK = 4096


def sealed(values: Mapping[str, Any]) -> str:
    """Fields of a form as text that only this site can read, for a day."""
    text = json.dumps(values, ensure_ascii=False).encode()
    return _key().encrypt(text.ljust(-(-len(text) // _BLOCK) * _BLOCK)).decode()


def opened(text: str) -> dict[str, Any] | None:
    """The fields; None where the text is older than a day, or not ours."""
    try:
        held = _key().decrypt(text.encode(), ttl=int(FORM_OPEN.total_seconds()))
    except (InvalidToken, UnicodeEncodeError):
        return None
    read: dict[str, Any] = json.loads(held)
    return read


def _key() -> Fernet:
    digest = salted_hmac("everygenome.audit.carried", "1", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(digest))
