"""The link that confirms: a signed word with a time."""

from datetime import timedelta

from django.core import signing

CONFIRM_WITHIN = timedelta(days=7)
_confirm = signing.TimestampSigner(salt="everygenome.alerts.confirm")


def confirm_token(key: str) -> str:
    """The token of the link that confirms the alert with this key."""
    return _confirm.sign(key)


def key_to_confirm(token: str) -> str | None:
    """The key of the alert to confirm; None where the token is not ours, or too old."""
    try:
        return _confirm.unsign(token, max_age=CONFIRM_WITHIN)
    except signing.BadSignature:
        return None
