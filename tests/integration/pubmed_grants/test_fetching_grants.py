"""Asking both servers over real HTTP: how they are asked, what they fail at, what is kept."""

import json
import logging
import time
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import pytest

from everygenome.errors import DownloadError
from everygenome.sources.pubmed_grants.records import Grant, Record, Source, Status
from tests.fixtures.server import Reply, Request
from tests.integration.pubmed_grants.servers import World, asked, europe_pmc, ncbi, xml

NCBI, SEARCH = "/efetch.fcgi", "/search"
IDS = [str(each) for each in range(1001, 1451)]


def test_two_hundred_at_a_time_by_post_with_our_name(world: World) -> None:
    world.server.on(NCBI, ncbi(bare=["1002"]))
    records = world.fetch(iter([*IDS, "1001"]), contact="who@example.org")
    assert world.questions(NCBI) == [IDS[:200], IDS[200:400], IDS[400:]]
    assert world.questions(SEARCH) == []
    form = parse_qs(world.server.requests[0].body.decode())
    assert {name: form[name] for name in form if name != "id"} == {
        "db": ["pubmed"],
        "retmode": ["xml"],
        "tool": ["everygenome"],
        "email": ["who@example.org"],
    }
    assert list(records) == IDS
    assert records["1001"].grants == (Grant("P1", None, "NCI", "US"),)
    assert records["1001"].origin.startswith(world.server.url(NCBI) + " sha256:")
    assert (records["1002"].status, records["1002"].grants) == (Status.WITHOUT_GRANTS, ())
    assert {record.source for record in records.values()} == {Source.NCBI}
    assert world.cache.read() == records
    assert world.told[-1] == ("asking for grants", 450, 450)
    world.fetch(IDS)
    assert len(world.server.requests) == 3


@pytest.mark.slow
@pytest.mark.parametrize(("key", "apart_s"), [(None, 1 / 3), ("k", 1 / 10)])
def test_three_questions_a_second_and_ten_with_a_key(
    world: World, key: str | None, apart_s: float
) -> None:
    world.fetch([str(each) for each in range(1, 2401)], api_key=key)
    assert len(world.server.requests) == 12
    assert world.waits == pytest.approx([apart_s] * 11)


def test_a_publication_that_is_missing_is_asked_for_once_more_and_then_elsewhere(
    world: World,
) -> None:
    world.server.on(NCBI, ncbi(lacks=["1003", "1004", "1005"]), ncbi(lacks=["1004", "1005"]))
    world.server.on(SEARCH, europe_pmc(lacks=["1005"]))
    records = world.fetch(IDS[:10])
    assert world.questions(NCBI) == [IDS[:10], ["1003", "1004", "1005"]]
    assert world.questions(SEARCH) == [["1004", "1005"]]
    query = parse_qs(world.server.seen(SEARCH)[0].query)
    assert query["query"] == ["(ext_id:1004 OR ext_id:1005) AND src:med"]
    assert (query["resultType"], query["format"]) == (["core"], ["json"])
    assert (records["1003"].source, records["1003"].status) == (Source.NCBI, Status.WITH_GRANTS)
    assert records["1004"].source is Source.EUROPE_PMC
    assert records["1004"].grants == (Grant("E1", None, "MRC", None),)
    assert (records["1005"].status, records["1005"].source) == (Status.NOT_RETURNED, Source.NCBI)
    assert records["1005"].origin.startswith(world.server.url(NCBI))
    assert records["1005"].flags == ()
    # Not returned is an answer too: it is not asked for at every run.
    world.fetch(IDS[:10])
    assert len(world.server.requests) == 3


def test_an_empty_list_of_numbers_is_how_ncbi_says_that_it_has_none_of_them(world: World) -> None:
    error = b"<eFetchResult><ERROR>ID list is empty! Possibly it has no correct IDs.</ERROR>"
    world.server.on(NCBI, ncbi(lacks=["1002"]), Reply(status=400, body=error + b"</eFetchResult>"))
    records = world.fetch(["1001", "1002", "1003"])
    assert records["1002"].source is Source.EUROPE_PMC
    assert world.questions(NCBI) == [["1001", "1002", "1003"], ["1002"]]


def test_too_many_requests_are_waited_for_as_asked(world: World) -> None:
    world.server.on(NCBI, Reply(status=429, headers={"Retry-After": "7"}), ncbi())
    assert world.fetch(["1001"])["1001"].source is Source.NCBI
    assert world.waits == [7.0]


