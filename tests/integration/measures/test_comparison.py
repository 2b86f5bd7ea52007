"""Two selections of one real release side by side."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from everygenome.errors import UsageError
from everygenome.queries.release import Release
from everygenome.reports import exports
from tests.factories.release import Study, engine_warning, tiny_release

pytestmark = engine_warning
DAY = "2019-12-06"
Real = Callable[[str], Release]


def test_a_selection_against_itself(real: Real) -> None:
    """All studies and publications are shared; no share differs, and that is certain."""
    choices = {"from_year": 2015}
    found = real(DAY).compare(choices, choices)
    overlap = found.coverage["overlap"]
    for name in ("studies", "publications"):
        assert (overlap[name]["only_a"], overlap[name]["only_b"]) == (0, 0)
        assert overlap[name]["both"] > 1000
    sums = overlap["participations_in_shared_studies"]
    assert sums["a"] == sums["b"] == found.coverage["a"]["all_value"]
    shown = [row for row in found.rows if row["difference_low"] is not None]
    assert len(shown) >= 8
    assert {
        (row["difference"], row["difference_low"], row["difference_high"]) for row in shown
    } == {(0.0, 0.0, 0.0)}


def test_a_selection_against_the_rest(real: Real) -> None:
    """By year of publication nothing is shared, and the two parts make the whole."""
    release = real(DAY)
    found = release.compare({"to_year": 2014}, {"from_year": 2015})
    overlap = found.coverage["overlap"]
    assert (overlap["studies"]["both"], overlap["publications"]["both"]) == (0, 0)
    assert overlap["participations_in_shared_studies"] == {"a": 0, "b": 0}
    assert "overlapping_selections" not in {item.id for item in found.caveats}
    whole = {row["group"]: row["value"] for row in release.composition().rows}
    assert {row["group"]: row["value_a"] + row["value_b"] for row in found.rows} == whole
    first = found.rows[0]
    assert first["group"] == "European"
    assert first["difference"] == first["share_b"] - first["share_a"]
    assert first["difference_low"] < first["difference"] < first["difference_high"]
    assert found.filters == {"a_to_year": 2014, "b_from_year": 2015}


def test_discovery_against_replication(real: Real) -> None:
    """The same study has both stages; the stage may be what differs."""
    found = real(DAY).compare({"unit": "studies"}, {"unit": "studies", "stage": "replication"})
    assert found.stage == "discovery against replication"
    assert found.filters == {"a_stage": "discovery", "b_stage": "replication"}
    shared = found.coverage["overlap"]["studies"]["both"]
    said = next(item.text for item in found.caveats if item.id == "overlapping_selections")
    assert f"share {shared:,} studies" in said
    assert "not independent" in said


def test_it_travels_like_any_answer(real: Real) -> None:
    found = real(DAY).compare({"country": "GBR"}, {"country": "JPN"}, bands=False)
    assert found.to_dict()["measure"] == "comparison"
    assert found.to_dict()["release"]["date"] == DAY
    lines = exports.to_csv(found).decode().splitlines()
    assert lines[0].startswith("group,is_class,value_a,share_a,")
    assert "a_country=GBR;a_country_rule=single;b_country=JPN;b_country_rule=single" in lines[1]
    assert len(lines) == 1 + len(found.rows) == 14
    assert exports.to_parquet(found)
    assert "A: recruited in United Kingdom" in found.caption
    # What the sentence says of each side differs, so it names the side.
    texts = {item.id: item.text for item in found.caveats}
    assert texts["one_country_alone"].startswith("A: ")
    assert " B: " in texts["one_country_alone"]
    assert "A: " not in texts["country_is_not_ancestry"]


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ({"unit": "studies"}, {}, "choices of unit, studies and participations"),
        ({}, {"scheme": "detailed"}, "choices of scheme, broad and detailed"),
        ({"denominator": "all"}, {}, "choices of denominator, all and recorded"),
        ({}, {"reference": "un_wpp2024_subregions"}, "reference populations have no place"),
        ({"release": "2019-07-12"}, {}, "cannot be compared with one of 2019-12-06"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    real: Real, first: dict[str, Any], second: dict[str, Any], words: str
) -> None:
    with pytest.raises(UsageError, match=words) as caught:
        real(DAY).compare(first, second)
    assert caught.value.remedy


def test_a_denominator_said_and_the_same_by_default_agree(real: Real) -> None:
    found = real(DAY).compare({"denominator": "recorded"}, {"release": DAY}, bands=False)
    assert found.denominator == "recorded"


def test_few_publications_have_no_interval_and_an_empty_side_no_share(tmp_path: Path) -> None:
    release = tiny_release(
        tmp_path,
        "GCST000001 discovery 70 European",
        "GCST000001 replication 10 East Asian",
        "GCST000002 discovery 30 East Asian",
        studies=[Study("GCST000001", "1", year=2010), Study("GCST000002", "2", year=2019)],
    )
    found = release.compare({}, {"to_year": 2012})
    rows = {row["group"]: row for row in found.rows}
    assert (rows["European"]["share_a"], rows["European"]["share_b"]) == (0.7, 1.0)
    assert rows["European"]["difference"] == pytest.approx(0.3)
    assert rows["European"]["difference_low"] is None
    assert found.coverage["overlap"] == {
        "studies": {"only_a": 1, "both": 1, "only_b": 0},
        "publications": {"only_a": 1, "both": 1, "only_b": 0},
        "participations_in_shared_studies": {"a": 70, "b": 70},
    }
    empty = release.compare({}, {"from_year": 2020})
    assert {row["share_b"] for row in empty.rows} == {None}
    assert {row["difference"] for row in empty.rows} == {None}
    assert empty.coverage["overlap"]["studies"] == {"only_a": 2, "both": 0, "only_b": 0}
    assert [item.text for item in empty.caveats if item.id == "nothing_selected"] == [
        "B: No record in this release fits these choices. That is not a share of zero."
    ]
