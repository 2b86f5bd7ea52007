"""Reading the XML of NCBI's EFetch, as it comes and without trusting it.

Nothing is built in memory but the texts that are wanted. NCBI's real answers name their document
type, which is accepted and never fetched; an entity or an outside reference is refused.

Source: https://dtd.nlm.nih.gov/ncbi/pubmed/ (PubmedArticleSet), NBK25499 (EFetch).
"""

from collections.abc import Sequence

from everygenome.snapshots.answer import IS_HTML
from everygenome.snapshots.redirects import AddressError
from everygenome.snapshots.retry import PassingError
from everygenome.sources.pubmed_grants.pubmed_xml import Article, Reader, hostile


def question(pubmed_ids: Sequence[str]) -> dict[str, str]:
    """The parameters that ask for these publications.

    Example:
        >>> question(["12", "345"])["id"]
        '12,345'
    """
    return {"db": "pubmed", "retmode": "xml", "tool": "everygenome", "id": ",".join(pubmed_ids)}


def read_answer(body: bytes, *, url: str) -> list[Article]:
    """The publications in an answer, in its order; repeated ones are repeated.

    Args:
        body: the bytes of the answer.
        url: the address that was asked, for messages.

    Raises:
        PassingError: XML that breaks off or is damaged, or an error of NCBI's own.
        AddressError: a web page, or XML of another kind.
        DownloadError: XML that declares entities, refers outside, or nests without end.

    Example:
        >>> body = b'''<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>12</PMID><Article>
        ... <GrantList><Grant><Agency>MRC</Agency></Grant></GrantList></Article>
        ... </MedlineCitation></PubmedArticle></PubmedArticleSet>'''
        >>> [only] = read_answer(body, url="https://a.org")
        >>> only.pubmed_id, only.grants[0].agency
        ('12', 'MRC')
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, XMLParser

    if (
        body.removeprefix(b"\xef\xbb\xbf")
        .lstrip()[:14]
        .lower()
        .startswith((b"<!doctype html", b"<html"))
    ):
        raise AddressError(IS_HTML)
    reader = Reader(url)
    parser = XMLParser(target=reader, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    try:
        parser.feed(body)
        parser.close()
    except DefusedXmlException as fault:
        raise hostile(url, "declares an entity or refers to something outside") from fault
    # ValueError and LookupError: an encoding that no reader knows.
    except (ParseError, ValueError, LookupError) as fault:
        raise PassingError(f"its XML breaks off or is damaged ({fault})") from fault
    return reader.outcome()
