"""The unfinished file of a download, and what allows to continue it."""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from everygenome.snapshots.files import write_atomically, writing
from everygenome.snapshots.served import Served

_BLOCK = 1 << 20


class Partial:
    """`<file>.part` with its record `<file>.part.json`, in the folder of the finished file.

    One process at a time may fetch a file; whoever calls holds the lock.
    """

    def __init__(self, target: Path) -> None:
        self.path = target.with_name(target.name + ".part")
        self.record = target.with_name(target.name + ".part.json")

    def resumable(self, url: str) -> tuple[int, Served | None]:
        """How many bytes can be kept, and what the server said of them; (0, None) when none can.

        Raises:
            StoreError: a useless rest cannot be removed.
        """
        try:
            served = Served.model_validate_json(self.record.read_bytes())
            size = self.path.stat().st_size
        except (OSError, ValueError):
            self.discard()
            return 0, None
        total = served.total_bytes
        if served.url != url or not served.validator or (total is not None and size > total):
            self.discard()
            return 0, None
        # A file that lacks nothing still has to be confirmed: its last byte is asked for again.
        keep = size - 1 if size == total else size
        return (keep, served) if keep > 0 else (0, None)

    def begin(self, served: Served) -> None:
        """Records what the server said, before the first byte is written.

        Raises:
            StoreError: the folder cannot be written.
        """
        self.discard()
        write_atomically(self.record, served.model_dump_json().encode())

    def digest(self, size: int) -> "hashlib._Hash":
        """SHA-256 of the first `size` bytes, ready to be fed with the rest.

        Raises:
            StoreError: the file cannot be read.
        """
        digest = hashlib.sha256()
        if size:
            with writing(self.path), self.path.open("rb") as handle:
                while size and (block := handle.read(min(_BLOCK, size))):
                    digest.update(block)
                    size -= len(block)
        return digest

    @contextmanager
    def appending(self, offset: int) -> Iterator[Callable[[bytes], None]]:
        """Yields a function that writes from `offset` on; what was written is safe at the end.

        Raises:
            StoreError: no space, no permission.
        """
        with writing(self.path):
            handle = self.path.open("r+b" if offset else "wb")

        def write(chunk: bytes) -> None:
            with writing(self.path):
                handle.write(chunk)

        try:
            with writing(self.path):
                handle.seek(offset)
                handle.truncate()
            yield write
        finally:
            with writing(self.path), handle:
                handle.flush()
                os.fsync(handle.fileno())

    def discard(self) -> None:
        """Removes the unfinished file and its record.

        Raises:
            StoreError: they cannot be removed.
        """
        with writing(self.path):
            self.record.unlink(missing_ok=True)
            self.path.unlink(missing_ok=True)
