"""A document as PDF. Its text goes to typst as data, never as markup."""

import json
from importlib.resources import files
from typing import Any

from everygenome.errors import EverygenomeError
from everygenome.reports.citation import NOT_REAL
from everygenome.reports.documents.letters import MISSING
from everygenome.reports.documents.model import Document
from everygenome.reports.documents.paper_blocks import block_told, fact_told, shown
from everygenome.reports.documents.typeset import typeset

_REPLACED = (
    f"{MISSING} stands for a letter that the fonts of this file do not have. "
    "The same document as a web page shows it."
)


def to_pdf(document: Document) -> bytes:
    """A document as PDF, tagged for screen readers; the same document gives the same bytes.

    Raises:
        EverygenomeError: a chart cannot be drawn, or the page cannot be set.
        UsageError: the extra `reports` is not installed.

    Source: ISO 14289-1 (PDF/UA-1), to which typst holds the file.
    """
    sources = paper_sources(document)
    try:
        return bytes(typeset(sources, format="pdf", pdf_standards=["ua-1"]))
    except EverygenomeError:
        # Two letters that the fonts hold may not be held as one joined sign: typst then draws
        # an empty box, which the standard forbids. A box that can be seen beats no document.
        return bytes(typeset(sources, format="pdf"))


def paper_sources(document: Document) -> dict[str, bytes]:
    """What typst is given: our template, and the document as JSON.

    Raises:
        EverygenomeError: a chart cannot be drawn.
        UsageError: it has charts, and the extra `reports` is not installed.
    """
    language, _, region = document.language.partition("-")
    blocks = [block_told(block) for block in document.blocks]
    told: dict[str, Any] = {
        "title": shown(document.title),
        "subtitle": shown(document.subtitle),
        "language": language,
        "region": region or None,
        "facts": [fact_told(name, value) for name, value in document.facts],
        "mark": NOT_REAL if document.demonstration else None,
        "footer": shown(document.footer),
        "compact": document.compact,
        "date": None,
        "blocks": blocks,
    }
    if document.date is not None:
        told["date"] = {part: getattr(document.date, part) for part in ("year", "month", "day")}
    if MISSING in json.dumps(told, ensure_ascii=False):
        blocks.append({"is": "paragraph", "text": _REPLACED, "lead": False})
    return {
        "main.typ": files(__package__).joinpath("paper.typ").read_bytes(),
        "document.json": json.dumps(told, ensure_ascii=False).encode(),
    }
