"""Reading the answers of NCBI and of Europe PMC: good ones, broken ones and hostile ones."""

import time
import tracemalloc

import pytest

from everygenome.errors import DownloadError
from everygenome.snapshots.redirects import AddressError
from everygenome.snapshots.retry import PassingError
from everygenome.sources.pubmed_grants import efetch, europe_pmc
from everygenome.sources.pubmed_grants.pubmed_xml import Article
from everygenome.sources.pubmed_grants.records import Grant

URL = "https://a.org/efetch.fcgi"
HEAD = (
    b'<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st '
    b'January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n'
)


def article(inside: str, *, pmid: str = "101") -> bytes:
    return (
        f"<PubmedArticle><MedlineCitation><PMID Version='1'>{pmid}</PMID><Article>"
        f"<ArticleTitle>A title</ArticleTitle>{inside}</Article><CommentsCorrectionsList>"
        f"<CommentsCorrections><PMID>999</PMID></CommentsCorrections></CommentsCorrectionsList>"
        f"</MedlineCitation><PubmedData><ReferenceList><Reference><ArticleIdList>"
        f"<ArticleId>998</ArticleId></ArticleIdList></Reference></ReferenceList></PubmedData>"
        f"</PubmedArticle>"
    ).encode()


def answer(*articles: bytes, head: bytes = HEAD) -> bytes:
    return head + b"<PubmedArticleSet>" + b"".join(articles) + b"</PubmedArticleSet>"


def test_grants_are_read_as_stated_and_other_pubmed_numbers_are_not() -> None:
    listed = (
        "<GrantList CompleteYN='Y'><Grant><GrantID>R01 HL1</GrantID><Acronym>HL</Acronym>"
        "<Agency>NHLBI  NIH &amp; HHS</Agency><Country>United States</Country></Grant>"
        "<Grant><GrantID> </GrantID><Agency> Überstiftung</Agency><Country/></Grant></GrantList>"
    )
    assert efetch.read_answer(answer(article(listed), article("", pmid="102")), url=URL) == [
        Article(
            "101",
            [
                Grant("R01 HL1", "HL", "NHLBI  NIH & HHS", "United States"),
                Grant(None, None, "Überstiftung", None),
            ],
        ),
        Article("102", []),
    ]


def test_a_book_counts_as_returned() -> None:
    book = (
        b"<PubmedBookArticle><BookDocument><PMID>7</PMID><GrantList><Grant><GrantID>Z01</GrantID>"
        b"</Grant></GrantList></BookDocument></PubmedBookArticle>"
    )
    [only] = efetch.read_answer(answer(book), url=URL)
    assert only == Article("7", [Grant("Z01", None, None, None)])


def test_an_empty_set_returns_nothing_and_so_does_an_empty_list_of_numbers() -> None:
    assert efetch.read_answer(answer(), url=URL) == []
    error = b"<eFetchResult><ERROR>ID list is empty! Possibly it has no correct IDs.</ERROR>"
    assert efetch.read_answer(error + b"</eFetchResult>", url=URL) == []


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        (answer(article(""))[:-30], PassingError, "breaks off or is damaged"),
        (b"", PassingError, "breaks off"),
        (b"<PubmedArticleSet>&nbsp;</PubmedArticleSet>", PassingError, "undefined entity"),
        (b'<?xml version="1.0" encoding="big5"?><a/>', PassingError, "damaged"),
        (b"<eFetchResult><ERROR>Backend failed</ERROR></eFetchResult>", PassingError, "Backend"),
        (b"<!DOCTYPE html><html></html>", AddressError, "web page"),
        (b"<?xml version='1.0'?><html/>", AddressError, "web page"),
        (b"<opml/>", AddressError, "<opml>, not <PubmedArticleSet>"),
    ],
)
def test_what_is_no_answer_is_told_apart(body: bytes, kind: type[Exception], words: str) -> None:
    with pytest.raises(kind, match=words):
        efetch.read_answer(body, url=URL)


def bomb(entities: str, body: str = "&z;") -> bytes:
    return (
        f"<!DOCTYPE PubmedArticleSet [{entities}]><PubmedArticleSet>{body}</PubmedArticleSet>"
    ).encode()


LAUGHS = "<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)
)


@pytest.mark.parametrize(
    "body",
    [
        bomb(LAUGHS, "&a11;"),
        bomb("<!ENTITY z SYSTEM 'file:///etc/passwd'>"),
        bomb("<!ENTITY % p SYSTEM 'http://127.0.0.1:9/x.dtd'> %p;"),
        bomb(f"<!ENTITY z '{'x' * 100_000}'>", "&z;" * 10_000),
        b"<a>" * 2_000_000,
    ],
    ids=["billion laughs", "external entity", "parameter entity", "quadratic", "depth"],
)
def test_hostile_xml_is_refused_at_once_and_says_so(body: bytes) -> None:
    start = time.monotonic()
    tracemalloc.start()
    try:
        with pytest.raises(
            DownloadError, match=r"sent XML that is not safe to read: it (decl|nest)"
        ):
            efetch.read_answer(body, url=URL)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert time.monotonic() - start < 5
    assert peak < 20_000_000


def test_europe_pmc_names_no_country_and_half_characters_do_no_harm() -> None:
    body = rb"""{"hitCount": 3, "resultList": {"result": [
        {"id": "11", "source": "MED", "pmid": "11", "grantsList": {"grant": [
            {"grantId": "MR/1", "agency": " Medical Research Council", "orderIn": 0},
            {"acronym": "WT_", "agency": "A\ud800B"}]}},
        {"id": "12", "source": "MED"},
        {"id": "PPR13", "source": "PPR"}]}}"""
    assert europe_pmc.read_answer(body) == [
        Article(
            "11",
            [
                Grant("MR/1", None, "Medical Research Council", None),
                Grant(None, "WT_", "A�B", None),
            ],
        ),
        Article("12", []),
        Article("", []),
    ]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'{"resultList": {"resu', PassingError),
        (b"[" * 100_000, PassingError),
        (b"\xff\xfe", PassingError),
        (b"<html>", AddressError),
        (b"[]", AddressError),
        (b'{"resultList": {}}', AddressError),
        (b'{"resultList": {"result": [7]}}', AddressError),
        (b'{"resultList": {"result": [{"grantsList": {"grant": [7]}}]}}', AddressError),
        (b'{"resultList": {"result": [{"grantsList": {"grant": [{"agency": 7}]}}]}}', AddressError),
    ],
)
def test_json_of_another_kind_is_told_apart(body: bytes, kind: type[Exception]) -> None:
    with pytest.raises(kind):
        europe_pmc.read_answer(body)
