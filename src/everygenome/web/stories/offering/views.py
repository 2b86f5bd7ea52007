"""The steps of offering a story: each kept, then a look at it as readers will see it, then sent."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from everygenome.web.moderation.actions import offering
from everygenome.web.moderation.keys import by_link, new_link
from everygenome.web.moderation.models import Contribution, Purpose
from everygenome.web.moderation.posted import NOTE
from everygenome.web.moderation.refused import RefusedError
from everygenome.web.moderation.states import CONTRIBUTOR, State
from everygenome.web.moderation.views import forms
from everygenome.web.moderation.views.standing import allowed, back
from everygenome.web.people import gate
from everygenome.web.people.gate import Refusal
from everygenome.web.site.pages import page
from everygenome.web.stories.consent import AGREED, VERSION, WORDINGS
from everygenome.web.stories.correcting import begun, waiting
from everygenome.web.stories.kind import NAME
from everygenome.web.stories.offering.previewing import previewed
from everygenome.web.stories.offering.saving import save
from everygenome.web.stories.offering.steps import (
    LOOK,
    Step,
    fields_for,
    lacking,
    steps_of,
    takes_files,
)
from everygenome.web.stories.offering.teller import of_teller
from everygenome.web.stories.views import send as send_file


@of_teller
def resume(_request: HttpRequest, found: Contribution, secret: str) -> HttpResponse:
    """To the first step that lacks something."""
    missing = _lacking(found)
    return _to(secret, f"{missing[0][0].name if missing else LOOK.name}/")


@of_teller
def step(request: HttpRequest, found: Contribution, secret: str, name: str) -> HttpResponse:
    """A step: what it asks, and what was written before."""
    now = next((one for one in _steps(found) if one.name == name), None)
    if now is None:
        raise Http404
    return _look(request, found, secret) if now == LOOK else _step(request, found, secret, now)


def _lacking(found: Contribution) -> list[tuple[Step, dict[str, list[str]]]]:
    corrects = found.purpose == Purpose.EDIT
    return lacking(found.proposed, today=timezone.localdate(), corrects=corrects)


def _steps(found: Contribution) -> tuple[Step, ...]:
    # Choices are changed on the page of what is published.
    corrects = found.purpose == Purpose.EDIT
    return steps_of(found.proposed, corrects=corrects)


@of_teller
def again(request: HttpRequest, found: Contribution, secret: str) -> HttpResponse:
    """Change the words of what is published: a correction, reviewed as the story was."""
    if found.state != State.PUBLISHED or found.purpose != Purpose.NEW:
        return back(secret)
    if request.method == "POST" and not gate.refusal(request, counted=False, timed=False):
        try:
            one = begun(found)
        except RefusedError:
            return back(secret)
        new = new_link(one, mailed=False)
        return _to(new, "words/") if "save" in allowed(one) else back(new)
    context = {"here": NAME, "secret": secret, "waiting": waiting(found), "token": gate.token()}
    return page(request, "stories/offer/again", context, private=True)


def _step(request: HttpRequest, found: Contribution, secret: str, now: Step) -> HttpResponse:
    name = now.name
    may = allowed(found)
    # What was sent can be changed in its choices, and in where we write to, at any time.
    was_sent = "choose" in may and name in ("choices", "reach")
    if "save" not in may and not was_sent:
        return back(secret)
    if request.method != "POST":
        return _shown(request, found, secret, now, found.proposed)
    refused = gate.refusal(request, counted=False, timed=False)
    if refused:
        return _shown(request, found, secret, now, _sent(request, now, found), refused=refused)
    errors = save(request, found, now)
    if errors:
        # Files that came with it are kept: they cannot be sent back with the page.
        found.refresh_from_db()
        return _shown(request, found, secret, now, _sent(request, now, found), errors=errors)
    if by_link(secret) is None:
        # It went by mail to an address that is not theirs any more.
        secret = new_link(found, mailed=False)
    if was_sent or "later" in request.POST:
        return back(secret)
    steps = _steps(found)
    stays = "stay" in request.POST or bool(request.FILES)
    return _to(secret, f"{name}/?kept=1" if stays else f"{steps[steps.index(now) + 1].name}/")


def _sent(request: HttpRequest, now: Step, found: Contribution) -> dict[str, Any]:
    fields = fields_for(now, found)
    return dict(found.proposed) | fields.read(request.POST)


def _shown(
    request: HttpRequest,
    found: Contribution,
    secret: str,
    now: Step,
    values: Mapping[str, Any],
    *,
    errors: dict[str, list[str]] | None = None,
    refused: Refusal | None = None,
) -> HttpResponse:
    errors = errors or {}
    status, told = forms.answer(refused, errors)
    values = dict(values) | {"by-note": found.note} if "by-note" not in values else values
    bounds = fields_for(now, found).bound(values, errors)
    was_sent = "save" not in allowed(found)
    if was_sent:
        bounds = [one for one in bounds if one.field.name != NOTE.name]
    # What is agreed to stands under the sentences that it is about.
    agreed = next((one for one in bounds if one.field.name == AGREED.name), None)
    context = {
        "here": NAME,
        "step": now,
        "steps": _steps(found),
        "secret": secret,
        "contribution": found,
        "bounds": [one for one in bounds if one is not agreed],
        "agreed": agreed,
        "wording": WORDINGS[VERSION],
        "files": takes_files(found.proposed) and now.name == "words",
        "media": found.proposed.get("media", ()),
        "file_wrong": errors.get("file", []),
        "wrong": forms.summary(errors, bounds),
        "told": told,
        "kept": "kept" in request.GET and request.method != "POST",
        "is_published": was_sent,
        "token": forms.shown_token(request, refused),
    }
    return page(request, "stories/offer/step", context, status=status, private=True)


def _look(request: HttpRequest, found: Contribution, secret: str) -> HttpResponse:
    """As readers will see it; and, sent, to the reviewers."""
    missing = _lacking(found)
    told, status = "", 200
    if request.method == "POST" and "submit" in allowed(found):
        refused = gate.refusal(request, counted=False, timed=False)
        if refused:
            status, told = forms.NOT_TAKEN[refused]
        elif missing:
            status = 400
        else:
            try:
                offering.submit(contribution=found, by=CONTRIBUTOR)
                return back(secret)
            except RefusedError as error:
                status, told = 409, str(error)
    context = {
        "here": NAME,
        "step": LOOK,
        "steps": _steps(found),
        "secret": secret,
        "contribution": found,
        "missing": [
            (one, message)
            for one, errors in missing
            for found_ in errors.values()
            for message in found_
        ],
        "may_send": "submit" in allowed(found),
        "told": told,
        "token": gate.token(),
        **previewed(found, f"/stories/offer/{secret}/media/"),
    }
    return page(request, "stories/offer/look", context, status=status, private=True)


@of_teller
def medium(request: HttpRequest, found: Contribution, _secret: str, name: str) -> HttpResponse:
    """A file of a story that is being offered."""
    return send_file(request, found.vault, found.proposed, name)


def _to(secret: str, name: str) -> HttpResponse:
    return HttpResponseRedirect(f"/stories/offer/{secret}/{name}", status=303)
