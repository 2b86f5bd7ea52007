"""A document as one HTML file: no script, and nothing that is fetched from elsewhere."""

import base64
import hashlib
import re
from collections.abc import Iterator
from html import escape
from importlib.resources import files

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
)
from everygenome.reports.documents.pictures import inline_svg

_ADDRESS = re.compile(r"https?://[!-~]+")
# Cells with more letters keep a column from becoming a tower of single words.
_LONG = 40
_NARROW = 600


def to_html(document: Document) -> bytes:
    """A document as a self-contained HTML page in UTF-8, for light and dark, screen and print.

    Raises:
        EverygenomeError: a chart cannot be drawn.
        UsageError: it has charts, and the extra `reports` is not installed.

    Source: WCAG 2.2, level AA.
    """
    style = files(__package__).joinpath("page.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    lines = [
        "<!doctype html>",
        f'<html lang="{escape(document.language)}">',
        "<head>",
        '<meta charset="utf-8">',
        # Whatever came to stand in the page would not run, nor be fetched.
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        f"style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'\">",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="author" content="everygenome">',
        f"<title>{_text(document.title)}</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        *_head(document),
        "<main>",
        *_body(document.blocks),
        "</main>",
        f"<footer>{_text(document.footer)}</footer>",
        "</body>",
        "</html>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _head(document: Document) -> Iterator[str]:
    yield "<header>"
    yield '<p class="name">everygenome</p>'
    yield f"<h1>{_text(document.title)}</h1>"
    if document.subtitle:
        yield f'<p class="subtitle">{_text(document.subtitle)}</p>'
    if document.facts:
        yield '<dl class="facts">'
        for name, value in document.facts:
            yield f"<div><dt>{_text(name)}</dt><dd>{_linked(value)}</dd></div>"
        yield "</dl>"
    yield "</header>"
    if document.demonstration:
        # Below the header it stays in sight while one reads.
        yield f'<aside class="demonstration" aria-label="Notice"><p>{NOT_REAL}</p></aside>'


def _body(blocks: tuple[Block, ...]) -> Iterator[str]:
    for place, block in enumerate(blocks, start=1):
        match block:
            case Heading():
                yield f"<h{block.level}>{_text(block.text)}</h{block.level}>"
            case Paragraph():
                yield f"<p{_named('lead', block.lead)}>{_text(block.text)}</p>"
            case Points():
                yield f"<ul>{''.join(f'<li>{_text(item)}</li>' for item in block.items)}</ul>"
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
                yield '<div class="break"></div>'


def _picture(block: Picture, place: int) -> Iterator[str]:
    title, svg = f"finding-{place}", inline_svg(block, place=place)
    width = re.match(r'<svg[^>]* width="([\d.]+)"', svg)
    own = " own" if width and float(width[1]) < _NARROW else ""
    yield f'<figure aria-labelledby="{title}">'
    yield f'<p class="finding" id="{title}">{_text(block.title)}</p>'
    yield f'<div class="scroll chart{own}" role="region" tabindex="0" aria-labelledby="{title}">'
    yield f"{svg}</div>"
    if block.caption:
        yield f"<figcaption>{_text(block.caption)}</figcaption>"
    yield "</figure>"


def _grid(block: Grid, place: int) -> Iterator[str]:
    name = f"table-{place}"
    yield f'<div class="scroll table" role="region" tabindex="0" aria-labelledby="{name}">'
    yield f"<table{_named('small', block.small)}>"
    yield f'<caption id="{name}">{_text(block.caption)}</caption>'
    head = (
        f'<th scope="col"{_class(block, column)}>{_text(text)}</th>'
        for column, text in enumerate(block.head)
    )
    yield f"<thead><tr>{''.join(head)}</tr></thead>"
    yield "<tbody>"
    for line, row in enumerate(block.rows):
        cells = (
            f'<th scope="row"{_class(block, 0)}>{_text(text)}</th>'
            if column == 0
            else f"<td{_class(block, column, text)}>{_text(text)}</td>"
            for column, text in enumerate(row)
        )
        yield f"<tr{_named('quiet', line in block.quiet)}>{''.join(cells)}</tr>"
    yield "</tbody></table></div>"


def _class(block: Grid, column: int, text: str = "") -> str:
    if column in block.numbers:
        return _named("n")
    return _named("long", len(text) > _LONG)


def _named(name: str, applies: bool = True) -> str:
    return f' class="{name}"' if applies else ""


def _terms(kind: str, pairs: Iterator[tuple[str, str]]) -> str:
    rows = (f"<div><dt>{_text(a)}</dt><dd>{_text(b)}</dd></div>" for a, b in pairs)
    return f'<dl class="{kind}">{"".join(rows)}</dl>'


def _callout(block: Callout) -> Iterator[str]:
    made_up = " made-up" if block.kind == "demonstration" else ""
    kind = _text(block.kind[:1].upper() + block.kind[1:])
    yield f'<aside class="callout{made_up}" role="note">'
    yield f'<p class="kind">{kind}</p><p>{_text(block.text)}</p></aside>'


def _linked(value: str) -> str:
    """An address as a link, where the text is nothing else."""
    shown = _text(value)
    return f'<a href="{shown}">{shown}</a>' if _ADDRESS.fullmatch(plain(value)) else shown


def _text(text: str) -> str:
    return escape(plain(text))
