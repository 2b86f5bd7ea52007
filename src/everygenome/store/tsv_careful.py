"""The careful look at a tab-separated file in which the quick look saw something odd.

It names the place of what cannot be used, sets aside lines that cannot be placed,
and writes a mended copy that the engine reads in the file's stead.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from everygenome.errors import InputError

LINE_LIMIT_BYTES = 1 << 20
_SHOWN_BYTES = 60


@dataclass(frozen=True, slots=True)
class SetAside:
    """A line that cannot be placed in a table: its number, why, and its text."""

    line: int
    flag: str
    text: str


@dataclass(frozen=True, slots=True)
class Mended:
    """What the careful look made of a file.

    Attributes:
        path: the mended copy.
        set_aside: lines with more values than the header has names.
        skipped: numbers of the lines that are not in the copy, ascending.
        broken_lines: lines that held a carriage return inside a field (now a space).
    """

    path: Path
    set_aside: tuple[SetAside, ...]
    skipped: tuple[int, ...]
    broken_lines: tuple[int, ...]


def mend(path: Path, work: Path, *, name: str) -> Mended:
    """Copy a file without blank lines, surplus lines and carriage returns inside fields.

    Args:
        path: the plain file.
        work: a folder for the copy.
        name: what to call the file in messages.

    Raises:
        InputError: NUL or non-UTF-8 bytes, or a line of more than 1 MiB; the message
            names file, line and column.
    """
    work.mkdir(parents=True, exist_ok=True)
    target = work / f"{path.name}.mended"
    set_aside: list[SetAside] = []
    skipped: list[int] = []
    broken: list[int] = []
    header: tuple[str, ...] = ()
    with target.open("wb") as out:
        for number, line in enumerate(_lines(path, name), start=1):
            check_line(line, number=number, name=name, header=header)
            if number == 1:
                header = tuple(field.strip() for field in line.decode("utf-8-sig").split("\t"))
            elif not line:
                skipped.append(number)
                continue
            elif any(field.strip(b" ") for field in line.split(b"\t")[len(header) :]):
                set_aside.append(SetAside(number, "too_many_fields", line.decode()))
                skipped.append(number)
                continue
            if b"\r" in line:
                broken.append(number)
            out.write(line.replace(b"\r", b" ") + b"\n")
    return Mended(target, tuple(set_aside), tuple(skipped), tuple(broken))


def _lines(path: Path, name: str) -> Iterator[bytes]:
    """Lines without their ends; a line that never ends is refused before it fills memory."""
    number = 0
    header: tuple[str, ...] = ()
    with path.open("rb") as file:
        while line := file.readline(64 * LINE_LIMIT_BYTES):
            number += 1
            if number == 1:
                header = tuple(line.decode("utf-8-sig", errors="replace").strip().split("\t"))
            if len(line) > LINE_LIMIT_BYTES:
                raise _too_long(line, number=number, name=name, header=header)
            yield line.removesuffix(b"\n").removesuffix(b"\r")


def check_line(line: bytes, *, number: int, name: str, header: tuple[str, ...]) -> None:
    """Refuse NUL bytes and bytes that are not UTF-8, with their place."""
    at = line.find(b"\0")
    problem = "a NUL byte, which no text file holds"
    if at < 0:
        try:
            line.decode()
        except UnicodeDecodeError as error:
            at = error.start
            problem = f"the byte 0x{line[at]:02X}, which is not UTF-8 (Latin-1, perhaps)"
        else:
            return
    before = line[max(0, at - _SHOWN_BYTES) : at]
    tabs = line.count(b"\t", 0, at)
    raise InputError(
        f"{name}, line {number}, {_column(tabs, header)} holds {problem}, after {shown(before)}.",
        remedy="Download the file again; if another program saved it, save it there as UTF-8.",
    )


def _too_long(line: bytes, *, number: int, name: str, header: tuple[str, ...]) -> InputError:
    fields = line.split(b"\t")
    column = max(range(len(fields)), key=lambda index: len(fields[index]))
    return InputError(
        f"{name}, line {number}, {_column(column, header)} holds at least "
        f"{len(fields[column]):,} bytes in one cell, starting {shown(fields[column])}; "
        f"a whole line may hold {LINE_LIMIT_BYTES:,}.",
        remedy="Line ends were probably lost on the way; download the file again.",
    )


def _column(index: int, header: tuple[str, ...]) -> str:
    named = f" ({header[index]})" if index < len(header) else ""
    return f"column {index + 1}{named}"


def shown(text: bytes) -> str:
    """The start of some bytes, fit for a message."""
    return repr(text[:_SHOWN_BYTES].decode(errors="replace"))
