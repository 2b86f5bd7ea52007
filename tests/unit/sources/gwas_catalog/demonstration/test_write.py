"""The demonstration catalogue is the same bytes everywhere, and can be taken for nothing real."""

import csv
import hashlib
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from everygenome.errors import StoreError
from everygenome.sources.gwas_catalog.demonstration.write import write_demonstration
from everygenome.vocabulary.ancestry import LABELS, SetClass, classify, scan
from everygenome.vocabulary.countries import scan_countries

Rows = list[dict[str, str]]
# When the tables in `weights` change on purpose, so does this.
SHA256 = "3f114d9d2635580aa37b5f174cadaf994c5c523cc27ce619307c62814bc9f3b6"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "demonstration"
    assert write_demonstration(folder) == date(2025, 6, 30)
    return folder


def read(folder: Path, name: str) -> Rows:
    text = (folder / f"demonstration_{name}_r2025-06-30.tsv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def test_the_bytes_are_the_same_everywhere_and_under_2_megabytes(folder: Path) -> None:
    content = [path.read_bytes() for path in sorted(folder.iterdir())]
    assert hashlib.sha256(b"".join(content)).hexdigest() == SHA256
    assert len(content) == 4
    assert sum(map(len, content)) < 2_000_000


def test_it_has_the_shape_of_a_catalogue(folder: Path) -> None:
    studies, rows = read(folder, "studies"), read(folder, "ancestry")
    by_publication = Counter(row["PUBMED ID"] for row in studies)
    assert len(by_publication) == 600
    assert 1_400 < len(studies) < 1_600
    assert 2_300 < len(rows) < 2_600
    assert max(by_publication.values()) == 40
    assert {row["DATE"][:4] for row in studies} == {str(year) for year in range(2007, 2026)}
    assert max(row["DATE ADDED TO CATALOG"] for row in studies) <= "2025-06-30"
    people = sorted(int(row["NUMBER OF INDIVIDUALS"] or 0) for row in rows)
    # A tenth of the rows holds most of the participations.
    assert sum(people[-len(people) // 10 :]) > 0.6 * sum(people)


def test_every_kind_of_cell_appears(folder: Path) -> None:
    rows = read(folder, "ancestry")
    cells = [scan(row["BROAD ANCESTRAL CATEGORY"]) for row in rows]
    countries = [scan_countries(row["COUNTRY OF RECRUITMENT"]) for row in rows]
    assert {label for cell in cells for label in cell.categories} == set(LABELS)
    assert {classify(cell.categories) for cell in cells} == set(SetClass) - {SetClass.UNREVIEWED}
    assert not [cell for cell in (*cells, *countries) if cell.unknown]
    assert {len(country.iso3) for country in countries} == {0, 1, 2, 3, 4}
    assert any(country.not_reported and country.iso3 for country in countries)
    assert {row["STAGE"] for row in rows} == {"initial", "replication"}
    assert 3 < sum(not row["NUMBER OF INDIVIDUALS"] for row in rows) < 40
    cohorts = {row["COHORT"] for row in read(folder, "studies")}
    assert {"", "NR", "other", "Demonstration cohort A"} < cohorts


def test_nothing_in_it_can_be_taken_for_real(folder: Path) -> None:
    studies = read(folder, "studies")
    assert all(re.fullmatch("DEMO[0-9]{6}", row["STUDY ACCESSION"]) for row in studies)
    assert all(re.fullmatch("DEMO[0-9]+", row["PUBMED ID"]) for row in studies)
    assert all("Demonstration" in row["STUDY"] for row in studies)
    assert all(row["JOURNAL"].startswith("Demonstration") for row in studies)
    assert all("(demonstration)" in row["MAPPED_TRAIT"] for row in studies)
    assert {row["FIRST AUTHOR"] for row in studies} == {"Demonstration"}
    text = "".join(path.read_text("utf-8") for path in folder.iterdir())
    addresses = set(re.findall(r"https?://([^/\s]+)", text))
    assert addresses == {"example.org"}
    assert not re.search(r"GCST|EFO_|\brs[0-9]|ENSG", text)


def test_the_files_agree_with_each_other(folder: Path) -> None:
    studies, rows = read(folder, "studies"), read(folder, "ancestry")
    associations = Counter(row["STUDY ACCESSION"] for row in read(folder, "associations"))
    stated = {row["STUDY ACCESSION"]: int(row["ASSOCIATION COUNT"]) for row in studies}
    assert {name: n for name, n in stated.items() if n} == dict(associations)
    assert {row["STUDY ACCESSION"] for row in rows} == set(stated)
    mapped = {row["EFO URI"]: row["Parent term"] for row in read(folder, "trait_mappings")}
    assert {row["MAPPED_TRAIT_URI"] for row in studies} == set(mapped)
    assert len(set(mapped.values())) == 8
    for row in rows:
        if row["NUMBER OF CASES"]:
            both = int(row["NUMBER OF CASES"]) + int(row["NUMBER OF CONTROLS"])
            assert both == int(row["NUMBER OF INDIVIDUALS"])


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="file"):
        write_demonstration(tmp_path / "file")
