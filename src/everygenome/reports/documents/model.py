"""A document: what stands in it and in which order. How it looks stands elsewhere."""

import datetime
import re
from dataclasses import dataclass

from everygenome.reports.documents.blocks import (
    Block,
    Callout,
    Columns,
    Figures,
    Grid,
    Heading,
    Notes,
    PageBreak,
    Paragraph,
    Part,
    Picture,
    Points,
    SideBySide,
    flat,
)

__all__ = [
    "Block",
    "Callout",
    "Columns",
    "Document",
    "Figures",
    "Grid",
    "Heading",
    "Notes",
    "PageBreak",
    "Paragraph",
    "Part",
    "Picture",
    "Points",
    "SideBySide",
    "flat",
]
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")


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
        compact: on paper, with narrower margins and smaller letters: 9 points, and 7 in notes
            and small tables.
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
    compact: bool = False
    language: str = "en-GB"
    date: datetime.date | None = None

    def __post_init__(self) -> None:
        if not _LANGUAGE.fullmatch(self.language):
            raise ValueError(f"{self.language!r} is no language such as 'en' or 'en-GB'.")
        level = 1
        for block in flat(self.blocks):
            if isinstance(block, Heading):
                # A reader that jumps from heading to heading would look for the missing one.
                if not 2 <= block.level <= level + 1:
                    raise ValueError(
                        f"Heading {block.text!r} is of level {block.level} "
                        f"and follows one of level {level}."
                    )
                level = block.level
