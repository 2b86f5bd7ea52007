"""Offering a story without an account: choose a form, go through the steps, look, send."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from everygenome.errors import StoreError
from everygenome.web.moderation.actions import offering
from everygenome.web.moderation.actions.offering import Offer
from everygenome.web.moderation.fields import Schema
from everygenome.web.moderation.keys import by_link, new_link, new_receipt, stays_open
from everygenome.web.moderation.models import Contribution, Purpose
from everygenome.web.moderation.posted import ADDRESS, NOTE
from everygenome.web.moderation.refused import RefusedError
from everygenome.web.moderation.states import CONTRIBUTOR, ENDED, State
from everygenome.web.moderation.views import forms, receipts
from everygenome.web.moderation.views.standing import allowed, back, dead_link
from everygenome.web.people import gate, limits
from everygenome.web.people.gate import Refusal
from everygenome.web.people.vaults import is_open
from everygenome.web.site.pages import page
from everygenome.web.site.readable import readable
from everygenome.web.stories import words
from everygenome.web.stories.consent import AGREED, VERSION, WORDINGS
from everygenome.web.stories.kind import NAME
from everygenome.web.stories.offering.previewing import previewed
from everygenome.web.stories.offering.saving import save
from everygenome.web.stories.offering.steps import (
    LOOK,
    Step,
    begun,
    fields_of,
    lacking,
    steps_of,
    takes_files,
)
from everygenome.web.stories.offering.uploads import Bounded
from everygenome.web.stories.views import send as send_file

View = Callable[..., HttpResponse]
_page_methods = require_http_methods(["GET", "HEAD", "POST"])
_FIRST = Schema((ADDRESS,))


@csrf_exempt
@_page_methods
@readable
def begin(request: HttpRequest) -> HttpResponse:
    """Choose a form; a draft is made, and its receipt code shown."""
    form = request.POST.get("form", "")
    if request.method != "POST":
        return _begin(request)
    refused = gate.refusal(request, counted=False)
    if refused == Refusal.PROGRAM:
        token = receipts.shown_once(new_receipt(), "")
        return HttpResponseRedirect(f"/stories/offer/started/{token}/", status=303)
    sent, errors = _FIRST.clean(_FIRST.read(request.POST))
    if form not in words.FORMS:
        errors["form"] = ["Please choose one of these."]
    if not refused and not errors:
        refused = None if limits.client_allowed(request) else Refusal.TOO_MANY
    if refused or errors:
        return _begin(request, errors={} if refused else errors, refused=refused)
    offered = Offer(
        kind=NAME, purpose=Purpose.NEW, values=begun(form), address=sent.get(ADDRESS.name, "")
    )
    made = offering.offer(offered=offered, send=False)
    token = receipts.shown_once(made.receipt, made.secret)
    return HttpResponseRedirect(f"/stories/offer/started/{token}/", status=303)


def _begin(
    request: HttpRequest,
    *,
    errors: dict[str, list[str]] | None = None,
    refused: Refusal | None = None,
) -> HttpResponse:
    status, told = forms.answer(refused, errors or {})
    sent = request.POST if request.method == "POST" else {}
    bounds = _FIRST.bound(_FIRST.read(sent), errors or {})
    context = {
        "here": NAME,
        "forms": words.FORMS.items(),
        "chosen": sent.get("form", ""),
        "form_wrong": (errors or {}).get("form", []),
        "bounds": bounds,
        "wrong": forms.summary(errors or {}, bounds),
        "told": told,
        "token": forms.shown_token(request, refused),
    }
    return page(request, "stories/offer/begin", context, status=status, private=True)


@require_safe
def started(request: HttpRequest, token: str) -> HttpResponse:
    """The receipt code, for a quarter of an hour, and the way on."""
    found, late = receipts.opened(token)
    if late:
        return page(request, "moderation/shown_already", status=410, private=True)
    if found is None:
        return dead_link(request)
    context = {"here": NAME, "receipt": found["receipt"], "secret": found.get("secret", "")}
    return page(request, "stories/offer/started", context, private=True)


def of_teller(view: View) -> View:
    """Give a view the story whose teller holds this link; to all others there is no such page."""

    @csrf_exempt
    @_page_methods
    @_bounded
    @readable
    @wraps(view)
    def inner(request: HttpRequest, secret: str, *args: Any, **kwargs: Any) -> HttpResponse:
        found = by_link(secret)
        if found is None or found.kind != NAME or not found.vault:
            return dead_link(request)
        stays_open(secret)
        try:
            return view(request, found, secret, *args, **kwargs)
        except StoreError:
            # It was withdrawn while this was on its way: there is nothing to keep it in.
            if is_open(found.vault):
                raise
            return dead_link(request)

    return inner


def _bounded(view: View) -> View:
    """What is sent with a form is counted while it comes."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            request.upload_handlers = [Bounded(request)]
        return view(request, *args, **kwargs)

    return inner


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
    waiting = Contribution.objects.filter(vault=found.vault, purpose=Purpose.EDIT)
    one = waiting.exclude(state__in=ENDED).first()
    if request.method == "POST" and not gate.refusal(request, counted=False, timed=False):
        if one is None:
            offered = Offer(
                kind=NAME, purpose=Purpose.EDIT, subject=found.subject, values=found.proposed
            )
            return _to(offering.offer(offered=offered, send=False).secret, "words/")
        new = new_link(one, mailed=False)
        return _to(new, "words/") if "save" in allowed(one) else back(new)
    context = {"here": NAME, "secret": secret, "waiting": one, "token": gate.token()}
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
    fields = fields_of(now, found.proposed, sent=found.round > 0)
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
    bounds = fields_of(now, found.proposed, sent=found.round > 0).bound(values, errors)
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
