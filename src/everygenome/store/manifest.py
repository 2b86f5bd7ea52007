"""What a release says of itself: `manifest.json` in its folder."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from everygenome.errors import StoreError

# Raise this when the same files give other core tables than before. A release of a version
# that is not readable is listed, but not opened: its columns mean something else.
TABLES_VERSION = 2
# Version 1 lacks the tables of cohorts, journals and grants, and has all others as they are.
READABLE_VERSIONS = (1, 2)
GRANTS = "grants"
FILE_NAME = "manifest.json"


class Input(BaseModel):
    """One file that went in, and what became of its rows.

    `rows_in` = `rows_core` + `rows_quarantined`, always. `sha256` is of the plain bytes,
    `stored_sha256` of the bytes as they were served, compressed or not.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    name: str
    url: str | None = None
    retrieved_at: datetime | None = None
    sha256: str
    stored_sha256: str | None = None
    size_bytes: int
    licence: str
    rows_in: int
    rows_core: int
    rows_quarantined: int
    corrections: int = 0
    columns_missing: tuple[str, ...] = ()


class Manifest(BaseModel):
    """A release's own record.

    Attributes:
        id: release date and the first eight digits of the content hash.
        date: the catalogue's own release date.
        date_inferred: no file name carried the date: it is the newest DATE ADDED.
        demonstration: the data were made by this software and describe nobody.
        content_hash: of the inputs, the corrections, and the version of the tables.
        catalogue_hash: the same, of the release without its grants; None where it has none.
        names: what tells the names of cohorts and journals apart that were used, by kind.
        tables_version: version of the way from raw files to core tables.
        inputs: the files that went in.
        missing: files of the trio that were not given.
        tables: rows of each core table.
        flags: how many rows carry each flag.
        unreviewed: labels that were published without review, with their place.
        unmatched: share (0-1) of accessions that only one of the two files names.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int = 1
    id: str
    date: date
    date_inferred: bool
    demonstration: bool
    content_hash: str
    catalogue_hash: str | None = None
    names: dict[str, str] = {}
    tables_version: int
    built_at: datetime
    software: str
    inputs: tuple[Input, ...]
    missing: tuple[str, ...]
    tables: dict[str, int]
    flags: dict[str, int]
    unreviewed: tuple[str, ...] = ()
    unmatched: dict[str, float] = {}

    @property
    def has_grants(self) -> bool:
        """Whether grants were added to it."""
        return any(item.kind == GRANTS for item in self.inputs)

    @property
    def catalogue(self) -> tuple[str, frozenset[tuple[str, str]]]:
        """What tells the catalogue's files apart: the release's date, and the files' hashes."""
        files = ((item.kind, item.sha256) for item in self.inputs if item.kind != GRANTS)
        return str(self.date), frozenset(files)

    def write(self, folder: Path) -> None:
        """Write the manifest into a folder."""
        (folder / FILE_NAME).write_text(self.model_dump_json(indent=2) + "\n", "utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Read a release's manifest.

    Raises:
        StoreError: it is missing or damaged; the message names the file.
    """
    path = folder / FILE_NAME
    try:
        return Manifest.model_validate_json(path.read_text("utf-8"))
    except (OSError, ValidationError) as error:
        reason: Any = error.strerror if isinstance(error, OSError) else "it is not as we write it"
        raise StoreError(
            f"{path} cannot be read: {reason}.",
            remedy="Remove that release folder and run `everygenome sync` again.",
        ) from error


def superseded(manifests: Iterable[Manifest]) -> frozenset[str]:
    """Identifiers of releases that a later one of the same catalogue files takes the place of.

    They stay readable under their identifiers. A list of what the catalogue said over time
    must not hold the same files twice.
    """
    newest: dict[Any, Manifest] = {}
    old: set[str] = set()
    for manifest in sorted(manifests, key=lambda item: item.built_at):
        before = newest.get(manifest.catalogue)
        if before is not None:
            old.add(before.id)
        newest[manifest.catalogue] = manifest
    return frozenset(old)
