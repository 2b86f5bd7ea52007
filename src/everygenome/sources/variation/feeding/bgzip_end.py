"""The mark by which one knows that a file of bgzip is whole."""

import os
from pathlib import Path

from everygenome.errors import InputError

# What bgzip writes last, an empty block. Source: SAM specification, section 4.1.2.
_END = bytes.fromhex("1f8b08040000000000ff0600424302001b0003000000000000000000")


def check_end(path: Path, name: str) -> None:
    """A file of bgzip that was cut between two blocks looks whole, but for its last one.

    Raises:
        InputError: the mark at its end is not there.
    """
    with path.open("rb") as opened:
        start = opened.read(16)
        if start[:4] != b"\x1f\x8b\x08\x04" or start[12:14] != b"BC":
            return
        opened.seek(-min(len(_END), os.fstat(opened.fileno()).st_size), os.SEEK_END)
        if opened.read() != _END:
            raise InputError(
                f"{name} is cut short: the mark that bgzip writes at the end is not there.",
                remedy="Copy it anew and compare its size or check sum with the original.",
            )
