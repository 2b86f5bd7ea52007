"""Text that comes in pieces: cut at the ends of lines, and read ahead while others work."""

import queue
import threading
from collections.abc import Generator, Iterable, Iterator
from typing import IO, TypeVar

from everygenome.errors import InputError

T = TypeVar("T")
BLOCK_BYTES = 2 << 20
LONGEST_LINE = 64 << 20
_AHEAD = 2


def blocks(stream: IO[bytes], *, name: str, size: int | None = None) -> Iterator[bytes]:
    """Pieces of `size` bytes (`BLOCK_BYTES`), about, of whole lines; the last may lack its end.

    Raises:
        InputError: a line that is longer than any record is.
    """
    size = size or BLOCK_BYTES
    rest: list[bytes] = []
    held = 0
    while chunk := stream.read(size or BLOCK_BYTES):
        cut = chunk.rfind(b"\n") + 1
        if cut:
            # A view, so that it is copied once and not twice.
            yield b"".join((*rest, memoryview(chunk)[:cut]))
            rest, held = [], 0
        rest.append(chunk[cut:])
        held += len(chunk) - cut
        if held > LONGEST_LINE:
            raise InputError(
                f"{name} has a line of more than {LONGEST_LINE >> 20} MB.",
                remedy="No record of variants is as long: check that the file is what it should "
                "be.",
            )
    if held:
        yield b"".join(rest)


def ahead(items: Iterable[T]) -> Generator[T, None, None]:
    """The same items, made in a thread of their own while the last ones are worked on."""
    made: queue.Queue[tuple[T | None, BaseException | None, bool]] = queue.Queue(_AHEAD)
    stop = threading.Event()

    def put(item: tuple[T | None, BaseException | None, bool]) -> bool:
        while not stop.is_set():
            try:
                made.put(item, timeout=0.1)
            except queue.Full:
                continue
            return True
        return False

    def make() -> None:
        error: BaseException | None = None
        try:
            for item in items:
                if not put((item, None, False)):
                    return
        except BaseException as raised:
            # It is raised again where items are taken.
            error = raised
        finally:
            # Here, where they are made: what they hold is let go of now, and not some time later.
            if isinstance(items, Generator):
                items.close()
        put((None, error, True))

    thread = threading.Thread(target=make, daemon=True)
    thread.start()
    try:
        while True:
            item, error, last = made.get()
            if error is not None:
                raise error
            if last:
                return
            yield item  # type: ignore[misc]
    finally:
        stop.set()
        thread.join()
