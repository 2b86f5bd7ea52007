"""Requests in, statements out. Nothing that is filled in is stored, and no cookie is set."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from everygenome.errors import EverygenomeError, InputError
from everygenome.reports.documents.write import FORMATS
from everygenome.reports.statement.document import statement_document
from everygenome.web.definitions.statement.form import FORM, Filled, filled, sent
from everygenome.web.definitions.statement.saved import MOST_BYTES, loaded, saved
from everygenome.web.definitions.statement.showing import download, form_page, statement_page
from everygenome.web.moderation.fields import Records
from everygenome.web.people import gate
from everygenome.web.people.gate import Refusal
from everygenome.web.site import errors
from everygenome.web.site.readable import readable
from everygenome.web.site.turns import BusyError, drawing

_WORKSHEET = "worksheet"
_page_methods = require_http_methods(["GET", "HEAD", "POST"])


@csrf_exempt
@_page_methods
@readable
def worksheet(request: HttpRequest) -> HttpResponse:
    """The form; sent, the statement, or the form again with what is wrong."""
    if request.method != "POST":
        return form_page(request, {})
    form = request.POST
    if refused := _refused(request):
        return form_page(request, _given(form), refused=refused)
    if "load" in form:
        return _from_file(request)
    if form.get("more") == "actions" or "change" in form:
        return form_page(request, _one_more(_given(form), form.get("actions-rows", "")))
    return _made(request, _given(form), save="save" in form)


@csrf_exempt
@require_POST
@readable
def file(request: HttpRequest) -> HttpResponse:
    """The statement as a file: the page of it sends its worksheet along, since none is kept."""
    if _refused(request):
        return errors.not_from_here(request)
    values = _given(request.POST)
    found = filled(values)
    if found.errors:
        return form_page(request, values, found.errors)
    form = request.POST.get("form", "")
    if form == "json":
        return download("json", saved(found.data))
    if form not in FORMATS:
        told = "There is no such kind of file."
        return statement_page(request, found, told=told, status=400)
    return _drawn(request, found, form)


def _refused(request: HttpRequest) -> Refusal | None:
    """Why what was sent is not taken. Nothing is stored or mailed here, so programs do no harm,
    and nobody's writing may be lost to a browser that fills in what people do not see.
    """
    refused = gate.refusal(request, counted=False, timed=False)
    return None if refused == Refusal.PROGRAM else refused


def _made(request: HttpRequest, values: Mapping[str, Any], *, save: bool) -> HttpResponse:
    """The statement of a worksheet, or its file, which may be half filled in."""
    found = filled(values, finished=not save)
    if found.errors:
        return form_page(request, values, found.errors)
    return download("json", saved(found.data)) if save else statement_page(request, found)


def _drawn(request: HttpRequest, found: Filled, form: str) -> HttpResponse:
    try:
        with drawing():
            made = FORMATS[form](statement_document(found.worksheet))
    except BusyError:
        return errors.busy()
    except EverygenomeError as error:
        # Only PDF needs a program that may be missing, or may break down.
        return statement_page(request, found, told=error.what, status=503)
    return download(form, made)


def _from_file(request: HttpRequest) -> HttpResponse:
    """A worksheet from a file, as the form filled in."""
    given = request.FILES.get("file")
    if given is None:
        return form_page(request, {}, {"file": ["Please choose a file first."]})
    try:
        found = loaded(given.read(MOST_BYTES + 1))
    except InputError as error:
        return form_page(request, {}, {"file": [f"{error.what} {error.remedy}"]})
    return form_page(request, found.values)


def _given(form: QueryDict) -> Mapping[str, Any]:
    """What was sent: the fields of the form, or the worksheet that a statement's page holds."""
    if _WORKSHEET not in form:
        return sent(form)
    try:
        return loaded(form[_WORKSHEET].encode()).values
    except InputError:
        # Only somebody who changed the page sends this; the empty form says what is needed.
        return {}


def _one_more(values: Mapping[str, Any], shown: str) -> dict[str, Any]:
    """The fields with as many rows of actions as were shown, to which the form adds one."""
    field = FORM["actions"]
    most = field.most - 1 if isinstance(field, Records) else 0
    rows = list(values.get("actions") or [])
    wanted = int(shown) if shown.isdecimal() and len(shown) < 4 else 0
    rows += [{} for _ in range(min(wanted, most) - len(rows))]
    return {**values, "actions": rows}
