"""The queue, a contribution's page, and what is done there."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from everygenome.web.moderation.actions import reaching
from everygenome.web.moderation.desk import queue as queues
from everygenome.web.moderation.desk.doing import DOINGS, Doing, do
from everygenome.web.moderation.desk.reading import Reading
from everygenome.web.moderation.desk.reasons import reason_of
from everygenome.web.moderation.desk.sentences import REASONS
from everygenome.web.moderation.desk.staff import for_staff, shown
from everygenome.web.moderation.models import Contribution
from everygenome.web.moderation.refused import QuickerError, RefusedError
from everygenome.web.moderation.states import ACTIONS, State


@for_staff("see_queue")
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits."""
    context = {
        "queue": queues.read(request.GET),
        "doings": [d for d in DOINGS.values() if all(request.user.may(a) for a in d.acts)],
    }
    return shown(request, "moderation/desk/queue", context)


@for_staff("see_queue")
@require_safe
def contribution(request: HttpRequest, number: int) -> HttpResponse:
    """A contribution."""
    done = DOINGS.get(request.GET.get("done", ""))
    past = done.past if done else ""
    if request.GET.get("done") == "amend":
        past = ACTIONS["amend"].past
    return _page(request, sent(number), {"done": past})


@for_staff("see_queue")
@require_POST
def act(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """Do something with a contribution; refused, its page as it is now, with what was written."""
    doing, found = DOINGS.get(name), sent(number)
    if doing is None or not all(request.user.may(ACTIONS[one].by) for one in doing.acts):
        raise Http404
    try:
        reason = reason_of(request.POST, name)
        do(
            found,
            doing=doing,
            by=request.user,
            reason=reason,
            seen=version(request),
            checks=request.POST.getlist("check"),
        )
    except RefusedError as error:
        return refused_page(request, number, error, doing=name)
    return HttpResponseRedirect(
        f"{reverse('desk-contribution', args=[number])}?done={name}", status=303
    )


@for_staff("see_contact")
@require_POST
def contact(request: HttpRequest, number: int) -> HttpResponse:
    """Show how to reach whoever sent it, to those who may, once; that they looked is recorded."""
    found = sent(number)
    try:
        reason = reason_of(request.POST, "see_contact")
        address = reaching.look(contribution=found, by=request.user, reason=reason)
    except RefusedError as error:
        return _page(request, found, {"contact_wrong": error.what}, status=400)
    return _page(request, sent(number), {"contact_address": address})


def sent(number: int) -> Contribution:
    """A contribution that was sent to us; drafts are their contributors' own.

    Raises:
        Http404: there is none.
    """
    found = Contribution.objects.exclude(state=State.DRAFT).filter(pk=number, round__gte=1)
    one = found.select_related("contact", "reviewer", "decided_by").first()
    if one is None:
        raise Http404
    return one


def version(request: HttpRequest) -> int:
    """The version that a form was made from; a form without one is as good as outdated."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


def refused_page(
    request: HttpRequest, number: int, error: RefusedError, *, doing: str
) -> HttpResponse:
    """A contribution's page with what was wrong; nothing that was written is lost."""
    return _page(
        request,
        sent(number),
        {
            "wrong": error,
            "wrong_in": doing,
            "written": request.POST.get("reason", "").replace("\0", ""),
            "canned": request.POST.get("canned", ""),
            "checked": request.POST.getlist("check"),
        },
        status=409 if isinstance(error, QuickerError) else 400,
    )


def _page(
    request: HttpRequest, found: Contribution, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    reading = Reading(found, request.user)
    before, after = queues.neighbours(found)
    forms = [
        (one, REASONS.get(one.name, ()), _key(one, reading.possible)) for one in reading.possible
    ]
    made = {
        "reading": reading,
        "checks": reading.kind.checks.items(),
        "beside": reading.kind.beside(found) if reading.is_told else [],
        "preview": reading.kind.preview(found) if reading.is_open_to_read else "",
        "may_contact": request.user.may("see_contact") and reading.kind.sealed,
        "c": found,
        "forms": forms,
        "offers_wrong": any(d.name == context.get("wrong_in") for d in reading.possible),
        "previous": before,
        "next": after,
    }
    return shown(request, "moderation/desk/contribution", made | context, status=status)


def _key(doing: Doing, offered: list[Doing]) -> str:
    """The key of a button; of two with the same key, the first has it."""
    first = next(one for one in offered if one.key == doing.key)
    return doing.key if first is doing else ""
