"""`everygenome audit`, `plan` and `references`, as a data manager uses them."""

import json
import re
from pathlib import Path

import pytest

from everygenome.__main__ import main
from everygenome.errors import EverygenomeError
from tests.functional.cli.conftest import Run

PEOPLE = {"White British": 700, "Indian": 140, "Chinese": 60, "Roma": 4, "": 12, "Not saying": 15}
MAP = """
[file]
identifier = "id"
refused = ["Not saying"]
[columns.ethnicity]
dimension = "group"
kind = "ethnicity (other list or own words)"
[columns.ethnicity.values]
"White British" = "White British"
"Indian" = "Indian"
"Chinese" = "Chinese"
"Roma" = "Roma"
[columns.sex]
dimension = "sex"
kind = "sex"
values = {F = "Women", M = "Men"}
[documentation]
when = "2019 to 2022"
"""


@pytest.fixture
def cohort(tmp_path: Path) -> Path:
    """A file of 931 people, four of them Roma."""
    path = tmp_path / "cohort.csv"
    lines = ["id,ethnicity,sex"]
    for group, count in PEOPLE.items():
        lines += [f"{group[:2]}{n},{group},{'FM'[n % 2]}" for n in range(count)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def told(tmp_path: Path) -> Path:
    path = tmp_path / "map.toml"
    path.write_text(MAP, encoding="utf-8")
    return path


def test_numbers_of_an_audit(run: Run, cohort: Path, told: Path) -> None:
    code, out, err = run("audit", "run", cohort, "--map", told, "--format", "json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    groups = {row["values"]["group"]: row for row in found["tables"][1]["rows"]}
    assert groups["White British"]["count"] == 700
    assert groups["Missing"]["count"] == 12
    assert groups["Declined to say"]["count"] == 15
    assert (groups["Roma"]["count"], groups["Roma"]["hidden"]) == (None, "small")
    # Another one is hidden beside it, or 931 minus all others would tell the four.
    assert {name for name, row in groups.items() if row["hidden"] == "beside"} == {
        "Indian", "Chinese",
    }  # fmt: skip
    assert found["documentation"]["From when to when?"] == "2019 to 2022"
    assert found["documentation"]["Who paid for it?"] == "not stated"


def test_no_form_of_an_audit_tells_the_four(
    run: Run, cohort: Path, told: Path, tmp_path: Path
) -> None:
    code, out, _ = run(
        "audit", "run", cohort, "--map", told, "--by", "sex", "--out", tmp_path / "o"
    )
    assert code == 0
    assert [Path(line).name for line in out.split()] == [
        "audit.html", "audit.pdf", "audit.md", "audit.json",
    ]  # fmt: skip
    text = (tmp_path / "o" / "audit.md").read_text("utf-8")
    row = next(line for line in text.splitlines() if line.startswith("| Roma"))
    assert re.sub(r"[ |]+", " ", row).strip() == "Roma fewer than 10 – – – – –"
    page = (tmp_path / "o" / "audit.html").read_text("utf-8")
    assert "fewer than 10" in page
    assert (tmp_path / "o" / "audit.pdf").read_bytes().startswith(b"%PDF-")
    # Nothing is fetched from anywhere: the page stands on its own.
    assert not re.findall(r'(?:src|href)="(?!#|data:)', page)


def test_what_init_prints_runs_once_it_is_filled_in(run: Run, cohort: Path, tmp_path: Path) -> None:
    code, out, err = run("audit", "init", cohort)
    assert (code, err) == (0, "")
    # Values in few rows are printed nowhere, nor is anybody's identifier.
    assert "Roma" not in out
    assert "Wh12" not in out
    head, _, rest = out.partition("[columns.ethnicity]")
    rest = rest.replace('dimension = ""', 'dimension = "group"', 1)
    path = tmp_path / "filled.toml"
    path.write_text(head + "[columns.ethnicity]" + rest, encoding="utf-8")
    code, _, err = run("audit", "run", cohort, "--map", path)
    assert code == 3
    assert "kind" in err
    assert "genetic ancestry category" in err
    rest = rest.replace('kind = ""', 'kind = "ethnicity (other list or own words)"', 1)
    path.write_text(head + "[columns.ethnicity]" + rest, encoding="utf-8")
    code, out, err = run("audit", "run", cohort, "--map", path, "--format", "json")
    assert (code, err) == (0, "")
    rows = json.loads(out)["tables"][1]["rows"]
    assert {row["values"]["group"]: row["count"] for row in rows}["White British"] == 700


def test_without_a_map_a_column_and_its_kind_are_enough(run: Run, cohort: Path) -> None:
    code, _, err = run("audit", "run", cohort)
    assert code == 2
    assert "everygenome audit init cohort.csv > map.toml" in err
    code, _, err = run("audit", "run", cohort, "--group", "ethnicity", "--kind", "tribe")
    assert (code, "ethnic group (census)" in err) == (2, True)
    code, out, _ = run(
        "audit", "run", cohort, "--group", "ethnicity",
        "--kind", "ethnicity (other list or own words)", "--format", "json",
    )  # fmt: skip
    assert code == 0
    groups = json.loads(out)["dimensions"][0]["groups"]
    # A value in four rows is not named: it could be somebody's own words.
    assert "Roma" not in groups
    assert "Other, not listed" in groups


def test_values_that_are_not_in_the_map_stop_or_are_a_class(
    run: Run, cohort: Path, told: Path
) -> None:
    told.write_text(MAP.replace('"Chinese" = "Chinese"', ""), encoding="utf-8")
    code, out, err = run("audit", "run", cohort, "--map", told)
    assert (code, out) == (4, "")
    assert '"Chinese" = ""' in err
    assert "60" in err
    code, out, _ = run(
        "audit", "run", cohort, "--map", told, "--allow-unmapped", "--format", "json"
    )
    rows = {row["values"]["group"]: row for row in json.loads(out)["tables"][1]["rows"]}
    assert (code, rows["Not in the map"]["count"]) == (0, 60)


def test_beside_an_earlier_report(run: Run, cohort: Path, told: Path, tmp_path: Path) -> None:
    run("audit", "run", cohort, "--map", told, "--out", tmp_path, "--format", "json")
    before = json.loads((tmp_path / "audit.json").read_text("utf-8"))
    # Three people leave: the difference between both reports would tell of them.
    lines = cohort.read_text("utf-8").splitlines()
    cohort.write_text("\n".join([*lines[:100], *lines[103:]]) + "\n", encoding="utf-8")
    code, out, _ = run(
        "audit", "run", cohort, "--map", told, "--earlier", tmp_path / "audit.json",
        "--format", "json",
    )  # fmt: skip
    assert code == 0
    now = json.loads(out)
    assert before["tables"][0]["rows"][0]["count"] == 931
    assert now["tables"][0]["rows"][0]["count"] is None
    rows = {row["values"]["group"]: row for row in now["tables"][1]["rows"]}
    assert rows["White British"]["count"] is None
    code, _, err = run(
        "audit", "run", cohort, "--map", told, "--earlier", tmp_path / "audit.json",
        "--suppress", "5",
    )  # fmt: skip
    assert (code, "Use --suppress 10 again" in err) == (2, True)


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "it is not JSON"), ("{}", "does not say"), ("[" * 100_000, "it is not JSON"),
     ('{"format": "everygenome audit", "tables": 3}', "not as they are written")],
)  # fmt: skip
def test_what_is_no_earlier_report_is_told(
    run: Run, cohort: Path, told: Path, tmp_path: Path, text: str, words: str
) -> None:
    (tmp_path / "earlier.json").write_text(text, "utf-8")
    code, _, err = run(
        "audit", "run", cohort, "--map", told, "--earlier", tmp_path / "earlier.json"
    )
    assert (code, words in err, "Traceback" in err) == (3, True, False)


