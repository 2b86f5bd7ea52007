"""Changing a draft, or what a reviewer asked to be changed."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from everygenome.web.moderation.actions import offering
from everygenome.web.moderation.fields import Schema
from everygenome.web.moderation.keys import by_link
from everygenome.web.moderation.kinds import kind_of
from everygenome.web.moderation.models import Contribution, Purpose
from everygenome.web.moderation.posted import CREDIT, NOTE, Errors, Posted, read, with_one_more
from everygenome.web.moderation.refused import RefusedError
from everygenome.web.moderation.states import CONTRIBUTOR
from everygenome.web.moderation.views import forms
from everygenome.web.moderation.views.standing import (
    allowed,
    back,
    cannot,
    dead_link,
    own_page,
    version_seen,
    words_of,
)
from everygenome.web.people import gate
from everygenome.web.people.gate import Refusal
from everygenome.web.site.pages import page
from everygenome.web.site.readable import readable

# An address is given once, with the first sending; it can be erased, and not read again.
_BY = Schema((NOTE, CREDIT))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@readable
def edit(request: HttpRequest, secret: str) -> HttpResponse:
    """Change a draft, or what a reviewer asked to be changed; keep it or send it."""
    found = by_link(secret)
    if found is None:
        return dead_link(request)
    if "save" not in allowed(found):
        return own_page(request, found, secret, told=cannot(found), status=409)
    if form := kind_of(found.kind).form:
        return HttpResponseRedirect(f"{form}{secret}/")
    if request.method != "POST":
        return _page(request, found, secret, values=found.proposed)
    refused = gate.refusal(request, counted=False, timed=False)
    if refused == Refusal.PROGRAM:
        return back(secret)
    return _received(request, found, secret, refused)


def _received(
    request: HttpRequest, found: Contribution, secret: str, refused: Refusal | None
) -> HttpResponse:
    kind, form = kind_of(found.kind), request.POST
    if more := form.get("more"):
        values = with_one_more(kind, form, more)
        return _page(request, found, secret, values=values, refused=refused)
    draft = "draft" in form
    posted = read(kind, form, base=found.before, draft=draft)
    corrects = found.purpose == Purpose.EDIT
    if corrects and not draft and not kind.schema.changes(found.before, posted.data):
        posted.errors.setdefault("", []).append("Nothing differs from what the entry said.")
    told = ""
    if not refused and not posted.errors:
        try:
            _keep(found, posted, seen=version_seen(request), send=not draft)
            return back(secret)
        except RefusedError as error:
            told = words_of(error)
    now = by_link(secret)
    if now is None:
        return dead_link(request)
    wrong = {} if refused else posted.errors
    return _page(
        request, now, secret, values=posted.values, errors=wrong, refused=refused, told=told
    )


@transaction.atomic
def _keep(found: Contribution, posted: Posted, *, seen: int, send: bool) -> None:
    saved = offering.save(
        contribution=found,
        by=CONTRIBUTOR,
        values=posted.data,
        note=posted.note,
        credit=posted.credit,
        seen=seen,
    )
    if send:
        offering.submit(contribution=saved, by=CONTRIBUTOR)


def _page(
    request: HttpRequest,
    found: Contribution,
    secret: str,
    *,
    values: Mapping[str, Any],
    errors: Errors | None = None,
    refused: Refusal | None = None,
    told: str = "",
) -> HttpResponse:
    kind = kind_of(found.kind)
    errors = errors or {}
    version = _version(request, found, told)
    status = 409 if told else 400 if errors else 200
    if refused:
        status, told = forms.NOT_TAKEN[refused]
    bounds = kind.schema.bound(values, errors)
    sent = request.POST if request.method == "POST" else None
    by = forms.own(sent, errors, fields=_BY, note=found.note, credit=found.credit)
    context = {
        "kind": kind,
        "secret": secret,
        "contribution": found,
        "title": kind.title(found.proposed),
        "bounds": bounds,
        "wrong": forms.summary(errors, [*bounds, *by]),
        "told": told,
        "by": by,
        "version": version,
        "token": forms.shown_token(request, refused),
    }
    return page(request, "moderation/edit", context, status=status, private=True)


def _version(request: HttpRequest, found: Contribution, told: str) -> int | str:
    """The version that the form is about: while it is not stale, the one it was opened with."""
    stale = told or request.method != "POST"
    return found.version if stale else request.POST.get("version", "")
