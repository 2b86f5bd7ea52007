"""The parts of a document, as plain text.

No text holds markup: each way of writing (`write`) shows it letter by letter, so that a name
from outside can neither run nor break anything.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. Level 1 is the title; below it, no level is left out on the way down."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text; `lead` is larger, for what matters most."""

    text: str
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """A list with a mark before each item."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Large numbers side by side: what is read first ("88%"), and what it is."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart.

    Attributes:
        specification: a Vega-Lite dictionary, as `charts` make it, on light ground and without
            a title and caption of its own.
        title: the finding, in plain words.
        alt: what the chart shows, for whoever cannot see it.
        caption: what the numbers are.
        narrow: the same chart for a telephone; without it, a wide one is moved sideways there.
    """

    specification: Mapping[str, Any]
    title: str
    alt: str
    caption: str
    narrow: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table.

    Attributes:
        head: the name of each column.
        rows: cells, as many in each row as there are columns; the first one names the row.
        caption: what the numbers are.
        numbers: which columns hold numbers, counted from 0; they are aligned on the right.
        quiet: which rows are no group of their own, counted from 0; they are drawn paler.
        small: in smaller letters.
        widths: of the columns, in any unit; None finds them from the text.
        spans: names that stand above several columns, each with how many, from the left; an
            empty one stands above columns that need none. Together they cover all, or there
            are none.

    Raises:
        ValueError: a row, `widths` or `spans` has another number of cells than the head.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str
    numbers: frozenset[int] = frozenset()
    quiet: frozenset[int] = frozenset()
    small: bool = False
    widths: tuple[float, ...] | None = None
    spans: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        for place, row in enumerate(self.rows):
            if len(row) != len(self.head):
                raise ValueError(
                    f"Row {place} of {self.caption!r} has {len(row)} cells, not {len(self.head)}."
                )
        if self.widths is not None and len(self.widths) != len(self.head):
            raise ValueError(f"{self.caption!r} has {len(self.head)} columns: {self.widths}.")
        if self.spans and sum(many for _, many in self.spans) != len(self.head):
            raise ValueError(f"{self.caption!r} has {len(self.head)} columns: {self.spans}.")


@dataclass(frozen=True, slots=True)
class Notes:
    """Terms and what is said of each: caveats, method, sources."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Callout:
    """A remark in a frame.

    Attributes:
        text: the remark.
        kind: what it is, printed above it: "right of reply", "demonstration", "small base", or
            other words.
    """

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a page, where there are pages.

    Attributes:
        unless_it_fits: not where all that follows in the document has room on this page.
    """

    unless_it_fits: bool = False


Part: TypeAlias = Heading | Paragraph | Points | Figures | Picture | Grid | Notes | Callout


@dataclass(frozen=True, slots=True)
class Columns:
    """Small print in two columns where the page is wide enough, read down and then across.

    A column ends between two parts or between two notes, so that both are about as long.
    """

    blocks: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Parts that stand beside each other where there is room, else one below the other.

    Raises:
        ValueError: there are fewer than two, or more than three.
    """

    parts: tuple[tuple[Part, ...], ...]

    def __post_init__(self) -> None:
        if not 2 <= len(self.parts) <= 3:
            raise ValueError(f"Two or three parts stand side by side, not {len(self.parts)}.")


Block: TypeAlias = Part | PageBreak | Columns | SideBySide


def flat(blocks: tuple[Block, ...]) -> Iterator[Part | PageBreak]:
    """Blocks in the order in which they are read, with what stands in columns one by one.

    Example:
        >>> [block.text for block in flat((Heading("A"), Columns((Heading("B"),))))]
        ['A', 'B']
    """
    for block in blocks:
        match block:
            case Columns():
                yield from block.blocks
            case SideBySide():
                for part in block.parts:
                    yield from part
            case _:
                yield block
