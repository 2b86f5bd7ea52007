"""The same for several contributions: first a list of what would happen to each, then doing it.

Each is done as an action of its own, with the version that was shown: what somebody else changed
in between is left alone and told, and does not stop the others.
"""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.views.decorators.http import require_http_methods

from everygenome.web.moderation.desk.doing import DOINGS, Doing, do, hindrance
from everygenome.web.moderation.desk.reasons import reason_of
from everygenome.web.moderation.desk.rows import Row, rows
from everygenome.web.moderation.desk.sentences import REASONS
from everygenome.web.moderation.desk.staff import for_staff, shown
from everygenome.web.moderation.models import Contribution
from everygenome.web.moderation.refused import QuickerError, RefusedError
from everygenome.web.moderation.states import ACTIONS, State
from everygenome.web.people.models import Account

MOST = 50


@dataclass(frozen=True, slots=True)
class Outcome:
    """What would happen, or happened, to one contribution.

    Attributes:
        row: as it is in the queue now.
        seen: the version that was shown.
        why_not: empty where it is done.
    """

    row: Row
    seen: int
    why_not: str = ""

    @property
    def pair(self) -> str:
        """For the form: its number and the version that was shown."""
        return f"{self.row.contribution.pk}:{self.seen}"


@for_staff("see_queue")
@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: HttpRequest) -> HttpResponse:
    """The list of what would happen; with `confirmed`, what happened."""
    if request.method != "POST":
        return HttpResponseRedirect("/desk/", status=303)
    doing, me = DOINGS.get(request.POST.get("doing", "")), request.user
    if doing is None or not all(me.may(ACTIONS[one].by) for one in doing.acts):
        raise Http404
    outcomes = preview(pairs(request.POST), doing, me)
    wrong = ""
    if request.POST.get("confirmed") and outcomes:
        try:
            reason = reason_of(request.POST, doing.name, needed=doing.decides)
        except RefusedError as error:
            wrong = error.what
        else:
            done = [one(outcome, doing, me, reason) for outcome in outcomes]
            return shown(request, "moderation/desk/bulk_done", _told(doing, done))
    context = _told(doing, outcomes) | {
        "sentences": REASONS.get(doing.name, ()),
        "wrong": wrong,
        "written": request.POST.get("reason", "").replace("\0", ""),
        "canned": request.POST.get("canned", ""),
        "most": MOST,
    }
    return shown(request, "moderation/desk/bulk", context, status=400 if wrong else 200)


def pairs(form: QueryDict) -> dict[int, int]:
    """Number -> version shown, of what was chosen; whatever is no such pair is left out."""
    found: dict[int, int] = {}
    for text in form.getlist("chosen"):
        number, _, seen = text.partition(":")
        if all(part.isascii() and part.isdecimal() and len(part) < 10 for part in (number, seen)):
            found.setdefault(int(number), int(seen))
        if len(found) == MOST:
            break
    return found


def preview(chosen: dict[int, int], doing: Doing, me: Account) -> list[Outcome]:
    """What would happen to each, oldest first."""
    found = (
        Contribution.objects.filter(pk__in=chosen, round__gte=1)
        .exclude(state=State.DRAFT)
        .select_related("contact", "reviewer")
        .order_by("submitted_at", "pk")
    )
    made = []
    for row in rows(found):
        now, seen = row.contribution, chosen[row.contribution.pk]
        quicker = QuickerError().what if now.version != seen else ""
        made.append(Outcome(row, seen, quicker or hindrance(now, me, doing)))
    return made


def one(outcome: Outcome, doing: Doing, me: Account, reason: str) -> Outcome:
    """Do it to one, if it can be done."""
    if outcome.why_not:
        return outcome
    contribution = outcome.row.contribution
    try:
        do(contribution, doing=doing, by=me, reason=reason, seen=outcome.seen)
    except RefusedError as error:
        return Outcome(outcome.row, outcome.seen, error.what)
    return outcome


def _told(doing: Doing, outcomes: list[Outcome]) -> dict[str, object]:
    return {
        "doing": doing,
        "can": [outcome for outcome in outcomes if not outcome.why_not],
        "cannot": [outcome for outcome in outcomes if outcome.why_not],
    }
