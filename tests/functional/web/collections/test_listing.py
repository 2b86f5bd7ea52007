"""Lists: what is counted beside a choice is what a click shows, on every engine."""

import functools
import itertools
import re

import pytest

from tests.functional.web.collections.shelf import (
    SIZE,
    choices,
    count_of,
    facet_links,
    get,
    put,
    titles,
    tool,
)
from tests.functional.web.page import read

pytestmark = [pytest.mark.usefixtures("django")]
STATES = (
    "/toolbox/",
    "/toolbox/?kind=software",
    "/toolbox/?kind=software&kind=dataset&stages=analysis",
    "/toolbox/?q=helps&audiences=funder",
    "/toolbox/?q=ancestry&sort=changed",
    "/toolbox/?checked=not-stated&tasks=planning-a-study",
    "/toolbox/?kind=software&checked=repo&q=zzzz",
)


def counting(web):
    """How many entries an address shows; nothing changes meanwhile, so each is opened once."""
    return functools.cache(lambda address: count_of(get(web, address)))


@pytest.mark.slow
def test_a_click_shows_exactly_the_number_that_stood_beside_the_choice(web, tools):
    followed, counted = 0, counting(web)
    for state in STATES:
        for address, count, chosen in facet_links(get(web, state)):
            if not chosen:
                assert counted(address) == count, (state, address)
                followed += 1
    assert followed > 150


@pytest.mark.slow
@pytest.mark.parametrize("name", ["toolbox", "definitions", "evidence", "datasets"])
def test_with_the_projects_own_entries_too(web, seeded, name):
    page, counted = get(web, f"/{name}/"), counting(web)
    for address, count, _ in facet_links(page):
        assert counted(address) == count, address
    # And from a narrowed list: the first value of each facet.
    firsts = {next(iter(choices(link))): link for link, _, _ in reversed(facet_links(page))}
    for first in firsts.values():
        for address, count, chosen in facet_links(get(web, first)):
            if not chosen:
                assert counted(address) == count, address


def test_the_counts_of_a_facet_with_one_value_each_add_up_to_the_whole(web, tools):
    links = [found for found in facet_links(get(web, "/toolbox/")) if "kind=" in found[0]]
    assert [count for _, count, _ in links] == [17, 17, 16, 16]
    assert sum(count for _, count, _ in links) == SIZE


def test_a_chosen_value_is_marked_in_words_and_its_link_takes_it_away(web, tools):
    page = get(web, "/toolbox/?kind=software")
    (chosen,) = [e for e in page.all("a") if e["attrs"].get("aria-current") == "true"]
    assert " ".join(chosen["text"].split()) == "Software (chosen) 17 tools"
    assert chosen["attrs"]["href"] == "/toolbox/"
    assert count_of(page) == 17
    chips = [e for e in page.all("a") if e["text"].startswith("Remove ")]
    assert [e["attrs"]["href"] for e in chips] == ["/toolbox/", "/toolbox/"]


def test_pages_hold_thirty_entries_each_once(web, tools):
    seen, address = [], "/toolbox/"
    sizes = []
    while address:
        page = get(web, address)
        sizes.append(len(titles(page)))
        seen += titles(page)
        following = [e["attrs"]["href"] for e in page.all("a") if e["attrs"].get("rel") == "next"]
        address = following[0] if following else None
    assert sizes == [30, 30, 6]
    assert len(set(seen)) == SIZE
    assert seen == sorted(seen)
    back = [e["attrs"]["href"] for e in page.all("a") if e["attrs"].get("rel") == "prev"]
    assert back == ["/toolbox/?page=2"]
    assert "Page 3 of 3" in page.text


def test_paging_keeps_the_choices(web, tools):
    page = get(web, "/toolbox/?q=helps&sort=changed&page=2")
    (onward,) = [e["attrs"]["href"] for e in page.all("a") if e["attrs"].get("rel") == "next"]
    assert choices(onward) == {"q": ["helps"], "sort": ["changed"], "page": ["3"]}
    (back,) = [e["attrs"]["href"] for e in page.all("a") if e["attrs"].get("rel") == "prev"]
    assert back == "/toolbox/?q=helps&sort=changed"


