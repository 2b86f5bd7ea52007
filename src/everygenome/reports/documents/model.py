"""A document: what stands in it and in which order, as plain text. How it looks stands elsewhere.

No text holds markup: each way of writing (`write`) shows it letter by letter, so that a name
from outside can neither run nor break anything.
"""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")


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
    """

    specification: Mapping[str, Any]
    title: str
    alt: str
    caption: str


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

    Raises:
        ValueError: a row or `widths` has another number of cells than the head.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str
    numbers: frozenset[int] = frozenset()
    quiet: frozenset[int] = frozenset()
    small: bool = False
    widths: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        for place, row in enumerate(self.rows):
            if len(row) != len(self.head):
                raise ValueError(
                    f"Row {place} of {self.caption!r} has {len(row)} cells, not {len(self.head)}."
                )
        if self.widths is not None and len(self.widths) != len(self.head):
            raise ValueError(f"{self.caption!r} has {len(self.head)} columns: {self.widths}.")


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
    """What follows begins a page, where there are pages."""


Block: TypeAlias = (
    Heading | Paragraph | Points | Figures | Picture | Grid | Notes | Callout | PageBreak
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document.

    Attributes:
        title: what it is about.
        subtitle: one line below the title; may be empty.
        facts: name and value: release, date of the release, what made it, address of the page.
        demonstration: the numbers are made up; every page says so.
        blocks: what stands in it, in order.
        footer: one line on each page: software and release.
        language: of the text, as in HTML.
        date: of the release, for the file's own record; None leaves that out. The day of
            writing is nowhere, so that the same document gives the same bytes.

    Raises:
        ValueError: the language is none, or a heading leaves out a level.

    Example:
        >>> Document(title="A", subtitle="", facts=(), demonstration=False, footer="",
        ...          blocks=(Heading("B", level=3),))
        Traceback (most recent call last):
        ValueError: Heading 'B' is of level 3 and follows one of level 1.
    """

    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    demonstration: bool
    blocks: tuple[Block, ...]
    footer: str
    language: str = "en-GB"
    date: datetime.date | None = None

    def __post_init__(self) -> None:
        if not _LANGUAGE.fullmatch(self.language):
            raise ValueError(f"{self.language!r} is no language such as 'en' or 'en-GB'.")
        level = 1
        for block in self.blocks:
            if isinstance(block, Heading):
                # A reader that jumps from heading to heading would look for the missing one.
                if not 2 <= block.level <= level + 1:
                    raise ValueError(
                        f"Heading {block.text!r} is of level {block.level} "
                        f"and follows one of level {level}."
                    )
                level = block.level
