"""Grant records as Arrow tables: missing is not zero, and not asked is not the same as absent."""

import itertools
from datetime import UTC, date, datetime, timedelta, timezone

import pyarrow as pa

from everygenome.sources.pubmed_grants.arrow import grant_status_table, grants_table
from everygenome.sources.pubmed_grants.limiter import Limiter
from everygenome.sources.pubmed_grants.records import Grant, Record, Source, Status

AT = datetime(2025, 1, 1, 23, 30, tzinfo=timezone(timedelta(hours=-3)))
RECORDS = [
    Record(
        "12",
        Status.WITH_GRANTS,
        (Grant("P1", "CA", "NCI", "US"), Grant(None, None, "MRC", None)),
        Source.NCBI,
        AT,
        ("grant_says_nothing",),
    ),
    Record("13", Status.WITHOUT_GRANTS, (), Source.EUROPE_PMC, datetime(2025, 1, 1, tzinfo=UTC)),
    Record("14", Status.NOT_RETURNED, (), Source.NCBI, datetime(2025, 1, 1, tzinfo=UTC)),
]


def test_one_row_per_grant() -> None:
    table = grants_table(RECORDS)
    said = {
        "grant_source": "ncbi",
        "retrieved_on": date(2025, 1, 2),
        "flags": ["grant_says_nothing"],
    }
    assert table.to_pylist() == [
        {
            "pubmed_id": "12",
            "grant_row": 1,
            "grant_id_stated": "P1",
            "acronym_stated": "CA",
            "agency_stated": "NCI",
            "country_stated": "US",
            **said,
        },
        {
            "pubmed_id": "12",
            "grant_row": 2,
            "grant_id_stated": None,
            "acronym_stated": None,
            "agency_stated": "MRC",
            "country_stated": None,
            **said,
        },
    ]
    assert grants_table([]).schema == table.schema
    assert table.schema.field("retrieved_on").type == pa.date32()
    assert table.schema.field("flags").type == pa.list_(pa.string())
    assert table.schema.field("country_stated").type == pa.string()


def test_one_row_per_publication_that_was_asked_for() -> None:
    table = grant_status_table(RECORDS, asked=["15", "14", "13", "12", "13"])
    rows = table.to_pylist()
    assert [(row["pubmed_id"], row["grant_status"], row["grants"]) for row in rows] == [
        ("15", "not asked", None),
        ("14", "not returned", None),
        ("13", "returned without grants", 0),
        ("12", "with grants", 2),
    ]
    assert [row["grant_source"] for row in rows] == [None, "ncbi", "europe_pmc", "ncbi"]
    assert [row["flags"] for row in rows] == [[], [], [], ["grant_says_nothing"]]
    assert rows[0]["retrieved_on"] is None
    assert grant_status_table([], asked=[]).schema == table.schema
    assert table.schema.field("grants").type == pa.int64()


def test_no_second_holds_more_questions_than_allowed() -> None:
    now, moments = [0.0], []

    def sleep(seconds: float) -> None:
        now[0] += seconds

    limiter = Limiter(10, clock=lambda: now[0], sleep=sleep)
    for number in range(100):
        limiter.wait()
        moments.append(now[0])
        now[0] += 0.03 if number % 3 else 0.2
    assert min(b - a for a, b in itertools.pairwise(moments)) >= 0.0999
    for start in moments:
        assert sum(start <= each < start + 0.999 for each in moments) <= 10
