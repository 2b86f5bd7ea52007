"""Grant records as Arrow tables: one of grants, one of what became of each question."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC
from typing import TYPE_CHECKING, Any, Final

from everygenome.sources.pubmed_grants.records import Record, Status

if TYPE_CHECKING:
    import pyarrow as pa

NOT_ASKED: Final = "not asked"


def grants_table(records: Iterable[Record]) -> pa.Table:
    """The grants, one row per publication and grant, in the order given.

    Returns:
        `pubmed_id`, `grant_row` (from 1 within the publication), `grant_id_stated`,
        `acronym_stated`, `agency_stated`, `country_stated` (null where nothing is said),
        `grant_source`, `retrieved_on` (date, UTC), `flags` (list).

    Example:
        >>> grants_table([]).column_names[:3]
        ['pubmed_id', 'grant_row', 'grant_id_stated']
    """
    import pyarrow as pa

    schema = pa.schema(
        [
            ("pubmed_id", pa.string()),
            ("grant_row", pa.int64()),
            ("grant_id_stated", pa.string()),
            ("acronym_stated", pa.string()),
            ("agency_stated", pa.string()),
            ("country_stated", pa.string()),
            *_ends(pa),
        ]
    )
    rows = [
        {
            "pubmed_id": record.pubmed_id,
            "grant_row": number,
            "grant_id_stated": grant.grant_id,
            "acronym_stated": grant.acronym,
            "agency_stated": grant.agency,
            "country_stated": grant.country,
            **_said(record),
        }
        for record in records
        for number, grant in enumerate(record.grants, start=1)
    ]
    return pa.Table.from_pylist(rows, schema=schema)


def grant_status_table(records: Iterable[Record], *, asked: Iterable[str]) -> pa.Table:
    """What became of each publication, one row per publication asked for, in that order.

    Args:
        records: of two for one publication the later counts; others than asked are left out.
        asked: PubMed numbers; repeated ones count once.

    Returns:
        `pubmed_id`; `grant_status` (a `Status`, or "not asked" where there is no record);
        `grants`, the number of rows in the table of grants (null where the publication was not
        returned or not asked for: missing, not zero); `grant_source`, `retrieved_on`, `flags`.

    Example:
        >>> grant_status_table([], asked=["12"]).to_pylist()[0]["grant_status"]
        'not asked'
    """
    import pyarrow as pa

    schema = pa.schema(
        [
            ("pubmed_id", pa.string()),
            ("grant_status", pa.string()),
            ("grants", pa.int64()),
            *_ends(pa),
        ]
    )
    known = {record.pubmed_id: record for record in records}
    return pa.Table.from_pylist(
        [_status(each, known.get(each)) for each in dict.fromkeys(asked)], schema=schema
    )


def _status(pubmed_id: str, record: Record | None) -> dict[str, object]:
    if record is None:
        nothing: dict[str, object] = {"grant_source": None, "retrieved_on": None, "flags": []}
        return {"pubmed_id": pubmed_id, "grant_status": NOT_ASKED, "grants": None, **nothing}
    count = None if record.status is Status.NOT_RETURNED else len(record.grants)
    return {
        "pubmed_id": pubmed_id,
        "grant_status": record.status.value,
        "grants": count,
        **_said(record),
    }


def _said(record: Record) -> dict[str, object]:
    return {
        "grant_source": record.source.value,
        "retrieved_on": record.retrieved_at.astimezone(UTC).date(),
        "flags": list(record.flags),
    }


def _ends(pa: Any) -> list[tuple[str, Any]]:
    return [
        ("grant_source", pa.string()),
        ("retrieved_on", pa.date32()),
        ("flags", pa.list_(pa.string())),
    ]
