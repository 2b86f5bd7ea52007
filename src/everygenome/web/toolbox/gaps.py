"""The gap map: how many tools there are for a stage and audience, for a task and people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from everygenome.web.toolbox.words import AUDIENCES, STAGES, TASKS

Tools = Iterable[Mapping[str, Any]]
# Columns beside the ancestry categories.
OTHER_WORDS = "other-words"
NOT_REPORTED = "not-reported"
BESIDES = {OTHER_WORDS: "In other words", NOT_REPORTED: "Not reported"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the map: how many tools, and the words of its row and column."""

    count: int
    row: str
    column: str
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the map."""

    label: str
    cells: tuple[Cell, ...]


def by_stage(tools: Tools) -> list[Row]:
    """Stage by audience: a tool counts in every stage and for every audience that it names."""
    listed = list(tools)
    return [
        Row(
            label,
            tuple(
                Cell(sum(at_stage(data, stage, audience) for data in listed), stage, audience, who)
                for audience, who in AUDIENCES.items()
            ),
        )
        for stage, label in STAGES.items()
    ]


def by_people(tools: Tools, groups: Iterable[str]) -> list[Row]:
    """Task by the people that tools say they were tested with; last, those that do not say."""
    listed = list(tools)
    columns = {group: group for group in groups} | BESIDES
    return [
        Row(
            label[:1].upper() + label[1:],
            tuple(
                Cell(sum(tested(data, task, group) for data in listed), task, group, words)
                for group, words in columns.items()
            ),
        )
        for task, label in TASKS.items()
    ]


def at_stage(data: Mapping[str, Any], stage: str, audience: str) -> bool:
    """A tool is for a stage and an audience."""
    return stage in data.get("stages", ()) and audience in data.get("audiences", ())


def tested(data: Mapping[str, Any], task: str, group: str) -> bool:
    """A tool helps with a task, and says that it was tested with a group.

    Args:
        data: the tool.
        task: a word of `TASKS`.
        group: an ancestry category; `OTHER_WORDS` for tests whose people no category was given;
            `NOT_REPORTED` where nothing is said of tests.

    Example:
        >>> tested({"tasks": ["teaching"]}, "teaching", NOT_REPORTED)
        True
    """
    rows = data.get("populations_tested", ())
    if task not in data.get("tasks", ()):
        return False
    if group == NOT_REPORTED:
        return not rows
    if group == OTHER_WORDS:
        return any(not row.get("group") for row in rows)
    return any(row.get("group") == group for row in rows)
