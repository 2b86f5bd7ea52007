"""The cube says what the engine says, for any selection that a page can make."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from everygenome.queries.cube import cube
from everygenome.queries.release import Release, open_release
from tests.factories.reference import cube_reader
from tests.factories.release import Mapping, Study, engine_warning, tiny_release
from tests.functional.web.stores import demonstration_store

pytestmark = engine_warning
CHOICES = st.fixed_dictionaries(
    {
        "unit": st.sampled_from(["participations", "studies", "publications"]),
        "stage": st.sampled_from(["discovery", "replication", "all"]),
        "denominator": st.sampled_from(["recorded", "all"]),
    },
    optional={
        "years": st.tuples(st.integers(2004, 2026), st.integers(2004, 2026)).map(sorted),
        "trait_parent": st.integers(0, 40),
    },
)
CUBES: dict[str, Any] = {}
often = settings(max_examples=120, deadline=None)


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return open_release(store=demonstration_store(tmp_path_factory.mktemp("cube")))


def cubed(release: Release) -> dict[str, Any]:
    name = release.label.id
    if name not in CUBES:
        CUBES[name] = json.loads(cube(release).to_json())
    return CUBES[name]


def chosen(release: Release, choices: dict[str, Any]) -> dict[str, Any]:
    made = dict(choices)
    if years := made.pop("years", None):
        made |= {"from_year": years[0], "to_year": years[1]}
    if "trait_parent" in made:
        subjects = [
            name for name in cubed(release)["trait_parents"] if name[:2] not in ("Al", "No")
        ]
        made["trait_parent"] = subjects[made["trait_parent"] % len(subjects)]
    return made


def agree(release: Release, choices: dict[str, Any]) -> None:
    asked = chosen(release, choices)
    found = cube_reader.composition(cubed(release), **asked)
    expected = release.composition(**asked).rows
    assert [found[row["group"]] | {"group": row["group"]} for row in expected] == expected
    assert len(found) == len(expected)
    years = cube_reader.trend(cubed(release), **asked)
    rows = release.trend(**asked).rows
    assert len(years) == len(rows)
    for row in rows:
        figures = years[row["year"], row["group"]]
        assert {name: row[name] for name in figures} == figures


@pytest.mark.slow
@often
@given(choices=CHOICES)
def test_it_agrees_on_the_demonstration(demonstration: Release, choices: dict[str, Any]) -> None:
    agree(demonstration, choices)


@pytest.mark.slow
@often
@given(choices=CHOICES)
def test_it_agrees_on_a_real_release(
    real: Callable[[str], Release], choices: dict[str, Any]
) -> None:
    agree(real("2019-12-06"), choices)


def test_all_traits_come_before_a_study_is_spread(real: Callable[[str], Release]) -> None:
    release = real("2019-12-06")
    by_subject: dict[str, int] = {}
    for subject, _, _, _, people, _ in cube_reader.rows_of(
        cubed(release), "participations", "discovery"
    ):
        by_subject[subject] = by_subject.get(subject, 0) + (people or 0)
    expected: dict[str, int] = {}
    for row in release.traits(denominator="all").rows:
        expected[row["trait_parent"]] = row["all_value"]
    assert by_subject == expected
    # Studies with several subjects: the subjects together hold more than there is.
    assert sum(by_subject.values()) > 1.5 * by_subject["All traits"]


def test_a_real_release_is_small_and_its_bytes_do_not_change(
    real: Callable[[str], Release],
) -> None:
    release = real("2019-12-06")
    packed = cube(release).packed()
    assert len(packed) < 60_000
    assert cube(open_release(store=release.tables.opened.folder.parents[1])).packed() == packed


@pytest.mark.slow
def test_units_in_several_years_are_told_and_rows_without_a_number_are_not_zero(tmp_path) -> None:
    release = tiny_release(
        tmp_path,
        "GCST000001 discovery ? European @ U.K.",
        "GCST000001 replication 50 European, East Asian",
        "GCST000002 discovery ? European",
        studies=[
            Study("GCST000001", "1", uris="http://x.org/EFO_1"),
            Study("GCST000002", "1", uris="http://x.org/EFO_1"),
        ],
        mappings=[Mapping("Height", "http://x.org/EFO_1", "Body measurement")],
    )
    made = json.loads(cube(release).to_json())
    assert made["in_several_years"] == {"studies": 0, "publications": 0}
    assert made["units"]["participations"]["people"].count(None) == 2  # all, and its subject
    for unit in ("participations", "studies", "publications"):
        for stage in ("discovery", "replication", "all"):
            agree(release, {"unit": unit, "stage": stage, "denominator": "all"})
    found = cube_reader.composition(
        made, unit="participations", stage="discovery", denominator="all"
    )
    assert found["European"]["value"] is None
    assert found["European"]["rows"] == 2
    assert found["African"]["value"] == 0
