"""Every measure can be asked about chosen funders, cohorts, journals, countries and traits.

Several of one kind mean any of them. Different kinds narrow each other. However many of the
things chosen fit a study, it counts once.
"""

from collections.abc import Callable
from typing import Any

import pytest

from everygenome.errors import NotFoundError
from tests.factories.release import Study, engine_warning
from tests.spec.conftest import Asked

pytestmark = engine_warning
title = "Filters"
ROWS = (
    "GCST000001 discovery 100 European @ U.K.",
    "GCST000002 discovery 20 East Asian @ U.K., U.S.",
    "GCST000003 discovery 3 European @ Kenya, NR",
)
NHLBI, WELLCOME = ("NHLBI NIH HHS", "United States"), ("Wellcome Trust", "United Kingdom")
STUDIES = [
    Study("GCST000001", "101", journal="Nature", cohorts="UKB|FinnGen", grants=(NHLBI, WELLCOME)),
    Study("GCST000002", "102", journal="Nat Genet", cohorts="UKB", grants=(WELLCOME,)),
    Study("GCST000003", "103", journal="Nature", grants=()),
]


@pytest.fixture
def asked(given: Callable[..., Asked]) -> Asked:
    return given(*ROWS, studies=STUDIES)


def people(asked: Asked, **choices: Any) -> float:
    """The participations that a filter selects."""
    return next(r["value"] for r in asked("amounts", **choices).rows if r["value"] is not None)


def test_several_of_one_kind_mean_any_of_them(asked: Asked) -> None:
    """Study 1 has both funders, and counts once: 100 and 20, not 100 and 120."""
    assert people(asked, funder="nhlbi") == 100
    assert people(asked, funder="wellcome-trust") == 120
    assert people(asked, funder="nhlbi;wellcome-trust") == 120
    assert people(asked, cohort=["uk-biobank", "finngen"]) == 120


def test_kinds_narrow_each_other(asked: Asked) -> None:
    assert people(asked, funder="wellcome-trust", journal="nat-genet") == 20
    assert people(asked, funder="nhlbi;wellcome-trust", journal="nature") == 100
    assert people(asked, journal="nature;nat-genet", cohort="finngen", funder="nih") == 100
    none = asked("amounts", funder="nhlbi", journal="nat-genet").rows
    assert [row["value"] for row in none if row["unit"] == "studies"] == [0]


def test_order_and_repetition_ask_no_other_question(asked: Asked) -> None:
    one = asked("composition", journal="nature;nat-genet")
    other = asked("composition", journal=["nat-genet", "nature", " nature"])
    assert one.to_dict() == other.to_dict()
    assert one.filters["journal"] == "nat-genet;nature"


def test_an_agency_stands_for_its_institutes(asked: Asked) -> None:
    """NIH is named nowhere: its institute NHLBI is."""
    assert people(asked, funder="nih") == people(asked, funder="nhlbi") == 100


def test_several_countries_follow_the_rule(asked: Asked) -> None:
    """Under `split` the countries chosen have their parts; under `any` a record counts once.

    | rule | U.K. | U.S. | U.K. or U.S. |
    |---|---|---|---|
    | `single` | 100 | none | 100 |
    | `split` | 110 | 10 | 120 |
    | `any` | 120 | 20 | 120 |

    A record that names Kenya and leaves others open is no record of Kenya alone.
    """
    for rule, kingdom, both in (("single", 100, 100), ("split", 110, 120), ("any", 120, 120)):
        assert people(asked, country="GBR", country_rule=rule) == kingdom
        assert people(asked, country="GBR;USA", country_rule=rule) == both
    assert people(asked, country="USA", country_rule="split") == 10
    listed = {row["id"]: row["participations"] for row in asked("portfolio", kind="country").rows}
    assert listed == {"GBR": 100}


def test_beside_each_name_stands_what_choosing_it_shows(asked: Asked) -> None:
    """Lists follow the filters as every measure does, and their numbers agree with it."""
    rows = asked("portfolio", kind="funder", journal="nature").rows
    assert {row["id"] for row in rows} == {
        *("nhlbi", "nih", "funders-usa"),
        *("wellcome-trust", "funders-gbr"),
    }
    for row in rows:
        assert row["participations"] == people(asked, journal="nature", funder=row["id"]) == 100


def test_under_split_the_countries_chosen_share_what_is_theirs(asked: Asked) -> None:
    """Of the 20 of study 2, ten fall to each country, whoever else is chosen."""
    choices = {"kind": "country", "country_rule": "split"}
    for chosen, expected in (
        ("GBR", {"GBR": 110}),
        ("GBR;USA", {"GBR": 110, "USA": 10}),
        (None, {"GBR": 110, "USA": 10, "KEN": 3}),
    ):
        rows = asked("portfolio", country=chosen, **choices).rows
        assert {row["id"]: row["participations"] for row in rows} == expected


@pytest.mark.parametrize("kind", ["funder", "cohort", "journal"])
def test_an_unknown_name_is_refused(asked: Asked, kind: str) -> None:
    with pytest.raises(NotFoundError, match=f"names no {kind} 'nobody'"):
        asked("composition", **{kind: "nobody"})
