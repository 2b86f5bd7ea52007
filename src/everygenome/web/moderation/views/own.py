"""A contributor's own page: where it stands, and what can be done with it now."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from everygenome.web.moderation.actions import offering
from everygenome.web.moderation.fields.plain import plain
from everygenome.web.moderation.keys import by_link
from everygenome.web.moderation.kinds import kind_of
from everygenome.web.moderation.models import LONGEST_REASON, Contribution, Purpose
from everygenome.web.moderation.refused import QuickerError, RefusedError
from everygenome.web.moderation.states import CONTRIBUTOR, State
from everygenome.web.moderation.views.standing import (
    allowed,
    back,
    cannot,
    dead_link,
    from_mail,
    own_page,
    version_seen,
    words_of,
)
from everygenome.web.people import contacts, gate
from everygenome.web.people.gate import Refusal
from everygenome.web.site.pages import page
from everygenome.web.site.readable import readable

_page_methods = require_http_methods(["GET", "HEAD", "POST"])


@csrf_exempt
@_page_methods
@readable
def show(request: HttpRequest, secret: str) -> HttpResponse:
    """Where it stands; and, sent, one of the things that can be done with it."""
    found = by_link(secret)
    if found is None:
        return dead_link(request)
    if request.method != "POST":
        return own_page(request, found, secret)
    refused = gate.refusal(request, counted=False, timed=False)
    if refused == Refusal.FROM_ELSEWHERE:
        return own_page(request, found, secret, refused=refused)
    act = {"agree": _agree, "appeal": _appeal, "confirm": _confirm}.get(request.POST.get("act", ""))
    if refused or act is None:
        return back(secret)
    return _done(request, found, secret, lambda: act(request, found, secret))


@csrf_exempt
@_page_methods
@readable
def withdraw(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask once more, then take it back."""
    found = by_link(secret)
    if found is None:
        return dead_link(request)
    may = allowed(found)
    if offering.how_back(found) not in may:
        return own_page(request, found, secret, told=cannot(found), status=409)
    if request.method != "POST" or (refused := _refused(request)) == Refusal.FROM_ELSEWHERE:
        return _ask(request, "withdraw", found, secret)
    if refused:
        return back(secret)
    version = version_seen(request)
    ways = {"recall": offering.recall, "discard": offering.discard}
    take_back = ways.get(offering.how_back(found), offering.withdraw)
    return _done(
        request,
        found,
        secret,
        lambda: take_back(contribution=found, by=CONTRIBUTOR, seen=version),
    )


@csrf_exempt
@_page_methods
@readable
def erase(request: HttpRequest, secret: str) -> HttpResponse:
    """Say what goes and what stays, then erase it."""
    found = by_link(secret)
    if found is None:
        return dead_link(request)
    if kind_of(found.kind).sealed and found.state != State.WITHDRAWN:
        # Withdrawing it takes all with it, and says so.
        return HttpResponseRedirect(reverse("contribution-withdraw", args=[secret]))
    if request.method != "POST" or (refused := _refused(request)) == Refusal.FROM_ELSEWHERE:
        return _ask(request, "erase", found, secret)
    if refused:
        return back(secret)
    try:
        if version_seen(request) != found.version:
            raise QuickerError
        offering.erase(contribution=found, by=CONTRIBUTOR)
    except RefusedError:
        # What would go may be something else by now, so it is said again.
        return _ask(request, "erase", by_link(secret) or found, secret, status=409)
    return HttpResponseRedirect(reverse("contribution-erased"), status=303)


@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """It is done."""
    return page(request, "moderation/erased", private=True)


def _agree(request: HttpRequest, found: Contribution, _secret: str) -> None:
    offering.agree(contribution=found, by=CONTRIBUTOR, seen=version_seen(request))


def _appeal(request: HttpRequest, found: Contribution, _secret: str) -> None:
    text = plain(request.POST.get("text", ""), longest=LONGEST_REASON, lines=True)
    offering.appeal(contribution=found, by=CONTRIBUTOR, text=text)


def _confirm(_request: HttpRequest, found: Contribution, secret: str) -> None:
    if from_mail(secret):
        contacts.confirm(found.contact)


def _done(
    request: HttpRequest, found: Contribution, secret: str, act: Callable[[], Any]
) -> HttpResponse:
    """Do it and show the page anew; where it cannot be done, say why on the page as it is now."""
    try:
        act()
    except ValidationError as error:
        wrong = {"text": list(error.messages)}
        return own_page(request, found, secret, wrong=wrong, status=400)
    except RefusedError as error:
        now = by_link(secret)
        if now is None:
            return dead_link(request)
        told = words_of(error)
        if "appeal" in allowed(now) and request.POST.get("act") == "appeal":
            return own_page(request, now, secret, wrong={"text": [told]}, status=400)
        return own_page(request, now, secret, told=told, status=409)
    return back(secret)


def _refused(request: HttpRequest) -> Refusal | None:
    return gate.refusal(request, counted=False, timed=False)


def _ask(
    request: HttpRequest, what: str, found: Contribution, secret: str, *, status: int = 200
) -> HttpResponse:
    kind = kind_of(found.kind)
    refused = request.method == "POST" and status == 200
    context = {
        "contribution": found,
        "kind": kind,
        "title": kind.title(found.proposed),
        "secret": secret,
        "published": found.state == State.PUBLISHED,
        "corrects": found.purpose == Purpose.EDIT,
        "entry": kind.address(found.subject) if found.subject else "",
        "again": request.method == "POST",
        "token": gate.token(),
    }
    answer = 403 if refused else status
    return page(request, f"moderation/{what}", context, status=answer, private=True)
