"""The text of a VCF on its way to bcftools: unpacked, looked at, and counted.

bcftools reads a number as far as it is one: `1e3` becomes 1 and `12.5` becomes 12, without a word.
So fields that hold counts are declared as text, and come out as they stand. It also leaves out
what it cannot hold, so lines are counted here. This runs in a process of its own: standard input
is the file as it lies there, standard output is the text.
"""

import json
import os
import re
from collections.abc import Collection, Iterator
from typing import IO, Any, cast

from everygenome.errors import InputError
from everygenome.sources.variation.feeding.bare import Bare
from everygenome.sources.variation.feeding.runs import Beyond, runs
from everygenome.sources.variation.streams import LONGEST_LINE, blocks

# Where a file is damaged, the library drops what it has read of the last piece.
_PIECE = 1 << 16
# Records from which on numpy, which takes a while to begin, is the quicker way.
_MANY = 5_000


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
