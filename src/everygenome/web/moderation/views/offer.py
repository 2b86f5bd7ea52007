"""Offering an entry or a correction, without an account."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from everygenome.web.moderation.actions import offering
from everygenome.web.moderation.actions.offering import Offer
from everygenome.web.moderation.keys import new_receipt
from everygenome.web.moderation.kinds import Kind
from everygenome.web.moderation.models import Purpose
from everygenome.web.moderation.posted import ANOTHER, Errors, Posted, read, with_one_more
from everygenome.web.moderation.views import forms, receipts
from everygenome.web.moderation.views.standing import dead_link
from everygenome.web.people import gate, limits
from everygenome.web.people.gate import Refusal
from everygenome.web.site.pages import page
from everygenome.web.site.readable import readable

page_methods = require_http_methods(["GET", "HEAD", "POST"])


@csrf_exempt
@page_methods
@readable
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """The form of a new entry."""
    found = forms.known_kind(kind)
    if found.form:
        return HttpResponseRedirect(found.form)
    return _form(request, found, subject="", now={})


@csrf_exempt
@page_methods
@readable
def edit(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """The same form with what an entry holds now."""
    found = forms.known_kind(kind)
    now = found.current(slug) if Purpose.EDIT in found.purposes else None
    if now is None:
        raise Http404
    return _form(request, found, subject=slug, now=now)


def _form(
    request: HttpRequest, kind: Kind, *, subject: str, now: Mapping[str, Any]
) -> HttpResponse:
    if request.method != "POST":
        return show(request, kind, values=now, subject=subject, now=now)
    form = request.POST
    refused = gate.refusal(request, counted=False)
    if refused == Refusal.PROGRAM:
        # A program is told the same as everybody; nothing is stored.
        return to_sent(new_receipt(), kind, draft=False, mailed=False)
    if more := form.get("more"):
        values = with_one_more(kind, form, more)
        return show(request, kind, values=values, subject=subject, now=now, refused=refused)
    draft = "draft" in form
    posted = read(kind, form, base=now, draft=draft)
    same: list[tuple[str, str]] = []
    if not refused and not posted.errors:
        if subject and not kind.schema.changes(now, posted.data):
            posted.errors[""] = ["Nothing differs from what the entry says now."]
        elif not subject and not draft and not form.get(ANOTHER):
            same = kind.same(posted.data)
    if not (refused or posted.errors or same):
        refused = None if limits.client_allowed(request) else Refusal.TOO_MANY
        if not refused:
            return _store(kind, posted, subject=subject, draft=draft)
    return show(
        request,
        kind,
        values=posted.values,
        subject=subject,
        now=now,
        errors={} if refused else posted.errors,
        refused=refused,
        same=same,
    )


def _store(kind: Kind, posted: Posted, *, subject: str, draft: bool) -> HttpResponse:
    made = offering.offer(
        offered=Offer(
            kind=kind.name,
            purpose=Purpose.EDIT if subject else Purpose.NEW,
            subject=subject,
            values=posted.data,
            note=posted.note,
            credit=posted.credit,
            address=posted.address,
        ),
        send=not draft,
    )
    return to_sent(made.receipt, kind, draft=draft, mailed=bool(posted.address))


def show(
    request: HttpRequest,
    kind: Kind,
    *,
    values: Mapping[str, Any],
    subject: str,
    now: Mapping[str, Any],
    errors: Errors | None = None,
    refused: Refusal | None = None,
    same: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    """The form, empty or with what was sent; with a status that says why it is shown again."""
    errors = errors or {}
    bounds = kind.schema.bound(values, errors)
    status, told = forms.answer(refused, errors)
    by = forms.own(request.POST if request.method == "POST" else None, errors)
    context = forms.stored() | {
        "kind": kind,
        "bounds": bounds,
        "wrong": forms.summary(errors, [*bounds, *by]),
        "told": told,
        "same": same or [],
        "another": request.POST.get(ANOTHER, ""),
        "by": by,
        "token": forms.shown_token(request, refused),
        "title": kind.title(now) if subject else "",
        "entry": kind.address(subject) if subject else "",
        "claim": reverse("contribute-claim", args=[kind.name, subject]) if subject else "",
    }
    status = 400 if same else status
    return page(request, "moderation/offer", context, status=status, private=True)


def to_sent(receipt: str, kind: Kind, *, draft: bool, mailed: bool) -> HttpResponse:
    """To the page that shows the receipt code."""
    token = receipts.sealed(receipt, kind=kind.name, draft=draft, mailed=mailed)
    return HttpResponseRedirect(reverse("contribution-sent", args=[token]), status=303)


@require_safe
def sent(request: HttpRequest, token: str) -> HttpResponse:
    """The receipt code, for a quarter of an hour; what comes next."""
    found, late = receipts.opened(token)
    if late:
        return page(request, "moderation/shown_already", status=410, private=True)
    # A story's code is shown on a page of its own.
    if found is None or "kind" not in found:
        return dead_link(request)
    context = {
        "receipt": found["receipt"],
        "kind": forms.known_kind(found["kind"]),
        "draft": found["draft"],
        "mailed": found["mailed"],
        "token": gate.token(),
    }
    return page(request, "moderation/sent", context, private=True)
