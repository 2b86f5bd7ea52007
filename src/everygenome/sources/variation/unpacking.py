"""The text of a VCF on its way to bcftools: unpacked, looked at, and counted.

bcftools reads a number as far as it is one: `1e3` becomes 1 and `12.5` becomes 12, without a word.
So fields that hold counts are declared as text, and come out as they stand. It also leaves out
what it cannot hold, so lines are counted here. This runs in a process of its own: standard input
is the file as it lies there, standard output is the text.
"""

import json
import os
import re
import sys
from collections.abc import Collection, Iterator
from contextlib import suppress
from functools import lru_cache
from typing import IO, Any, cast

from everygenome.errors import InputError
from everygenome.sources.variation.streams import LONGEST_LINE, blocks

# Where a file is damaged, the library drops what it has read of the last piece.
_PIECE = 1 << 16
# Records from which on numpy, which takes a while to begin, is the quicker way.
_MANY = 5_000
_EQUALS, _SEMICOLON, _TAB, _LINE = b"=;\t\n"


def main(asked: str, answer: str) -> int:
    """Run as a program.

    Args:
        asked: JSON of `texts`, `beyond` and `only`; see `Looked`.
        answer: number of an open file, where what was counted is written as JSON.
    """
    import pysam

    looked = Looked(**json.loads(asked))
    text = cast("IO[bytes]", pysam.BGZFile("/dev/fd/0", "r", None))
    try:
        with os.fdopen(1, "wb", closefd=False) as out:
            for piece in looked.pieces(text):
                out.write(piece)
        # Only now the library says that it could not go on.
        text.close()
    except BrokenPipeError:
        # bcftools has ended, and says why.
        return 0
    except OSError:
        looked.wrong = f" is damaged or cut short, after line {looked.line:,} at the earliest."
    except InputError as error:
        looked.wrong = error.what
    finally:
        with os.fdopen(int(answer), "w", encoding="utf-8") as told:
            json.dump(looked.told(), told)
    return 3 if looked.wrong else 0


class Looked:
    """What is passed on of a text, and what was seen of it.

    Args:
        texts: INFO fields to be declared as text.
        beyond: chromosomes that are left out as long as no other has come.
        only: chromosomes that are passed on; none: all.
    """

    def __init__(
        self, *, texts: Collection[str], beyond: Collection[str], only: Collection[str]
    ) -> None:
        self._texts = texts
        self._bare = Bare(texts)
        self._beyond = Beyond(beyond)
        self._only = {name.encode() for name in only}
        self.line = self.passed = self.records = self.crlf = self.endless = 0
        self.wrong = ""

    def told(self) -> dict[str, Any]:
        """`passed`: records that were passed on, of all `records`; `crlf`: ends of Windows;
        `endless`: the last line has no end; `wrong`: what is."""
        names = ("passed", "records", "crlf", "endless", "wrong")
        return {one: getattr(self, one) for one in names}

    def pieces(self, text: IO[bytes]) -> Iterator[bytes]:
        """The text to pass on.

        Raises:
            InputError: a line that no VCF has; `what` comes after the name of the file.
        """
        header = True
        for block in self._blocks(text):
            piece, lines = self._clean(block)
            if header:
                end = re.search(rb"^#CHROM.*(\n|\Z)", piece, re.MULTILINE)
                above = piece[: end.end()] if end else piece
                yield above if self.line else self._declared(above)
                header = end is None
                number = above.count(b"\n")
                self.line += number
                piece, lines = piece[len(above) :], lines - number
            if piece:
                yield from self._records(piece, lines)

    def _blocks(self, text: IO[bytes]) -> Iterator[bytes]:
        try:
            yield from blocks(text, name="", size=_PIECE)
        except InputError:
            raise InputError(
                f", line {self.line + 1:,} has more than {LONGEST_LINE >> 20} MB."
            ) from None

    def _declared(self, header: bytes) -> bytes:
        """The first declaration of a field is the one that counts."""
        first, end, rest = header.partition(b"\n")
        lines = b"".join(
            f'##INFO=<ID={one},Number=.,Type=String,Description="as it stands">\n'.encode()
            for one in self._texts
        )
        return first + end + lines + rest

    def _records(self, piece: bytes, lines: int) -> Iterator[bytes]:
        ended = piece
        if not piece.endswith(b"\n"):
            ended, self.endless, lines = piece + b"\n", 1, lines + 1
        self.records += lines
        if self._beyond.names or self._only:
            for name, run in runs(ended):
                if (not self._only or name in self._only) and not self._beyond.leaves_out(name):
                    self.passed += run.count(b"\n")
                    yield run
        else:
            self.passed += lines
            yield ended
        self.line += lines

    def _clean(self, block: bytes) -> tuple[bytes, int]:
        """A block as it is passed on, and how often a line ends in it."""
        if b"\r" in block:
            self.crlf += len(re.findall(rb"^[^#\r\n][^\r\n]*\r$", block, re.MULTILINE))
            block = re.sub(rb"\r(?=\n|\Z)", b"", block)
        for byte, what in (
            (b"\0", "a NUL byte, which no text file holds"),
            (b"\r", "a carriage return in the midst of a line"),
        ):
            place = block.find(byte)
            if place >= 0:
                line = self.line + block.count(b"\n", 0, place) + 1
                raise InputError(f", line {line:,}: {what}.")
        # bcftools would write 1 for a field without a value, as for a flag; this is no number.
        lines, equals, names = self._bare.seen(block, many=self.records > _MANY)
        if equals:
            block = re.sub(rb"=(?=[;\t\n]|\Z)", b"=?", block)
        if names:
            block = self._bare.marked(block)
        return block, lines


