"""Who paid, which cohort, which journal, which country: what each of them has.

The release of this chapter holds five publications of one study each.

| publication | year | people | grants |
|---|---|---|---|
| 11 | 2019 | 100 European | two institutes of the US National Institutes of Health (NIH) |
| 12 | 2018 | 60 East Asian | Wellcome Trust |
| 13 | 2019 | 40 European | NIH, and Wellcome Trust |
| 14 | 2018 | 30 East Asian | PubMed has the paper, and lists none |
| 15 | 2019 | 20 European | nobody asked |
"""

from pathlib import Path
from typing import Any

import pytest

from everygenome.errors import NotFoundError, UsageError
from everygenome.queries.release import Release
from tests.factories.release import Study, engine_warning, tiny_release

pytestmark = engine_warning
title = "Portfolios"
ROWS = (
    "GCST000001 discovery 100 European @ U.K.",
    "GCST000002 discovery 60 East Asian @ U.S.",
    "GCST000003 discovery 40 European @ U.K.",
    "GCST000004 discovery 30 East Asian @ Kenya",
    "GCST000005 discovery 20 European @ U.K.",
)
NHLBI, NCI = ("NHLBI NIH HHS", "United States"), ("NCI NIH HHS", "United States")
NIH, WELLCOME = ("NIH HHS", "United States"), ("Wellcome Trust", "United Kingdom")
STUDIES = (
    Study("GCST000001", "11", 2019, journal="Nature", grants=(NHLBI, NCI, NHLBI)),
    Study("GCST000002", "12", 2018, journal="Nat Genet", grants=(WELLCOME,)),
    Study("GCST000003", "13", 2019, journal="Nature", grants=(NIH, WELLCOME)),
    Study("GCST000004", "14", 2018, journal="Nature", grants=()),
    Study("GCST000005", "15", 2019, journal="Nature"),
)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return tiny_release(tmp_path_factory.mktemp("portfolios"), *ROWS, studies=STUDIES)


def listed(release: Release, kind: str = "funder", **choices: Any) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in release.portfolio(kind, **choices).rows}


def test_an_institute_counts_for_its_agency_once(release: Release) -> None:
    """Publication 11 names two institutes of NIH in three grants: for NIH it is one publication.

    | funder | publications |
    |---|---|
    | an institute, NHLBI | 1 |
    | an institute, NCI | 1 |
    | their agency, NIH | 2 |
    | all funders of the United States | 2 |
    """
    found = listed(release)
    for name, publications in {"nhlbi": 1, "nci": 1, "nih": 2, "funders-usa": 2}.items():
        assert found[name]["publications"] == publications
    assert found["nih"]["participations"] == 140
    assert (found["nhlbi"]["level"], found["nhlbi"]["parent"]) == ("institute", "nih")


def test_full_counting_and_fractional_counting(release: Release) -> None:
    """Full counting gives all of publication 13 to NIH and all of it to Wellcome Trust.

    Fractional counting gives each of them half, so that agencies add up to the three
    publications that name any. Institutes share among institutes: half of 11 each.
    """
    found = listed(release)
    agencies = {name: row for name, row in found.items() if row["level"] == "agency"}
    assert {name: row["publications"] for name, row in agencies.items()} == {
        "nih": 2,
        "wellcome-trust": 2,
    }
    assert {name: row["publications_fractional"] for name, row in agencies.items()} == {
        "nih": 1.5,
        "wellcome-trust": 1.5,
    }
    assert {name: row["participations_fractional"] for name, row in agencies.items()} == {
        "nih": 100 + 20,
        "wellcome-trust": 60 + 20,
    }
    assert found["nci"]["publications_fractional"] == 0.5


def test_no_grant_record_is_not_unfunded(release: Release) -> None:
    """Publications 14 and 15 are in no portfolio, and are said beside every one of them."""
    for answer in (
        release.portfolio("funder"),
        release.portfolio("funder", name="wellcome-trust"),
        release.standardised("funder", name="wellcome-trust"),
        release.composition(funder="wellcome-trust"),
    ):
        assert answer.coverage["grants"] == {
            "publications": 5,
            "with_grants": 3,
            "without_grants": 1,
            "not_returned": 0,
            "not_asked": 1,
            "naming_a_funder": 3,
            "share": 0.6,
        }
        (told,) = [note.text for note in answer.caveats if note.id == "grant_coverage"]
        assert told.startswith("3 of 5 publications (60.0%)")
        assert "not called unfunded" in told


