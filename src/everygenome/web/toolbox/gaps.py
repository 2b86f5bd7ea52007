"""The gap map: how many tools there are for a stage and audience, for a task and people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from everygenome.web.toolbox.words import AUDIENCES, STAGES, TASKS


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the map: how many tools, and the words that narrow the list to them."""

    count: int
    row: str
    column: str
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the map."""

    label: str
    cells: tuple[Cell, ...]


def by_stage(tools: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Stage by audience: a tool counts in every stage and for every audience that it names."""
    listed = list(tools)
    return [
        Row(
            label,
            tuple(
                Cell(
                    sum(
                        stage in data.get("stages", ()) and audience in data.get("audiences", ())
                        for data in listed
                    ),
                    stage,
                    audience,
                    AUDIENCES[audience],
                )
                for audience in AUDIENCES
            ),
        )
        for stage, label in STAGES.items()
    ]


def by_people(tools: Iterable[Mapping[str, Any]], groups: Iterable[str]) -> list[Row]:
    """Task by the people that tools say they were tested with; last, those that do not say."""
    listed = list(tools)
    columns = [*groups, ""]
    return [
        Row(
            label[:1].upper() + label[1:],
            tuple(
                Cell(_tested(listed, task, group), task, group, group or "not reported")
                for group in columns
            ),
        )
        for task, label in TASKS.items()
    ]


def _tested(tools: list[Mapping[str, Any]], task: str, group: str) -> int:
    count = 0
    for data in tools:
        if task in data.get("tasks", ()):
            named = {row.get("group") for row in data.get("populations_tested", ())}
            count += group in named if group else not data.get("populations_tested")
    return count
