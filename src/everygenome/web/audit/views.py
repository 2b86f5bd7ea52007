"""Requests in, audits out. Nothing that is filled in is stored, and no cookie is set."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from everygenome.audit.result import Audit
from everygenome.errors import EverygenomeError
from everygenome.reports.documents.write import FORMATS
from everygenome.web.audit import limits
from everygenome.web.audit.carried import opened
from everygenome.web.audit.fields import EARLIER, USUAL
from everygenome.web.audit.form import MOST_BYTES, filled, sent
from everygenome.web.audit.reckoning import MistakeError, audit_of
from everygenome.web.audit.showing import audit_page, download, form_page
from everygenome.web.moderation.views.forms import NOT_TAKEN
from everygenome.web.people import gate
from everygenome.web.people.gate import Refusal
from everygenome.web.site.pages import page
from everygenome.web.site.readable import View, readable
from everygenome.web.site.turns import BusyError, drawing

_CARRIED, _FILE = "carried", "earlier-file"
_TOO_MANY = (
    f"From where you are, more than {limits.A_MINUTE} audits were asked for within a minute. "
    "Nothing is lost: please press the button again in a minute."
)
_BUSY = "Many audits are being made just now. Nothing is lost: please press the button again."
_OLD = (
    "The page was open for more than a day, or is of an earlier start of this site, so what it "
    "held can no longer be read here. Please fill in the form again."
)
_NO_FORM = "There is no such kind of file."
_NO_TEXT = "The file is not text in UTF-8, so it is no JSON of an audit."
_page_methods = require_http_methods(["GET", "HEAD", "POST"])
# The fields, an earlier report, and room to spare; a larger body is not even read.
_MOST_SENT = 2_500_000


def _not_too_large(view: View) -> View:
    """A view that is given only bodies of a size that a form of this page can have."""

    @wraps(view)
    def respond(request: HttpRequest) -> HttpResponse:
        size = request.META.get("CONTENT_LENGTH") or "0"
        if not size.isdecimal() or int(size) > _MOST_SENT:
            return page(request, "site/unreadable_form", status=413, private=True)
        return view(request)

    return respond


@csrf_exempt
@_page_methods
@_not_too_large
@readable
def audited(request: HttpRequest) -> HttpResponse:
    """The form; sent, the audit, or the form again with what is wrong."""
    if request.method != "POST":
        return form_page(request, USUAL)
    values = _given(request)
    if values is None:
        return form_page(request, USUAL, told=_OLD, status=400)
    if refused := _refused(request):
        status, told = NOT_TAKEN.get(refused, (403, ""))
        return form_page(request, values, told=told, status=status, refused=refused)
    if _FILE in request.FILES:
        try:
            # One byte more than may be, so that a larger one is seen to be so.
            held = request.FILES[_FILE].read(MOST_BYTES + 1)
            values |= {EARLIER: held.decode("utf-8-sig")}
        except UnicodeDecodeError:
            return form_page(request, values, {EARLIER: [_NO_TEXT]})
    if "change" in request.POST or "names" in request.POST:
        return form_page(request, values)
    return _answered(request, values, lambda audit, held: audit_page(request, audit, held))


@csrf_exempt
@require_POST
@_not_too_large
@readable
def file(request: HttpRequest) -> HttpResponse:
    """The audit as a file: its page sends along what it was made of, since none is kept."""
    values = _given(request) if _CARRIED in request.POST else None
    if values is None:
        return form_page(request, USUAL, told=_OLD, status=400)
    if refused := _refused(request):
        status, told = NOT_TAKEN.get(refused, (403, ""))
        return form_page(request, values, told=told, status=status, refused=refused)
    form = request.POST.get("form", "")

    def made(audit: Audit, held: Mapping[str, Any]) -> HttpResponse:
        if form not in (*FORMATS, "json"):
            return audit_page(request, audit, held, told=_NO_FORM, status=400)
        try:
            return download(form, audit)
        except EverygenomeError as error:
            # Only PDF needs a program that may be missing, or may break down.
            return audit_page(request, audit, held, told=error.what, status=503)

    return _answered(request, values, made)


def _answered(
    request: HttpRequest,
    values: Mapping[str, Any],
    show: Callable[[Audit, Mapping[str, Any]], HttpResponse],
) -> HttpResponse:
    """The audit of some values, shown; or the form again with what is wrong."""
    found = filled(values)
    if found.errors:
        return form_page(request, found.values, found.errors)
    if not limits.allowed(request):
        return form_page(request, found.values, told=_TOO_MANY, status=429)
    try:
        with drawing():
            return show(audit_of(found), found.values)
    except MistakeError as mistake:
        return form_page(request, found.values, mistake.errors)
    except BusyError:
        answer = form_page(request, found.values, told=_BUSY, status=503)
        answer["Retry-After"] = "5"
        return answer


def _given(request: HttpRequest) -> dict[str, Any] | None:
    """What was sent: the fields of the form, or those that the page of an audit holds."""
    if _CARRIED in request.POST:
        return opened(request.POST[_CARRIED])
    return sent(request.POST)


def _refused(request: HttpRequest) -> Refusal | None:
    """Why what was sent is not taken. Nothing is stored or mailed here, so programs do no harm,
    and nobody's counts may be lost to a browser that fills in what people do not see.
    """
    refused = gate.refusal(request, counted=False, timed=False)
    return None if refused == Refusal.PROGRAM else refused
