"""Requests in, evidence out. Nothing that is asked is stored, and no cookie is set.

The form is sent in the body of a request, so that it is in no log of addresses; an address may
ask the same, so that a question can be linked. See docs/decisions/0030.
"""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from everygenome.errors import EverygenomeError
from everygenome.variants.result import Evidence
from everygenome.web.site.pages import page
from everygenome.web.site.readable import View, readable
from everygenome.web.site.turns import BusyError, drawing
from everygenome.web.variants import asking, limits
from everygenome.web.variants.fields import VARIANTS
from everygenome.web.variants.files import download
from everygenome.web.variants.form import Filled, filled, sent
from everygenome.web.variants.showing import answer_page, form_page, nothing_page
from everygenome.web.variants.stores import Shelf, shelf

_TOO_MANY = (
    f"From where you are, more than {limits.A_MINUTE} questions were asked within a minute. "
    "Nothing is lost: please press the button again in a minute."
)
_NOT_NOW: dict[type[Exception], str] = {
    BusyError: "Many questions are being answered just now. Nothing is lost: please press the "
    "button again.",
    asking.SlowError: "That takes longer than a page may. Nothing is lost: please ask for fewer "
    "variants at once.",
    asking.UnreadableError: "The frequencies cannot be read just now. Nothing is lost: please "
    "press the button again later, or tell whoever runs this site.",
}
_page_methods = require_http_methods(["GET", "HEAD", "POST"])
Show = Callable[[Filled, Evidence, Shelf], HttpResponse]


def _bounded(view: View) -> View:
    """A view that is given only requests of a size that a form of this page can have."""

    @wraps(view)
    def respond(request: HttpRequest, **in_path: str) -> HttpResponse:
        size = request.META.get("CONTENT_LENGTH") or "0"
        if not size.isdecimal() or int(size) > limits.MOST_SENT:
            return page(request, "site/unreadable_form", status=413, private=True)
        try:
            request.GET  # noqa: B018 - reading it is what may fail
        except SuspiciousOperation:
            return page(request, "site/unreadable_form", status=400, private=True)
        return view(request, **in_path)

    return respond


@csrf_exempt
@_page_methods
@_bounded
@readable
def variants(request: HttpRequest) -> HttpResponse:
    """The form; where it asks something, the answer, or the form again with what is wrong."""

    def show(found: Filled, evidence: Evidence, known: Shelf) -> HttpResponse:
        return answer_page(request, found, evidence, known)

    return _answered(request, show)


@csrf_exempt
@_page_methods
@_bounded
@readable
def file(request: HttpRequest, form: str) -> HttpResponse:
    """The answer as a file."""

    def made(found: Filled, evidence: Evidence, known: Shelf) -> HttpResponse:
        try:
            return download(form, evidence)
        except EverygenomeError as error:
            # Only PDF needs a program that may be missing, or may break down.
            return answer_page(request, found, evidence, known, told=error.what, status=503)

    return _answered(request, made)


def _answered(request: HttpRequest, show: Show) -> HttpResponse:
    """The answer to what is asked; the form, where nothing is, or something is wrong."""
    known = shelf()
    if not known.stores:
        return nothing_page(request, known)
    form = request.POST if request.method == "POST" else request.GET
    values = sent(form, known)
    if "groups-of" in form or not (values[VARIANTS].strip() or "ask" in form):
        return form_page(request, values, known)
    found = filled(values, known)
    if found.errors:
        return form_page(request, values, known, found.errors)
    if not limits.allowed(request):
        return form_page(request, values, known, told=_TOO_MANY, status=429)
    return _shown(request, found, known, show)


def _shown(request: HttpRequest, found: Filled, known: Shelf, show: Show) -> HttpResponse:
    try:
        with drawing():
            evidence = asking.evidence(
                found.names,
                frequencies=found.store.folder,
                groups=found.groups,
                bars=found.bars,
                gene=found.gene,
            )
            return show(found, evidence, known)
    except asking.MistakeError as mistake:
        return form_page(request, found.values, known, {VARIANTS: [str(mistake)]})
    except tuple(_NOT_NOW) as reason:
        told = _NOT_NOW[type(reason)]
        answer = form_page(request, found.values, known, told=told, status=503)
        answer["Retry-After"] = "5"
        return answer
