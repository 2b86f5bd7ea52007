"""The real table of October 2022, and the same numbers from plain Python."""

import gzip
import html
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from everygenome.sources.pubmed_grants.arrow import grant_status_table, grants_table
from everygenome.sources.pubmed_grants.cache import GrantCache
from everygenome.sources.pubmed_grants.records import Record, Status
from everygenome.sources.pubmed_grants.table import read_table

# 71,056 entries of agencies, and 31 numbers of the two misaligned rows.
TOTAL = 71_087


@pytest.fixture(scope="module")
def path(test_data: Path) -> Path:
    return test_data / "grants" / "paper_grants_2022-10-30.tsv.gz"


@pytest.fixture(scope="module")
def records(path: Path) -> list[Record]:
    return read_table(path)


@pytest.fixture(scope="module")
def rows(path: Path) -> list[list[str]]:
    return [
        line.split("\t") for line in gzip.open(path, "rt", encoding="utf-8").read().splitlines()
    ][1:]


def lengths(lists: list[str]) -> list[int]:
    return [len(text.split(";")) for text in lists]


def said(text: str) -> str:
    value = text.strip()
    return "" if value.startswith("Missing ") else value


def test_the_two_rows_that_unescaping_does_not_mend_are_flagged(
    rows: list[list[str]], records: list[Record]
) -> None:
    assert len(rows) == len(records) == 6041
    assert sum(len(set(lengths(row[1:]))) > 1 for row in rows) == 24
    still = {
        row[0] for row in rows if len(set(lengths([html.unescape(each) for each in row[1:]]))) > 1
    }
    flagged = Counter(flag for record in records for flag in record.flags)
    assert flagged == {"grant_lists_misaligned": 2, "grant_says_nothing": 1}
    assert still == {r.pubmed_id for r in records if "grant_lists_misaligned" in r.flags}
    assert still == {"33909500", "31872970"}


def test_publications_with_and_without_grants_and_grants(
    rows: list[list[str]], records: list[Record]
) -> None:
    grants: Counter[str] = Counter()
    for pubmed_id, *lists in rows:
        acronym, agency, country, number = (html.unescape(each).split(";") for each in lists)
        if len(agency) == len(number):
            for each in zip(acronym, agency, country, number, strict=True):
                grants[pubmed_id] += any(map(said, each))
        else:
            grants[pubmed_id] += len(agency) + sum(bool(said(each)) for each in number)
    assert {r.pubmed_id: len(r.grants) for r in records} == {row[0]: grants[row[0]] for row in rows}
    statuses = Counter(record.status for record in records)
    # 1,693 rows say "Missing" four times; one more (24513584) holds four empty lists.
    assert sum(row[1:] == rows[0][1:] for row in rows) == 1693
    assert statuses == {Status.WITH_GRANTS: 4347, Status.WITHOUT_GRANTS: 1694}
    assert grants.total() == sum(len(record.grants) for record in records) == TOTAL


def test_every_text_is_there_as_stated_without_outer_blanks(
    rows: list[list[str]], records: list[Record]
) -> None:
    fields = ("acronym", "agency", "country", "grant_id")
    for at, name in enumerate(fields, start=1):
        expected = Counter(
            value
            for row in rows
            for each in html.unescape(row[at]).split(";")
            if (value := said(each))
        )
        found = Counter(
            value for r in records for grant in r.grants if (value := getattr(grant, name))
        )
        assert found == expected


def test_it_goes_through_the_cache_and_into_arrow(tmp_path: Path, records: list[Record]) -> None:
    cache = GrantCache(tmp_path)
    cache.add(records)
    known = cache.read()
    assert list(known.values()) == records
    assert {record.retrieved_at for record in records} == {datetime(2022, 10, 30, tzinfo=UTC)}
    asked = [record.pubmed_id for record in records]
    table, status = grants_table(known.values()), grant_status_table(known.values(), asked=asked)
    assert (table.num_rows, status.num_rows) == (TOTAL, 6041)
    assert sum(status["grants"].to_pylist()) == TOTAL
    assert table["agency_stated"].null_count == 31
