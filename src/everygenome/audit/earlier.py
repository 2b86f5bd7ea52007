"""What was published before of the same data, as an audit's JSON tells it.

Two reports that each hide enough can tell a small count together: by what one shows and the other
hides, or by the difference between two days.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from everygenome.audit.disclosure import Cell
from everygenome.errors import InputError
from everygenome.texts import text_of

FORMAT = "everygenome audit"


class Hidden(StrEnum):
    """Why a count is not shown."""

    SMALL = "small"
    """1 to one less than the threshold."""
    BESIDE = "beside"
    """So that a small count cannot be worked out from the others."""


LARGEST = 50_000_000  # bytes
_CHECK = "Check the name of the file."
_GIVE = "Give the JSON file that `everygenome audit run --format json` wrote."
_MOST_PEOPLE = 10**15
View = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier report.

    Attributes:
        views: its tables, each by its dimensions; () is the total.
        cells: what it shows of each cell; None: hidden.
        small: the hidden cells that it says to be small.
        all_said: whether it says so of every small cell that is no part of another; its other
            hidden cells are then known to be no small ones.
        threshold: it hides counts below this.
        rounded_to: its counts are multiples of this.
        groups: dimension -> its groups.
        beside: digests of the reports that it was itself protected together with.
    """

    views: tuple[View, ...]
    cells: Mapping[Cell, int | None]
    small: frozenset[Cell]
    all_said: bool
    threshold: int
    rounded_to: int = 1
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    beside: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """What it is known by: the same report has the same."""
        return hashlib.sha256(written(self).encode()).hexdigest()

    def told(self, cell: Cell, count: int) -> bool:
        """Whether it told this count of a cell, as exactly as it told anything."""
        before = self.cells.get(cell, 0)
        return before is not None and abs(count - before) * 2 <= self.rounded_to - 1

    def in_order(self, dimensions: Sequence[str]) -> "Earlier":
        """The same with the dimensions of each cell in another order."""
        place = {name: number for number, name in enumerate(dimensions)}

        def ordered(cell: Cell) -> Cell:
            return tuple(sorted(cell, key=lambda one: place[one[0]]))

        return replace(
            self,
            views=tuple(tuple(sorted(view, key=place.__getitem__)) for view in self.views),
            cells={ordered(cell): count for cell, count in self.cells.items()},
            small=frozenset(ordered(cell) for cell in self.small),
        )


def read_earlier(path: Path) -> Earlier:
    """Read an earlier report.

    Args:
        path: a file that `everygenome audit run --format json` wrote.

    Raises:
        InputError: it cannot be read, or is no such report.
    """
    text = text_of(path, most=LARGEST, check=_CHECK, shorten=_GIVE, save=_GIVE)
    return parse_earlier(text, source=str(path))


def parse_earlier(text: str, *, source: str) -> Earlier:
    """An earlier report from its text.

    Args:
        text: JSON.
        source: what messages call it.

    Raises:
        InputError: it is no such report.

    Example:
        >>> try:
        ...     parse_earlier("[]", source="What was pasted")
        ... except InputError as error:
        ...     print(error.what)
        What was pasted is no earlier report of an audit: it does not say that it is one.
    """
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        raise _strange(source, "it is not JSON") from None
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise _strange(source, "it does not say that it is one")
    try:
        return _read(told)
    # A number can be infinite in JSON as Python reads it.
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        raise _strange(source, "its tables are not as they are written") from None


def written(earlier: Earlier) -> str:
    """What a later audit needs of a report, as text that `parse_earlier` reads back.

    Example:
        >>> told = Earlier(views=((),), cells={(): 12}, small=frozenset(), all_said=True,
        ...                threshold=10)
        >>> parse_earlier(written(told), source="") == told
        True
    """
    tables: dict[View, list[dict[str, Any]]] = {view: [] for view in earlier.views}
    for cell, count in earlier.cells.items():
        hidden = None
        if count is None:
            hidden = Hidden.SMALL if cell in earlier.small else Hidden.BESIDE
        row = {"values": dict(cell), "count": count, "hidden": hidden}
        tables[tuple(name for name, _ in cell)].append(row)
    return json.dumps(
        {
            "format": FORMAT,
            "suppress": earlier.threshold,
            "rounded_to": earlier.rounded_to,
            "small_are_said": earlier.all_said,
            "dimensions": [
                {"name": name, "groups": list(groups)} for name, groups in earlier.groups.items()
            ],
            "beside": list(earlier.beside),
            "tables": [{"by": list(view), "rows": rows} for view, rows in tables.items()],
        },
        ensure_ascii=False,
    )


def _read(told: Mapping[str, Any]) -> Earlier:
    cells: dict[Cell, int | None] = {}
    views = []
    small = set()
    for table in told["tables"]:
        view = tuple(_text(name) for name in table["by"])
        if len(set(view)) < len(view):
            raise ValueError(view)
        views.append(view)
        for row in table["rows"]:
            count = row["count"]
            if count is not None:
                _whole(count)
            cell = tuple((name, _text(row["values"][name])) for name in view)
            cells[cell] = count
            if row["hidden"] == Hidden.SMALL:
                small.add(cell)
    return Earlier(
        views=tuple(views),
        cells=cells,
        small=frozenset(small),
        all_said=bool(told["small_are_said"]),
        threshold=_whole(told["suppress"]),
        rounded_to=_whole(told["rounded_to"]),
        groups={
            str(one["name"]): tuple(str(group) for group in one["groups"])
            for one in told["dimensions"]
        },
        beside=tuple(str(one) for one in told["beside"]),
    )


def _text(value: Any) -> str:
    text = str(value)
    # JSON can hold half a letter, which nothing can write: a UnicodeEncodeError is a ValueError.
    text.encode()
    return text


def _whole(number: Any) -> int:
    if isinstance(number, bool) or number != int(number) or not 0 <= number <= _MOST_PEOPLE:
        raise ValueError(number)
    return int(number)


def _strange(source: str, why: str) -> InputError:
    return InputError(
        f"{source} is no earlier report of an audit: {why}.",
        remedy=_GIVE,
    )
