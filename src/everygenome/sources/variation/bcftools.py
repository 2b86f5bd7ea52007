"""bcftools and samtools, as pysam's wheel carries them, in a process of their own.

A file is always named by its full path, so that no name is taken for an option or an address.
"""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from everygenome.errors import InputError, StoreError
from everygenome.sources.variation.children import failure, started, widened

_RUN = """
import importlib
import sys
from pysam.utils import SamtoolsError
tools = importlib.import_module("pysam." + sys.argv[1])
try:
    getattr(tools, sys.argv[2])(*sys.argv[3:], catch_stdout=False)
except SamtoolsError as error:
    sys.exit(str(error))
"""
# Packs what comes in as bgzip does, with the library's own code.
_PACK = """
import sys
import pysam
with pysam.BGZFile(sys.argv[1], "w") as packed:
    while part := sys.stdin.buffer.read(1 << 20):
        packed.write(part)
"""


@contextmanager
def streamed(
    command: str,
    *args: str,
    path: Path,
    partly: bool = False,
) -> Iterator[IO[bytes]]:
    """What a command of bcftools writes about a file, as a stream that is read while it is made.

    Args:
        command: such as `query`.
        args: its options.
        path: the file, which comes last.
        partly: the reader stops when it has enough, and what comes after is not judged.

    Raises:
        InputError: the file is damaged, or lacks what was asked for; only once all that could be
            read has been: what was read before is right, and not all there is.
    """
    reading, writing = os.pipe()
    widened(writing)
    with tempfile.TemporaryFile() as told:
        child = started(
            _RUN,
            "bcftools",
            command,
            *args,
            "-o",
            f"/dev/fd/{writing}",
            str(whole(path)),
            told=told,
            keep=writing,
        )
        os.close(writing)
        try:
            with os.fdopen(reading, "rb") as stream:
                yield stream
            if not partly:
                child.wait()
        finally:
            if child.poll() is None:
                child.kill()
                child.wait()
        if child.returncode and not partly:
            raise failure(path, child.returncode, told)


def run(command: str, *args: str, path: Path, tools: str = "bcftools") -> None:
    """Run a command that writes its answer into a file that `args` name.

    Args:
        command: such as `index`.
        args: its options.
        path: the file, which comes last.
        tools: `bcftools` or `samtools`.

    Raises:
        InputError: the file is damaged, or lacks what was asked for.
    """
    with tempfile.TemporaryFile() as told:
        child = started(_RUN, tools, command, *args, str(whole(path)), told=told)
        if child.wait():
            raise failure(path, child.returncode, told)


@contextmanager
def packed(out: Path, *, binary: bool) -> Iterator[IO[bytes]]:
    """A stream into which the text of a VCF is written; the file holds it packed.

    Args:
        out: the file to make, by its full path.
        binary: as BCF; otherwise as VCF packed by bgzip, byte for byte.

    Raises:
        InputError: the text is no VCF.
        StoreError: the file cannot be written to its end.
        OSError: it cannot be begun.
    """
    out.open("wb").close()
    program = (
        (_RUN, "bcftools", "view", "--no-version", "-Ob", "-o", str(out), "-")
        if binary
        else (_PACK, str(out))
    )
    with tempfile.TemporaryFile() as told:
        child = started(*program, told=told, stdin=subprocess.PIPE)
        try:
            with child.stdin as stream:  # type: ignore[union-attr]
                yield stream
        except BrokenPipeError:
            # The child says why it ended.
            pass
        finally:
            child.wait()
        if child.returncode:
            if binary:
                raise failure(out, child.returncode, told)
            raise StoreError(
                f"{out.name} cannot be written.",
                remedy="Check that there is room, and that the folder may be written.",
            )


def whole(path: Path) -> Path:
    """The full path of a file that is there.

    Raises:
        InputError: it is not there, is a folder, or may not be read.
    """
    try:
        found = Path(path).resolve()
        # Before it is opened: a pipe that nobody writes to would be waited for.
        if not found.is_file():
            kind = "a folder" if found.is_dir() else "no file" if found.exists() else "not there"
            raise InputError(
                f"{Path(path).name} is {kind}.", remedy="Name a file that is there, by its path."
            )
        with found.open("rb"):
            return found
    except (OSError, ValueError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "the name is no file name"
        raise InputError(
            f"{Path(path).name} cannot be read: {reason}.",
            remedy="Check the path and its permissions.",
        ) from None


def piped(
    command: str, *args: str, source: int | IO[bytes], out: int, told: IO[bytes]
) -> "subprocess.Popen[bytes]":
    """Start a command whose file comes through a pipe, and whose answer goes into one.

    Args:
        command: such as `query`.
        args: its options.
        source: where its file comes from: an open pipe, or `subprocess.PIPE`.
        out: the pipe that it writes into.
        told: what it says goes there.
    """
    return started(
        _RUN, "bcftools", command, *args, "-o", f"/dev/fd/{out}", "-",
        told=told, keep=out, stdin=source,
    )  # fmt: skip
