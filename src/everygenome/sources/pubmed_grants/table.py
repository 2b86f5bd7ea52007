"""Reading a table of grants that others made from PubMed: one row per publication.

Five columns; the last four hold lists that belong together by position (see `lists`).
"""

import hashlib
import re
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from everygenome.errors import InputError
from everygenome.snapshots.archives import open_plain
from everygenome.snapshots.local import steady
from everygenome.sources.pubmed_grants.lists import placed
from everygenome.sources.pubmed_grants.records import (
    Record,
    Source,
    is_pubmed_id,
    returned,
    united,
)
from everygenome.store.tsv_careful import check_line

HEADER: Final = ("PUBMEDID", "Acronym", "Agency", "Country", "GrantID")
_DATE: Final = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")
# The real table has 3.4 MB.
_LIMIT_BYTES: Final = 500_000_000


def read_table(path: Path) -> list[Record]:
    """The records of a table, one per publication, in the order of their first rows.

    Args:
        path: tab-separated, UTF-8, plain or gzip. A date in its name (2022-10-30) is when it was
            made from PubMed; without one the file's own date counts.

    Raises:
        InputError: empty, damaged, another header, a row with more or fewer values, a PubMed
            number that is none, NUL bytes, a lone carriage return, or not UTF-8; the message
            names file, line and what was found.

    Example:
        >>> import tempfile
        >>> file = Path(tempfile.mkdtemp()) / "grants_2022-10-30.tsv"
        >>> row = ["12", "Missing Acronym", "A &amp; B", "", "Missing ID"]
        >>> _ = file.write_text("\\t".join(HEADER) + "\\n" + "\\t".join(row) + "\\n")
        >>> [only] = read_table(file)
        >>> only.grants
        (Grant(grant_id=None, acronym=None, agency='A & B', country=None),)
    """
    with steady(path) as stat, tempfile.TemporaryDirectory() as work:
        members = open_plain(path, Path(work), limit_bytes=_LIMIT_BYTES)
        if len(members) != 1:
            raise InputError(f"{path} holds {len(members)} files.", remedy="Give the table alone.")
        with path.open("rb") as packed:
            sha256 = hashlib.file_digest(packed, "sha256").hexdigest()
        plain = members[0].path.read_bytes()
    retrieved_at = _made_on(path.name) or datetime.fromtimestamp(int(stat.st_mtime), UTC)
    origin = f"{path.name} sha256:{sha256}"
    records: dict[str, Record] = {}
    for pubmed_id, lists in _rows(plain, name=str(path)):
        grants, flags = placed(*lists)
        record = returned(
            pubmed_id,
            grants,
            source=Source.TABLE,
            retrieved_at=retrieved_at,
            origin=origin,
            flags=flags,
        )
        before = records.get(pubmed_id)
        records[pubmed_id] = record if before is None else united(before, record)
    if not records:
        raise InputError(f"{path} has a header and no rows.", remedy="Download the file again.")
    return list(records.values())


def _rows(plain: bytes, *, name: str) -> Iterator[tuple[str, list[str]]]:
    for number, ended in enumerate(plain.split(b"\n"), start=1):
        line = ended.removesuffix(b"\r")
        check_line(line, number=number, name=name, header=HEADER)
        if b"\r" in line:
            raise _unusable(name, number, "a carriage return inside the line")
        fields = line.decode("utf-8-sig" if number == 1 else "utf-8").split("\t")
        if number == 1:
            if tuple(field.strip() for field in fields) != HEADER:
                raise _unusable(name, 1, f"the header {fields!r:.200}, not {', '.join(HEADER)}")
        elif line:
            if len(fields) != len(HEADER):
                raise _unusable(name, number, f"{len(fields)} values, not {len(HEADER)}")
            if not is_pubmed_id(fields[0].strip()):
                raise _unusable(name, number, f"{fields[0]!r:.60}, which is no PubMed number")
            yield fields[0].strip(), fields[1:]


def _made_on(name: str) -> datetime | None:
    for found in _DATE.findall(name):
        try:
            return datetime.fromisoformat(found).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def _unusable(name: str, line: int, found: str) -> InputError:
    return InputError(
        f"{name}, line {line} holds {found}.",
        remedy="Download the file again; it is UTF-8, with tabs between its five columns.",
    )
