"""Grant records that were fetched, kept by PubMed number in a journal that survives a crash.

    FOLDER/records.jsonl    one line per record; of one publication the last line counts

Lines are only added, and synced to the disk before `add` returns. A last line without its end is
what a crash leaves: it is not read, and the next `add` writes over it. When most lines have been
superseded, the journal is written anew in one step.

One process at a time may add: the caller holds the store's lock. Reading needs none.
"""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from everygenome.errors import StoreError
from everygenome.snapshots.files import write_atomically, writing
from everygenome.sources.pubmed_grants.lines import from_line, to_line
from everygenome.sources.pubmed_grants.records import Record

JOURNAL: Final = "records.jsonl"
# Below this, rewriting saves nothing worth the wear.
_FEW_LINES: Final = 1000


class GrantCache:
    """The records in a folder; it is made when something is first added.

    Args:
        folder: where the journal is.

    Example:
        >>> import tempfile
        >>> from datetime import UTC, datetime
        >>> from everygenome.sources.pubmed_grants.records import Source, Status
        >>> cache = GrantCache(Path(tempfile.mkdtemp()) / "grants")
        >>> cache.read()
        {}
        >>> at = datetime(2025, 1, 1, tzinfo=UTC)
        >>> cache.add([Record("12", Status.WITHOUT_GRANTS, (), Source.NCBI, at)])
        >>> cache.read()["12"].status.value
        'returned without grants'
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / JOURNAL

    def read(self) -> dict[str, Record]:
        """The latest record of each publication; `{}` when nothing was added yet.

        Raises:
            StoreError: a line is damaged (the message names it), or the file cannot be read.
        """
        records: dict[str, Record] = {}
        for number, line in enumerate(self._lines(), start=1):
            try:
                record = from_line(line)
            except ValueError as fault:
                raise StoreError(
                    f"{self.path}, line {number} is not a record of grants ({fault}).",
                    remedy="Delete that line; its publication is asked for again.",
                ) from fault
            records[record.pubmed_id] = record
        return records

    def add(self, records: Iterable[Record]) -> None:
        """Adds records, or newer ones of the same publications; they are on the disk afterwards.

        Raises:
            StoreError: the folder cannot be written; a damaged line when the journal is rewritten.
            ValueError: a record that contradicts itself; nothing is written.
        """
        added = b"".join(map(to_line, records))
        if not added:
            return
        with writing(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
        if not self.path.exists():
            # In one step, which also makes the folder's entry survive a power cut.
            write_atomically(self.path, added)
            return
        with writing(self.path), self.path.open("r+b") as journal:
            journal.seek(_end_of_last_line(self.path))
            journal.truncate()
            journal.write(added)
            journal.flush()
            os.fsync(journal.fileno())
        self._compact()

    def digest(self) -> str:
        """SHA-256 of what `read` returns, whatever the order and history of the lines.

        Raises:
            StoreError: as `read`.
        """
        latest = sorted(self.read().items())
        return hashlib.sha256(b"".join(to_line(record) for _, record in latest)).hexdigest()

    def _lines(self) -> list[bytes]:
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return []
        except OSError as fault:
            raise StoreError(
                f"Cannot read {self.path}: {fault.strerror or fault}.",
                remedy="Check that you may read the folder.",
            ) from fault
        return content.split(b"\n")[:-1]  # what stands behind the last line end is torn, or nothing

    def _compact(self) -> None:
        lines = len(self._lines())
        if lines <= _FEW_LINES:
            return
        latest = self.read()
        if lines > 2 * len(latest):
            write_atomically(self.path, b"".join(map(to_line, latest.values())))


def _end_of_last_line(path: Path) -> int:
    """Where the last whole line ends, in bytes from the start."""
    return path.read_bytes().rfind(b"\n") + 1
