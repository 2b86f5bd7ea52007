"""Names go out as a table for a spreadsheet, and come back as decisions."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everygenome.errors import InputError
from everygenome.vocabulary.entities.resolve import Names
from everygenome.vocabulary.entities.review import (
    ReviewRow,
    audit,
    read_decisions,
    review_rows,
    to_csv,
)

FUNDERS = Names("funder")
STATED = {
    ("Fund for Bees", None): 3,
    ("Fund for Bees", "Kenya"): 1,
    ("NHLBI NIH HHS", "United States"): 1090,
    ("Missing Agency", "Missing Country"): 7,
    ("=cmd()", None): 1,
}


def filled(**decision: str) -> str:
    """The table of STATED, with the row of ("Fund for Bees", None) filled in."""
    rows = list(csv.DictReader(io.StringIO(to_csv(review_rows(FUNDERS, STATED)))))
    rows[1].update(decision)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def read(text: str) -> list[str]:
    found = read_decisions(text, file_name="names.csv", names=FUNDERS)
    return [f"{one.stated} {one.country} -> {one.entity_id}" for one in found]


GOOD = {"source": "https://bees.example", "reviewed_on": "2026-11-26"}
NEW = {"means": "bee-fund", "name": "Bee Fund", "level": "agency", **GOOD}


def test_rows_are_ranked_by_publications_and_leave_out_nobody() -> None:
    rows = review_rows(FUNDERS, STATED)
    assert [(row.publications, row.stated, row.stated_country) for row in rows] == [
        (1090, "NHLBI NIH HHS", "United States"),
        (3, "Fund for Bees", ""),
        (1, "=cmd()", ""),
        (1, "Fund for Bees", "Kenya"),
    ]
    assert [row.how for row in rows] == ["alias", "own name", "own name", "own name"]


def test_an_unedited_table_decides_nothing() -> None:
    text = to_csv(review_rows(FUNDERS, STATED))
    assert read(text) == []
    assert read("\ufeff" + text.replace("\n", "\r\n")) == []


def test_a_known_entity_and_a_new_one() -> None:
    assert read(filled(means="nhlbi", **GOOD)) == ["Fund for Bees None -> nhlbi"]
    found = read_decisions(
        filled(**NEW, parent="funders-ken", country_iso3="KEN"), file_name="f", names=FUNDERS
    )
    names = Names("funder", extra=found)
    resolved = names.resolve("The Fund for Bees")
    assert resolved is not None
    assert (resolved.entity.name, resolved.how) == ("Bee Fund", "rule")
    assert [one.id for one in names.above("bee-fund")] == ["funders-ken"]


@pytest.mark.parametrize(
    ("decision", "message"),
    [
        ({"source": "x"}, "names.csv, line 3: source is 'x', but means is empty"),
        ({"means": "nhlbi"}, "names.csv, line 3: no source"),
        ({"means": "nhlbi", "source": "x"}, "names.csv, line 3: reviewed_on is ''"),
        ({"means": "Bee Fund", **GOOD}, "line 3: 'Fund for Bees' means 'Bee Fund'"),
        ({"means": "bee-fund", **GOOD}, "line 3: nobody has the identifier 'bee-fund'"),
        ({"means": "nhlbi", "name": "Heart", **GOOD}, "'nhlbi' is known, yet its name is 'Heart'"),
        ({**NEW, "level": "country"}, "line 3: the level of 'bee-fund' is 'country'"),
        ({**NEW, "country_iso3": "XYZ"}, "line 3: no country has the code 'XYZ'"),
        ({**NEW, "parent": "hive"}, "line 3: the funders, bee-fund: its parent 'hive'"),
        ({**NEW, "level": "institute"}, "line 3: the funders, bee-fund: a funder of level"),
        ({**NEW, "stated_country": "Korea"}, "line 3: 'Korea' is no known country"),
        ({**NEW, "stated": " "}, "line 3: ' ' means 'bee-fund'"),
    ],
)
def test_mistakes_are_named_with_file_and_line(decision: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=re.escape(message)) as caught:
        read(filled(**decision))
    assert caught.value.remedy


def test_files_that_are_no_review() -> None:
    with pytest.raises(InputError, match=r"names\.csv, line 1: the columns are missing"):
        read("")
    with pytest.raises(InputError, match="line 1: the columns are a,b"):
        read("a,b\n")
    with pytest.raises(InputError, match="line 2: 1 cells under 13 columns"):
        read(to_csv([]) + "x\n")
    with pytest.raises(InputError, match="line 2: not readable as CSV"):
        read(to_csv([]) + '"a"b,\n')


def test_two_decisions_about_one_name() -> None:
    row = ReviewRow(1, "Bees", "", "bees", "Bees", "own name", means="nih", **GOOD)
    again = ReviewRow(1, "The BEES", "", "bees", "Bees", "own name", means="nih", **GOOD)
    other = ReviewRow(1, "bees", "", "bees", "Bees", "own name", means="cdc", **GOOD)
    assert read(to_csv([row, again])) == ["Bees None -> nih", "The BEES None -> nih"]
    Names("funder", extra=read_decisions(to_csv([row, again]), file_name="f", names=FUNDERS))
    with pytest.raises(InputError, match="line 3: 'bees' means 'cdc', but in a line above 'nih'"):
        read(to_csv([row, other]))


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
def test_every_name_comes_back_as_it_went_out(stated: str) -> None:
    row = ReviewRow(1, stated, "", "x", "X", "own name", means="nih", **GOOD)
    if FUNDERS.resolve(stated) and stated.strip():
        found = read_decisions(to_csv([row]), file_name="f", names=FUNDERS)
        assert [one.stated for one in found] == [stated]


def test_no_cell_is_a_formula() -> None:
    text = to_csv(review_rows(FUNDERS, {("=cmd()", None): 1, ("'=cmd()", None): 1}))
    cells = [row["stated"] for row in csv.DictReader(io.StringIO(text))]
    assert cells == ["''=cmd()", "'=cmd()"]


def test_an_audit_lists_what_merged_what_did_not_and_what_looks_alike() -> None:
    stated = {
        ("MRC", "International"): 1,
        ("Medical Research Council", "United Kingdom"): 1168,
        ("Medical Research Councils", "United Kingdom"): 2,
        ("NIMH NIH HHS", "United States"): 484,
        ("NIMHD NIH HHS", "United States"): 116,
        ("Missing Agency", "Missing Country"): 7,
    }
    found = audit(FUNDERS, stated)
    assert {one.entity.id: [name.publications for name in one.names] for one in found.merged} == {
        "mrc": [1168, 1],
        "nimh": [484],
        "nimhd": [116],
    }
    assert [(name.stated, name.how) for name in found.own] == [
        ("Medical Research Councils", "own name")
    ]
    assert [(one.second.stated, one.why, one.similarity) for one in found.near] == [
        ("MRC", "initials", 1.0)
    ]
    assert found.nobody == (("Missing Agency", "Missing Country"),)
    assert audit(FUNDERS, stated, top=1).near == ()
