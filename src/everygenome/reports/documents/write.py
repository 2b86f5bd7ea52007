"""The ways of writing a document."""

from collections.abc import Callable
from dataclasses import dataclass

from everygenome.reports.documents.markdown import to_markdown
from everygenome.reports.documents.model import Document
from everygenome.reports.documents.page import to_html
from everygenome.reports.documents.paper import to_pdf

__all__ = ["FORMATS", "Format", "to_html", "to_markdown", "to_pdf"]


@dataclass(frozen=True, slots=True)
class Format:
    """A way of writing a document; calling it writes one.

    Attributes:
        write: document in, bytes out.
        media_type: of the bytes, for HTTP.
        name: what readers call it.
    """

    write: Callable[[Document], bytes]
    media_type: str
    name: str

    def __call__(self, document: Document) -> bytes:
        """The document as bytes; the same document gives the same bytes."""
        return self.write(document)


# By the suffix of the file.
FORMATS: dict[str, Format] = {
    "html": Format(to_html, "text/html; charset=utf-8", "web page"),
    "pdf": Format(to_pdf, "application/pdf", "PDF"),
    "md": Format(to_markdown, "text/markdown; charset=utf-8", "Markdown"),
}
