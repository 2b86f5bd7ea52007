"""Files that were given to us, instead of fetched."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from os import stat_result
from pathlib import Path

from everygenome.errors import InputError
from everygenome.snapshots.hashing import sha256_file
from everygenome.snapshots.origin import Origin


def local_origin(path: Path, licence: str) -> Origin:
    """The origin of a file given with `--from`: its name, date, size and hash; no address.

    Raises:
        InputError: not a file, cannot be read, or changed while it was read.

    Example:
        >>> import tempfile
        >>> file = Path(tempfile.mkdtemp()) / "studies-r2025-01-01.tsv"
        >>> _ = file.write_bytes(b"abc")
        >>> origin = local_origin(file, "CC0-1.0")
        >>> origin.file_name, origin.size_bytes, origin.sha256[:8], origin.url
        ('studies-r2025-01-01.tsv', 3, 'ba7816bf', None)
    """
    with steady(path) as before:
        digest = sha256_file(path)
    modified = datetime.fromtimestamp(int(before.st_mtime), UTC)
    return Origin(
        file_name=path.name,
        retrieved_at=datetime.now(UTC),
        last_modified=format_datetime(modified, usegmt=True),
        size_bytes=before.st_size,
        sha256=digest,
        licence=licence,
    )


@contextmanager
def steady(path: Path) -> Iterator[stat_result]:
    """Reads inside the block are of one version of the file, or it ends in an error.

    Yields:
        The file's size and dates as they were before the block.

    Raises:
        InputError: not a file, or its size, date or identity changed during the block.

    Example:
        >>> import tempfile
        >>> file = Path(tempfile.mkdtemp()) / "a.tsv"
        >>> _ = file.write_bytes(b"abc")
        >>> with steady(file) as before:
        ...     before.st_size
        3
    """
    before = _stat(path)
    yield before
    after = _stat(path)
    if _version(before) != _version(after):
        raise InputError(
            f"{path} changed while it was being read "
            f"({before.st_size:,} bytes before, {after.st_size:,} bytes after).",
            remedy="Wait until whatever writes it has finished, then try again.",
        )


def _version(stat: stat_result) -> tuple[int, int, int, int]:
    return stat.st_size, stat.st_mtime_ns, stat.st_ino, stat.st_dev


def _stat(path: Path) -> stat_result:
    try:
        if path.is_file():
            return path.stat()
        found = "it is a folder" if path.is_dir() else "there is no such file"
    except OSError as fault:
        found = fault.strerror or str(fault)
    raise InputError(
        f"Cannot read {path}: {found}.", remedy="Check the name and that you may read it."
    )
