"""Print what a plan would change."""

from collections.abc import Iterator
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from everygenome.queries.answer import Answer
from everygenome.reports.terminal.cells import MISSING, number, share, short

_WIDE = 100
_GAPS_SHOWN = 20
_SIDES = {"portfolio": "Portfolio", "field": "Field"}


class SimulatedView:
    """An answer of the simulator as it looks in a console of some width."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The finding, the groups, the subjects and gaps of the plan, and what to know of it."""
        answer = self.answer
        yield Text(finding(answer), style="bold")
        yield Text("")
        yield _groups(answer, narrow=options.max_width < _WIDE)
        yield Text(answer.caption, style="dim")
        other = answer.coverage["plan"]["participations_of_other_stages"]
        if other:
            yield Text(
                f"{number(other)} participations are planned for another stage.", style="dim"
            )
        yield from _part("Within the subjects of the plan, in the field", _traits(answer))
        yield from _part("Gaps of the catalogue that the plan is about", _gaps(answer))
        yield from _part("Against the reference", _reference(answer))
        notes = Table.grid(padding=(0, 1))
        for item in answer.caveats:
            notes.add_row(Text("•"), Text(item.text))
        yield from _part("What to know", Padding(notes, (0, 0, 0, 1)))


def finding(answer: Answer) -> str:
    """What the plan is, and the group that it changes most."""
    plan = answer.coverage["plan"]
    many = plan["studies"]
    told = f"{number(plan['participations'])} participations planned in {many} "
    told += "study" if many == 1 else "studies"
    # Which side the reader asked about: the portfolio where there is one.
    side = "portfolio" if _has_portfolio(answer) else "field"
    rows = [row for row in answer.rows if row[f"{side}_change"] is not None and not row["is_class"]]
    if not rows or not any(row[f"{side}_change"] for row in rows):
        return f"{told}: no group's share of the {side} changes."
    top = max(rows, key=lambda row: abs(row[f"{side}_change"]))
    before, after = share(top[f"{side}_before"]), share(top[f"{side}_after"])
    if before == after:
        return (
            f"{told}: no group's share of the {side} would change by more than "
            f"{points(top[f'{side}_change']).lstrip('+-<')} percentage points."
        )
    return (
        f"{told}: the share recorded as {top['group']} would go from {before} to {after} of "
        f"the {side}."
    )


def _has_portfolio(answer: Answer) -> bool:
    return any(row["portfolio_value_after"] is not None for row in answer.rows)


def _groups(answer: Answer, *, narrow: bool) -> RenderableType:
    sides = [side for side in _SIDES if side == "field" or _has_portfolio(answer)]
    table = _table("Group", "Planned")
    for side in sides:
        table.add_column(_SIDES[side], justify="right", no_wrap=True)
        table.add_column("After", justify="right", no_wrap=True)
        if not narrow:
            table.add_column("Change", justify="right", no_wrap=True)
    for row in answer.rows:
        if row["is_class"] and not row["planned"] and row["field_before"] is None:
            continue
        cells: list[RenderableType] = [
            Text(
                short(row["group"]) if narrow else row["group"],
                style="italic" if row["is_class"] else "",
            ),
            number(row["planned"]) if row["planned"] else "",
        ]
        for side in sides:
            cells += [share(row[f"{side}_before"]), share(row[f"{side}_after"])]
            if not narrow:
                cells.append(points(row[f"{side}_change"]))
        table.add_row(*cells)
    return table


def points(change: float | None) -> str:
    """A change of a share (-1 to 1) in percentage points.

    >>> points(0.0123), points(-0.5), points(0.0), points(0.00001), points(None)
    ('+1.23', '-50.00', '0', '+<0.01', '–')
    """
    if change is None:
        return MISSING
    if change == 0:
        return "0"
    sign = "+" if change > 0 else "-"
    size = abs(100 * change)
    return f"{sign}<0.01" if size < 0.01 else f"{sign}{size:.2f}"


def _traits(answer: Answer) -> Table | None:
    rows = [row for row in answer.coverage["traits"] if row["planned"]]
    table = _table("Subject", "Group")
    table.columns[1].justify = "left"
    for name in ("Planned", "Before", "After"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in rows:
        cells = (number(row["planned"]), share(row["before"]), share(row["after"]))
        table.add_row(row["trait"], row["group"], *cells)
    return table if rows else None


def _gaps(answer: Answer) -> Table | None:
    rows: list[dict[str, Any]] = answer.coverage["gaps"]
    table = _table("Subject", "Group", "Studies today", "With the plan", "Then")
    table.columns[1].justify = table.columns[4].justify = "left"
    for row in rows[:_GAPS_SHOWN]:
        then = "some: no gap any more" if row["closed"] else f"{row['state_after']}: still a gap"
        counts = (number(row["studies_before"]), number(row["studies_after"]))
        table.add_row(row["trait"], row["group"], *counts, then)
    if len(rows) > _GAPS_SHOWN:
        table.add_row(f"and {len(rows) - _GAPS_SHOWN} more, with --format json")
    return table if rows else None


def _reference(answer: Answer) -> Table | None:
    found = answer.coverage.get("reference")
    if found is None:
        return None
    table = _table("", "Before", "After")
    for side, name in _SIDES.items():
        if side not in found:
            continue
        before, after = (found[side][when] for when in ("before", "after"))
        table.add_row(
            f"{name}: share that would have to change group",
            *(share(one["distance"]["dissimilarity"]) for one in (before, after)),
        )
        for group in after["shortfall"]:
            told = [number(one["shortfall"].get(group)) for one in (before, after)]
            if told != ["0", "0"]:
                table.add_row(f"{name}: shortfall of {group}, participations", *told)
    return table


def _part(title: str, what: RenderableType | None) -> Iterator[RenderableType]:
    if what is not None:
        yield Text("")
        yield Text(title, style="bold")
        yield what


def _table(first: str, *others: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(first)
    for name in others:
        table.add_column(name, justify="right", no_wrap=name not in ("Group", "Then"))
    return table
