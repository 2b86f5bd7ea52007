"""The community panel's holds on entries and categories that are there already."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST

from everygenome.web.moderation.actions import holding
from everygenome.web.moderation.desk.reasons import reason_of
from everygenome.web.moderation.desk.sentences import REASONS
from everygenome.web.moderation.desk.staff import for_staff, shown
from everygenome.web.moderation.fields import Choice, Choices
from everygenome.web.moderation.kinds import Kind, kinds
from everygenome.web.moderation.models import Hold
from everygenome.web.moderation.refused import RefusedError

_LIFTED_SHOWN = 100


@for_staff("see_queue")
@require_http_methods(["GET", "HEAD", "POST"])
def holds(request: HttpRequest) -> HttpResponse:
    """All holds; a panel member places one."""
    if request.method != "POST":
        return _page(request)
    if not request.user.may("hold"):
        raise Http404
    try:
        subject = _subject(request.POST.get("category", ""), request.POST.get("entry", ""))
        reason = reason_of(request.POST, "hold")
        holding.hold_subject(subject=subject, by=request.user, reason=reason)
    except RefusedError as error:
        return _page(request, wrong=error, wrong_in="place")
    return HttpResponseRedirect("/desk/holds/?done=placed", status=303)


@for_staff("lift_hold")
@require_POST
def lift(request: HttpRequest, number: int) -> HttpResponse:
    """Lift a hold, with what was decided."""
    found = Hold.objects.select_related("contribution").filter(pk=number).first()
    if found is None:
        raise Http404
    try:
        reason = reason_of(request.POST, "lift_hold")
        if found.contribution is None:
            holding.lift_subject(subject=found.subject, by=request.user, reason=reason)
        else:
            holding.lift_hold(contribution=found.contribution, by=request.user, reason=reason)
    except RefusedError as error:
        return _page(request, wrong=error, wrong_in=str(number))
    return HttpResponseRedirect("/desk/holds/?done=lifted", status=303)


def categories() -> dict[str, list[tuple[str, str]]]:
    """All that can be held as a category: of each kind the word that is stored, and its label."""
    return {
        kind.label: [
            (f"{kind.name}:{field.name}:{word}", f"{field.label}: {label}")
            for field in kind.schema
            if isinstance(field, Choice | Choices) and field.facet
            for word, label in field.choices.items()
        ]
        for kind in kinds()
    }


def in_words(subject: str) -> str:
    """What a hold on no single contribution is on.

    Example: `toolbox:kind:service` is "a tool, Kind: Service".
    """
    for kind, options in categories().items():
        for word, label in options:
            if word == subject:
                return f"{kind}, {label}"
    return subject


def _subject(category: str, entry: str) -> str:
    """What is to be held.

    Raises:
        RefusedError: nothing, two things, or something that is not there.
    """
    entry = entry.strip().strip("/")
    if bool(category) == bool(entry):
        raise RefusedError("Please give an entry or choose a category: one of the two.")
    if category:
        if not any(category == word for options in categories().values() for word, _ in options):
            raise RefusedError("Please choose a category of the list.")
        return category
    # A whole address may be pasted: its last two parts name the entry.
    parts = entry.rpartition("://")[2].split("/")[-2:]
    kind = _known(parts[0])
    if len(parts) < 2 or kind is None or "\0" in entry or kind.current(parts[1][:160]) is None:
        raise RefusedError("There is no such entry. Write it as in its address: toolbox/plink.")
    return "/".join(parts)


def _known(name: str) -> Kind | None:
    return next((kind for kind in kinds() if kind.name == name), None)


def _page(
    request: HttpRequest, *, wrong: RefusedError | None = None, wrong_in: str = ""
) -> HttpResponse:
    found = Hold.objects.select_related("contribution", "by", "lifted_by")
    lifted = found.exclude(lifted_at=None).order_by("-lifted_at", "pk")[:_LIFTED_SHOWN]
    context = {
        "standing": [_told(hold) for hold in found.filter(lifted_at=None).order_by("placed_at")],
        "lifted": [_told(hold) for hold in lifted],
        "categories": categories(),
        "may_hold": request.user.may("hold"),
        "may_lift": request.user.may("lift_hold"),
        "hold_sentences": REASONS["hold"],
        "lift_sentences": REASONS["lift_hold"],
        "done": request.GET.get("done", ""),
        "wrong": wrong,
        "wrong_in": wrong_in,
        "written": request.POST.get("reason", "").replace("\0", ""),
        "canned": request.POST.get("canned", ""),
        "entry": request.POST.get("entry", request.GET.get("entry", ""))[:200].replace("\0", ""),
        "category": request.POST.get("category", ""),
    }
    status = 400 if wrong else 200
    return shown(request, "moderation/desk/holds", context, room="holds", status=status)


def _told(hold: Hold) -> dict[str, object]:
    number = str(hold.pk)
    return {"hold": hold, "on": in_words(hold.subject), "number": number, "id": f"lift-{number}"}
