"""The drill: publish, use everything, withdraw; then search all that we hold for every word."""

import pytest

from tests.functional.web.stories.alone import over
from tests.functional.web.stories.drilling import PHRASE

pytestmark = [pytest.mark.slow]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def told(request, tmp_path_factory):
    """What the drill found, over each kind of database."""
    folder = tmp_path_factory.mktemp("drill")
    with over(request.param, "drilling", folder, name="drill") as (found, logged):
        yield found, logged


def test_before_it_was_there_for_readers_and_for_its_teller(told):
    before, slug = told[0]["before"], told[0]["slug"]
    held = {path for path, (_, found) in before.items() if found}
    # Everywhere but in what has no place for it.
    without = {f"/stories/{slug}/history/", "/stories/podcast.rss", "/sitemap.xml"}
    assert held == set(before) - without
    assert before[f"/stories/{slug}/history/"][0] == 404
    assert told[0]["export_before"] == ["stories.csv", "stories.json"]


def test_what_is_stored_was_readable_nowhere_but_on_the_shelf_even_before(told):
    found = told[0]["files_before"]
    assert [path for path in found if "apart/shelf.sqlite3" not in path] == []
    assert told[0]["unpacked"] == []


def test_after_it_no_page_feed_file_or_search_holds_a_word(told):
    after, slug = told[0]["after"], told[0]["slug"]
    assert [path for path, (_, found) in after.items() if found] == []
    statuses = {path: status for path, (status, _) in after.items()}
    assert statuses[f"/stories/{slug}/"] == 410
    assert statuses[f"/stories/{slug}/entry.json"] == 410
    assert {s for p, s in statuses.items() if "/media/" in p} <= {404, 410}
    assert statuses["/stories/"] == 200
    assert told[0]["receipt"] is True


def test_after_it_no_file_that_we_hold_has_a_word(told):
    assert told[0]["files_after"] == []
    assert told[0]["dump"] is False


def test_a_backup_of_before_brings_no_word_back(told):
    restored = told[0]["restored"]
    assert [path for path, (_, found) in restored.items() if found] == []
    assert told[0]["standing"] == "withdrawn"
    assert restored[f"/stories/{told[0]['slug']}/"][0] == 410
    assert told[0]["restored_files"] == []


def test_no_log_holds_a_word_or_an_address(told):
    assert PHRASE not in told[0]["log"]
    assert PHRASE not in told[1]


def test_no_mail_to_a_teller_holds_a_word(told):
    mails = told[0]["mails"]
    assert [to for to, found in mails if found and to == f"{PHRASE}@writer.example"] == []
    # The first, and the receipt; what was answered to a report goes to who reported.
    assert [to for to, _ in mails].count(f"{PHRASE}@writer.example") == 2
    assert [to for to, found in mails if found] == [f"reader-{PHRASE}@writer.example"]
