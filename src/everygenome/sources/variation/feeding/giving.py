"""The bytes of a file, given to a child through a pipe and hashed as they are read."""

import hashlib
import os
import threading
from contextlib import suppress
from typing import IO

from everygenome.errors import InputError
from everygenome.sources.variation.calls.handed import Handed

_CHUNK = 1 << 18


class Giving:
    """Gives a file away, in a thread of its own.

    Args:
        file: to be given.

    Attributes:
        done: bytes that were read so far.
        unreadable: why they are not those of the file, once it is known that they are not.
    """

    def __init__(self, file: Handed) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self.done = 0
        self.unreadable: InputError | None = None

    @property
    def sha256(self) -> str:
        """Of the bytes that were read."""
        return self._hash.hexdigest()

    def begin(self, entry: IO[bytes]) -> None:
        """Begin to give it to a child, through the pipe that the child reads."""
        self._thread = threading.Thread(target=self._given, args=(entry,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Read no more of it."""
        self._stop.set()

    def wait(self) -> None:
        """Wait until it is read to its end, or was stopped."""
        if self._thread is not None:
            self._thread.join()

    def _given(self, entry: IO[bytes]) -> None:
        """What the child no longer wants is hashed all the same."""
        wanted = True
        try:
            with self._file.path.open("rb") as file:
                before = os.fstat(file.fileno())
                while not self._stop.is_set() and (chunk := file.read(_CHUNK)):
                    self._hash.update(chunk)
                    if wanted:
                        wanted = _written(entry, chunk)
                    self.done += len(chunk)
                after = os.fstat(file.fileno())
            if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
                self.unreadable = InputError(
                    f"{self._file.name} was changed while it was read.",
                    remedy="Run the command again when it stays as it is.",
                )
        except OSError as error:
            self.unreadable = InputError(
                f"{self._file.name} cannot be read to its end: {error.strerror}.",
                remedy="Check the disk, or copy the file anew.",
            )
        finally:
            # Where it broke, the child says why it ended.
            with suppress(BrokenPipeError):
                entry.close()


def _written(entry: IO[bytes], chunk: bytes) -> bool:
    try:
        entry.write(chunk)
    except BrokenPipeError:
        return False
    return True