@pytest.mark.parametrize(
    ("more", "code", "words"),
    [
        (("--by", "height"), 2, "The map has: sex"),
        (("--suppress", "1"), 2, "greater than or equal to 2"),
        (("--crosswalk", "un_subregions_to_broad"), 2, "but no reference"),
        (("--reference", "atlantis"), 7, "atlantis"),
        (("--reference", "un_wpp2024_regions"), 2, "describe different things"),
        (("--governed", "Sami"), 2, "no group of the map"),
        (("--imputation-r2", "Indian=2"), 2, "Give more than 0, up to 1"),
        (("--imputation-r2", "Sami=0.5"), 2, "no group"),
        (("--format", "pdf", "--format", "md"), 2, "Add --out"),
        (("--earlier", "report/audit.json", "--out", "report"), 2, "could be written over"),
        (("--group", "sex"), 2, "leave these out"),
    ],
)
def test_slips_are_told_in_words(
    run: Run, cohort: Path, told: Path, more: tuple[str, ...], code: int, words: str
) -> None:
    given, out, err = run("audit", "run", cohort, "--map", told, *more)
    assert (given, out) == (code, "")
    assert words in err
    assert "Traceback" not in err


def test_a_fault_of_ours_tells_nothing_of_the_file(
    run: Run, cohort: Path, told: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_how: object) -> None:
        raise ValueError("Wh12,White British,F")

    monkeypatch.setattr("everygenome.audit.reading.read_counts", broken)
    code, out, err = run("audit", "run", cohort, "--map", told)
    assert (code, out) == (1, "")
    assert "ValueError" in err
    assert "Wh12" not in err
    with pytest.raises(EverygenomeError, match="A fault of ours") as raised:
        main(["audit", "run", str(cohort), "--map", str(told), "--debug"])
    assert raised.value.__context__ is None
    assert "Wh12" not in str(raised.value)


