"""Names on the command line: the audit, the table to fill in, and decisions kept."""

import csv
import io
import json
from pathlib import Path

import pytest

from everygenome.pipeline.reviews import review_file, reviewed
from everygenome.vocabulary.entities.sheet import COLUMNS
from tests.factories.release import Study, engine_warning, tiny_release
from tests.functional.cli.conftest import Run

pytestmark = [engine_warning, pytest.mark.slow]
NHBLI = ("NHBLI", "United States")
MRC = ("Medical Research Council", "United Kingdom")
STUDIES = [
    Study("GCST000001", "11", cohorts="UKB", grants=(NHBLI, MRC)),
    Study("GCST000002", "12", cohorts="=1+1", grants=(NHBLI, ("MRC", "United Kingdom"))),
    Study("GCST000003", "12", cohorts="UKB|NR", grants=(NHBLI,)),
    Study("GCST000004", "14", cohorts="UKBB", grants=(("[b]Fund[/b]", "Atlantis"),)),
]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    rows = [f"{study.accession} discovery 10 European" for study in STUDIES]
    tiny_release(tmp_path, *rows, studies=STUDIES)
    return tmp_path / "store"


def decisions(path: Path, *rows: dict[str, str]) -> Path:
    """A table that somebody filled in."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    usual = {"publications": "2", "source": "https://a.example", "reviewed_on": "2026-11-26"}
    writer.writerows([usual | row for row in rows])
    path.write_text(out.getvalue(), "utf-8")
    return path


def test_what_was_merged_and_what_was_not(run: Run, store: Path) -> None:
    place = ("entities", "audit", "--kind", "funder", "--store", store)
    code, out, _ = run(*place, "--format", "json")
    assert code == 0
    told = json.loads(out)
    mrc = next(one for one in told["merged"] if one["id"] == "mrc")
    assert {(name["stated"], name["publications"], name["how"]) for name in mrc["names"]} == {
        ("Medical Research Council", 1, "alias"),
        ("MRC", 1, "alias"),
    }
    assert [(name["stated"], name["publications"]) for name in told["own"]] == [
        ("NHBLI", 2),
        ("[b]Fund[/b]", 1),
    ]
    code, out, _ = run(*place)
    assert code == 0
    for words in ("Research", "NHBLI", "[b]Fund[/b]", "4 names of funders"):
        assert words in out


def test_cohorts_count_publications_and_not_studies(run: Run, store: Path) -> None:
    _, out, _ = run("entities", "audit", "--kind", "cohort", "--store", store, "--format", "json")
    told = json.loads(out)
    names = [name for one in told["merged"] for name in one["names"]] + told["own"]
    assert {name["stated"]: name["publications"] for name in names} == {
        "UKB": 2,
        "UKBB": 1,
        "=1+1": 1,
    }


def test_the_table_to_fill_in(run: Run, store: Path, tmp_path: Path) -> None:
    file = tmp_path / "names.csv"
    place = ("entities", "review", "--kind", "cohort", "--store", store)
    code, out, err = run(*place, "--output", file)
    assert (code, out) == (0, "")
    assert "--apply" in err
    text = file.read_text("utf-8")
    assert '"\'=1+1"' in text
    code, out, _ = run(*place)
    assert out == text
    code, _, err = run(*place, "--apply", file)
    assert (code, "holds no decision" in err) == (3, True)
    code, _, err = run(*place, "--output", tmp_path / "none" / "x.csv")
    assert code == 6
    code, _, err = run(*place, "--apply", file, "--output", file)
    assert (code, "one at a time" in err) == (2, True)


def test_decisions_are_kept_merged_and_replaced(run: Run, store: Path, tmp_path: Path) -> None:
    place = ("entities", "review", "--kind", "funder", "--store", store, "--apply")
    us = {"stated": "NHBLI", "stated_country": "United States"}
    first = decisions(tmp_path / "first.csv", us | {"means": "nhlbi"})
    code, out, _ = run(*place, first)
    assert code == 0
    assert "1 new decision, 0 in the place of an earlier one" in out
    assert "everygenome sync --from current" in out
    assert [(one.stated, one.entity_id) for one in reviewed(store, "funder")] == [
        ("NHBLI", "nhlbi")
    ]
    # A second table adds to the first; one entity in it is new.
    new = {"means": "b-fund", "name": "The B Fund", "level": "agency"}
    second = decisions(tmp_path / "second.csv", {"stated": "[b]Fund[/b]"} | new)
    code, out, _ = run(*place, second)
    assert (code, "The store now holds 2" in out) == (0, True)
    # The same again is nothing new.
    code, out, _ = run(*place, second)
    assert (code, "0 new decisions, 0 in the place of an earlier one, 1 as before" in out) == (
        0,
        True,
    )
    # One that contradicts replaces, and is told of; another may lead to the new entity.
    third = decisions(
        tmp_path / "third.csv",
        us | {"means": "nci"},
        {"stated": "B Fund Ltd", "means": "b-fund"},
    )
    code, out, _ = run(*place, third)
    assert code == 0
    assert "NHBLI (USA) meant nhlbi, and now means nci." in out
    assert {one.stated: one.entity_id for one in reviewed(store, "funder")} == {
        "[b]Fund[/b]": "b-fund",
        "NHBLI": "nci",
        "B Fund Ltd": "b-fund",
    }
    _, out, _ = run("entities", "audit", "--kind", "funder", "--store", store, "--format", "json")
    assert json.loads(out)["own"] == []
    assert not list(review_file(store, "funder").parent.glob("*.new"))


def test_a_new_entity_stays_described_when_its_first_name_means_another(
    run: Run, store: Path, tmp_path: Path
) -> None:
    place = ("entities", "review", "--kind", "cohort", "--store", store, "--apply")
    told = {"means": "my-cohort", "name": "My cohort"}
    first = decisions(
        tmp_path / "a.csv", {"stated": "Mine"} | told, {"stated": "My C", "means": "my-cohort"}
    )
    assert run(*place, first)[0] == 0
    other = {"means": "her-cohort", "name": "Her cohort"}
    code, out, err = run(*place, decisions(tmp_path / "b.csv", {"stated": "Mine"} | other))
    assert code == 0, err
    assert "Mine meant my-cohort, and now means her-cohort." in out
    assert "--from FOLDER" in out
    kept = {one.stated: (one.entity_id, one.name) for one in reviewed(store, "cohort")}
    assert kept == {"Mine": ("her-cohort", "Her cohort"), "My C": ("my-cohort", "My cohort")}
    # Described anew, in a table of its own.
    new = {"stated": "Mein", "means": "my-cohort", "name": "My own cohort"}
    assert run(*place, decisions(tmp_path / "c.csv", new))[0] == 0
    names = {one.name for one in reviewed(store, "cohort") if one.entity_id == "my-cohort"}
    assert names == {None, "My own cohort"}


def test_a_wrong_table_changes_nothing(run: Run, store: Path, tmp_path: Path) -> None:
    place = ("entities", "review", "--kind", "funder", "--store", store, "--apply")
    good = decisions(tmp_path / "good.csv", {"stated": "NHBLI", "means": "nhlbi"})
    assert run(*place, good)[0] == 0
    before = review_file(store, "funder").read_bytes()
    bad = tmp_path / "bad.csv"
    for rows, words in (
        ([{"stated": "A", "means": "nobody"}], "line 2: nobody has the identifier 'nobody'"),
        ([{"stated": "A", "means": "nci"}, {"stated": "a", "means": "mrc"}], "line 3"),
        ([{"stated": "A", "means": "nci", "source": ""}], "line 2: no source"),
    ):
        code, _, err = run(*place, decisions(bad, *rows))
        assert (code, words in err) == (3, True), err
    bad.write_text("a,b\n1,2\n", "utf-8")
    code, _, err = run(*place, bad)
    assert (code, "line 1: the columns are a,b" in err) == (3, True)
    bad.write_bytes(b"\xff")
    assert run(*place, bad)[0] == 3
    assert run(*place, tmp_path / "none.csv")[0] == 3
    assert review_file(store, "funder").read_bytes() == before


def test_a_store_without_a_release_keeps_nothing(run: Run, tmp_path: Path) -> None:
    file = decisions(tmp_path / "a.csv", {"stated": "NHBLI", "means": "nhlbi"})
    place = ("--kind", "funder", "--store", tmp_path / "empty", "--apply", file)
    code, _, err = run("entities", "review", *place)
    assert (code, "holds no release yet" in err) == (7, True)
    assert not (tmp_path / "empty").exists()
