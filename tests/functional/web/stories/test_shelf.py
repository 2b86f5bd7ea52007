"""The shelf holds what tellers say now, and no word of it is in another file."""

import pytest

from tests.functional.web import database
from tests.functional.web.stories import tellers
from tests.functional.web.stories.alone import alone

_NAME = """
one = tellers.published(named="own", name="Zyxquorl")
for other in range(3):
    tellers.published(title=f"Number {other}")
before = holding("yxquorl")
offering.choose(contribution=one, by="contributor", values={"named": "none", "name": None})
print(json.dumps([before, holding("yxquorl")]))
"""


@pytest.mark.slow
def test_a_name_that_was_taken_off_is_in_no_file_of_the_shelf(tmp_path):
    before, after = alone(_NAME, tmp_path)
    assert before == ["shelf.sqlite3"]
    assert after == []


_JOURNAL = """
from everygenome.web.collections import storing
one = tellers.published(title="Zyxquorl")
found, drop = [], storing.search.tidy
def looked(database):
    drop(database)
    found.extend(holding("yxquorl", "*journal*"))
storing.search.tidy = looked
offering.recall(contribution=one, by="contributor")
print(json.dumps(found))
"""


@pytest.mark.slow
def test_what_is_withdrawn_is_not_written_down_once_more_while_it_is_destroyed(tmp_path):
    # A file that is removed and not written over can be brought back.
    assert alone(_JOURNAL, tmp_path) == []


_BROKEN = """
from django.db import connections
from everygenome.web.collections.shelf import items_of
from everygenome.web.start import migrated
from everygenome.web.stories.collection import COLLECTION

def shelved():
    return sorted(items_of(COLLECTION).values_list("title", flat=True))

tellers.published(title="Read by all")
tellers.published(title="Read by few", tier="restricted")
gone = tellers.published(title="Gone")
offering.recall(contribution=gone, by="contributor")
told = [shelved()]
connections["apart"].close()
path = folder / "web" / "apart" / "shelf.sqlite3"
data = bytearray(path.read_bytes())
for where in BROKEN:
    data[where:where + 4000] = b"x" * 4000
path.write_bytes(data)
migrated()
told.append(shelved())
migrated()
told.append(shelved())
print(json.dumps(told))
"""


@pytest.mark.slow
@pytest.mark.parametrize("where", ["[0]", "range(4200, len(data), 8192)"])
def test_a_shelf_that_a_crash_broke_is_made_again(tmp_path, where):
    told = alone(_BROKEN.replace("BROKEN", where), tmp_path)
    assert told == [["Read by all"]] * 3


def load(*rows):
    from everygenome.web.collections.importing import load
    from everygenome.web.stories.collection import COLLECTION

    return load(list(rows), COLLECTION, name="stories.json")


def exported(one):
    return {"id": one.subject} | tellers.story(one).sealed["data"]


def shown(web):
    return web.get("/stories/?licence=site-only").content.decode()


@pytest.mark.parametrize("named", [True, False])
def test_an_old_file_brings_no_story_back_before_readers(web, named):
    from everygenome.web.moderation.actions import offering

    with database.committed():
        one = tellers.published(reuse="CC-BY-4.0")
    row = exported(one) if named else tellers.story(one).sealed["data"]
    offering.choose(contribution=one, by="contributor", values={"tier": "restricted"})
    assert tellers.STORY["title"] not in shown(web)
    assert load(row).new == 0
    assert tellers.STORY["title"] not in shown(web)


@pytest.mark.parametrize("named", [True, False])
def test_an_old_file_brings_no_withdrawn_story_back(web, named):
    from everygenome.web.moderation.actions import offering

    with database.committed():
        one = tellers.published(reuse="CC-BY-4.0")
    row = exported(one) if named else tellers.story(one).sealed["data"]
    offering.recall(contribution=one, by="contributor")
    assert load(row).new == 0
    assert tellers.STORY["title"] not in shown(web)


def test_an_old_file_brings_no_name_back(web):
    from everygenome.web.moderation.actions import offering

    with database.committed():
        one = tellers.published(reuse="CC-BY-4.0", named="own", name="Mary Realname")
    row = exported(one)
    offering.choose(contribution=one, by="contributor", values={"named": "none", "name": None})
    assert load(row).closed == [one.subject]
    assert "Mary Realname" not in web.get(f"/stories/{one.subject}/").content.decode()


def test_a_file_still_brings_works_elsewhere_but_none_that_an_editor_took_down(web):
    from everygenome.web.stories.desk import changed
    from everygenome.web.stories.models import Story

    row = {"title": "A paper", "url": "https://paper.example.org/a", "format": "article",
           "language": "en", "licence": "linked"}  # fmt: skip
    assert load(row).new == 1
    story = Story.objects.get(slug="a-paper")
    changed(story, action="hide", by=database.account("editor"), reason="It names a patient.")
    for again in (row, row | {"id": "a-paper"}, row | {"title": "Under another title"}):
        assert load(again).new == 0
    assert "/stories/a-paper/" not in shown(web)
