"""Signed words with a time: in the form in place of a cookie, and in the link that confirms."""

from datetime import timedelta

from django.core import signing

FORM_OPEN = timedelta(hours=2)
CONFIRM_WITHIN = timedelta(days=7)
_form = signing.TimestampSigner(salt="everygenome.alerts.form")
_confirm = signing.TimestampSigner(salt="everygenome.alerts.confirm")


def form_token() -> str:
    """A token that says when a form of ours was shown."""
    return _form.sign("alerts")


def is_form_token(token: str) -> bool:
    """Whether a form of ours was shown not too long ago."""
    return _read(_form, token, FORM_OPEN) == "alerts"


def confirm_token(key: str) -> str:
    """The token of the link that confirms the alert with this key."""
    return _confirm.sign(key)


def key_to_confirm(token: str) -> str | None:
    """The key of the alert to confirm; None where the token is not ours, or too old."""
    return _read(_confirm, token, CONFIRM_WITHIN)


def _read(signer: signing.TimestampSigner, token: str, within: timedelta) -> str | None:
    try:
        return signer.unsign(token, max_age=within)
    except signing.BadSignature:
        return None
