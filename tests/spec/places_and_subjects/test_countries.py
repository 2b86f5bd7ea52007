"""A record lists the countries in which people were recruited, and does not say how many where.

So there are three rules. `single` counts records that name exactly one country; `split` divides
a record equally, which is a guess and is called one; `any` counts it fully for each country.
"""

from collections.abc import Callable
from typing import Any

import pytest

from everygenome.errors import UsageError
from tests.factories.release import engine_warning
from tests.spec.conftest import Asked, table

pytestmark = engine_warning
title = "Countries of recruitment"
ROWS = (
    "GCST000001 discovery 60 European @ U.K.",
    "GCST000002 discovery 20 European @ U.K., U.S.",
    "GCST000003 discovery 10 European @ Kenya",
    "GCST000004 discovery 6 European @ NR",
    "GCST000005 discovery 4 European @ Kenya, NR",
)


def shown(found: Any) -> dict[str, tuple[float, float | None]]:
    return {row["iso3"] or row["name"]: (row["value"], row["share"]) for row in found.rows}


def test_single(given: Callable[..., Asked]) -> None:
    """Only records of exactly one country: 70 of 100, and what is left out is shown.

    "Kenya, NR" names one country and leaves others open: it is not a record of one country.
    """
    found = given(*ROWS)("countries")
    assert shown(found) == {
        "GBR": (60, 60 / 70),
        "KEN": (10, 10 / 70),
        "Not reported": (6, None),
        "Several countries": (20, None),
        "Partly reported": (4, None),
    }
    assert found.coverage["share"] == 0.7


def test_split(given: Callable[..., Asked]) -> None:
    """Every record that names a country, divided equally between those it names."""
    found = given(*ROWS)("countries", country_rule="split")
    assert shown(found) == {
        "GBR": (70, 70 / 94),
        "KEN": (14, 14 / 94),
        "USA": (10, 10 / 94),
        "Not reported": (6, None),
    }
    assert "imputed_split" in {note.id for note in found.caveats}


def test_any(given: Callable[..., Asked]) -> None:
    """All of a record for each country it names: these numbers cannot be added up."""
    found = given(*ROWS)("countries", country_rule="any")
    assert shown(found) == {
        "GBR": (80, 80 / 94),
        "USA": (20, 20 / 94),
        "KEN": (14, 14 / 94),
        "Not reported": (6, None),
    }
    assert "countries_overlap" in {note.id for note in found.caveats}


def test_studies_are_not_divided(given: Callable[..., Asked]) -> None:
    """A study cannot be divided between countries, so `split` is refused for studies."""
    with pytest.raises(UsageError, match="studies cannot be divided"):
        given(*ROWS)("countries", country_rule="split", unit="studies")


def test_choosing_a_country(given: Callable[..., Asked]) -> None:
    """A chosen country follows the rule as well; its code may be written in any case."""
    asked = given(*ROWS)
    for code in ("GBR", "gbr"):
        values = [
            asked("composition", country=code, country_rule=rule).rows[0]["value"]
            for rule in ("single", "split", "any")
        ]
        assert values == [60, 70, 80]
    assert asked("composition", country="gbr").filters["country"] == "GBR"


@pytest.mark.parametrize("measure", ["countries", "concentration"])
def test_the_part_of_a_chosen_country_is_that_country(
    given: Callable[..., Asked], measure: str
) -> None:
    """Under `split` a chosen country keeps its own part, which is recruited there alone."""
    found = given(*ROWS)(measure, country="GBR", country_rule="split")
    rows = [row for row in found.rows if row.get("kind", "country") == "country"]
    places = [(row.get("iso3") or row.get("id"), row["value"], row["share"]) for row in rows]
    assert places == [("GBR", 70, 1.0)]
    assert "imputed_split" in {note.id for note in found.caveats}


def test_a_part_keeps_its_exact_share(given: Callable[..., Asked]) -> None:
    """A divided number is shown rounded, and its share is not."""
    found = given(
        "GCST000001 discovery 5 European @ U.K., U.S.", "GCST000001 discovery 4 East Asian @ U.K."
    )("composition", country="GBR", country_rule="split")
    assert table(found, "group", "value", "share") == [
        ("European", 3, 2.5 / 6.5),
        ("East Asian", 4, 4 / 6.5),
    ]
    assert found.rows[0]["share_with_others"] == found.rows[0]["share"]
