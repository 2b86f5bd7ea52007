"""Make a tiny release from a few lines of words, through the real files and the real build."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from everygenome.pipeline.build import Options, build
from everygenome.pipeline.grants import Wanted
from everygenome.queries.release import Release, open_release
from everygenome.store.folder import Store

# Ibis 12 asks DuckDB 2 for columns through a method that DuckDB has renamed.
engine_warning = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
STAGES = {"discovery": "initial", "replication": "replication"}
_ROW = re.compile(
    r"(?P<accession>GCST\d{6,8}) (?P<stage>discovery|replication) (?P<people>\d+|\?)"
    r"(?: (?P<cell>[^@#]*?))?(?: @ (?P<countries>[^#]*?))?$"
)
STUDIES_HEADER = (
    "DATE ADDED TO CATALOG",
    "PUBMEDID",
    "FIRST AUTHOR",
    "DATE",
    "JOURNAL",
    "LINK",
    "STUDY",
    "DISEASE/TRAIT",
    "INITIAL SAMPLE SIZE",
    "REPLICATION SAMPLE SIZE",
    "PLATFORM [SNPS PASSING QC]",
    "ASSOCIATION COUNT",
    "MAPPED_TRAIT",
    "MAPPED_TRAIT_URI",
    "STUDY ACCESSION",
    "GENOTYPING TECHNOLOGY",
)
ANCESTRY_HEADER = (
    "STUDY ACCESSION",
    "PUBMEDID",
    "FIRST AUTHOR",
    "DATE",
    "INITIAL SAMPLE DESCRIPTION",
    "REPLICATION SAMPLE DESCRIPTION",
    "STAGE",
    "NUMBER OF INDIVIDUALS",
    "BROAD ANCESTRAL CATEGORY",
    "COUNTRY OF ORIGIN",
    "COUNTRY OF RECRUITMENT",
    "ADDITIONAL ANCESTRY DESCRIPTION",
)
GRANTS_HEADER = ("PUBMEDID", "Acronym", "Agency", "Country", "GrantID")
MAPPINGS_HEADER = ("Disease trait", "EFO term", "EFO URI", "Parent term", "Parent URI")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the ancestry file: a group of people in one study and stage."""

    accession: str
    stage: str
    people: int | None
    cell: str
    countries: str = "NR"
    population: str = ""


@dataclass(frozen=True, slots=True)
class Study:
    """One row of the studies file; `uris` and `cohorts` are written as the catalogue does.

    `grants` are the agency and country of each grant of its publication: none where PubMed lists
    none, and None where nobody asked.
    """

    accession: str
    pubmed: str = ""
    year: int | None = 2019
    associations: int | None = 1
    trait: str = "Height"
    uris: str = ""
    cohorts: str | None = None
    title: str = "Title"
    author: str = "Author A"
    journal: str = "Journal"
    grants: tuple[tuple[str, str], ...] | None = None


@dataclass(frozen=True, slots=True)
class Mapping:
    """One row of the trait mapping: reported words, term, and the term's parent."""

    trait: str
    uri: str
    parent: str


def ancestry_rows(*lines: str) -> list[Row]:
    """Read rows such as "GCST000001 discovery 100 European, NR @ U.K., U.S.".

    "?" stands for a number that nobody stated; without "@" the country is "NR".

    Example:
        >>> ancestry_rows("GCST000001 discovery ? European @ U.K.")[0].people is None
        True
    """
    rows = []
    for line in lines:
        found = _ROW.match(line)
        if found is None:
            raise ValueError(line)
        people = None if found["people"] == "?" else int(found["people"])
        rows.append(
            Row(
                found["accession"],
                found["stage"],
                people,
                found["cell"] or "",
                found["countries"] or "NR",
            )
        )
    return rows


def studies_of(rows: Iterable[Row]) -> list[Study]:
    """A study for each accession, each in a publication of its own."""
    accessions = dict.fromkeys(row.accession for row in rows)
    return [Study(name, pubmed=str(10_000_000 + int(name[4:]))) for name in accessions]


def write_catalogue(
    folder: Path,
    rows: Iterable[Row],
    studies: Iterable[Study] | None = None,
    mappings: Iterable[Mapping] = (),
) -> Path:
    """Write the three files of a release into a folder."""
    rows = list(rows)
    studies = studies_of(rows) if studies is None else list(studies)
    by_accession = {study.accession: study for study in studies}
    folder.mkdir(parents=True, exist_ok=True)
    cohorts = any(study.cohorts is not None for study in studies)
    table = [(*STUDIES_HEADER, "COHORT") if cohorts else STUDIES_HEADER]
    for one in studies:
        line = (
            "2020-01-01",
            one.pubmed,
            one.author,
            _day(one.year),
            one.journal,
            "link",
            one.title,
            one.trait,
            "NA",
            "NA",
            "array",
            _text(one.associations),
            "label",
            one.uris,
            one.accession,
            "array",
        )
        table.append((*line, one.cohorts or "") if cohorts else line)
    _write(folder / "studies.tsv", table)
    listed = [ANCESTRY_HEADER]
    for row in rows:
        study = by_accession.get(row.accession, Study(row.accession))
        listed.append(
            (
                row.accession,
                study.pubmed,
                "Author A",
                _day(study.year),
                "NA",
                "NA",
                STAGES[row.stage],
                _text(row.people),
                row.cell,
                "NR",
                row.countries,
                row.population,
            )
        )
    _write(folder / "ancestry.tsv", listed)
    mapped = [(m.trait, "term", m.uri, m.parent, "http://example.org/parent") for m in mappings]
    _write(
        folder / "trait_mappings.tsv",
        [MAPPINGS_HEADER, *(mapped or [("none", "term", "http://example.org/none", "", "")])],
    )
    return folder


def write_grants(path: Path, studies: Iterable[Study]) -> Path | None:
    """Write a table of grants; nothing where nobody asked for any."""
    lists: dict[str, list[tuple[str, str]]] = {}
    for one in studies:
        if one.pubmed and one.grants is not None:
            lists.setdefault(one.pubmed, []).extend(one.grants)
    if not lists:
        return None
    lines = [GRANTS_HEADER]
    for pubmed, grants in lists.items():
        named = grants or [("Missing Agency", "Missing Country")]
        lines.append(
            (
                pubmed,
                ";".join("Missing Acronym" for _ in named),
                ";".join(agency for agency, _ in named),
                ";".join(country for _, country in named),
                ";".join("P1" if grants else "Missing ID" for _ in named),
            )
        )
    _write(path, lines)
    return path


def tiny_release(
    folder: Path,
    *lines: str,
    studies: Iterable[Study] | None = None,
    mappings: Iterable[Mapping] = (),
    options: Options = Options(partial=True),  # noqa: B008 - frozen
) -> Release:
    """Write, build and open a release of a few rows."""
    studies = None if studies is None else list(studies)
    source = write_catalogue(folder / "files", ancestry_rows(*lines), studies, mappings)
    grants = write_grants(folder / "grants_2020-01-01.tsv", studies or ())
    if grants is not None:
        options = replace(options, grants=Wanted(str(grants)))
    build(Store(folder / "store"), source, options=options)
    return open_release(store=folder / "store")


def _day(year: int | None) -> str:
    return "" if year is None else f"{year}-06-01"


def _text(number: int | None) -> str:
    return "" if number is None else str(number)


def _write(path: Path, lines: Iterable[Iterable[str]]) -> None:
    path.write_text("".join("\t".join(line) + "\n" for line in lines), "utf-8")
