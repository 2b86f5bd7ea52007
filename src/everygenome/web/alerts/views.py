"""Requests in, pages out. No cookie is set: see docs/decisions/0013."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from everygenome.errors import EverygenomeError, MailError, NotFoundError
from everygenome.queries.release import Release
from everygenome.web.alerts import asking, tokens
from everygenome.web.alerts.form import AlertForm
from everygenome.web.alerts.letters import VIEW_PAGE
from everygenome.web.alerts.models import Alert, Recipient, Watch
from everygenome.web.alerts.watching import wish
from everygenome.web.people import gate, limits
from everygenome.web.people.models import Attempt
from everygenome.web.site import absolute, errors
from everygenome.web.site.findings import Finding, described, finding, question_of
from everygenome.web.site.page import base_context, render
from everygenome.web.site.readable import readable
from everygenome.web.site.releases import SHELF
from everygenome.web.site.state import View, read

_OWN = {"group": (), "watch": ()}
_page_methods = require_http_methods(["GET", "HEAD", "POST"])


@csrf_exempt
@_page_methods
@readable
def form(request: HttpRequest) -> HttpResponse:
    """The form; sending it keeps an unconfirmed alert and a mail goes out."""
    listed = SHELF.listed()
    if listed.current is None:
        return errors.empty(request)
    release = SHELF.open(listed.current)
    view = read(request.GET, release, chosen=False, extra=_OWN)
    try:
        found = finding(release, view.question)
    except NotFoundError as error:
        return errors.lacking(request, listed, listed.current, error)
    if request.method == "POST":
        return _received(request, release, view, found)
    empty = AlertForm(groups=view.question.grouping.groups)
    empty.initial = {name: request.GET.get(name, "") for name in _OWN}
    return _form_page(request, release, view, empty)


def _received(request: HttpRequest, release: Release, view: View, found: Finding) -> HttpResponse:
    """The form was sent."""
    refused = gate.refusal(request, counted=False, timed=False)
    if refused == gate.Refusal.FROM_ELSEWHERE:
        return errors.not_from_here(request)
    sent = AlertForm(request.POST, groups=view.question.grouping.groups)
    if refused == gate.Refusal.PROGRAM:
        return HttpResponseRedirect(reverse("alert-sent"), status=303)
    if not sent.is_valid():
        return _form_page(request, release, view, sent, status=400)
    if not limits.client_allowed(request):
        return _page(request, "too_many", release, status=429)
    wanted = asking.Wanted(
        **{name: sent.cleaned_data[name] for name in ("address", "watch", "group", "threshold")},
        view=_kept(view),
        described=described(view.question, release),
        told=found,
    )
    try:
        asking.ask(wanted, base=absolute.base(request))
    except MailError:
        return _page(request, "not_sent", release, status=503)
    return HttpResponseRedirect(reverse("alert-sent"), status=303)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """The same words whether the address was known or not."""
    return _page(request, "sent", _current(), {"days": tokens.CONFIRM_WITHIN.days})


@csrf_exempt
@_page_methods
@readable
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A button that begins the alert: programs that look at links in mails press no buttons."""
    key = tokens.key_to_confirm(token)
    alert = asking.find(key) if key else None
    if alert is not None and request.method == "POST":
        alert = asking.confirm(alert.key)
    if alert is None:
        return _page(request, "gone", _current(), status=404)
    return _page(request, "confirm", _current(), _told(alert))


@csrf_exempt
@_page_methods
@readable
def stop(request: HttpRequest, key: str) -> HttpResponse:
    """A button that stops the alert; a mail program may press it unseen (RFC 8058)."""
    if request.method == "POST":
        asking.stop(key, every=request.POST.get("every") == "1")
        return _page(request, "stopped", _current())
    alert = asking.find(key)
    if alert is None:
        return _page(request, "stopped", _current())
    return _page(request, "stop", _current(), _told(alert))


def _told(alert: Alert) -> dict[str, Any]:
    """What a page says of an alert: never the address."""
    release = _current()
    try:
        view = described(question_of(alert.view), release) if release else ""
    except EverygenomeError:
        view = ""
    return {
        "confirmed": alert.confirmed_at is not None,
        "described": view,
        "wish": wish(alert.watch, alert.group, alert.threshold),
        "view_link": VIEW_PAGE + alert.view,
    }


def _kept(view: View) -> str:
    """The query of the view itself, without what it pre-fills in the form."""
    return view.address(**dict.fromkeys(_OWN))


def _current() -> Release | None:
    current = SHELF.listed().current
    return SHELF.open(current) if current else None


def _form_page(
    request: HttpRequest, release: Release, view: View, form: AlertForm, *, status: int = 200
) -> HttpResponse:
    kept = _kept(view)
    context = {
        "form": form,
        "token": gate.token(),
        "action": reverse("alert-form") + kept,
        "watches": Watch.choices,
        "chosen": {
            name: form.data.get(name, "") if form.is_bound else form.initial.get(name, "")
            for name in ("watch", "group", "threshold")
        },
        "groups": view.question.grouping.groups,
        "described": described(view.question, release),
        "messages": view.messages,
        "view_link": VIEW_PAGE + kept,
        "feed_link": "/changes/view.atom" + kept,
        "days": tokens.CONFIRM_WITHIN.days,
        "stored": [
            sentence
            for model in (Recipient, Alert)
            for name, (_, sentence) in model.declared.items()
            if name != "id"
        ],
        "traces": [Attempt.declared[name][1] for name in ("who", "at")],
    }
    return _page(request, "form", release, context, status=status)


def _page(
    request: HttpRequest,
    template: str,
    release: Release | None,
    context: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    made = base_context(SHELF.listed(), release) | {"here": "alerts"} | (context or {})
    response = render(f"alerts/{template}", made, status=status).respond(request, dated=False)
    # Tokens and keys are for one reader: nobody on the way may keep them.
    response["Cache-Control"] = "no-store"
    del response["ETag"]
    if template != "form":
        response["X-Robots-Tag"] = "noindex"
    return response
