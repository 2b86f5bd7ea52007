"""One question asked of every release, as each was released."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from everygenome.errors import EverygenomeError, NotFoundError, UsageError
from everygenome.pipeline.build import Options, build
from everygenome.queries import history as module
from everygenome.queries.history import as_released
from everygenome.queries.kept import Kept
from everygenome.queries.measures import question
from everygenome.queries.release import Release, open_release
from everygenome.reports import exports
from everygenome.store.folder import Store
from tests.factories.release import (
    Mapping,
    Study,
    ancestry_rows,
    engine_warning,
    write_catalogue,
)

pytestmark = engine_warning
ASTHMA = "http://x.org/EFO_0000270"
DAYS = ("2019-07-12", "2019-12-06")


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    before = module._kept
    module._kept = Kept(newest=64)
    yield
    module._kept = before


@pytest.fixture(scope="module")
def _three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("three")
    store = Store(folder / "store")
    for number in (1, 2, 3):
        rows = [f"GCST00000{at} discovery 10 European" for at in range(1, number + 1)]
        rows.append(f"GCST000009 discovery {10 * number} East Asian")
        studies = [Study(row.split()[0], row.split()[0][-1]) for row in rows]
        mappings = []
        if number == 3:
            studies[0] = Study("GCST000001", "1", uris=ASTHMA)
            mappings = [Mapping("Asthma", ASTHMA, "Lung disease")]
        files = write_catalogue(folder / f"files{number}", ancestry_rows(*rows), studies, mappings)
        text = (files / "studies.tsv").read_text("utf-8")
        (files / "studies.tsv").write_text(
            text.replace("2020-01-01", f"2020-01-0{number}"), "utf-8"
        )
        build(store, files, options=Options(partial=True))
    return store.root


@pytest.fixture
def three(_three: Path, tmp_path: Path) -> Store:
    """Three small releases of one day each later; only the last knows asthma."""
    return Store(shutil.copytree(_three, tmp_path / "store"))


def changed(store: Store, at: int, **values: Any) -> str:
    """Write other values into the manifest of a release."""
    name = store.ids()[at]
    path = store.releases_folder / name / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | values), "utf-8")
    return name


def test_a_row_for_each_release_and_group(three: Store) -> None:
    found = as_released(question(), store=three.root)
    european = [row for row in found.rows if row["group"] == "European"]
    assert [row["release_date"] for row in european] == [date(2020, 1, day) for day in (1, 2, 3)]
    assert [row["value"] for row in european] == [10, 20, 30]
    assert [row["share"] for row in european] == [0.5, 0.5, 0.5]
    assert [row["all_value"] for row in european] == [20, 40, 60]
    assert [row["release"] for row in european] == three.ids()
    assert (found.measure, found.release.id) == ("history", three.ids()[-1])
    assert [item["release"] for item in found.coverage["releases"]] == three.ids()
    assert found.coverage["left_out"] == []
    assert {"history_as_released", "inferred_date"} <= {item.id for item in found.caveats}
    assert "releases_left_out" not in {item.id for item in found.caveats}


def test_it_travels_like_any_answer(three: Store) -> None:
    found = as_released(question(unit="studies"), store=three.root)
    assert exports.to_csv(found).decode().startswith("release,release_date,date_inferred,group,")
    assert exports.to_parquet(found)
    assert found.caption.startswith("History: studies, discovery, broad groups")


def test_json_holds_the_dates(three: Store) -> None:
    found = json.loads(as_released(question(), store=three.root).to_json())
    assert found["rows"][0]["release_date"] == "2020-01-01"


def test_each_release_answers_as_if_asked_alone(three: Store) -> None:
    choices = {"unit": "studies", "stage": "all", "denominator": "all"}
    found = as_released(question(**choices), store=three.root)
    for name in three.ids():
        alone = open_release(name, store=three.root).composition(**choices)
        rows = [row for row in found.rows if row["release"] == name]
        for row, expected in zip(rows, alone.rows, strict=True):
            assert {key: row[key] for key in expected if key in row} == {
                key: value for key, value in expected.items() if key in row
            }


def test_what_cannot_be_used_is_listed_with_its_reason(three: Store) -> None:
    older = changed(three, 0, tables_version=0)
    (three.releases_folder / three.ids()[1] / "ancestry.parquet").unlink()
    found = as_released(question(), store=three.root)
    assert {row["release"] for row in found.rows} == {three.ids()[2]}
    reasons = {item["release"]: item["reason"] for item in found.coverage["left_out"]}
    assert set(reasons) == set(three.ids()[:2])
    assert "tables of version 0" in reasons[older]
    said = [item.text for item in found.caveats if item.id == "releases_left_out"]
    assert said == ["2 of 3 releases could not be used, and are left out."]


def test_a_damaged_manifest_is_listed_too(three: Store) -> None:
    name = three.ids()[0]
    (three.releases_folder / name / "manifest.json").write_text("{", "utf-8")
    found = as_released(question(), store=three.root)
    assert [item["release"] for item in found.coverage["left_out"]] == [name]


def test_a_release_that_lacks_the_subject_is_listed(three: Store) -> None:
    found = as_released(question(trait="EFO_0000270"), store=three.root)
    assert {row["release"] for row in found.rows} == {three.ids()[2]}
    reasons = [item["reason"] for item in found.coverage["left_out"]]
    assert all("no trait 'EFO_0000270'" in reason for reason in reasons)
    assert len(reasons) == 2
    with pytest.raises(NotFoundError, match="no trait 'EFO_1'"):
        as_released(question(trait="EFO_1"), store=three.root)


def test_a_demonstration_and_a_real_release_are_never_one_line(three: Store) -> None:
    name = changed(three, 1, demonstration=True)
    found = as_released(question(), store=three.root)
    assert name not in {row["release"] for row in found.rows}
    assert found.coverage["left_out"] == [
        {"release": name, "reason": "It is a demonstration, made by this software."}
    ]
    for at in (0, 2):
        changed(three, at, demonstration=True)
    # No release changes once it is published: only here.
    module._kept = Kept(newest=64)
    found = as_released(question(), store=three.root)
    assert len(found.coverage["releases"]) == 3
    assert "demonstration" in {item.id for item in found.caveats}


def test_an_answer_given_once_is_kept_and_the_opener_is_used(three: Store) -> None:
    asked: list[str] = []

    def opener(name: str) -> Release:
        asked.append(name)
        return open_release(name, store=three.root)

    first = as_released(question(), store=three.root, opener=opener)
    again = as_released(question(), store=three.root, opener=opener)
    assert asked == three.ids()
    assert again.rows == first.rows
    shutil.rmtree(three.releases_folder / three.ids()[0])
    assert len(as_released(question(), store=three.root).coverage["releases"]) == 2


def test_only_the_releases_that_are_named(three: Store) -> None:
    found = as_released(question(), releases=["2020-01-03", "2020-01-01"], store=three.root)
    assert [item["date"] for item in found.coverage["releases"]] == ["2020-01-01", "2020-01-03"]
    with pytest.raises(NotFoundError, match="1999-01-01"):
        as_released(question(), releases=["1999-01-01"], store=three.root)


def test_refusals_and_an_empty_store(three: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="without a reference"):
        as_released(question(reference="un_wpp2024_subregions"), store=three.root)
    with pytest.raises(NotFoundError, match="0 releases") as caught:
        as_released(question(), store=tmp_path / "nothing")
    assert caught.value.remedy
    for at in range(3):
        changed(three, at, tables_version=0)
    with pytest.raises(EverygenomeError, match="tables of version 0"):
        as_released(question(), store=three.root)


def test_figures_of_one_release_say_whose_they_are(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    rows = ancestry_rows("GCST000001 discovery 60 European", "GCST000002 discovery 40 NR")
    build(store, write_catalogue(tmp_path / "files", rows), options=Options(partial=True))
    texts = {item.id: item.text for item in as_released(question(), store=store.root).caveats}
    assert texts["not_recorded_excluded"].startswith("In the newest release: 40.0% of the")
    assert texts["participations_are_not_people"].startswith("Each time")


@pytest.mark.slow
def test_two_real_releases(catalogue: Path, tmp_path: Path) -> None:
    """The European share of studies, as the releases of July and December 2019 showed it."""
    store = Store(tmp_path / "store")
    for day in DAYS:
        build(store, catalogue / "releases" / day)
    found = as_released(question(unit="studies"), store=store.root)
    shares = {
        str(row["release_date"]): round(row["share"], 3)
        for row in found.rows
        if row["group"] == "European"
    }
    assert shares == {"2019-07-12": 0.744, "2019-12-06": 0.752}