class Bare:
    """Finds counts that are named and have no value, as in `AC=;AN=5` and `AC;AN=5`.

    Args:
        names: of the fields that hold counts.

    Example:
        >>> Bare(["AC"]).marked(b"1\\t5\\t.\\tAC\\tA\\t.\\t.\\tAC;AN=5\\n")
        b'1\\t5\\t.\\tAC\\tA\\t.\\t.\\tAC=?;AN=5\\n'
    """

    def __init__(self, names: Collection[str]) -> None:
        self._names = frozenset(name.encode() for name in names)
        any_of = b"|".join(map(re.escape, sorted(self._names)))
        self._form = re.compile(rb"[;\t](?:" + any_of + rb")(?=[;\t\n]|\Z)")
        self._lengths = frozenset(map(len, self._names))

    def seen(self, text: bytes, *, many: bool) -> tuple[int, bool, bool]:
        """How often a line ends; whether there may be an `AC=`, and an `AC`, without a value."""
        if not many:
            equals = re.search(rb"=(?=[;\t\n]|\Z)", text) is not None
            named = bool(self._names) and self._form.search(text) is not None
            return text.count(b"\n"), equals, named
        import numpy as np

        letters = np.frombuffer(text, np.uint8)
        lines, between, signs = (letters == one for one in (_LINE, _SEMICOLON, _EQUALS))
        ends = lines | between | (letters == _TAB)
        equals = bool((signs[:-1] & ends[1:]).any()) or text.endswith(b"=")
        number = int(np.count_nonzero(lines))
        # A field more than there are between-signs in each line, and a sign in each: then none is
        # bare. (Or another value holds a sign, which is against the rules of a VCF.)
        if text.endswith(b"\n") and np.count_nonzero(signs) >= np.count_nonzero(between) + number:
            return number, equals, False
        # What stands between two ends and has no sign in it; of so many letters as a name.
        places = np.flatnonzero(ends | signs)
        sign = signs[places]
        bare = np.flatnonzero(~(sign[:-1] | sign[1:]))
        starts, stops = places[bare] + 1, places[bare + 1]
        fits = np.isin(stops - starts, list(self._lengths))
        found = zip(starts[fits].tolist(), stops[fits].tolist(), strict=True)
        named = any(text[start:stop] in self._names for start, stop in found)
        if not named and not text.endswith(b"\n"):
            named = bool(self._names) and self._form.search(text) is not None
        return number, equals, named

    def marked(self, text: bytes) -> bytes:
        """The text with a "=?" behind each; alleles can look like a name, and stay."""
        return b"".join(self._line(line) for line in text.splitlines(keepends=True))

    def _line(self, line: bytes) -> bytes:
        cells = line.split(b"\t", 8)
        if len(cells) < 8 or line.startswith(b"#") or not self._form.search(line):
            return line
        info = cells[7].rstrip(b"\n")
        fields = (one + b"=?" if one in self._names else one for one in info.split(b";"))
        cells[7] = b";".join(fields) + cells[7][len(info) :]
        return b"\t".join(cells)


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


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        sys.exit(main(*sys.argv[1:3]))
    sys.exit(130)
