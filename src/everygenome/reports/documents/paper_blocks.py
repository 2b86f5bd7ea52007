"""The parts of a document as the data that the template for paper reads."""

import re
from collections.abc import Iterator
from typing import Any

from everygenome.reports.documents.letters import MISSING, PAPER, breakable, drawable, plain
from everygenome.reports.documents.model import (
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
)
from everygenome.reports.documents.pictures import lacks_letters, paper_svg
from everygenome.reports.documents.widths import widths

_ADDRESS = re.compile(r"https?://[!-~]+")
_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
# Points across a row of large numbers, and the largest and smallest of their letters.
_ROOM, _LARGEST, _SMALLEST = 430, 27, 14
# From this width on, in pixels, a chart goes across the page.
_WIDE = 600


def shown(text: str) -> str:
    """Text as the fonts can draw it, in which words that are too long may be broken."""
    return breakable(drawable(text, PAPER))


def fact_told(name: str, value: str) -> dict[str, Any]:
    """A fact; one that is an address and nothing else can be followed."""
    address = plain(value) if _ADDRESS.fullmatch(plain(value)) else None
    return {"name": shown(name), "value": shown(value), "address": address}


def block_told(block: Block) -> dict[str, Any]:
    """A part of a document; `is` says which kind.

    Example:
        >>> block_told(Heading("Who takes part"))
        {'is': 'heading', 'text': 'Who takes part', 'level': 2}
    """
    told: dict[str, Any] = {}
    match block:
        case PageBreak():
            told = {"is": "break-unless-it-fits" if block.unless_it_fits else "page-break"}
        case Heading():
            told = {"is": "heading", "text": shown(block.text), "level": block.level}
        case Paragraph():
            told = {"is": "paragraph", "text": shown(block.text), "lead": block.lead}
        case Points():
            told = {"is": "points", "items": [shown(item) for item in block.items]}
        case Figures():
            told = _figures(block)
        case Picture():
            told = _picture(block)
        case Grid():
            told = _grid(block)
        case Notes():
            items = [{"term": shown(term), "text": shown(text)} for term, text in block.items]
            told = {"is": "notes", "items": items}
        case Callout():
            label = shown(block.kind[:1].upper() + block.kind[1:])
            told = {"is": "callout", "text": shown(block.text), "label": label}
            told["kind"] = plain(block.kind)
        case Columns():
            told = {"is": "columns", "pieces": list(_pieces(block.blocks))}
        case SideBySide():
            parts = [[block_told(one) for one in part] for part in block.parts]
            told = {"is": "beside", "parts": parts}
    return told


def _pieces(blocks: tuple[Part, ...]) -> Iterator[list[dict[str, Any]]]:
    """What stays together in a column: a note, a point, a part, a heading with what follows."""
    piece: list[dict[str, Any]] = []
    for block in blocks:
        parts: list[Part] = [block]
        if isinstance(block, Notes):
            parts = [Notes((item,)) for item in block.items]
        elif isinstance(block, Points):
            parts = [Points((item,)) for item in block.items]
        for part in parts:
            piece.append(block_told(part))
            if not isinstance(part, Heading):
                yield piece
                piece = []
    if piece:
        yield piece


def _figures(block: Figures) -> dict[str, Any]:
    items = [{"value": shown(value), "label": shown(label)} for value, label in block.items]
    many = max(len(items), 1)
    columns = many if many <= 4 else 3 if many % 3 == 0 else 4
    longest = max((len(item["value"]) for item in items), default=1)
    # A digit is about half as wide as its letters are high.
    size = _ROOM / columns / max(longest, 1) / 0.5
    return {
        "is": "figures",
        "items": items,
        "columns": columns,
        "size": round(min(max(size, _SMALLEST), _LARGEST), 1),
    }


def _picture(block: Picture) -> dict[str, Any]:
    svg = paper_svg(block)
    box = _BOX.search(svg)
    wide, high = (float(box[1]), float(box[2])) if box else (1.0, 1.0)
    return {
        "is": "picture",
        "svg": svg,
        "width": wide,
        "height": high,
        "wide": wide > _WIDE,
        "title": shown(block.title),
        "alt": shown(block.alt),
        "caption": shown(block.caption),
        # Letters of a chart are shapes, in which nobody would find a box.
        "missing": MISSING if lacks_letters(block) else None,
    }


def _grid(block: Grid) -> dict[str, Any]:
    return {
        "is": "grid",
        "head": [shown(name) for name in block.head],
        "rows": [[shown(cell) for cell in row] for row in block.rows],
        "caption": shown(block.caption),
        "numbers": sorted(block.numbers),
        "quiet": sorted(block.quiet),
        "small": block.small,
        "widths": widths(block),
        "spans": [{"name": shown(name), "many": many} for name, many in block.spans],
    }
