"""Programs of ours in a Python of their own, and what they say of a file when they fail.

A damaged file can bring the C library down: then a child ends, and we say so. Nothing goes through
a shell.
"""

import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from everygenome.errors import InputError

# What the C library says of a file, after its own mark and function.
_SAID = re.compile(r"^\[E::\w+\] (.*)$", re.MULTILINE)
_ERROR = re.compile(r"stderr=(?:Error: )?(.*?)(?:\\n)*'?\"?$", re.DOTALL)
_LONGEST = 300


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