def test_what_changed_last_comes_first_when_asked(web, tools):
    put("tool-31", tool(31, purpose="It does something else now."), speaker="curator")
    assert titles(get(web, "/toolbox/?sort=changed"))[0].startswith("Tool 31")
    assert titles(get(web, "/toolbox/"))[0].startswith("Tool 00")


def test_an_empty_result_says_what_to_take_away(web, tools):
    page = get(web, "/toolbox/?q=zzzz&kind=software")
    assert count_of(page) == 0
    assert "None of the 66 tools fits" in page.text
    ways = [e["text"] for e in page.all("li") if e["text"].startswith("without")]
    assert [" ".join(way.split()) for way in ways] == [
        "without the words “zzzz ”",
        "without kind: Software",
        "without all of it: 66 tools",
    ]


def test_feeds_files_and_forms_are_one_link_away_with_the_same_choices(web, tools):
    page = get(web, "/toolbox/?kind=software&q=helps")
    found = {e["attrs"]["href"] for e in page.all("a")}
    for name in ("export.csv", "export.json", "feed.atom", "feed.rss"):
        assert f"/toolbox/{name}?q=helps&kind=software" in found
    assert "/contribute/toolbox/" in found


def test_what_is_not_understood_is_told_and_left_out(web, tools):
    told = {
        "kind=spoon": "“spoon”",
        "colour=red": "“colour” is no choice",
        "sort=price": "“price” is no order",
        "page=99": "There are 3 pages",
        "kind=%00": "�",
    }
    for query, words in told.items():
        page = get(web, f"/toolbox/?{query}")
        assert words in page.text, query
        assert count_of(page) == SIZE


def test_no_address_breaks_the_list(web, tools):
    queries = [
        "q=" + "x" * 7000,
        "q=%FF%FE",
        "q=%00",
        "page=-1",
        "page=0",
        "page=%D9%A3",
        "page=" + "9" * 400,
        "kind=" + "y" * 5000,
        "&".join(f"kind={n}" for n in range(500)),
        "kind[]=software",
        "=&&=",
    ]
    assert {q[:20]: web.get(f"/toolbox/?{q}").status_code for q in queries} == {
        q[:20]: 200 for q in queries
    }


def test_other_names_are_no_collections(web):
    for address in ("/spoons/", "/spoons/feed.atom", "/spoons/x/", "/toolbox/feed.xml"):
        assert web.get(address).status_code == 404


def test_nothing_can_be_sent_to_a_list(web):
    assert web.post("/toolbox/").status_code == 405


def test_everything_is_on_one_page_for_copies_and_people_who_browse(web, tools):
    page = get(web, "/toolbox/export/")
    assert "All 66 tools" in page.text
    entries = [e for e in page.all("a") if re.fullmatch(r"/toolbox/tool-\d\d/", e["attrs"]["href"])]
    assert len(entries) == SIZE


def test_headings_go_down_one_by_one_and_each_control_has_a_label(web, tools):
    for address in ("/toolbox/", "/toolbox/?q=zzzz", "/toolbox/tool-01/", "/toolbox/export/"):
        page = get(web, address)
        levels = [int(e["tag"][1]) for e in page.all("h1", "h2", "h3", "h4")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
        labelled = {e["attrs"].get("for") for e in page.all("label")}
        controls = [e for e in page.all("input", "select") if e["attrs"].get("type") != "hidden"]
        assert all(e["attrs"]["id"] in labelled for e in controls)
        assert page.unclosed == []


def test_readers_get_no_cookie(web, tools):
    for address in ("/toolbox/", "/toolbox/tool-01/", "/toolbox/tool-01/history/"):
        answer = web.get(address)
        assert answer.cookies == {}
        assert "Cookie" not in answer.headers.get("Vary", "")


def test_names_of_strangers_stand_apart_and_do_no_harm(web, tools):
    put("tool-02", tool(2, name="\u200fשלום & “x” < y"), speaker="contributor")
    answer = web.get("/toolbox/?q=שלום")
    assert "<bdi>שלום &amp; “x” &lt; y</bdi>" in answer.content.decode()
    assert read(answer).unclosed == []
