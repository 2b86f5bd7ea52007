"""Asking Europe PMC's search for publications by PubMed number, and reading its JSON.

It names grant number, acronym and agency, and no country.

Source: https://europepmc.org/RestfulWebService (search, `resultType=core`).
"""

import json
from collections.abc import Sequence
from typing import Any

from everygenome.snapshots.answer import IS_HTML
from everygenome.snapshots.redirects import AddressError
from everygenome.snapshots.retry import PassingError
from everygenome.sources.pubmed_grants.pubmed_xml import Article
from everygenome.sources.pubmed_grants.records import Grant, stated


def question(pubmed_ids: Sequence[str]) -> dict[str, str]:
    """The parameters that ask for these publications, and for no others.

    Example:
        >>> question(["12", "345"])["query"]
        '(ext_id:12 OR ext_id:345) AND src:med'
    """
    named = " OR ".join(f"ext_id:{each}" for each in pubmed_ids)
    return {
        "query": f"({named}) AND src:med",
        "resultType": "core",
        "format": "json",
        # Room for more than was asked for, so that nothing is on a second page.
        "pageSize": str(min(1000, 2 * len(pubmed_ids))),
    }


def read_answer(body: bytes) -> list[Article]:
    """The publications in an answer, in its order; repeated ones are repeated.

    Raises:
        PassingError: JSON that breaks off or is damaged.
        AddressError: a web page, or JSON of another kind.

    Example:
        >>> body = b'{"resultList": {"result": [{"id": "12", "source": "MED"}]}}'
        >>> read_answer(body)
        [Article(pubmed_id='12', grants=[])]
    """
    if body.lstrip()[:1] == b"<":
        raise AddressError(IS_HTML)
    try:
        read = json.loads(body)
    except (ValueError, RecursionError) as fault:
        raise PassingError(f"its JSON breaks off or is damaged ({type(fault).__name__})") from fault
    try:
        return [_article(item) for item in read["resultList"]["result"]]
    except (KeyError, TypeError, AttributeError) as fault:
        raise AddressError(
            f"its JSON is not a list of publications ({type(fault).__name__}: {fault})"
        ) from fault


def _article(item: dict[str, Any]) -> Article:
    name = item.get("pmid") or (item.get("id") if item.get("source") == "MED" else "")
    listed = (item.get("grantsList") or {}).get("grant") or []
    return Article(str(name or ""), [_grant(grant) for grant in listed])


def _grant(grant: dict[str, Any]) -> Grant:
    parts = [grant.get(key) for key in ("grantId", "acronym", "agency")]
    if not all(part is None or isinstance(part, str) for part in parts):
        raise TypeError(f"a grant of {parts}")
    number, acronym, agency = (stated(_whole(part)) for part in parts)
    return Grant(number, acronym, agency, country=None)


def _whole(text: str | None) -> str:
    """The text, with half characters (JSON can spell them) shown as the sign for "unreadable"."""
    return (text or "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
