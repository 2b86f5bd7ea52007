"""Writing files so that a reader sees the old bytes or the new ones, never a half."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from everygenome.errors import StoreError


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turns the operating system's refusal to write into a `StoreError` that names the file.

    Raises:
        StoreError: no space, no permission, a folder in the way, or a failing disk.

    Example:
        >>> with writing(Path("data.tsv")):
        ...     raise OSError(28, "No space left on device")
        Traceback (most recent call last):
        everygenome.errors.StoreError: Cannot write data.tsv: No space left on device. Free some \
space or allow writing there, then try again.
    """
    try:
        yield
    except OSError as fault:
        raise StoreError(
            f"Cannot write {path}: {fault.strerror or fault}.",
            remedy="Free some space or allow writing there, then try again.",
        ) from fault


def publish(temporary: Path, target: Path) -> None:
    """Gives a finished, synced file its name in one step, and makes the step survive a power cut.

    Raises:
        StoreError: the folder cannot be written.
    """
    with writing(target):
        os.replace(temporary, target)
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def write_atomically(path: Path, content: bytes) -> None:
    """Writes a small file in one step.

    Raises:
        StoreError: the folder cannot be written.

    Example:
        >>> import tempfile
        >>> note = Path(tempfile.mkdtemp()) / "note.txt"
        >>> write_atomically(note, b"kept")
        >>> note.read_bytes()
        b'kept'
    """
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    with writing(path), temporary.open("wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    publish(temporary, path)
