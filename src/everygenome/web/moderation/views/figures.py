"""How long a review takes: from what was done, not from what we aim at."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.utils import timezone

from everygenome.web.moderation.models import Contribution, Event
from everygenome.web.moderation.states import State

LOOKED_BACK = timedelta(days=90)
_WAITS = (State.SUBMITTED, State.IN_REVIEW)
_ANSWERS = (State.CHANGES_ASKED, State.ACCEPTED, State.DECLINED)


@dataclass(frozen=True, slots=True)
class Figures:
    """What the public page says.

    Attributes:
        waiting: contributions without an answer.
        oldest_days: whole days for which the oldest waits; None where none does.
        answered: first answers of a round that were given in `LOOKED_BACK`.
        median_days: from sending to that answer, in days; None where there were none.
    """

    waiting: int
    oldest_days: int | None
    answered: int
    median_days: float | None


def now(at: datetime | None = None) -> Figures:
    """The figures as they are."""
    at = at or timezone.now()
    waiting = Contribution.objects.filter(state__in=_WAITS).order_by("submitted_at")
    oldest = waiting.values_list("submitted_at", flat=True).first()
    days = [took / timedelta(days=1) for took in _took(at)]
    return Figures(
        waiting=waiting.count(),
        oldest_days=(at - oldest).days if oldest else None,
        answered=len(days),
        median_days=round(median(days), 1) if days else None,
    )


def _took(at: datetime) -> list[timedelta]:
    """From each time that something was sent to its first answer, of those answered lately."""
    since = at - LOOKED_BACK
    answered = Event.objects.filter(at__gte=since, after__in=_ANSWERS)
    events = Event.objects.filter(
        contribution__in=answered.values("contribution"), after__in=(State.SUBMITTED, *_ANSWERS)
    ).order_by("contribution", "at", "pk")
    found: list[timedelta] = []
    sent: dict[int, datetime] = {}
    for whose, action, after, when in events.values_list("contribution", "action", "after", "at"):
        if action in ("submit", "decide_appeal") and after == State.SUBMITTED:
            sent[whose] = when
        elif after in _ANSWERS and whose in sent:
            took = when - sent.pop(whose)
            if when >= since:
                found.append(took)
    return found
