"""Lines of one chromosome that follow each other, and those at the beginning that are left out."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache


class Beyond:
    """Leaves out chromosomes at the beginning of a file; one that comes back later it lets through.

    Example:
        >>> beyond = Beyond(["1", "2"])
        >>> [beyond.leaves_out(name) for name in (b"1", b"2", b"1", b"3", b"2")]
        [True, True, False, False, False]
    """

    def __init__(self, names: Collection[str]) -> None:
        self.names = {name.encode() for name in names}
        self._last = b""

    def leaves_out(self, name: bytes) -> bool:
        """Whether lines of this chromosome, which come now, are left out."""
        if name != self._last:
            self.names.discard(self._last)
            self._last = name
        if name in self.names:
            return True
        self.names.clear()
        return False


def runs(text: bytes) -> Iterator[tuple[bytes, bytes]]:
    r"""Lines that follow each other on one chromosome: its name, which ends at a tab, and they.

    Example:
        >>> [name for name, _ in runs(b"1\t5\n1\t6\n2\t5\n")]
        [b'1', b'2']
    """
    start = 0
    while start < len(text):
        line = text.find(b"\n", start) % (len(text) + 1)
        tab = text.find(b"\t", start, line)
        name = text[start : line if tab < 0 else tab]
        end = _end(name, text, start)
        yield name, text[start:end]
        start = end


def _end(name: bytes, text: bytes, start: int) -> int:
    if start == 0 and text.count(b"\n") == text.count(b"\n" + name + b"\t") + 1:
        # As nearly always: much quicker than to look at each line.
        return len(text)
    found = _other(name).search(text, start)
    return found.start() + 1 if found else len(text)


@lru_cache(64)
def _other(name: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"\n(?!" + re.escape(name) + rb"\t)(?=.)", re.DOTALL)
