"""The queue: what waits, and for how long.

Everything open is read at once and counted here, so that the number beside a choice is always the
number of rows behind it.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from everygenome.web.moderation.desk.rows import OPEN, WAITING, Row, rows
from everygenome.web.moderation.kinds import kinds
from everygenome.web.moderation.models import Contribution
from everygenome.web.moderation.states import State

# Word in addresses -> label, states, and whether only what is on hold.
SHOWS: Mapping[str, tuple[str, tuple[State, ...], bool]] = {
    "waiting": ("Waiting for us", WAITING, False),
    "submitted": ("Nobody has begun", (State.SUBMITTED,), False),
    "in-review": ("In review", (State.IN_REVIEW,), False),
    "changes-asked": ("Changes asked", (State.CHANGES_ASKED,), False),
    "accepted": ("Accepted, not yet published", (State.ACCEPTED,), False),
    "held": ("On hold", OPEN, True),
}


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of the queue: its label, how many rows it shows, its address, whether chosen."""

    label: str
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """The queue as an address asks for it."""

    everything: tuple[Row, ...]
    show: str = "waiting"
    kind: str = ""

    @property
    def rows(self) -> list[Row]:
        """The rows, oldest first."""
        return self._of(self.show, self.kind)

    @property
    def shows(self) -> list[Option]:
        """The parts of the queue, for the kind that is chosen."""
        return [
            Option(
                label,
                len(self._of(name, self.kind)),
                address(show=name, kind=self.kind),
                name == self.show,
            )
            for name, (label, _, _) in SHOWS.items()
        ]

    @property
    def kind_options(self) -> list[Option]:
        """The kinds, for the part that is chosen."""
        counts = Counter(row.kind.name for row in self._of(self.show, ""))
        made = [Option("all kinds", counts.total(), address(show=self.show), not self.kind)]
        made += [
            Option(
                kind.label,
                counts[kind.name],
                address(show=self.show, kind=kind.name),
                self.kind == kind.name,
            )
            for kind in kinds()
        ]
        return made

    @property
    def summary(self) -> str:
        """All that waits for us, in a sentence."""
        waiting = self._of("waiting", "")
        if not waiting:
            return "Nothing is waiting."
        late = sum(1 for row in waiting if row.late)
        oldest = max(row.days for row in waiting)
        return f"{len(waiting)} waiting, oldest {days_in_words(oldest)}, {late} overdue."

    def _of(self, show: str, kind: str) -> list[Row]:
        _, states, only_held = SHOWS[show]
        return [
            row
            for row in self.everything
            if row.contribution.state in states
            and (row.held or not only_held)
            and kind in ("", row.kind.name)
        ]


def read(given: QueryDict) -> Queue:
    """The queue as an address asks for it; what is not known is left out."""
    show, kind = given.get("show", ""), given.get("kind", "")
    known = {one.name for one in kinds()}
    return Queue(tuple(rows()), show if show in SHOWS else "waiting", kind if kind in known else "")


def neighbours(contribution: Contribution) -> tuple[int | None, int | None]:
    """The numbers before and after one in all that waits; the rest stand before the first."""
    waiting = list(
        Contribution.objects.filter(state__in=WAITING)
        .order_by("submitted_at", "pk")
        .values_list("pk", flat=True)
    )
    if contribution.pk not in waiting:
        return None, (waiting[0] if waiting else None)
    place = waiting.index(contribution.pk)
    before = waiting[place - 1] if place else None
    return before, (waiting[place + 1] if place + 1 < len(waiting) else None)


def address(*, show: str = "waiting", kind: str = "") -> str:
    """The address of a part of the queue."""
    chosen = {"show": "" if show == "waiting" else show, "kind": kind}
    query = urlencode({name: value for name, value in chosen.items() if value})
    return f"/desk/?{query}" if query else "/desk/"


def days_in_words(days: int) -> str:
    """A number of days."""
    return "1 day" if days == 1 else f"{days:,} days"