@pytest.mark.parametrize(
    "bad",
    [
        Reply(status=500),
        Reply(status=502),
        Reply(status=503),
        Reply(body=xml(["1001"])[:-25]),
        Reply(body=xml(["1001"]), cut_after=80),
        Reply(body=b""),
        Reply(body=b"<eFetchResult><ERROR>Backend failed</ERROR></eFetchResult>"),
    ],
    ids=["500", "502", "503", "truncated XML", "broken off", "nothing", "an error of NCBI"],
)
def test_a_fault_that_passes_is_asked_again(world: World, bad: Reply) -> None:
    world.server.on(NCBI, bad, ncbi())
    record = world.fetch(["1001"])["1001"]
    assert (record.source, len(record.grants)) == (Source.NCBI, 1)
    assert world.questions(NCBI) == [["1001"], ["1001"]]
    assert len(world.waits) == 1
    assert 4.0 <= world.waits[0] <= 8.0
    assert world.questions(SEARCH) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("bad", "attempts"),
    [
        (Reply(status=503), 3),
        (Reply(body=b"<!DOCTYPE html><html>", headers={"Content-Type": "text/html"}), 1),
        (Reply(body=b"<html><body>Down</body></html>"), 1),
        (Reply(status=302, headers={"Location": "http://127.0.0.1:9/"}), 1),
        (Reply(status=403), 1),
        (Reply(status=429, headers={"Retry-After": "86400"}), 1),
        (Reply(body=b"x", headers={"Content-Encoding": "gzip"}), 1),
    ],
    ids=["503", "HTML", "HTML unsaid", "redirect", "403", "wait for a day", "compressed"],
)
def test_where_ncbi_is_of_no_use_europe_pmc_supplies(
    world: World, bad: Reply, attempts: int
) -> None:
    world.server.on(NCBI, bad)
    world.server.on(SEARCH, europe_pmc(lacks=["1002"]))
    records = world.fetch(IDS[:250])
    assert len(world.server.seen(NCBI)) == attempts
    assert world.questions(SEARCH) == [
        *(IDS[at : at + 50] for at in (0, 50, 100, 150)),
        ["1002"],
        IDS[200:250],
    ]
    assert {record.source for record in records.values()} == {Source.EUROPE_PMC}
    assert records["1002"].status is Status.NOT_RETURNED
    assert sum(record.status is Status.WITH_GRANTS for record in records.values()) == 249


def test_when_both_are_down_what_came_is_kept_and_the_rest_is_asked_for_later(world: World) -> None:
    world.server.on(NCBI, ncbi(), Reply(status=503))
    world.server.on(SEARCH, europe_pmc(), Reply(body=b'{"resultList"'))
    with pytest.raises(DownloadError, match="grants of 150 publications, 1251 the first") as caught:
        world.fetch(IDS[:400])
    assert "503" in str(caught.value)
    assert "its JSON breaks off" in str(caught.value)
    assert "only the rest is asked for" in caught.value.remedy
    assert list(world.cache.read()) == IDS[:250]
    world.server.requests.clear()
    world.server.on(NCBI, ncbi())
    assert list(world.fetch(IDS[:400])) == IDS[:400]
    assert world.questions(NCBI) == [IDS[250:400]]
    assert world.questions(SEARCH) == []


def test_without_the_second_source_a_missing_one_is_flagged_and_asked_for_next_time(
    world: World,
) -> None:
    world.server.on(NCBI, ncbi(lacks=["1002"]))
    world.server.on(SEARCH, Reply(status=404))
    record = world.fetch(IDS[:3])["1002"]
    assert (record.status, record.source) == (Status.NOT_RETURNED, Source.NCBI)
    assert record.flags == ("grant_second_source_unavailable",)
    world.server.requests.clear()
    world.server.on(SEARCH, europe_pmc())
    assert world.fetch(IDS[:3])["1002"].source is Source.EUROPE_PMC
    assert world.questions(NCBI) == [["1002"], ["1002"]]


LAUGHS = "<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)
)


@pytest.mark.parametrize(
    "declared", [LAUGHS, "<!ENTITY a11 SYSTEM 'file:///etc/passwd'>"], ids=["laughs", "external"]
)
def test_hostile_xml_ends_the_run_at_once(world: World, declared: str) -> None:
    body = f"<!DOCTYPE x [{declared}]><PubmedArticleSet>&a11;</PubmedArticleSet>".encode()
    world.server.on(NCBI, ncbi(), Reply(body=body))
    start = time.monotonic()
    with pytest.raises(DownloadError, match="not safe to read: it declares an entity"):
        world.fetch(IDS)
    assert time.monotonic() - start < 5
    assert len(world.server.requests) == 2
    assert list(world.cache.read()) == IDS[:200]


