"""What a call would change besides shares: gaps, traits, and the distance from a population."""

from typing import Any

from everygenome.charts.figures import points
from everygenome.charts.rows import percent
from everygenome.queries.answer import Answer
from everygenome.web.dashboard.figures.figure import Cell, Table, cells
from everygenome.web.dashboard.figures.text import count, trait_link
from everygenome.web.site.state import View

_STATES = {
    "none": "no discovery study names the group",
    "few": "few discovery studies name the group",
}


def gaps_table(answer: Answer, view: View) -> Table | None:
    """Gaps of the catalogue that the plan is about; never of a group that peoples govern."""
    governed = set(answer.coverage["governed"])
    found = [row for row in answer.coverage["gaps"] if row["group"] not in governed]
    if not found:
        return None
    return Table(
        caption="Pairs of trait and group in the plan that no discovery study in the catalogue "
        "names today, or only one or two.",
        head=("Trait", "Group", "Today", "Studies today", "With the plan", "Then", "Participants"),
        rows=tuple(
            cells(
                Cell(row["trait"], trait_link(view, row["trait_id"])),
                row["group"],
                _STATES.get(row["state_before"], row["state_before"]),
                count(row["studies_before"]),
                count(row["studies_after"]),
                "no gap any more" if row["closed"] else "still a gap: one or two studies",
                count(row["planned"]),
            )
            for row in found
        ),
        numbers=frozenset({3, 4, 6}),
    )


def traits_table(answer: Answer, view: View) -> Table | None:
    """The planned groups within each planned trait, in the whole field."""
    found = [row for row in answer.coverage["traits"] if row["planned"]]
    if not found:
        return None
    return Table(
        caption="The whole field’s studies of each trait that the plan names, before and after.",
        head=("Trait", "Group", "Planned", "Share before", "Share after", "Change, points"),
        rows=tuple(
            cells(
                Cell(row["trait"], trait_link(view, row["trait_id"])),
                row["group"],
                count(row["planned"]),
                percent(row["before"]),
                percent(row["after"]),
                points(row["change"]),
            )
            for row in found
        ),
        numbers=frozenset({2, 3, 4, 5}),
    )


def reference_table(answer: Answer) -> Table | None:
    """How far portfolio and field are from a population, before and after."""
    found = answer.coverage.get("reference")
    if found is None:
        return None
    rows = []
    for side, name in (("portfolio", "Portfolio"), ("field", "Whole field")):
        if side not in found:
            continue
        times = [found[side][when] for when in ("before", "after")]
        apart = [percent(one["distance"]["dissimilarity"]) for one in times]
        rows.append(cells(f"{name}: share that would have to change group", *apart))
        rows += [
            cells(f"{name}: shortfall of {group}, participations", *_lacking(times, group))
            for group in times[1]["shortfall"]
            if any(one["shortfall"].get(group) for one in times)
        ]
    return Table(
        caption="Each group by itself, with the others as they are: the numbers cannot be added "
        "up, and are no targets.",
        head=("Against the population", "Before", "After"),
        rows=tuple(rows),
        numbers=frozenset({1, 2}),
    )


def _lacking(times: list[dict[str, Any]], group: str) -> list[str]:
    return [count(one["shortfall"].get(group)) for one in times]
