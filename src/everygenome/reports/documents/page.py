"""A document as one HTML file: no script, and nothing that is fetched from elsewhere."""

import base64
import hashlib
import re
from collections.abc import Iterator
from html import escape
from importlib.resources import files

from everygenome.reports.citation import NOT_REAL
from everygenome.reports.documents.letters import plain
from everygenome.reports.documents.model import Document
from everygenome.reports.documents.page_blocks import body, shown

_ADDRESS = re.compile(r"https?://[!-~]+")


def to_html(document: Document) -> bytes:
    """A document as a self-contained HTML page in UTF-8, for light and dark, screen and print.

    Raises:
        EverygenomeError: a chart cannot be drawn.
        UsageError: it has charts, and the extra `reports` is not installed.

    Source: WCAG 2.2, level AA.
    """
    style = files(__package__).joinpath("page.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    compact = ' class="compact"' if document.compact else ""
    lines = [
        "<!doctype html>",
        f'<html lang="{escape(document.language)}"{compact}>',
        "<head>",
        '<meta charset="utf-8">',
        # Whatever came to stand in the page would not run, nor be fetched.
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        f"style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'\">",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="author" content="everygenome">',
        f"<title>{shown(document.title)}</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        *_head(document),
        "<main>",
        *body(document.blocks),
        "</main>",
        f"<footer>{shown(document.footer)}</footer>",
        "</body>",
        "</html>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _head(document: Document) -> Iterator[str]:
    yield "<header>"
    yield '<p class="name">everygenome</p>'
    yield f"<h1>{shown(document.title)}</h1>"
    if document.subtitle:
        yield f'<p class="subtitle">{shown(document.subtitle)}</p>'
    if document.facts:
        yield '<dl class="facts">'
        for name, value in document.facts:
            yield f"<div><dt>{shown(name)}</dt><dd>{_linked(value)}</dd></div>"
        yield "</dl>"
    yield "</header>"
    if document.demonstration:
        # Below the header it stays in sight while one reads.
        yield f'<aside class="demonstration" aria-label="Notice"><p>{NOT_REAL}</p></aside>'


def _linked(value: str) -> str:
    """An address as a link, where the text is nothing else."""
    text = shown(value)
    return f'<a href="{text}">{text}</a>' if _ADDRESS.fullmatch(plain(value)) else text
