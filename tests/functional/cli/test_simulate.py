"""`everygenome simulate` as a user and a script see it."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from everygenome.pipeline.build import build
from everygenome.store.folder import Store
from tests.factories.release import Mapping, Study, ancestry_rows, engine_warning, write_catalogue

pytestmark = engine_warning
Run = Callable[..., tuple[int, str, str]]
ROWS = (
    "GCST000001 discovery 90 European @ U.K.",
    "GCST000002 discovery 10 East Asian @ U.S.",
    "GCST000003 discovery 100 NR @ U.K.",
)
URI = "http://www.ebi.ac.uk/efo/EFO_0000270"
PLAN = (
    "study,group,participants,trait,stage\nA,African,100,EFO_0000270,\n,Multiple,5,,replication\n"
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("simulate")
    studies = [Study(f"GCST00000{n}", f"1{n}", uris=URI, trait="Asthma") for n in (1, 2, 3)]
    mappings = [Mapping("Asthma", URI, "Lung disease")]
    files = write_catalogue(folder / "files", ancestry_rows(*ROWS), studies, mappings)
    build(Store(folder / "store"), files)
    return folder / "store"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.csv"
    path.write_text(PLAN, "utf-8")
    return path


def test_as_json(run: Run, store: Path, plan: Path) -> None:
    code, out, err = run("simulate", plan, "--country", "GBR", "--format", "json", "--store", store)
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert found["measure"] == "simulated"
    assert found["filters"]["country"] == "GBR"
    rows = {row["group"]: row for row in found["rows"]}
    assert (rows["African"]["field_before"], rows["African"]["field_after"]) == (0.0, 0.5)
    assert rows["European"]["portfolio_after"] == 90 / 190
    assert found["coverage"]["plan"]["participations_of_other_stages"] == 5
    assert found["coverage"]["gaps"][0]["state_before"] == "none"


def test_as_csv_into_a_file(run: Run, store: Path, plan: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    code, out, _ = run("simulate", plan, "--format", "csv", "--output", path, "--store", store)
    assert (code, out) == (0, "")
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
    assert {row["group"]: row["planned"] for row in rows}["African"] == "100"
    assert {row["portfolio_after"] for row in rows} == {""}
    assert "planned_not_done" in rows[0]["caveats"]


def test_for_a_reader(run: Run, store: Path, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    code, out, err = run("simulate", plan, "--country", "GBR", "--store", store)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].startswith("105 participations planned in 2 studies: the share recorded as ")
    assert " ".join(next(line for line in lines if line.startswith("African ")).split()) == (
        "African 100 0% 52.6% +52.63 0% 50.0% +50.00"
    )
    assert "5 participations are planned for another stage." in out
    assert "still a gap" in out
    assert "no forecast" in out
    monkeypatch.setenv("COLUMNS", "80")
    code, narrow, _ = run("simulate", plan, "--store", store)
    assert code == 0
    assert max(map(len, narrow.splitlines())) <= 80
    assert "Portfolio" not in narrow


def test_against_a_reference(
    run: Run, store: Path, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    code, out, err = run("simulate", plan, "--reference", "un_wpp2024_subregions", "--store", store)
    assert (code, err) == (0, "")
    assert "share that would have to change group" in out
    assert "shortfall of South Asian" in out
    assert "shortfall of Indigenous" not in out


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("group,participants\nAfrican,many\n", "line 2, column participants: found 'many'."),
        ("group,participants\nAfricn,5\n", "line 2, column group: the scheme broad has no group"),
        ("people\n5\n", "has no column group"),
    ],
)
def test_a_plan_with_a_slip(run: Run, store: Path, tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "plan.csv"
    path.write_text(text, "utf-8")
    code, out, err = run("simulate", path, "--store", store)
    assert (code, out) == (3, "")
    assert message in err
    assert "Traceback" not in err


def test_no_plan_and_no_release(run: Run, store: Path, plan: Path, tmp_path: Path) -> None:
    assert run("simulate", tmp_path / "none.csv", "--store", store)[0] == 3
    assert run("simulate", plan, "--store", tmp_path / "empty")[0] == 7
    code, _, err = run("simulate", plan, "--funder", "Wellcome Trust", "--store", store)
    assert code == 7
    assert "without grants" in err
