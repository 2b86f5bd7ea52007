"""Why a mail was not handed over: did the server say no, never hear of it, or do we not know?

A mail server says no with a code of SMTP; a provider answers over HTTPS, so it says no with a
status of HTTP.
"""

import smtplib

from anymail.exceptions import AnymailAPIError, AnymailError, AnymailRecipientsRefused
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError, ProxyError, SSLError

FAULTS = (smtplib.SMTPException, AnymailError, OSError)
# From these on it is not the request that is at fault, and it may have been passed on.
_ITS_OWN_FAULT = 500
_UNHEARD = (ConnectTimeoutError, NewConnectionError, ProxyError, SSLError)


def not_taken(error: Exception) -> bool:
    """Whether it is certain that the mail will not arrive, so that it can be sent again."""
    if isinstance(error, smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused):
        return True
    if not isinstance(error, AnymailError):
        return False
    if not isinstance(error, AnymailAPIError):
        # All recipients refused, or it was never sent at all.
        return True
    if error.status_code is None:
        return _unheard(error)
    return 300 <= error.status_code < _ITS_OWN_FAULT


def for_good(error: Exception) -> bool:
    """Whether the address itself was refused, and not only for now."""
    if isinstance(error, AnymailRecipientsRefused):
        return True
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return all(code >= 500 for code, _ in error.recipients.values())


def _unheard(error: AnymailAPIError) -> bool:
    """Whether there never was a connection over which the mail could have left."""
    cause = error.__cause__
    inner = cause.args[0] if cause is not None and cause.args else None
    return isinstance(getattr(inner, "reason", None), _UNHEARD)
