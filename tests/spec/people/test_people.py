"""Nobody knows how many people the participations are. There is a floor, and a ceiling.

Between them are two estimates, which are named for what they assume.
"""

from collections.abc import Callable

from tests.factories.release import Study, engine_warning
from tests.spec.conftest import Asked

pytestmark = engine_warning
title = "How many people"


def everyone(found: object) -> tuple[int | None, ...]:
    row = found.rows[0]  # type: ignore[attr-defined]
    assert row["group"] == "Everyone"
    return tuple(
        row[name] for name in ("floor", "publication_estimate", "cohort_estimate", "ceiling")
    )


def test_repeated_rows_are_different_people(given: Callable[..., Asked]) -> None:
    """Rows of one group in one study and stage add up before anything is compared."""
    found = given(
        "GCST000001 discovery 100 European",
        "GCST000001 discovery 50 European",
        "GCST000002 discovery 120 European",
    )("people")
    assert everyone(found) == (150, 270, None, 270)


def test_a_publication_counts_its_largest_study(given: Callable[..., Asked]) -> None:
    """The publication estimate takes the largest study of each publication and stage.

    Where a publication's studies hold different people, that is too few.
    """
    studies = [Study("GCST000001", "11"), Study("GCST000002", "11"), Study("GCST000003", "12")]
    found = given(
        "GCST000001 discovery 100 European",
        "GCST000002 discovery 30 European",
        "GCST000003 discovery 40 European",
        studies=studies,
    )("people")
    assert everyone(found) == (100, 140, None, 170)


def test_the_same_cohorts_count_once(given: Callable[..., Asked]) -> None:
    """Publications that name the same set of cohorts, in any order, count once, the largest.

    "NR", "other" and nothing name no cohort: such a publication stands for itself.
    """
    studies = [
        Study("GCST000001", "11", cohorts="UKB|FinnGen"),
        Study("GCST000002", "12", cohorts="FinnGen|UKB"),
        Study("GCST000003", "13", cohorts="UKB"),
        Study("GCST000004", "14", cohorts="NR"),
        Study("GCST000005", "15", cohorts="NR"),
    ]
    rows = [
        f"GCST00000{number} discovery {people} European"
        for number, people in ((1, 100), (2, 90), (3, 50), (4, 7), (5, 5))
    ]
    found = given(*rows, studies=studies)("people")
    assert everyone(found) == (100, 252, 162, 252)


def test_a_group_without_numbers_is_shown(given: Callable[..., Asked]) -> None:
    """A group that rows name, and none with a number, stands in the table as unknown."""
    found = given("GCST000001 discovery 100 European", "GCST000001 discovery ? Oceanian")("people")
    assert [(row["group"], row["ceiling"]) for row in found.rows] == [
        ("Everyone", 100),
        ("European", 100),
        ("Indigenous and Oceanian", None),
    ]
