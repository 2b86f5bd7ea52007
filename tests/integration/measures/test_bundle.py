"""A bundle holds everything about one figure, and equal figures give equal bytes."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pyarrow.parquet as pq
import pytest

from everygenome.charts.draw import to_png, to_svg
from everygenome.queries.answer import Answer
from everygenome.queries.measures import MEASURES, question
from everygenome.queries.release import Release, open_release
from everygenome.reports.bundle import bundle
from tests.factories.release import engine_warning
from tests.functional.web.stores import demonstration_store

pytestmark = engine_warning
ADDRESS = "https://monitor.example.org/composition/?view=1&unit=studies"
FILES = [
    "README.txt",
    "citation.bib",
    "citation.ris",
    "data.csv",
    "data.json",
    "data.parquet",
    "figure.png",
    "figure.svg",
    "method.md",
    "provenance.json",
    "settings.json",
]
OPTIONS = {"beneath": {"group": "European"}}
PICTURE = {
    "data": {"values": [{"a": 1}]},
    "mark": "bar",
    "encoding": {"x": {"field": "a", "type": "quantitative"}},
}


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return open_release(store=demonstration_store(tmp_path_factory.mktemp("bundle")))


@pytest.fixture(scope="module")
def pictures() -> dict[str, bytes]:
    return {"svg": to_svg(PICTURE).encode(), "png": to_png(PICTURE)}


def opened(made: bytes) -> tuple[str, dict[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        assert file.testzip() is None
        names = file.namelist()
        assert names == sorted(names)
        (folder,) = {name.split("/")[0] for name in names}
        return folder, {name.split("/")[1]: file.read(name) for name in names}


def test_a_real_figure(real: Callable[[str], Release], pictures: dict[str, bytes]) -> None:
    release = real("2019-12-06")
    answer = release.composition(unit="studies", from_year=2010)
    made = bundle(answer, release.manifest, address=ADDRESS, **pictures)
    folder, files = opened(made)
    assert folder == f"everygenome-composition-{release.label.id}"
    assert sorted(files) == FILES
    assert files["figure.svg"] == pictures["svg"]
    assert files["figure.png"] == pictures["png"]
    assert json.loads(files["data.json"]) == answer.to_dict()
    rows = list(csv.DictReader(io.StringIO(files["data.csv"].decode())))
    assert [int(row["value"]) for row in rows] == [row["value"] for row in answer.rows]
    assert pq.read_table(io.BytesIO(files["data.parquet"])).to_pylist() == answer.rows
    chosen = json.loads(files["settings.json"])
    assert chosen["unit"] == "studies"
    assert chosen["filters"] == {"from_year": 2010}
    assert chosen["address"] == ADDRESS
    origin = json.loads(files["provenance.json"])
    assert origin["release"]["date"] == "2019-12-06"
    assert {item["kind"] for item in origin["files"]} >= {"studies", "ancestry"}
    for item in origin["files"]:
        assert len(item["sha256"]) == 64
        assert item["rows_in"] == item["rows_core"] + item["rows_quarantined"]
        assert item["licence"].startswith("EMBL-EBI")
    assert all(item["meaning"] for item in origin["flags"])
    method = files["method.md"].decode()
    assert "one analysis in the catalogue, with its own accession" in method
    assert all(note.text in method for note in answer.caveats)
    assert "Units with at least one row of the group" in method  # for experts
    assert "Morales et al. 2018" in method
    for name in FILES:
        assert b"demonstration data, not real" not in files[name].lower()


def test_a_demonstration_is_marked_in_every_file(
    made_up: Release, pictures: dict[str, bytes]
) -> None:
    answer = made_up.trend()
    folder, files = opened(bundle(answer, made_up.manifest, address=ADDRESS, **pictures))
    assert folder.endswith("-demonstration-not-real")
    marks = (b"demonstration data", b'"demonstration": true')
    for name, content in files.items():
        if name == "data.csv":
            rows = csv.DictReader(io.StringIO(content.decode()))
            assert {row["demonstration"] for row in rows} == {"true"}
        else:
            assert any(mark in content.lower() for mark in marks), name
    # The pictures can still be read.
    assert b"<desc>" in files["figure.svg"]
    assert files["figure.png"].count(b"tEXtComment\0Demonstration data, not real.") == 1


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_can_be_bundled_twice_alike(name: str, made_up: Release) -> None:
    answer: Answer = made_up.ask(name, question(), **OPTIONS.get(name, {}))
    parts: dict[str, Any] = {"svg": None, "png": None, "address": ADDRESS}
    made = bundle(answer, made_up.manifest, **parts)
    assert made == bundle(answer, made_up.manifest, **parts)
    _, files = opened(made)
    assert sorted(files) == [item for item in FILES if not item.startswith("figure")]
    assert "figure" not in files["README.txt"].decode().replace("one figure", "")


def test_a_hostile_address_stays_text(made_up: Release) -> None:
    hostile = 'http://x/?trait_parent="},author={Mallory\r\nER  - &<script>'
    answer = made_up.composition()
    made = bundle(answer, made_up.manifest, svg=None, png=None, address=hostile)
    _, files = opened(made)
    assert json.loads(files["settings.json"])["address"] == hostile
    assert files["citation.ris"].count(b"\r\nER  - ") == 2
    assert b",author={Mallory" not in files["citation.bib"]


def test_pictures_and_releases_that_do_not_fit_are_refused(
    made_up: Release, real: Callable[[str], Release], pictures: dict[str, bytes]
) -> None:
    answer = made_up.composition()
    with pytest.raises(ValueError, match="the manifest of 2019-12-06"):
        bundle(answer, real("2019-12-06").manifest, address=ADDRESS, **pictures)
    for kind in ("svg", "png"):
        with pytest.raises(ValueError, match=f"no {kind.upper()}"):
            bundle(answer, made_up.manifest, address=ADDRESS, **(pictures | {kind: b"?"}))
