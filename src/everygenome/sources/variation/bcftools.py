"""bcftools and samtools, as pysam's wheel carries them, in a process of their own.

A damaged file can bring the C library down: then a child ends, and we say so. Nothing goes through
a shell, and a file is always named by its full path, so that no name is taken for an option or an
address.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from everygenome.errors import InputError, StoreError

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
_HEADER = """
import json
import sys
import pysam
import pysam.bcftools
from pysam.utils import SamtoolsError
try:
    text = pysam.bcftools.view("-h", "--no-version", sys.argv[1])
except SamtoolsError as error:
    sys.exit(str(error))
if isinstance(text, bytes):
    text = text.decode("utf-8", errors="replace")
# All lines at once: with each that is added, the library goes through all before it.
lines = [line for line in text.split("\\n") if line.startswith("##")]
lines.append("#" + "\\t".join("CHROM POS ID REF ALT QUAL FILTER INFO".split()))
with open(sys.argv[2], "w", encoding="utf-8", errors="replace") as file:
    file.write("\\n".join(lines) + "\\n")
with pysam.VariantFile(sys.argv[2]) as file:
    header = file.header.copy()
names = text.rstrip().rsplit("\\n", 1)[-1].split("\\t")
told = {
    "version": header.version,
    "contigs": [[c.name, c.length] for c in header.contigs.values()],
    "info": [
        [i.name, str(i.number), i.type, i.description] for i in header.info.values()
    ],
    "filters": list(header.filters),
    "samples": max(0, len(names) - 9),
    "plain": [[r.key, r.value] for r in header.records if r.type == "GENERIC"],
    "assemblies": sorted({r["assembly"] for r in header.records
                          if r.type == "CONTIG" and "assembly" in r}),
}
with open(sys.argv[2], "w", encoding="utf-8", errors="replace") as file:
    json.dump(told, file)
"""
# Packs what comes in as bgzip does, with the library's own code.
_PACK = """
import sys
import pysam
with pysam.BGZFile(sys.argv[1], "w") as packed:
    while part := sys.stdin.buffer.read(1 << 20):
        packed.write(part)
"""
# What the C library says of a file, after its own mark and function.
_SAID = re.compile(r"^\[E::\w+\] (.*)$", re.MULTILINE)
_ERROR = re.compile(r"stderr=(?:Error: )?(.*?)(?:\\n)*'?\"?$", re.DOTALL)
_LONGEST = 300


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


def header_of(path: Path) -> dict[str, Any]:
    """What the header of a VCF or BCF says.

    Raises:
        InputError: it is no VCF or BCF, or its header cannot be read.
    """
    with (
        tempfile.TemporaryDirectory(prefix="everygenome-") as folder,
        tempfile.TemporaryFile() as told,
    ):
        answer = Path(folder) / "header.json"
        child = started(_HEADER, str(whole(path)), str(answer), told=told)
        if child.wait():
            raise failure(path, child.returncode, told)
        found: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
    return found


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


def started(
    program: str,
    *args: str,
    told: IO[bytes],
    keep: int | None = None,
    stdin: int | IO[bytes] = subprocess.DEVNULL,
    stdout: int = subprocess.DEVNULL,
) -> "subprocess.Popen[bytes]":
    """Start a program of ours in a Python of its own.

    Args:
        program: its text; args: its arguments.
        told: what it says goes there.
        keep: an open file that it has too.
        stdin, stdout: as for `subprocess`.
    """
    return subprocess.Popen(  # noqa: S603 - our own program, and no shell
        [sys.executable, "-I", "-c", program, *args],
        stdin=stdin,
        stdout=stdout,
        stderr=told,
        pass_fds=() if keep is None else (keep,),
    )


def widened(pipe: int | IO[bytes]) -> None:
    """Make a pipe hold more, so that its writer goes on while we look at what it said."""
    # Only Linux has wider pipes.
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, 1 << 20)


def failure(path: Path, code: int, told: IO[bytes]) -> InputError:
    """What a child that ended with an error says of a file, in our words."""
    told.seek(0)
    text = told.read(100_000).decode("utf-8", errors="replace")
    if code < 0:
        reason = "the library that reads it broke down"
    else:
        said = _SAID.findall(text)
        last = _ERROR.search(text.strip())
        lines = text.strip().splitlines() or ["it ended without a word"]
        reason = said[-1] if said else last[1] if last else lines[-1]
    return InputError(
        f"{Path(path).name} cannot be read to its end: {_plain(reason, path)}.",
        remedy="Copy it anew and compare its size or check sum with the original; "
        "`bcftools view` names the first line that is damaged.",
    )


def _plain(text: str, path: Path) -> str:
    """Words of the library, without folders and without letters that steer a terminal."""
    text = text.replace(str(Path(path).resolve()), Path(path).name)
    text = "".join(letter if letter.isprintable() else " " for letter in text)
    return text.strip().rstrip(".")[:_LONGEST]
