"""Every visible cell that the Diversity Monitor published for the release of 2019-12-06."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from everygenome.queries.release import Release
from tests.factories.release import engine_warning

pytestmark = engine_warning
SERIES = {
    "ts1_initial_count.csv": (91, {"unit": "studies", "denominator": "all"}),
    "ts1_initial_sum.csv": (91, {"denominator": "all"}),
    "ts2_initial_sum.csv": (78, {}),
    "ts2_replication_count.csv": (78, {"unit": "studies", "stage": "replication"}),
}
HEAT_MAPS = {
    "heatmap_count_replication.csv": (1224, {"unit": "studies", "stage": "replication"}),
    "heatmap_sum_initial.csv": (1224, {}),
}


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_there_are_2786_cells() -> None:
    assert sum(count for count, _ in (SERIES | HEAT_MAPS).values()) == 2786


@pytest.mark.parametrize("name", SERIES)
def test_time_series(
    real: Callable[[str], Release], published: Path, dictionary: Path, name: str
) -> None:
    count, choices = SERIES[name]
    found = real("2019-12-06").trend(rule="monitor2020", broad_dictionary=dictionary, **choices)
    ours = {(row["year"], row["group"]): 100 * row["share"] for row in found.rows}
    theirs = {
        (int(line["index"]), group): float(value)
        for line in lines(published / name)
        for group, value in line.items()
        if group != "index"
    }
    assert len(theirs) == count
    # They write 0.0 where a group has no row in a year; we have no line.
    assert {key: ours.pop(key, 0.0) for key in theirs} == theirs
    assert not ours


@pytest.mark.parametrize("name", HEAT_MAPS)
def test_heat_maps(
    real: Callable[[str], Release], published: Path, dictionary: Path, name: str
) -> None:
    count, choices = HEAT_MAPS[name]
    found = real("2019-12-06").traits(rule="monitor2020", broad_dictionary=dictionary, **choices)
    ours: dict[Any, float] = {
        (row["year"], row["group"], row["trait_parent"]): row["value"] for row in found.rows
    }
    theirs = {
        (int(line["Year"]), line[""], parent): float(value)
        for line in lines(published / name)
        for parent, value in line.items()
        if parent not in ("", "Year")
    }
    assert len(theirs) == count
    assert {key: ours.pop(key, 0) for key in theirs} == theirs
    assert not ours
