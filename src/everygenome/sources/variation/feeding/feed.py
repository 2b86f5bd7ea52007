"""A sites file, read once from its first byte to its last, on its way through bcftools.

The bytes are given to the children through pipes: so they are hashed as they are read, how far we
are is known on any system, and the library never sees the name of the file.
"""

import json
import os
import subprocess
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, suppress
from typing import IO, Any

from everygenome.errors import InputError
from everygenome.sources.variation.bcftools import piped
from everygenome.sources.variation.calls.from_vcf import first_damage
from everygenome.sources.variation.calls.handed import Handed, Kind
from everygenome.sources.variation.children import failure, started, widened
from everygenome.sources.variation.feeding.bgzip_end import check_end
from everygenome.sources.variation.feeding.giving import Giving
from everygenome.sources.variation.feeding.runs import Beyond, runs
from everygenome.sources.variation.streams import blocks

# A table of each: of fewer lines, it would cost more to begin than to make.
_BLOCK_BYTES = 8 << 20
# bcftools writes a position in 32 bits: one that is larger would come out as another place.
_HELD = ("-i", "POS<=2147483647")
_UNPACK = (
    "from everygenome.sources.variation.feeding.unpacking import main; import sys; "
    "sys.exit(main(*sys.argv[1:3]))"
)
# To find the line that is damaged the file is read again: not for hours.
_LOOKED_THROUGH = 2 << 30
_MEND = "Mend it there, or make or copy the file anew."


class Feed:
    """One reading of a file.

    Args:
        file: VCF or BCF.
        form: of `bcftools query`.
        texts: INFO fields that come as they stand in the text of a VCF.
        beyond: chromosomes, as the file calls them, that are left out as long as no other comes.
        only: chromosomes that are read; none: all.

    Attributes:
        sha256: of the bytes; records: of the file; crlf: of them, lines that end as in Windows;
            endless: 1 where the last line has no end. Known once the last run was taken.
    """

    def __init__(
        self,
        file: Handed,
        form: str,
        *,
        texts: Collection[str],
        beyond: Collection[str] = (),
        only: Collection[str] = (),
    ) -> None:
        self._file, self._form = file, form
        self._beyond, self._only = set(beyond), set(only)
        self._asked = {"texts": sorted(texts), "beyond": sorted(beyond), "only": sorted(only)}
        self._binary = file.kind is Kind.BCF
        self._giving = Giving(file)
        self._told: dict[str, Any] = {}
        self.sha256 = ""
        self.records = self.crlf = self.endless = 0

    @property
    def done(self) -> int:
        """Bytes of the file that were read so far."""
        return self._giving.done

    def runs(self) -> Iterator[tuple[str, bytes]]:
        """Lines of one chromosome that follow each other, some megabytes at most, and its name.

        Raises:
            InputError: the file is damaged, with the line where that can be told; only once all
                that could be read has been.
        """
        check_end(self._file.path, self._file.name)
        # Of a text they are left out before bcftools reads them.
        beyond = Beyond(self._beyond if self._binary else ())
        lines = 0
        for block in self._blocks():
            for name, run in runs(block):
                lines += run.count(b"\n")
                told = name.decode("utf-8", errors="replace")
                if (not self._only or told in self._only) and not beyond.leaves_out(name):
                    yield told, run
        self.records = self._told.get("records", lines)
        self.crlf, self.endless = self._told.get("crlf", 0), self._told.get("endless", 0)
        passed = self._told.get("passed", lines)
        if lines != passed:
            raise self._damaged(
                InputError(
                    f"{self._file.name}: of {passed:,} records only {lines:,} could be read.",
                    remedy=_MEND,
                )
            )
        self.sha256 = self._giving.sha256

    def _blocks(self) -> Iterator[bytes]:
        with ExitStack() as stack:
            answer, *told = (stack.enter_context(tempfile.TemporaryFile()) for _ in range(3))
            children: list[subprocess.Popen[bytes]] = []
            try:
                reading = self._started(children, answer, told)
                self._giving.begin(children[0].stdin)  # type: ignore[arg-type]
                with os.fdopen(reading, "rb") as stream:
                    yield from blocks(stream, name=self._file.name, size=_BLOCK_BYTES)
                for child in children:
                    child.wait()
                if not any(child.returncode for child in children):
                    self._giving.wait()
            finally:
                self._giving.stop()
                for child in children:
                    child.kill()
                    child.wait()
                self._giving.wait()
            self._judge(children, answer, told)

    def _started(
        self,
        children: list["subprocess.Popen[bytes]"],
        answer: IO[bytes],
        told: Sequence[IO[bytes]],
    ) -> int:
        """Start the children, the one that reads the file first; where their rows come out."""
        source: int | IO[bytes] = subprocess.PIPE
        if not self._binary:
            asked, number = json.dumps(self._asked), answer.fileno()
            children.append(
                started(
                    _UNPACK, asked, str(number), told=told[0], keep=number, stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                )
            )  # fmt: skip
            if children[0].stdout is not None:
                source = children[0].stdout
                widened(source)
        reading, writing = os.pipe()
        widened(writing)
        held = () if self._binary else _HELD
        try:
            children.append(
                piped("query", "-f", self._form, *held, source=source, out=writing, told=told[1])
            )
        finally:
            os.close(writing)
            if children[0].stdout is not None:
                children[0].stdout.close()
        return reading

    def _judge(
        self,
        children: list["subprocess.Popen[bytes]"],
        answer: IO[bytes],
        told: Sequence[IO[bytes]],
    ) -> None:
        if self._giving.unreadable is not None:
            raise self._giving.unreadable
        answer.seek(0)
        with suppress(ValueError):
            # A child that broke down has not told all.
            self._told = json.loads(answer.read())
        name = self._file.name
        if wrong := self._told.get("wrong"):
            raise InputError(f"{name}{wrong}", remedy=_MEND)
        for child, said in zip(children, told[-len(children) :], strict=True):
            if child.returncode:
                raise self._damaged(failure(self._file.path, child.returncode, said))

    def _damaged(self, error: InputError) -> InputError:
        """The error, with the line that it is about where that can be told."""
        if self._binary or self._file.path.stat().st_size > _LOOKED_THROUGH:
            return error
        damage = first_damage(self._file)
        return error if damage is None else InputError(damage, remedy=_MEND)
