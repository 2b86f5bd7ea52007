"""A docstring as structured text: paragraphs, and rows under Args, Returns, Raises, Source."""

import inspect
import re
from dataclasses import dataclass
from typing import Any

_SECTION = re.compile(r"^(Args|Attributes|Returns|Raises|Source|Sources|Example|Examples):\s*(.*)$")
_ROW = re.compile(r"^(\*{0,2}\w+(?:, \w+)*): (.*)$")
_DOCTEST = ">>>"


@dataclass(frozen=True, slots=True)
class Described:
    """What a docstring says.

    Attributes:
        summary: its first sentence.
        paragraphs: the text below it, each paragraph as one line.
        args: name and text of each argument.
        returns: what comes out, each paragraph as one line.
        raises: name and text of each error.
        sources: where the way of counting comes from.
    """

    summary: str
    paragraphs: tuple[str, ...] = ()
    args: tuple[tuple[str, str], ...] = ()
    returns: tuple[str, ...] = ()
    raises: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()


def described(thing: Any) -> Described:
    """Read the docstring of a function, class or module.

    Raises:
        ValueError: it has none.

    Example:
        >>> made = described(described)
        >>> made.summary, made.raises
        ('Read the docstring of a function, class or module.', (('ValueError', 'it has none.'),))
    """
    text = inspect.getdoc(thing)
    if not text:
        raise ValueError(f"{thing!r} has no docstring.")
    parts = _parts(text)
    summary, *paragraphs = _paragraphs(parts["", 0])

    def rows(name: str) -> tuple[tuple[str, str], ...]:
        return tuple(
            row for (kind, _), lines in parts.items() if kind == name for row in _rows(lines)
        )

    def texts(*names: str) -> tuple[str, ...]:
        found = [lines for (kind, _), lines in parts.items() if kind in names]
        return tuple(text for lines in found for text in _paragraphs(lines))

    return Described(
        summary=summary,
        paragraphs=tuple(item for item in paragraphs if not item.startswith(_DOCTEST)),
        args=rows("Args") + rows("Attributes"),
        returns=texts("Returns"),
        raises=rows("Raises"),
        sources=texts("Source", "Sources"),
    )


def _parts(text: str) -> dict[tuple[str, int], list[str]]:
    """Lines under each heading; those before any heading stand under an empty name."""
    parts: dict[tuple[str, int], list[str]] = {("", 0): []}
    here = parts["", 0]
    for line in text.splitlines():
        heading = _SECTION.match(line)
        if heading:
            here = parts[heading[1], len(parts)] = [heading[2]] if heading[2] else []
        elif here and line and not line[0].isspace() and here is not parts["", 0] and not here[-1]:
            # Text at the margin after an empty line: the section has ended.
            here = parts["", 0]
            here += ["", line]
        else:
            here.append(line.strip() if here is not parts["", 0] else line)
    return parts


def _paragraphs(lines: list[str]) -> list[str]:
    joined = "\n".join(line.strip() for line in lines).strip()
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", joined) if part]


def _rows(lines: list[str]) -> list[tuple[str, str]]:
    rows: list[list[str]] = []
    for line in lines:
        found = _ROW.match(line)
        if found:
            rows.append([found[1], found[2]])
        elif line and rows:
            rows[-1][1] += f" {line}"
    return [(name, text) for name, text in rows]
