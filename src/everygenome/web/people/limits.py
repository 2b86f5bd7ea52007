"""How often mails may be asked for, counted in the database that all processes share.

A cache would be quicker; but ours would have to be shared by processes and count without a
race, which takes one more server to run. A form that sends mail can afford a few rows.
"""

import ipaddress
from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from everygenome.web.people.models import Attempt

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
PER_CLIENT_AN_HOUR = 10
PER_ADDRESS_A_DAY = 5
ALL_AN_HOUR = 300
CODES_AN_HOUR = 5
GUESSES_AN_HOUR = 15
PASSKEYS_AN_HOUR = 60


def client_allowed(request: HttpRequest) -> bool:
    """Whether this client may ask for another mail now; the request is counted."""
    client = client_of(request)
    # Behind a proxy that does not say for whom it asks, all clients look like one. The client
    # comes first: one that is refused must not use up what everybody has together.
    own = client is None or _counted(f"client {client}", within=_HOUR, at_most=PER_CLIENT_AN_HOUR)
    return own and _counted("everybody", within=_HOUR, at_most=ALL_AN_HOUR)


def try_allowed(request: HttpRequest) -> bool:
    """Whether this client may try another receipt code, after one that was wrong; it is counted.

    Not with everybody's together: codes cannot be guessed, and no mail goes out. So strangers
    cannot keep tellers from what they told.
    """
    client = client_of(request)
    return client is None or _counted(f"client {client}", within=_HOUR, at_most=PER_CLIENT_AN_HOUR)


def address_allowed(address: str) -> bool:
    """Whether another mail may be sent to this address to confirm something; it is counted."""
    return _counted(f"address {address.lower()}", within=_DAY, at_most=PER_ADDRESS_A_DAY)


def code_allowed(address: str) -> bool:
    """Whether another log-in code may be sent to this address; it is counted.

    By the hour, not by the day: whoever asks for codes in somebody else's name must not keep
    them out for long.
    """
    return _counted(f"code {address.lower()}", within=_HOUR, at_most=CODES_AN_HOUR)


def guess_allowed(address: str) -> bool:
    """Whether another code may be tried for this address; it is counted.

    A session counts its own wrong codes, but several requests at once would read the same count.
    """
    return _counted(f"guess {address.lower()}", within=_HOUR, at_most=GUESSES_AN_HOUR)


def passkey_allowed(request: HttpRequest) -> bool:
    """Whether this client may begin another log-in by passkey, each of which is stored."""
    who = f"passkey {client_of(request)}"
    return _counted(who, within=_HOUR, at_most=PASSKEYS_AN_HOUR)


def forget() -> int:
    """Erase the traces of more than a day ago; how many."""
    gone, _ = Attempt.objects.filter(at__lt=timezone.now() - _DAY).delete()
    return gone


def client_of(request: HttpRequest) -> str | None:
    """The network that a request comes from, or None where that cannot be known.

    Of IPv6 addresses the first half counts: a household has all of the second half. The
    header is believed from a proxy on this machine only, and its last entry only, which is
    the proxy's own.
    """
    given = request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(given)
        if address.is_loopback:
            given = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
            address = ipaddress.ip_address(given)
    except ValueError:
        return None
    if address.version == 6 and address.ipv4_mapped is None:
        return str(ipaddress.ip_network((int(address), 64), strict=False))
    return str(getattr(address, "ipv4_mapped", None) or address)


def _counted(what: str, *, within: timedelta, at_most: int) -> bool:
    who = salted_hmac("everygenome.people.limits", what, algorithm="sha256").hexdigest()
    now = timezone.now()
    if Attempt.objects.filter(who=who, at__gt=now - within).count() >= at_most:
        return False
    Attempt.objects.create(who=who, at=now)
    return True
