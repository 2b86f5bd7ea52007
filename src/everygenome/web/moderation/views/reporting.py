"""A reader reports something: to two people who are not related, or to one of them."""

from dataclasses import replace

from django import conf
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from everygenome.web.moderation.actions import answering
from everygenome.web.moderation.fields import Choice, Lines, Schema, Text
from everygenome.web.moderation.models import Receiver, Report
from everygenome.web.moderation.posted import ADDRESS, Errors
from everygenome.web.moderation.refused import RefusedError
from everygenome.web.moderation.views import forms
from everygenome.web.people import gate, limits
from everygenome.web.people.contacts import KEPT_FOR
from everygenome.web.people.gate import Refusal
from everygenome.web.people.models import Attempt
from everygenome.web.site.pages import page
from everygenome.web.site.readable import readable

_FORM = (
    Text(name="about", label="Which page or entry is it about?", longest=160),
    Choice(name="matter", label="What is it about?", choices=Report.MATTERS, required=True),
    Lines(name="text", label="What is wrong?", longest=5000, required=True),
)
_RECEIVER = Choice(
    name="receiver",
    label="Who should read it?",
    help="Choose one if it is about the other. Only those you choose get a mail.",
    choices=dict(Receiver.choices),
    required=True,
)
_MAIL = replace(ADDRESS, help="Only if you want to hear what was done. It is never published.")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@readable
def report(request: HttpRequest) -> HttpResponse:
    """The form; `about` in the address says which page it is about."""
    if request.method != "POST":
        return _show(request)
    form = request.POST
    refused = gate.refusal(request, counted=False)
    if refused == Refusal.PROGRAM:
        return _sent()
    schema = _schema()
    data, errors = schema.clean(schema.read(form))
    if not errors and not refused and not limits.client_allowed(request):
        refused = Refusal.TOO_MANY
    if errors or refused:
        return _show(request, errors={} if refused else errors, refused=refused)
    try:
        answering.report(
            subject=data.get("about", ""),
            matter=data["matter"],
            text=data["text"],
            receiver=Receiver(data.get("receiver", Receiver.BOTH)),
            address=data.get(ADDRESS.name, ""),
        )
    except RefusedError as error:
        return _show(request, errors={"about": [error.what]})
    return _sent()


def _sent() -> HttpResponse:
    return HttpResponseRedirect(reverse("report-sent"), status=303)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """It arrived."""
    return page(request, "moderation/report_sent", private=True)


def _schema() -> Schema:
    """There is something to choose where there are two receivers."""
    receiver = (_RECEIVER,) if len(conf.settings.REPORT_RECEIVERS) > 1 else ()
    return Schema((*_FORM, *receiver, _MAIL))


def _show(
    request: HttpRequest, *, errors: Errors | None = None, refused: Refusal | None = None
) -> HttpResponse:
    errors = errors or {}
    status, told = forms.answer(refused, errors)
    schema = _schema()
    wanted = {"about": request.GET.get("about", "")[:160], "receiver": Receiver.BOTH}
    values = schema.read(request.POST) if request.method == "POST" else wanted
    bounds = schema.bound(values, errors)
    context = {
        "two": len(conf.settings.REPORT_RECEIVERS) > 1,
        "bounds": bounds,
        "wrong": forms.summary(errors, bounds),
        "told": told,
        "token": forms.shown_token(request, refused),
        "stored": [
            sentence
            for name, (_, sentence) in Report.declared.items()
            if name not in ("id", "handled_by")
        ],
        "traces": [Attempt.declared[name][1] for name in ("who", "at")],
        "kept_days": KEPT_FOR.days,
    }
    return page(request, "moderation/report", context, status=status, private=True)
