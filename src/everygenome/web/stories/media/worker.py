"""The process that opens a stranger's file: little memory, little time, and no secrets.

What reads pictures and films is written in C, and mistakes in it are found every year. So it runs
here, where there is nothing to take, and ends with the file. It prints one line of JSON:
`{"made": [...]}` or `{"refused": "a word"}`; see `cleaning`, which starts it.
"""

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

from everygenome.web.stories.media import limits
from everygenome.web.stories.media.kinds import HEAD_BYTES, found
from everygenome.web.stories.media.refusals import RefusedError


def main(source: str, into: str, memory: str, cpu: str, written: str) -> None:
    """Clean one file, and print what was made of it.

    Args:
        source: the path of the file.
        into: the folder for what is made.
        memory: bytes of address space.
        cpu: seconds of computing.
        written: bytes of the largest file that may be written.
    """
    for what, most in (
        (resource.RLIMIT_AS, int(memory)),
        (resource.RLIMIT_CPU, int(cpu)),
        (resource.RLIMIT_FSIZE, int(written)),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    # Whoever reads a page meanwhile is served first.
    os.nice(10)
    print(json.dumps(_answer(Path(source), Path(into))))


def _answer(source: Path, into: Path) -> dict[str, Any]:
    try:
        return {"made": _made(source, into)}
    except RefusedError as refused:
        return {"refused": refused.word}
    except Exception:  # whatever a strange file brings up is said to people in the same words
        return {"refused": "damaged"}


def _made(source: Path, into: Path) -> list[dict[str, Any]]:
    size = source.stat().st_size
    with source.open("rb") as file:
        what = found(file.read(HEAD_BYTES))
    if what.is_picture:
        from everygenome.web.stories.media import pictures

        if size > limits.PICTURE_BYTES:
            raise RefusedError("large picture")
        return pictures.clean(source, into, what.form)
    from everygenome.web.stories.media import recordings

    if size > limits.RECORDING_BYTES:
        raise RefusedError("large recording")
    return recordings.clean(source, into, what.form)


if __name__ == "__main__":
    main(*sys.argv[1:])
