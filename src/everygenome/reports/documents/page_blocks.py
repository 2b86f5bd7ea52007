"""The parts of a document as HTML."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape

from everygenome.reports.documents.letters import plain
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
    Picture,
    Points,
    SideBySide,
)
from everygenome.reports.documents.pictures import inline_svg

# Cells with more letters keep a column from becoming a tower of single words.
_LONG = 40
_NARROW = 600


def body(blocks: tuple[Block, ...], within: str = "") -> Iterator[str]:
    """The blocks as lines of HTML.

    Args:
        blocks: in their order.
        within: what identifiers begin with, so that each is one of its own in the page.
    """
    for number, block in enumerate(blocks, start=1):
        place = f"{within}{number}"
        match block:
            case Heading():
                yield f"<h{block.level}>{shown(block.text)}</h{block.level}>"
            case Paragraph():
                yield f"<p{_named('lead', block.lead)}>{shown(block.text)}</p>"
            case Points():
                yield f"<ul>{''.join(f'<li>{shown(item)}</li>' for item in block.items)}</ul>"
            case Figures():
                # The name comes first for whoever listens, and the number for whoever looks.
                pairs = ((label, value) for value, label in block.items)
                yield _terms("figures", pairs)
            case Picture():
                yield from _picture(block, place)
            case Grid():
                yield from _grid(block, place)
            case Notes():
                yield _terms("notes", iter(block.items))
            case Callout():
                yield from _callout(block)
            case PageBreak():
                # A browser cannot ask whether what follows fits.
                yield f'<div class="{"room" if block.unless_it_fits else "break"}"></div>'
            case Columns() | SideBySide():
                yield from _beside(block, place)


def _beside(block: Columns | SideBySide, place: str) -> Iterator[str]:
    if isinstance(block, Columns):
        yield f'<div class="columns">{"".join(body(block.blocks, f"{place}-"))}</div>'
        return
    yield '<div class="beside">'
    for turn, part in enumerate(block.parts, start=1):
        yield f"<div>{''.join(body(part, f'{place}-{turn}-'))}</div>"
    yield "</div>"


def _picture(block: Picture, place: str) -> Iterator[str]:
    title, svg = f"finding-{place}", inline_svg(block, place=place)
    width = re.match(r'<svg[^>]* width="([\d.]+)"', svg)
    own = " own" if width and float(width[1]) < _NARROW else ""
    yield f'<figure aria-labelledby="{title}">'
    yield f'<p class="finding" id="{title}">{shown(block.title)}</p>'
    slim = " slim" if block.narrow else ""
    yield f'<div class="scroll chart{own}{slim}" role="region" tabindex="0"'
    yield f' aria-labelledby="{title}">{svg}'
    if block.narrow:
        # Of the two only one is ever shown, so that it is heard once.
        yield inline_svg(replace(block, specification=block.narrow), place=f"{place}-0")
    yield "</div>"
    if block.caption:
        yield f"<figcaption>{shown(block.caption)}</figcaption>"
    yield "</figure>"


def _grid(block: Grid, place: str) -> Iterator[str]:
    name = f"table-{place}"
    yield f'<div class="scroll table" role="region" tabindex="0" aria-labelledby="{name}">'
    yield f"<table{_named('small', block.small)}>"
    yield f'<caption id="{name}">{shown(block.caption)}</caption>'
    head = (
        f'<th scope="col"{_class(block, column)}>{shown(text)}</th>'
        for column, text in enumerate(block.head)
    )
    yield f"<thead>{_spans(block)}<tr>{''.join(head)}</tr></thead>"
    yield "<tbody>"
    for line, row in enumerate(block.rows):
        cells = (
            f'<th scope="row"{_class(block, 0)}>{shown(text)}</th>'
            if column == 0
            else f"<td{_class(block, column, text)}>{shown(text)}</td>"
            for column, text in enumerate(row)
        )
        yield f"<tr{_named('quiet', line in block.quiet)}>{''.join(cells)}</tr>"
    yield "</tbody></table></div>"


def _spans(block: Grid) -> str:
    """The row of names that stand above several columns."""
    cells = (
        f'<th scope="colgroup" colspan="{many}">{shown(name)}</th>'
        if name
        else f'<td colspan="{many}"></td>'
        for name, many in block.spans
    )
    return f'<tr class="spans">{"".join(cells)}</tr>' if block.spans else ""


def _class(block: Grid, column: int, text: str = "") -> str:
    if column in block.numbers:
        return _named("n")
    return _named("long", len(text) > _LONG)


def _named(name: str, applies: bool = True) -> str:
    return f' class="{name}"' if applies else ""


def _terms(kind: str, pairs: Iterator[tuple[str, str]]) -> str:
    rows = (f"<div><dt>{shown(a)}</dt><dd>{shown(b)}</dd></div>" for a, b in pairs)
    return f'<dl class="{kind}">{"".join(rows)}</dl>'


def _callout(block: Callout) -> Iterator[str]:
    made_up = " made-up" if block.kind == "demonstration" else ""
    kind = shown(block.kind[:1].upper() + block.kind[1:])
    yield f'<aside class="callout{made_up}" role="note">'
    yield f'<p class="kind">{kind}</p><p>{shown(block.text)}</p></aside>'


def shown(text: str) -> str:
    """Text as HTML, in which no sign means anything.

    Example:
        >>> shown("a <b> &\\n c")
        'a &lt;b&gt; &amp; c'
    """
    return escape(plain(text))
