"""A record as one line of JSON, and back.

All letters beyond ASCII are escaped, so that whatever a grant's text holds, a line is a line.
"""

import json
from datetime import UTC, datetime

from everygenome.sources.pubmed_grants.records import (
    FLAGS,
    Grant,
    Record,
    Source,
    Status,
    is_pubmed_id,
)


def to_line(record: Record) -> bytes:
    """The record as a line with its end; the same record gives the same bytes.

    Raises:
        ValueError: the record contradicts itself, or its time has no time zone.

    Example:
        >>> at = datetime(2025, 1, 1, tzinfo=UTC)
        >>> record = Record("12", Status.WITHOUT_GRANTS, (), Source.NCBI, at)
        >>> from_line(to_line(record)) == record
        True
    """
    _check(record)
    content = {
        "pubmed_id": record.pubmed_id,
        "status": record.status.value,
        "grants": [
            [each.grant_id, each.acronym, each.agency, each.country] for each in record.grants
        ],
        "source": record.source.value,
        "retrieved_at": record.retrieved_at.astimezone(UTC).isoformat(),
        "flags": list(record.flags),
        "origin": record.origin,
    }
    return json.dumps(content, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"


def from_line(line: bytes) -> Record:
    """The record in a line.

    Raises:
        ValueError: the line is no record; the message says what is wrong.
    """
    try:
        read = json.loads(line)
        record = Record(
            pubmed_id=read["pubmed_id"],
            status=Status(read["status"]),
            grants=tuple(Grant(*_texts(each, length=4)) for each in read["grants"]),
            source=Source(read["source"]),
            retrieved_at=datetime.fromisoformat(read["retrieved_at"]),
            flags=tuple(read["flags"]),
            origin=read["origin"],
        )
        _check(record)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise ValueError(f"{type(fault).__name__}: {fault}") from fault
    return record


def _check(record: Record) -> None:
    if not is_pubmed_id(record.pubmed_id):
        raise ValueError(f"{record.pubmed_id!r:.60} is no PubMed number")
    if record.retrieved_at.tzinfo is None:
        raise ValueError("the time has no time zone")
    if not isinstance(record.origin, str):
        raise TypeError("the origin is no text")
    if strange := [flag for flag in record.flags if flag not in FLAGS]:
        raise ValueError(f"unknown flags {strange!r:.60}")
    if (record.status is Status.WITH_GRANTS) != bool(record.grants):
        raise ValueError(f"{len(record.grants)} grants, and the status {record.status.value!r}")


def _texts(values: object, *, length: int) -> list[str | None]:
    if not isinstance(values, list) or len(values) != length:
        raise ValueError(f"a grant of {values!r:.60}")
    if not all(value is None or isinstance(value, str) for value in values):
        raise ValueError(f"a grant of {values!r:.60}")
    return values
