"""The way back to a contribution: by its receipt code, or by a mail with new links."""

from dataclasses import replace
from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from everygenome.web.moderation import notices
from everygenome.web.moderation.fields import Schema, Text
from everygenome.web.moderation.keys import LINK_WORKS_FOR, SHORT, by_receipt, new_link
from everygenome.web.moderation.models import Contribution
from everygenome.web.moderation.posted import ADDRESS, Errors
from everygenome.web.moderation.views import forms
from everygenome.web.people import gate, limits
from everygenome.web.people.contacts import fingerprint
from everygenome.web.people.gate import Refusal
from everygenome.web.site.pages import page
from everygenome.web.site.readable import readable

_CODE = Schema(
    (
        Text(
            name="code",
            label="Your receipt code",
            help="20 letters and digits. Capitals, spaces and hyphens do not matter.",
            required=True,
        ),
    )
)
_MAIL = Schema((replace(ADDRESS, required=True, help="The one that you gave when you sent it."),))
_UNKNOWN = (
    "We have nothing under this code. It has 20 letters and digits; please check each of them. "
    "If the details were erased, the code went with them."
)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@readable
def find(request: HttpRequest) -> HttpResponse:
    """Two forms: a receipt code, or an e-mail address."""
    if request.method != "POST":
        return _show(request)
    form = request.POST
    by_mail = form.get("by") == "mail"
    # A mail could be used to bother others, so each counts. A code that is right always opens;
    # those that are wrong count.
    refused = gate.refusal(request, counted=by_mail)
    if refused == Refusal.PROGRAM:
        return _mailed() if by_mail else _show(request, errors={"code": [_UNKNOWN]})
    if refused:
        return _show(request, refused=refused)
    return _by_mail(request) if by_mail else _by_code(request)


def _by_code(request: HttpRequest) -> HttpResponse:
    data, errors = _CODE.clean(_CODE.read(request.POST))
    found = None if errors else by_receipt(data["code"])
    if found is None:
        if not limits.try_allowed(request):
            return _show(request, refused=Refusal.TOO_MANY)
        return _show(request, errors=errors or {"code": [_UNKNOWN]})
    secret = new_link(found, mailed=False)
    return HttpResponseRedirect(reverse("contribution", args=[secret]), status=303)


def _by_mail(request: HttpRequest) -> HttpResponse:
    data, errors = _MAIL.clean(_MAIL.read(request.POST))
    if errors:
        return _show(request, errors=errors)
    to = data[ADDRESS.name]
    if limits.address_allowed(to):
        found = Contribution.objects.filter(contact__who=fingerprint(to)).order_by("made_at", "pk")
        # A mail goes out in either case: neither the answer nor its time tells who is known.
        notices.links(to, [(one, new_link(one, mailed=True)) for one in found])
    return _mailed()


def _mailed() -> HttpResponse:
    return HttpResponseRedirect(reverse("contribution-mailed"), status=303)


@require_safe
def mailed(request: HttpRequest) -> HttpResponse:
    """The same words whether the address was known or not."""
    context = {"link_days": LINK_WORKS_FOR.days}
    return page(request, "moderation/mailed", context, private=True)


def _show(
    request: HttpRequest, *, errors: Errors | None = None, refused: Refusal | None = None
) -> HttpResponse:
    errors = errors or {}
    status, told = forms.answer(refused, errors)
    sent = request.POST if request.method == "POST" else {}
    code, mail = _CODE.bound(_CODE.read(sent), errors), _MAIL.bound(_MAIL.read(sent), errors)
    context = {
        "code": code,
        "mail": mail,
        "wrong": forms.summary(errors, [*code, *mail]),
        "told": told,
        "token": forms.shown_token(request, refused),
        "hours": SHORT // timedelta(hours=1),
    }
    return page(request, "moderation/find", context, status=status, private=True)
