"""Where a file's bytes come from: recorded beside the file, so that a number can be traced back."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from everygenome.errors import NotFoundError, StoreError
from everygenome.snapshots.files import write_atomically


def _to_utc(when: datetime) -> datetime:
    return when.astimezone(UTC)


class Origin(BaseModel):
    """The origin of one file of raw bytes.

    Args:
        url: the address that was asked; None for a file that was given to us.
        final_url: the address that answered, after redirects; None for a given file.
        file_name: the name under which it was served; never used as a path.
        retrieved_at: when the bytes arrived (UTC).
        last_modified: an HTTP date, as the server wrote it (for a given file, its own date).
        etag: the server's mark of this version, as it wrote it.
        size_bytes: size of the stored bytes.
        sha256: SHA-256 of the stored bytes, 64 hexadecimal digits.
        licence: the terms under which the source publishes the file.
        content_type: the media type that the server named.

    Raises:
        pydantic.ValidationError: an unknown key, a time without a time zone, a malformed hash.

    Example:
        >>> at = datetime(2025, 1, 1, tzinfo=UTC)
        >>> Origin(file_name="a.tsv", retrieved_at=at, size_bytes=3, sha256="0" * 64,
        ...        licence="CC0-1.0").url is None
        True
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str | None = None
    final_url: str | None = None
    file_name: str
    retrieved_at: Annotated[AwareDatetime, AfterValidator(_to_utc)]
    last_modified: str | None = None
    etag: str | None = None
    size_bytes: Annotated[int, Field(ge=0)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    licence: str
    content_type: str | None = None


def sidecar(path: Path) -> Path:
    """Where the origin of `path` is kept: `<file>.origin.json` in the same folder.

    Example:
        >>> sidecar(Path("raw/studies.tsv")).as_posix()
        'raw/studies.tsv.origin.json'
    """
    return path.with_name(path.name + ".origin.json")


def write_origin(path: Path, origin: Origin) -> None:
    """Records the origin of `path` beside it, in one step.

    Raises:
        StoreError: the folder cannot be written.
    """
    write_atomically(sidecar(path), (origin.model_dump_json(indent=2) + "\n").encode())


def read_origin(path: Path) -> Origin:
    """The recorded origin of `path`.

    Raises:
        NotFoundError: no origin was recorded for the file.
        StoreError: the record is damaged, or written by another version.
    """
    record = sidecar(path)
    try:
        return Origin.model_validate_json(record.read_bytes())
    except FileNotFoundError as fault:
        raise NotFoundError(
            f"{path} has no record of its origin ({record.name} is not there).",
            remedy="Fetch the file again, or give it with --from.",
        ) from fault
    except ValidationError as fault:
        first = fault.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the whole file"
        raise StoreError(
            f"{record} is not a record of origin: {place}: {first['msg']}.",
            remedy=f"Delete {record.name} and fetch the file again.",
        ) from fault
    except OSError as fault:
        raise StoreError(
            f"Cannot read {record}: {fault.strerror or fault}.",
            remedy="Check that you may read the folder.",
        ) from fault
