"""A file that a stranger sent becomes one that gives nobody away, or is refused in plain words."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from everygenome.web.stories.media.limits import Cost
from everygenome.web.stories.media.refusals import in_words

_WORKER = "everygenome.web.stories.media.worker"
# All that Python needs to start. The environment of the site holds its keys and passwords.
_PASSED = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH")
_LONGEST_ANSWER = 10_000  # bytes
_NAMES = ("whole", "small")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A file that was made, with nothing in it but picture and sound.

    Args:
        path: where it is.
        kind: `picture`, `sound` or `film`.
        type: its MIME type, such as `image/webp`.
        size: bytes.
        width: pixels; None for sound.
        height: pixels; None for sound.
        seconds: how long it plays; None for pictures.
        size_name: `whole`, or `small` for the smaller of two pictures.
    """

    path: Path
    kind: str
    type: str
    size: int
    width: int | None
    height: int | None
    seconds: float | None
    size_name: str


def clean(source: Path, into: Path, cost: Cost | None = None) -> list[Cleaned]:
    """Make clean files of one that was sent, in a process of its own.

    Args:
        source: the file as it was sent; its name and what was said about it are not looked at.
        into: a folder for this file alone, in which `whole` and perhaps `small` are made.
        cost: what the process may use; `Cost()` where it is not said.

    Returns:
        A picture whole and small, or one recording.

    Raises:
        InputError: the file is not taken; why, and what to send instead, in plain words.
    """
    told = _told(source, into, cost or Cost())
    try:
        if "refused" not in told:
            return [_cleaned(into, one) for one in told["made"]]
        word = str(told["refused"])
    except (KeyError, TypeError, OSError):
        word = "damaged"
    for name in _NAMES:
        (into / name).unlink(missing_ok=True)
    raise in_words(word)


def _told(source: Path, into: Path, cost: Cost) -> Any:
    """What the worker says; None where it says nothing that can be understood."""
    command = [
        # Nothing is imported from the folder where it runs.
        *(sys.executable, "-P", "-m", _WORKER, str(source.resolve()), str(into.resolve())),
        *(str(most) for most in (cost.memory, cost.cpu, cost.written)),
    ]
    # A file, not a pipe: it cannot be made to say more than there is memory for.
    with tempfile.TemporaryFile(dir=into) as answer:
        try:
            subprocess.run(  # noqa: S603  (our own program, and no shell)
                command,
                check=False,
                cwd=into,
                env={name: os.environ[name] for name in _PASSED if name in os.environ},
                stdin=subprocess.DEVNULL,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                timeout=cost.wall,
            )
        except subprocess.TimeoutExpired:
            return None
        answer.seek(0)
        try:
            return json.loads(answer.read(_LONGEST_ANSWER))
        except ValueError:
            return None


def _cleaned(into: Path, said: dict[str, Any]) -> Cleaned:
    if said["size_name"] not in _NAMES:
        raise KeyError("size_name")
    path = into / said["size_name"]
    return Cleaned(
        path=path,
        kind=said["kind"],
        type=said["type"],
        size=path.stat().st_size,
        width=said.get("width"),
        height=said.get("height"),
        seconds=said.get("seconds"),
        size_name=said["size_name"],
    )