def test_a_plan_shares_a_budget_so_that_all_come_as_near(run: Run) -> None:
    code, out, _ = run(
        "plan", "--have", "A=50", "--have", "B=10", "--to", "see", "--frequency", "0.05",
        "--cost", "B=2", "--cost", "1", "--budget", "30", "--format", "json",
    )  # fmt: skip
    assert code == 0
    found = json.loads(out)
    # 59 chromosomes, so 30 people: A has them, and 15 more in B are paid for.
    assert [(one["aim"], one["asked"], one["cost"]) for one in found["groups"]] == [
        (30, 0, 0.0), (30, 15, 30.0),
    ]  # fmt: skip
    assert (found["spent"], round(found["reached_by_each_at_least"], 3)) == (30.0, 0.833)
    code, out, _ = run("plan", "--have", "A=50")
    assert code == 0
    assert "41,646" in out


def test_a_plan_from_an_audit(run: Run, cohort: Path, told: Path, tmp_path: Path) -> None:
    (tmp_path / "population.csv").write_text(
        "# descriptor: ethnic group (census)\n# citation: Invented\n# date: 2021\ngroup,people\n"
        "White British,600\nIndian,300\nChinese,50\nRoma,50\n"
    )
    text = MAP.replace("ethnicity (other list or own words)", "ethnic group (census)")
    told.write_text(text, encoding="utf-8")
    run(
        "audit", "run", cohort, "--map", told, "--reference", tmp_path / "population.csv",
        "--governed", "Roma", "--out", tmp_path, "--format", "json",
    )  # fmt: skip
    code, out, err = run(
        "plan", "--audit", tmp_path / "audit.json", "--to", "shares", "--format", "json"
    )
    assert (code, err) == (0, "")
    found = {one["group"]: one for one in json.loads(out)["groups"]}
    assert found["Roma"]["governed"] is True
    assert found["Roma"]["aim"] is None
    assert found["White British"]["have"] == 700
    for wrong in ((), ("--have", "A"), ("--have", "A=-1"), ("--have", "A=1", "--have", "A=2"),
                  ("--have", "A=1", "--cost", "0"), ("--have", "A=1", "--budget", "-1"),
                  ("--have", "A=1", "--effect", "0"), ("--have", "A=1", "--to", "shares"),
                  ("--have", "A=1", "--frequency", "2"), ("--audit", cohort)):  # fmt: skip
        code, out, err = run("plan", *wrong)
        assert (code in (2, 3), out, "Traceback" in err) == (True, "", False), (wrong, err)


def test_references_are_listed_with_who_says_so(run: Run) -> None:
    code, out, _ = run("references")
    assert code == 0
    assert "un_wpp2024_subregions" in out
    assert "world region" in out
    assert "Department of Economic and Social Affairs" in re.sub(r"\s+", " ", out)
