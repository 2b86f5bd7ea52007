"""What is wanted of PubMed's XML, collected while a parser walks through it.

Nothing is built in memory but these texts.

Source: https://dtd.nlm.nih.gov/ncbi/pubmed/ (PubmedArticleSet, PubmedBookArticle).
"""

from dataclasses import dataclass, field
from typing import Final

from everygenome.errors import DownloadError
from everygenome.snapshots.answer import IS_HTML
from everygenome.snapshots.redirects import AddressError
from everygenome.snapshots.retry import PassingError
from everygenome.sources.pubmed_grants.records import Grant, stated

# No real answer comes near it; what is deeper was made to exhaust a reader.
_DEEPEST: Final = 64
_IDS: Final = (
    ("PubmedArticle", "MedlineCitation", "PMID"),
    ("PubmedBookArticle", "BookDocument", "PMID"),
)
_GRANTS: Final = (
    ("PubmedArticle", "MedlineCitation", "Article", "GrantList", "Grant"),
    ("PubmedBookArticle", "BookDocument", "GrantList", "Grant"),
)
_PARTS: Final = ("GrantID", "Acronym", "Agency", "Country")
_NO_NUMBERS: Final = ("id list is empty", "empty id list")


@dataclass
class Article:
    """One publication in an answer; `pubmed_id` is empty where the answer names none."""

    pubmed_id: str = ""
    grants: list[Grant] = field(default_factory=list)


class Reader:
    """The parser calls it for each tag and text; `outcome` is what it found.

    Args:
        url: the address that was asked, for messages.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._path: list[str] = []
        self._root = ""
        self._articles: list[Article] = []
        self._grant: dict[str, str] | None = None
        self._text: list[str] | None = None
        self._error: str | None = None

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        """A tag opens."""
        self._path.append(tag)
        if len(self._path) > _DEEPEST:
            raise hostile(self._url, f"nests deeper than {_DEEPEST} levels")
        here = tuple(self._path[1:])
        if not here:
            self._root = tag
        elif len(here) == 1:
            self._articles += (
                [Article()] if here[0] in ("PubmedArticle", "PubmedBookArticle") else []
            )
        elif here in _GRANTS:
            self._grant = {}
        wanted = here in _IDS or (here[:-1] in _GRANTS and tag in _PARTS) or tag == "ERROR"
        self._text = [] if wanted else self._text

    def data(self, text: str) -> None:
        """Some text; one text can come in several pieces."""
        if self._text is not None:
            self._text.append(text)

    def end(self, tag: str) -> None:
        """A tag closes."""
        here = tuple(self._path[1:])
        self._path.pop()
        if here in _IDS:
            self._articles[-1].pubmed_id = self._taken().strip()
        elif here[:-1] in _GRANTS and tag in _PARTS and self._grant is not None:
            self._grant[tag] = self._taken()
        elif here in _GRANTS and self._grant is not None:
            parts = (stated(self._grant.get(name)) for name in _PARTS)
            self._articles[-1].grants.append(Grant(*parts))
        elif tag == "ERROR":
            self._error = self._taken().strip()

    def close(self) -> None:
        """The parser asks for it; there is nothing to close."""

    def _taken(self) -> str:
        text, self._text = "".join(self._text or ()), None
        return text

    def outcome(self) -> list[Article]:
        """The publications, once the parser is through.

        Raises:
            PassingError: an error of NCBI's own.
            AddressError: a web page, or XML of another kind.
        """
        error = self._error
        if error is not None and not any(words in error.lower() for words in _NO_NUMBERS):
            raise PassingError(f"NCBI says: {error or 'an error without words'}")
        if self._root.lower() == "html":
            raise AddressError(IS_HTML)
        if error is None and self._root != "PubmedArticleSet":
            raise AddressError(f"its XML is <{self._root}>, not <PubmedArticleSet>")
        return self._articles


def hostile(url: str, how: str) -> DownloadError:
    """The error for XML that is not safe to read.

    Example:
        >>> print(hostile("https://a.org", "declares an entity").what)
        https://a.org sent XML that is not safe to read: it declares an entity.
    """
    return DownloadError(
        f"{url} sent XML that is not safe to read: it {how}.",
        remedy="No answer of NCBI does that. Check that the address is right, and who stands "
        "between.",
    )