def test_each_stands_once_and_by_name(release: Release) -> None:
    """A list is no league table: it is in the order of names, unless somebody asks for size."""
    for kind in ("funder", "journal", "country"):
        rows = release.portfolio(kind).rows
        names = [row["name"] for row in rows]
        assert names == sorted(names, key=str.casefold)
        assert len({row["id"] for row in rows}) == len(rows)
    journals = release.portfolio("journal", order="publications").rows
    assert [(row["name"], row["publications"]) for row in journals] == [
        ("Nature", 4),
        ("Nat Genet", 1),
    ]


def test_the_share_of_a_group(release: Release) -> None:
    """The share of one group, here the largest in the field, as the composition has it."""
    found = listed(release)
    assert {row["group"] for row in found.values()} == {"European"}
    assert found["wellcome-trust"]["observed_share"] == 40 / 100
    rows = release.composition(funder="wellcome-trust").rows
    assert next(row["share"] for row in rows if row["group"] == "European") == 0.4
    # Under the minimum of twenty publications it is shown, and not compared.
    assert found["wellcome-trust"]["small"] is True


def test_like_for_like(release: Release) -> None:
    """Wellcome Trust against the rest of the field, with itself left out of it.

    | year | Wellcome Trust | rest of the field |
    |---|---|---|
    | 2018 | 60 East Asian | 30 East Asian |
    | 2019 | 40 European | 120 European |

    Plainly, 60% of its participations are East Asian, and 30 of 150 (20%) of the others': three
    times as much. Year by year it has just what the others have: in 2018 all of them East Asian,
    in 2019 none. So 60% was to be expected, and the ratio is 1.
    """
    answer = release.standardised("funder", name="wellcome-trust", min_publications=1)
    row = next(row for row in answer.rows if row["group"] == "East Asian")
    assert (row["crude_share"], row["field_share"]) == (0.6, 0.2)
    assert row["crude_ratio"] == pytest.approx(3)
    assert (row["observed_share"], row["expected_share"]) == (0.6, 0.6)
    assert (row["ratio"], row["balanced_ratio"]) == (1, 1)
    assert row["matched_share"] == 1
    # Two publications make no interval.
    assert row["ratio_low"] is None


def test_a_list_and_one_by_name_compare_the_same(release: Release) -> None:
    """Also where a journal is chosen. A country is a part of a publication: one at a time."""
    for chosen in ({}, {"journal": "Nature"}):
        rows = release.standardised("funder", min_publications=1, **chosen).rows
        one = release.standardised("funder", name="nih", min_publications=1, **chosen).rows
        assert [row for row in rows if row["id"] == "nih"] == one
    with pytest.raises(UsageError, match="one funder is compared at a time"):
        release.standardised("funder", country="GBR")
    row = release.standardised("funder", name="nih", country="GBR", min_publications=1).rows[0]
    assert (row["group"], row["publications"], row["crude_share"]) == ("European", 2, 1)


def test_under_the_minimum_nothing_is_compared(release: Release) -> None:
    row = release.standardised("funder", name="wellcome-trust").rows[0]
    assert (row["small"], row["ratio"], row["expected_share"]) == (True, None, None)
    assert release.standardised("funder").rows == []


def test_the_whole_field_against_itself_is_one(release: Release) -> None:
    """A check of the method; without `inclusive` there is no rest to compare with."""
    rows = release.standardised("field", inclusive=True, min_publications=1).rows
    assert {row["ratio"] for row in rows if row["publications_of_group"]} == {1.0}
    with pytest.raises(UsageError, match="no rest"):
        release.standardised("field")


def test_a_publication_of_two_cohorts_is_divided_once(tmp_path: Path) -> None:
    """Two studies of one paper, one of UK Biobank, one of it and FinnGen: half a paper each."""
    release = tiny_release(
        tmp_path,
        "GCST000001 discovery 100 European @ U.K.",
        "GCST000002 discovery 60 European @ U.K.",
        studies=[
            Study("GCST000001", "11", cohorts="UKB"),
            Study("GCST000002", "11", cohorts="UKB|FinnGen"),
        ],
    )
    found = listed(release, "cohort")
    columns = ("publications", "publications_fractional", "participations_fractional")
    assert [found["uk-biobank"][name] for name in columns] == [1, 0.5, 100 + 30]
    assert [found["finngen"][name] for name in columns] == [1, 0.5, 30]
    with pytest.raises(NotFoundError, match="without grants"):
        release.portfolio("funder")
