"""The seed file of stories: links to works elsewhere, facts only, in no way to be mistaken."""

import re
from collections import Counter

from tests.unit.seeds.checking import ADDRESS, DATE, check_keys, check_texts, seeds_of

TEXT, SEEDS = seeds_of("stories")
ITEMS = SEEDS["items"]
# Letters that make no words: an address must not outlive what it names.
NAME = re.compile(r"[23456789bcdfghjkmnpqrstvwxz]{8}")
FORMATS = {"podcast", "video", "article", "opinion", "interview", "profile", "explainer", "report",
           "briefing", "newsletter", "event-recap"}  # fmt: skip
THEMES = {"trust", "consent", "diagnosis", "clinic", "medicines", "conditions", "family",
          "identity", "racism", "history", "ownership", "language", "data-gaps",
          "reference-genome", "polygenic-scores", "taking-part", "feedback", "community",
          "workforce", "policy", "practice", "tools"}  # fmt: skip
REGIONS = {"africa", "europe", "northern-america", "oceania"}


def test_eighty_links_each_once():
    assert len(ITEMS) == 80
    assert len({item["id"] for item in ITEMS}) == 80
    assert all(NAME.fullmatch(item["id"]) for item in ITEMS)
    titles = Counter(item["title"].casefold() for item in ITEMS)
    assert [title for title, count in titles.items() if count > 1] == []
    addresses = Counter(item["url"] for item in ITEMS if "url" in item)
    assert [address for address, count in addresses.items() if count > 1] == []
    assert sum(addresses.values()) == 73


def test_each_says_what_it_is_and_holds_nothing_of_the_work():
    for item in ITEMS:
        check_keys(
            item,
            required={"id", "title", "format", "language", "licence"},
            optional={"url", "author", "outlet", "date", "summary", "themes", "region"},
        )
        check_texts(item, {"title": 150, "author": 200, "outlet": 200, "summary": 600})
        assert item["licence"] == "linked"
        assert item["language"] == "en"
        assert item["format"] in FORMATS
        assert set(item.get("themes", [])) <= THEMES
        assert item.get("region", "africa") in REGIONS
        assert ADDRESS.fullmatch(item.get("url", "https://a.example/"))
        assert DATE.fullmatch(str(item.get("date", "2020")))


def test_a_summary_stands_only_where_it_is_our_own():
    assert sum("summary" in item for item in ITEMS) == 9
    assert "nothing is copied from the works" in TEXT
