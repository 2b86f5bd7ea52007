"""The address of the page that shows a receipt code: good for a quarter of an hour."""

from datetime import timedelta
from typing import Any

from django.core import signing

from everygenome.web.people.sealing import seal, unseal

SHOWN_FOR = timedelta(minutes=15)
_signer = signing.TimestampSigner(salt="everygenome.moderation.receipts")


def sealed(receipt: str, *, kind: str, draft: bool, mailed: bool) -> str:
    """A token that holds a receipt code.

    Addresses stay in histories and logs, so the code is encrypted in it and not only signed.
    """
    said = {"receipt": seal(receipt).decode(), "kind": kind, "draft": draft, "mailed": mailed}
    return _signer.sign_object(said)


def shown_once(receipt: str, secret: str) -> str:
    """A token that holds a receipt code and the secret of a link, both encrypted."""
    return _signer.sign_object({"receipt": seal(receipt).decode(), "secret": seal(secret).decode()})


def opened(token: str) -> tuple[dict[str, Any] | None, bool]:
    """What a token holds, or None; and whether it was ours and is too old."""
    try:
        said = _signer.unsign_object(token, max_age=SHOWN_FOR)
    except signing.SignatureExpired:
        return None, True
    except signing.BadSignature:
        return None, False
    receipt = unseal(said["receipt"].encode())
    secret = unseal(said["secret"].encode()) if "secret" in said else ""
    return (None if receipt is None else said | {"receipt": receipt, "secret": secret}), False
