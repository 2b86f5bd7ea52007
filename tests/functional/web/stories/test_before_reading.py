"""What a story speaks of is said before it speaks; and nobody on the way keeps its title."""

import json
import re

import pytest

from tests.functional.web import database
from tests.functional.web.page import read
from tests.functional.web.stories import tellers

pytestmark = [pytest.mark.usefixtures("django")]
HARD = {"notes": ["self-harm"], "summary": "I tried to END it."}
PICTURE = {"id": "0" * 16, "kind": "picture", "type": "image/webp", "size": 1}


def told(**changes):
    with database.committed():
        return tellers.published(**HARD | changes)


def in_order(text, first, then):
    assert first in text.lower()
    assert text.lower().index(first) < text.index(then)


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_a_feed_says_what_a_story_speaks_of_before_it_speaks(web, form):
    told(reuse="CC-BY-4.0")
    text = web.get(f"/stories/feed.{form}").content.decode()
    in_order(text, "it speaks of: suicide or self-harm.", "I tried to END it.")


def test_a_list_says_what_a_story_speaks_of_before_it_speaks(web):
    told()
    text = web.get("/stories/?licence=site-only").content.decode()
    in_order(text, "suicide or self-harm", "I tried to END it.")


def test_a_list_shows_no_picture_of_what_should_be_known_first(web):
    one = told(media=[PICTURE])
    assert (
        f"/stories/{one.subject}/media/"
        not in web.get("/stories/?licence=site-only").content.decode()
    )
    one = told(media=[PICTURE], notes=None)
    assert (
        f"/stories/{one.subject}/media/" in web.get("/stories/?licence=site-only").content.decode()
    )


def test_what_other_sites_show_of_a_link_says_what_a_story_speaks_of(web):
    one = told()
    text = web.get(f"/stories/{one.subject}/").content.decode()
    (shown,) = re.findall(r'<meta name="description" content="([^"]*)"', text)
    assert shown == "It speaks of: Suicide or self-harm."
    (ld,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
    assert json.loads(ld)[0]["description"].startswith("It speaks of: Suicide or self-harm.")


def test_the_list_for_researchers_says_what_a_story_speaks_of(web):
    told(tier="restricted")
    client = database.client(database.account("researcher"))
    text = read(client.get("/stories/restricted/")).text
    in_order(text, "suicide or self-harm", "I tried to END it.")


def test_a_page_that_names_a_story_is_kept_by_nobody(web):
    from everygenome.web.collections.models import Speaker
    from everygenome.web.collections.storing import Saying, store
    from everygenome.web.stories.talking.collection import COLLECTION

    with database.committed():
        one = tellers.published()
    data = {"finding": "Nobody hears back.", "stories": [f"/stories/{one.subject}/"]}
    store(COLLECTION, data, slug="heard", saying=Saying(speaker=Speaker.SEED, why="for a test"))
    shown = web.get("/talking-points/heard/")
    assert tellers.STORY["title"] in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    assert "ETag" not in shown
    # Others are kept as before.
    assert web.get("/talking-points/")["Cache-Control"] != "no-store"
