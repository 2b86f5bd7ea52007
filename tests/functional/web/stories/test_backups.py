"""A backup that is brought back, by the real commands: what was taken away since stays away."""

import pytest

from tests.functional.web.stories.alone import over
from tests.functional.web.stories.coming_back import FORMER, LATER

pytestmark = [pytest.mark.slow]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def told(request, tmp_path_factory):
    """What was there before, afterwards, and once it was restored, once and again."""
    folder = tmp_path_factory.mktemp("back")
    with over(request.param, "coming_back", folder, name="back") as (found, _):
        yield found


RESTORED = pytest.mark.parametrize("when", ["restored", "again"])


def test_before_all_of_it_was_there(told):
    before = told["before"]
    assert [before[what][0] for what in ("left", "name", "words", "whole", "gone")] == [200] * 5
    assert "Mary Realname" in before["name"][1]
    assert "MARKEDPERSON" in before["words"][1]
    assert (before["seed"], before["link"], before["researcher"]) == (200, 200, 200)
    assert before["mails"] == [FORMER]
    after = told["after"]
    assert (after["seed"], after["link"], after["researcher"]) == (404, 404, 404)


@RESTORED
def test_what_nobody_changed_is_there_again(told, when):
    assert told[when]["left"][0] == 200
    assert "Nightingale" in told[when]["left"][1]
    assert told[when]["whole"][0] == 200


@RESTORED
def test_a_name_that_was_replaced_stays_away(told, when):
    assert told[when]["name"][0] == 200
    assert "Mary Realname" not in told[when]["name"][1] + told[when]["list"]


def test_a_choice_made_while_it_waited_holds(told):
    standing, data = told["choice"]
    assert standing == "restricted"
    assert "by" not in data


@RESTORED
def test_words_that_were_taken_out_are_shown_to_nobody(told, when):
    assert told[when]["words"][0] == 404
    assert "MARKEDPERSON" not in told[when]["list"]
    assert "1 stories that nobody reads now" in told["said"]


@RESTORED
def test_words_that_were_changed_before_they_were_read_wait_no_more(told, when):
    assert told["before"]["sent_state"] == told["after"]["sent_state"] == "submitted"
    assert told[when]["sent_state"] == "draft"


@RESTORED
def test_a_correction_that_was_withdrawn_stays_withdrawn(told, when):
    assert (told[when]["edit_state"], told[when]["edit_words"]) == ("withdrawn", "")


@RESTORED
def test_an_address_that_was_replaced_is_not_written_to(told, when):
    assert told["after"]["mails"] == []
    assert told[when]["mails"] == []
    assert told[when]["link"] == 404
    assert LATER not in told[when]["mails"]


@RESTORED
def test_a_seed_that_was_taken_down_stays_down(told, when):
    assert told[when]["seed"] == 404


@RESTORED
def test_who_was_logged_out_and_whose_role_ended_reads_no_more(told, when):
    assert told[when]["researcher"] == 404
    assert told[when]["roles"] == []


@RESTORED
def test_what_was_withdrawn_stays_withdrawn(told, when):
    assert told[when]["gone"][0] == 410
    assert told[when]["gone__state"] == "withdrawn"
