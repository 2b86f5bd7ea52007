"""What stands between a form that needs no log-in and programs that send it: no puzzle, no cookie.

A signed token says when the form was shown; a browser says where it was sent from; a field that
people do not see stays empty; a form filled in within two seconds is shown again. How often a
network may send is counted in the database (`limits`). See docs/decisions/0013.
"""

from datetime import timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from django.core import signing
from django.http import HttpRequest
from django.utils import timezone

from everygenome.web.people import limits
from everygenome.web.site import absolute

# An hour's work must not be lost because the form was open for long.
FORM_OPEN = timedelta(hours=24)
_QUICKEST = timedelta(seconds=2)
TRAP = "website"
_signer = signing.Signer(salt="everygenome.people.gate")


class Refusal(StrEnum):
    """Why something sent is not taken."""

    FROM_ELSEWHERE = "from elsewhere"
    PROGRAM = "program"
    TOO_QUICK = "too quick"
    TOO_MANY = "too many"


def token() -> str:
    """A token that says when a form of ours was shown."""
    return _signer.sign(str(int(timezone.now().timestamp())))


def refusal(request: HttpRequest, *, counted: bool = True, timed: bool = True) -> Refusal | None:
    """Why a form that was sent is refused; None where it is taken.

    Args:
        request: the POST; its fields `token` and `website` are those of `_gate.html`.
        counted: it uses up one of the sender's attempts of this hour.
        timed: the time trap applies; not to a form that was shown again with an error.
    """
    open_for = _open_for(request.POST.get("token", ""))
    if open_for is None or open_for > FORM_OPEN or not _ours(request):
        return Refusal.FROM_ELSEWHERE
    if request.POST.get(TRAP):
        return Refusal.PROGRAM
    if timed and open_for < _QUICKEST:
        return Refusal.TOO_QUICK
    if counted and not limits.client_allowed(request):
        return Refusal.TOO_MANY
    return None


def _open_for(text: str) -> timedelta | None:
    """How long the form was open; None where the token is not ours."""
    try:
        return timedelta(seconds=timezone.now().timestamp() - int(_signer.unsign(text)))
    except signing.BadSignature:
        return None


def _ours(request: HttpRequest) -> bool:
    """Browsers say where a form was sent from; other programs may leave it out."""
    origin = request.headers.get("Origin")
    ours = {request.get_host(), urlsplit(absolute.base(request)).netloc}
    return origin is None or urlsplit(origin).netloc in ours