def test_an_answer_that_is_too_long_is_not_read_to_its_end(world: World) -> None:
    endless = (b"x" * 1_000_000 for _ in range(10_000))
    world.server.on(NCBI, Reply(body=endless))
    assert world.fetch(["1001"])["1001"].source is Source.EUROPE_PMC


def test_what_nobody_asked_for_is_left_out_and_counted(world: World) -> None:
    def more(request: Request) -> Reply:
        return Reply(body=xml([*asked(request), "77", "78", "x"]))

    world.server.on(NCBI, more)
    records = world.fetch(["1001", "DEMO1", "007"])
    assert list(records) == list(world.cache.read()) == ["1001"]
    assert records["1001"].flags == ("grant_answer_held_others",)
    assert ("leaving out publications that nobody asked for", 3, None) in world.told
    assert ("leaving out what is no PubMed number", 2, None) in world.told
    assert world.questions(NCBI) == [["1001"]]


def test_a_publication_twice_in_an_answer(world: World) -> None:
    world.server.on(NCBI, Reply(body=xml(["1001", "1001", "1002"])))
    assert [len(record.grants) for record in world.fetch(["1001", "1002"]).values()] == [1, 1]
    other = xml(["1003"], bare=["1003"]).replace(b"</PubmedArticleSet>", b"")
    both = other + xml(["1003"]).split(b"<PubmedArticleSet>")[1]
    world.server.on(NCBI, Reply(body=both))
    record = world.fetch(["1003"])["1003"]
    assert (len(record.grants), record.flags) == (1, ("grant_answers_differ",))


def test_older_records_are_asked_for_again_and_an_answer_is_never_lost(world: World) -> None:
    old = datetime(2022, 10, 30, tzinfo=UTC)
    grant = Grant("P0", None, "NCI", None)
    world.cache.add(
        Record(each, Status.WITH_GRANTS, (grant,), Source.TABLE, old) for each in ("1001", "1002")
    )
    world.cache.add([Record("1003", Status.WITHOUT_GRANTS, (), Source.NCBI, datetime.now(UTC))])
    assert world.fetch(["1001", "1002"])["1001"].source is Source.TABLE
    assert world.server.requests == []
    world.server.on(NCBI, ncbi(lacks=["1002"]))
    world.server.on(SEARCH, europe_pmc(lacks=["1002"]))
    records = world.fetch(["1001", "1002", "1003"], older_than=old + timedelta(days=1))
    assert world.questions(NCBI) == [["1001", "1002"], ["1002"]]
    assert (records["1001"].source, records["1003"].grants) == (Source.NCBI, ())
    assert (records["1002"].grants, records["1002"].retrieved_at) == ((grant,), old)
    assert records["1002"].flags == ("grant_not_returned_again",)


def test_a_key_and_an_address_are_told_to_nobody(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    key, contact = "s3cr3t-key", "who+me@example.org"
    caplog.set_level(logging.DEBUG)

    def echo(request: Request) -> Reply:
        said = f"{request.body.decode()} {key} {contact} {'.' * 274}{key}".replace("&", " ")
        return Reply(body=f"<eFetchResult><ERROR>{said}</ERROR></eFetchResult>".encode())

    world.server.on(NCBI, ncbi(), echo)
    world.server.on(SEARCH, Reply(status=404))
    with pytest.raises(DownloadError, match=r"\(withheld\)") as caught:
        world.fetch(IDS[:201], api_key=key, contact=contact)
    told = (str(caught.value), caplog.text, world.cache.path.read_text(), str(world.told))
    for text in told:
        assert not any(secret in text for secret in (key[:4], contact, "who%2Bme", "example.org"))
    assert all(request.query == "" for request in world.server.seen(NCBI))


def test_a_key_that_is_not_accepted_is_said(world: World) -> None:
    refusal = json.dumps({"error": "API key invalid", "api-key": "k3y"}).encode()
    world.server.on(NCBI, Reply(status=400, body=refusal))
    with pytest.raises(DownloadError, match="does not accept the API key") as caught:
        world.fetch(["1001"], api_key="k3y")
    assert "k3y" not in str(caught.value)
    assert world.questions(SEARCH) == []


def test_the_time_for_everything_is_limited_and_what_came_is_kept(world: World) -> None:
    world.fetch(IDS[:200])
    world.server.on(NCBI, Reply(body=xml(IDS), stall_after=100))
    with pytest.raises(DownloadError, match=r"not finished within the limit of 0\.6 s"):
        world.fetch(IDS, limits={"total_timeout_s": 0.6, "attempts": 2})
    assert list(world.cache.read()) == IDS[:200]
