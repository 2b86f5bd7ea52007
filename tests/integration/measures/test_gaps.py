"""The gap finder on the real release of 2019-12-06."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from everygenome.errors import EverygenomeError, UsageError
from everygenome.queries.measures.gap_choices import State
from everygenome.queries.release import Release
from tests.factories.release import engine_warning

pytestmark = engine_warning
DAY = "2019-12-06"
Real = Callable[[str], Release]
BODY_MASS_INDEX, TYPE_2_DIABETES = "EFO_0004340", "EFO_0001360"


def one(release: Release, trait: str, group: str, **options: Any) -> dict[str, Any]:
    rows = release.gaps(trait=trait, group=group, state="all", **options).rows
    assert len(rows) == 1
    return rows[0]


def by_hand(release: Release, trait: str, label: str) -> tuple[int, int, int]:
    """Studies of a subject, those with a row of a label alone, and their participations."""
    pairs = release.table("study_trait").select(["study_accession", "trait_id"]).to_pylist()
    of_trait = {row["study_accession"] for row in pairs if row["trait_id"] == trait}
    names = ["study_accession", "stage", "category_set", "participations"]
    rows = [
        row
        for row in release.table("ancestry").select(names).to_pylist()
        if row["study_accession"] in of_trait and row["stage"] == "discovery"
    ]
    alone = [row for row in rows if row["category_set"] == label]
    return (
        len({row["study_accession"] for row in rows}),
        len({row["study_accession"] for row in alone}),
        sum(row["participations"] or 0 for row in alone),
    )


@pytest.mark.parametrize("trait", [BODY_MASS_INDEX, TYPE_2_DIABETES])
@pytest.mark.parametrize("label", ["East Asian", "South Asian", "European"])
def test_a_subject_and_a_group_by_hand(real: Real, trait: str, label: str) -> None:
    release = real(DAY)
    row = one(release, trait, label)
    found = (row["studies_of_trait"], row["studies_naming"], row["participations"])
    assert found == by_hand(release, trait, label)


def test_the_states_of_the_whole_release(real: Real) -> None:
    """Every subject with five studies stands against nine groups, and each pair has one state."""
    found = real(DAY).gaps(limit=1)
    states = found.coverage["states"]
    assert sum(states.values()) == 9 * found.coverage["traits"]
    assert states["governed"] == found.coverage["traits"]
    assert found.coverage["found"] == states["none"] + states["few"]
    assert found.coverage["groups_left_out"] == ["Other"]
    assert found.coverage["traits"] == 560
    assert states == {"none": 2749, "few": 720, "some": 1011, "governed": 560}


def test_a_people_that_governs_research_is_no_gap(real: Real) -> None:
    release = real(DAY)
    group = "Indigenous and Oceanian"
    assert release.gaps(group=group).rows == []
    found = release.gaps(group=group, state="governed", reference="un_wpp2024_subregions")
    assert {row["state"] for row in found.rows} == {"governed"}
    assert {row["shortfall"] for row in found.rows} == {None}
    said = next(item.text for item in found.caveats if item.id == "governed_by_peoples")
    assert group in said
    assert "no gap for others to fill" in said
    assert "governed_by_peoples" not in {i.id for i in release.gaps(group="European").caveats}


def test_where_only_a_part_governs_there_is_a_state_but_no_shortfall(real: Real) -> None:
    found = real(DAY).gaps(
        scheme="monitor", group="Other/Mixed", state="all", reference="un_wpp2024_subregions"
    )
    assert "governed" not in {row["state"] for row in found.rows}
    assert {row["shortfall"] for row in found.rows} == {None}
    assert "governed_by_peoples" in {item.id for item in found.caveats}


def test_shortfalls_are_those_of_the_composition(real: Real) -> None:
    release = real(DAY)
    choices = {"trait": BODY_MASS_INDEX, "reference": "un_wpp2024_subregions"}
    rows = {row["group"]: row for row in release.composition(**choices).rows}
    found = release.gaps(state="all", order="shortfall", **choices)
    values = [row["shortfall"] for row in found.rows if row["shortfall"] is not None]
    assert values == sorted(values, reverse=True)
    compared = [row for row in found.rows if row["shortfall"] is not None]
    assert len(compared) >= 6
    for row in compared:
        assert row["shortfall"] == pytest.approx(rows[row["group"]]["shortfall"], rel=1e-12)
        assert row["share"] == pytest.approx(rows[row["group"]]["share"], rel=1e-12)


def test_within_a_parent_only_its_subjects(real: Real) -> None:
    found = real(DAY).gaps(trait_parent="Cancer", state="all", limit=1000)
    assert {row["trait_parent"] for row in found.rows} == {"Cancer"}
    assert found.coverage["unmapped_studies"] == 0
    assert len(found.rows) == found.coverage["found"] == 9 * found.coverage["traits"]


def test_no_words_that_say_more_than_the_catalogue_does() -> None:
    assert State.NONE.meaning == "No discovery study in the catalogue names this group."
    for state in State:
        assert "never studied" not in state.meaning.lower()


def test_a_page_takes_little_once_counted(real: Real) -> None:
    release = real(DAY)
    release.gaps()
    began = time.perf_counter()
    for order in ("trait", "last_year", "share"):
        release.gaps(order=order, state="all")
    assert time.perf_counter() - began < 3 * 0.06


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"stage": "replication"}, "among discovery studies, not in replication"),
        ({"unit": "studies"}, "Gaps are counted in studies"),
        ({"group": "Multiple"}, "no group 'Multiple' to look for"),
        ({"group": "Other"}, "no group 'Other' to look for"),
        ({"state": "never"}, "'never' is no state"),
        ({"order": "largest"}, "'largest' is no order of gaps"),
        ({"order": "shortfall"}, "no shortfall without a reference"),
        ({"limit": 0}, "0 rows cannot be shown"),
        ({"at_most": -1}, "-1 is no number of studies"),
        ({"after": "x"}, "none that a page gave"),
        ({"trait": "EFO_nothing"}, "no trait 'EFO_nothing'"),
    ],
)
def test_what_cannot_be_asked_is_refused(real: Real, options: dict[str, Any], words: str) -> None:
    with pytest.raises(EverygenomeError, match=words) as caught:
        real(DAY).gaps(**options)
    assert caught.value.remedy


def test_a_place_in_another_list_is_refused(real: Real) -> None:
    release = real(DAY)
    after = release.gaps(limit=1).coverage["next"]
    assert release.gaps(limit=1, after=after).rows != release.gaps(limit=1).rows
    with pytest.raises(UsageError, match="another list"):
        release.gaps(limit=1, after=after, order="trait")
