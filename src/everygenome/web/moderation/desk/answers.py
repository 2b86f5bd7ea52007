"""Readers' reports, and second looks at what was declined."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from everygenome.web.moderation.actions import answering
from everygenome.web.moderation.desk import reporting
from everygenome.web.moderation.desk.doing import refused
from everygenome.web.moderation.desk.reading import Reading
from everygenome.web.moderation.desk.reasons import reason_of
from everygenome.web.moderation.desk.sentences import REASONS
from everygenome.web.moderation.desk.staff import for_staff, shown
from everygenome.web.moderation.models import Appeal, Report
from everygenome.web.moderation.refused import RefusedError

_ANSWERED_SHOWN = 50


@for_staff("handle_report")
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Reports that wait for an answer, and those answered."""
    return _reports(request)


@for_staff("handle_report")
@require_POST
def answer_report(request: HttpRequest, number: int) -> HttpResponse:
    """Answer a report."""
    found = reporting.visible_to(request.user).filter(pk=number).first()
    if found is None:
        raise Http404
    try:
        outcome = reason_of(request.POST, "handle_report")
        answering.handle_report(report=found, by=request.user, outcome=outcome)
    except RefusedError as error:
        return _reports(request, wrong=error, wrong_in=number)
    return HttpResponseRedirect("/desk/reports/?done=1", status=303)


@for_staff("decide_appeal")
@require_safe
def appeals(request: HttpRequest) -> HttpResponse:
    """Second looks that were asked for."""
    return _appeals(request)


@for_staff("decide_appeal")
@require_POST
def decide_appeal(request: HttpRequest, number: int) -> HttpResponse:
    """Decide on a second look."""
    found = Appeal.objects.select_related("contribution").filter(pk=number).first()
    if found is None:
        raise Http404
    try:
        upheld = _upheld(request.POST.get("upheld", ""))
        reason = reason_of(request.POST, "decide_appeal")
        answering.decide_appeal(appeal=found, by=request.user, upheld=upheld, reason=reason)
    except RefusedError as error:
        return _appeals(request, wrong=error, wrong_in=number)
    return HttpResponseRedirect("/desk/appeals/?done=1", status=303)


def _reports(
    request: HttpRequest, *, wrong: RefusedError | None = None, wrong_in: int = 0
) -> HttpResponse:
    found = reporting.visible_to(request.user).select_related("handled_by")
    context = {
        "waiting": [_with_matter(report) for report in found.filter(handled_at=None)],
        "answered": [
            _with_matter(report)
            for report in found.exclude(handled_at=None).order_by("-handled_at", "pk")[
                :_ANSWERED_SHOWN
            ]
        ],
        "sentences": REASONS["handle_report"],
    }
    return _shown(request, "reports", context, wrong, wrong_in)


def _upheld(word: str) -> bool:
    if word not in ("yes", "no"):
        raise RefusedError("Please choose whether the contributor was right.")
    return word == "yes"


def _with_matter(report: Report) -> dict[str, object]:
    matter = Report.MATTERS.get(report.matter, report.matter)
    return {"report": report, "matter": matter, "id": f"report-{report.pk}"}


def _appeals(
    request: HttpRequest, *, wrong: RefusedError | None = None, wrong_in: int = 0
) -> HttpResponse:
    found = Appeal.objects.select_related(
        "contribution", "contribution__contact", "contribution__decided_by"
    ).order_by("made_at", "pk")
    waiting = []
    for appeal in found.filter(decided_at=None):
        hindrance = refused(appeal.contribution, request.user, "decide_appeal")
        if not hindrance and appeal.contribution.decided_by == request.user:
            hindrance = "You declined it, so somebody else has to look again."
        reading = Reading(appeal.contribution, request.user)
        waiting.append(
            {
                "appeal": appeal,
                "row": reading.row,
                "hindrance": hindrance,
                "id": f"appeal-{appeal.pk}",
            }
        )
    context = {
        "waiting": waiting,
        "decided": found.exclude(decided_at=None)
        .select_related("decided_by")
        .order_by("-decided_at", "pk")[:_ANSWERED_SHOWN],
        "sentences": REASONS["decide_appeal"],
    }
    return _shown(request, "appeals", context, wrong, wrong_in)


def _shown(
    request: HttpRequest,
    name: str,
    context: dict[str, object],
    wrong: RefusedError | None,
    wrong_in: int,
) -> HttpResponse:
    context |= {
        "done": request.GET.get("done") == "1",
        "wrong": wrong,
        "wrong_in": wrong_in,
        "wrong_id": str(wrong_in),
        "written": request.POST.get("reason", "").replace("\0", ""),
        "canned": request.POST.get("canned", ""),
        "upheld": request.POST.get("upheld", ""),
    }
    status = 400 if wrong else 200
    return shown(request, f"moderation/desk/{name}", context, room=name, status=status)
