"""A document as Markdown, in the dialect that GitHub reads."""

import re
from collections.abc import Iterable, Iterator

from everygenome.reports.citation import NOT_REAL
from everygenome.reports.documents.letters import plain
from everygenome.reports.documents.model import (
    Block,
    Callout,
    Document,
    Figures,
    Grid,
    Heading,
    Notes,
    PageBreak,
    Paragraph,
    Picture,
    Points,
    flat,
)

_ADDRESS = re.compile(r"https?://[!-;=?-~]+")
# Every sign that could begin markup anywhere in a line: emphasis, code, links, HTML, tables,
# entities, formulas, mentions, and the colon of a bare address or an emoji.
_SIGNS = re.compile(r"([\\`*_{}\[\]<>|~&$#@^=]|(?<=[A-Za-z]):(?=//)|(?<=www)\.)")
# What begins a list, a heading or a rule only at the start of a line.
_START = re.compile(r"^(?:([-+])|(\d+)([.)]))(?=\s|$|-|\+)")


def to_markdown(document: Document) -> bytes:
    """A document as GitHub-flavoured Markdown in UTF-8.

    A chart becomes its finding, what it shows, and a pointer to the table that follows it.
    """
    parts = [f"# {_text(document.title)}"]
    if document.demonstration:
        parts.append(f"> **{NOT_REAL}**")
    if document.subtitle:
        parts.append(_text(document.subtitle))
    if document.facts:
        parts.append(_items(f"{_text(a)}: {_linked(b)}" for a, b in document.facts))
    parts += _blocks(document.blocks)
    parts += ["---", _text(document.footer)]
    if document.demonstration:
        parts.append(f"**{NOT_REAL}**")
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def _blocks(given: tuple[Block, ...]) -> Iterator[str]:
    # There are no columns: what stands in them follows one by one.
    blocks = tuple(flat(given))
    for place, block in enumerate(blocks):
        match block:
            case Heading():
                yield f"{'#' * block.level} {_text(block.text)}"
            case Paragraph():
                yield f"**{_text(block.text)}**" if block.lead else _text(block.text)
            case Points():
                yield _items(map(_text, block.items))
            case Figures():
                yield _items(f"**{_text(value)}** {_text(name)}" for value, name in block.items)
            case Picture():
                yield from _picture(block, blocks[place + 1 :])
            case Grid():
                yield from _grid(block)
            case Notes():
                yield _items(f"**{_text(term)}** {_text(text)}" for term, text in block.items)
            case Callout():
                kind = _text(block.kind[:1].upper() + block.kind[1:])
                yield f"> **{kind}**\n>\n> {_text(block.text)}"
            case PageBreak():
                yield "" if block.unless_it_fits else "---"


def _picture(block: Picture, after: tuple[Block, ...]) -> Iterator[str]:
    # The first table, unless another chart or part of the document comes before it.
    near = next((item for item in after if isinstance(item, Grid | Picture | Heading)), None)
    pointer = ""
    if isinstance(near, Grid):
        pointer = f" The numbers are in the table “{_text(near.caption.removesuffix('.'))}”."
    yield f"**{_text(block.title)}**"
    yield f"Chart: {_text(block.alt)}{pointer}"
    if block.caption:
        yield f"*{_text(block.caption)}*"


def _grid(block: Grid) -> Iterator[str]:
    if block.caption:
        yield f"*{_text(block.caption)}*"
    rules = ("---:" if column in block.numbers else "---" for column in range(len(block.head)))
    rows = (_names(block), *block.rows)
    lines = [f"| {' | '.join(map(_text, row))} |" for row in rows]
    yield "\n".join([lines[0], f"| {' | '.join(rules)} |", *lines[1:]])


def _names(block: Grid) -> tuple[str, ...]:
    """The names of the columns, with what stands above several of them."""
    above = [name for name, many in block.spans for _ in range(many)] or [""] * len(block.head)
    return tuple(
        f"{over}: {name}" if over else name for over, name in zip(above, block.head, strict=True)
    )


def _items(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _linked(value: str) -> str:
    """An address as a link, where the text is nothing else."""
    shown = plain(value)
    return (
        f"<{shown}>" if _ADDRESS.fullmatch(shown) and not set("<>") & set(shown) else _text(value)
    )


def _text(text: str) -> str:
    r"""Text in which no sign means anything.

    >>> print(_text("a|b <i> *c* 1.5"), _text("1. x"), _text("- y"))
    a\|b \<i\> \*c\* 1.5 1\. x \- y
    """
    escaped = _SIGNS.sub(r"\\\1", plain(text))
    return _START.sub(lambda found: f"{found[2] or ''}\\{found[1] or found[3]}", escaped)
