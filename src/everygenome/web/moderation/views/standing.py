"""The page that says where a contribution stands, and what every view of it needs."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from everygenome.web.moderation import timeline
from everygenome.web.moderation.actions.reviewing import held
from everygenome.web.moderation.keys import LINK_WORKS_FOR, SHORT, fingerprint
from everygenome.web.moderation.kinds import kind_of
from everygenome.web.moderation.models import Contribution, Key, Purpose
from everygenome.web.moderation.posted import Errors
from everygenome.web.moderation.refused import QuickerError, RefusedError
from everygenome.web.moderation.states import ACTIONS, CONTRIBUTOR, ENDED, OF_TELLERS, State
from everygenome.web.moderation.views import forms
from everygenome.web.people import gate
from everygenome.web.people.gate import Refusal
from everygenome.web.site.pages import page

QUICKER = (
    "It changed after you opened this page, so nothing was done. Look at what it says now; what "
    "you wrote is still here."
)


def allowed(contribution: Contribution) -> set[str]:
    """The actions that its contributor can do now."""
    names = {
        action.name
        for action in ACTIONS.values()
        if action.by == CONTRIBUTOR and contribution.state in action.before
    }
    if kind_of(contribution.kind).withdrawn is None:
        names -= set(OF_TELLERS)
    elif contribution.purpose == Purpose.EDIT:
        # A correction has no choices of its own, and what is published of it is the story.
        names -= {"choose", "recall"}
    if "appeal" in names and contribution.appeals.filter(round=contribution.round).exists():
        names.remove("appeal")
    return names


def dead_link(request: HttpRequest) -> HttpResponse:
    """One page for every link that does not work, so that nobody learns why."""
    times = {"link_days": LINK_WORKS_FOR.days, "hours": SHORT // timedelta(hours=1)}
    return page(request, "moderation/dead_link", times, status=404, private=True)


def version_seen(request: HttpRequest) -> int:
    """The version that the page showed; no number is one that never was."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 9 else -1


def back(secret: str) -> HttpResponse:
    """To the contribution's own page."""
    return HttpResponseRedirect(reverse("contribution", args=[secret]), status=303)


def from_mail(secret: str) -> bool:
    """Whether this link went by mail: one made for a receipt code proves no address."""
    return Key.objects.filter(secret=fingerprint(secret), mailed=True).exists()


def words_of(error: RefusedError) -> str:
    """Why something was not done, for whoever tried it here."""
    return QUICKER if isinstance(error, QuickerError) else str(error)


def cannot(found: Contribution) -> str:
    """That its state does not allow something."""
    return f"This cannot be done now: it is {State(found.state).label}."


def own_page(
    request: HttpRequest,
    found: Contribution,
    secret: str,
    *,
    told: str = "",
    wrong: Errors | None = None,
    refused: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page as it is now, with what was wrong or could not be done."""
    if refused:
        status, told = forms.NOT_TAKEN[refused]
    kind = kind_of(found.kind)
    contact = found.contact
    context = {
        "contribution": found,
        "kind": kind,
        "secret": secret,
        "title": kind.title(found.proposed),
        "state": State(found.state),
        "entry": kind.address(found.subject) if found.subject else "",
        "may": allowed(found),
        "own": kind.own(found, secret),
        "notice": kind.notice(found),
        "is_public": kind.is_public(found.subject),
        "timeline": timeline.of(found),
        "place": timeline.place(found),
        "target": found.submitted_at and found.submitted_at + timedelta(days=kind.target_days),
        "changes": kind.schema.changes(found.before, found.proposed),
        "suggested": kind.schema.changes(found.proposed, found.amended) if found.amended else [],
        # The panel can hold it, or the entry that it is about.
        "hold": held(found) if found.state not in ENDED else None,
        "appeals": found.appeals.order_by("round"),
        "contact": contact,
        "ask_to_write": contact and contact.confirmed_at is None and from_mail(secret),
        "told": told,
        "wrong": forms.summary(wrong or {}),
        "text_wrong": (wrong or {}).get("text", []),
        "text": request.POST.get("text", "") if request.method == "POST" else "",
        "token": gate.token(),
    }
    return page(request, "moderation/own", context, status=status, private=True)
