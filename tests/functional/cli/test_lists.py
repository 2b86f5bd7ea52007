"""Lists on the command line."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.factories.release import Study, engine_warning, tiny_release
from tests.functional.cli.conftest import Run

pytestmark = engine_warning
ROWS = (
    "GCST000001 discovery 100 European @ U.K., U.S.",
    "GCST000002 discovery ? Sub-Saharan African @ Kenya",
    "GCST000003 discovery 30 European @ U.K.",
)
STUDIES = [
    Study("GCST000001", "11", year=2010, title="One"),
    Study("GCST000002", "12", year=2011, trait="Asthma, severe", author="Nudel R"),
    Study("GCST000003", "13", year=2012, title="=1+1"),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lists")
    tiny_release(folder, *ROWS, studies=STUDIES)
    return folder / "store"


def test_studies_in_a_terminal(run: Run, store: Path) -> None:
    code, out, _ = run("show", "studies", "--limit", "2", "--store", store)
    assert code == 0
    assert "GCST000003" in out
    assert "Asthma, severe" in out
    assert "1 more studies" in out
    assert "GCST000001" not in out


def test_studies_as_csv(run: Run, store: Path) -> None:
    """A list in one cell is parted by semicolons; days are ISO; nothing is run as a formula."""
    code, out, _ = run("show", "studies", "--format", "csv", "--store", store)
    assert code == 0
    rows = {row["study_accession"]: row for row in csv.DictReader(io.StringIO(out))}
    assert rows["GCST000001"]["countries"] == "GBR; USA"
    assert rows["GCST000001"]["publication_date"] == "2010-06-01"
    assert rows["GCST000002"]["participations"] == ""
    assert rows["GCST000003"]["title"] == "'=1+1"


def test_pages_in_json(run: Run, store: Path) -> None:
    code, out, _ = run("show", "studies", "--limit", 1, "--format", "json", "--store", store)
    first = json.loads(out)
    assert (code, first["rows"][0]["publication_date"]) == (0, "2012-06-01")
    after = first["coverage"]["next"]
    _, out, _ = run(
        "show", "studies", "--limit", 1, "--after", after, "--format", "json", "--store", store
    )
    assert json.loads(out)["rows"][0]["study_accession"] == "GCST000002"


@pytest.mark.parametrize("output", ["json", "csv", "parquet"])
@pytest.mark.parametrize("measure", ["studies", "beneath"])
def test_every_format(run: Run, store: Path, tmp_path: Path, measure: str, output: str) -> None:
    file = tmp_path / f"list.{output}"
    group = ("--group", "European")
    code, _, err = run(
        "show", measure, *group, "--format", output, "--output", file, "--store", store
    )
    assert (code, file.stat().st_size > 100) == (0, True), err


def test_beneath_a_group(run: Run, store: Path) -> None:
    code, out, _ = run("show", "beneath", "--group", "European", "--store", store)
    assert code == 0
    for words in ("Category", "Population", "Not stated", "United Kingdom", "Several countries"):
        assert words in out


def test_what_is_refused(run: Run, store: Path) -> None:
    code, _, err = run("show", "beneath", "--store", store)
    assert (code, "none was named" in err, "East Asian" in err) == (2, True, True)
    code, _, err = run("show", "composition", "--search", "x", "--store", store)
    assert (code, "composition does not take --search" in err) == (2, True)
    code, _, err = run("show", "studies", "--after", "x", "--store", store)
    assert (code, "first page" in err) == (2, True)
