"""Beginning a story: choose a form; a draft is made, and its receipt code shown once."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from everygenome.web.moderation.actions import offering
from everygenome.web.moderation.actions.offering import Offer
from everygenome.web.moderation.fields import Schema
from everygenome.web.moderation.fields.records import Errors
from everygenome.web.moderation.keys import new_link, new_receipt
from everygenome.web.moderation.models import Purpose
from everygenome.web.moderation.posted import ADDRESS
from everygenome.web.moderation.views import forms, receipts
from everygenome.web.moderation.views.standing import dead_link
from everygenome.web.people import gate, limits
from everygenome.web.people.gate import Refusal
from everygenome.web.site.pages import page
from everygenome.web.site.readable import readable
from everygenome.web.stories import words
from everygenome.web.stories.kind import NAME
from everygenome.web.stories.offering.steps import begun

_FIRST = Schema((ADDRESS,))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
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
    # The link in the mail works for months, and shows that who opens it reads that mail. It is on
    # no screen: what is stays in the history of a browser that others may use.
    shown = new_link(made.contribution, mailed=False)
    token = receipts.shown_once(made.receipt, shown)
    return HttpResponseRedirect(f"/stories/offer/started/{token}/", status=303)


def _begin(
    request: HttpRequest,
    *,
    errors: Errors | None = None,
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
    # The code of a tool, say, is shown on a page of its own.
    if found is None or "kind" in found:
        return dead_link(request)
    context = {"here": NAME, "receipt": found["receipt"], "secret": found.get("secret", "")}
    return page(request, "stories/offer/started", context, private=True)
