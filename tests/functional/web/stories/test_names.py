"""The name beside a story: free text that everybody sees, so reviewers read it first."""

import pytest

from tests.functional.web import database
from tests.functional.web.page import read
from tests.functional.web.stories import tellers
from tests.functional.web.stories.test_attacked import link
from tests.functional.web.stories.test_offering import fill

pytestmark = [pytest.mark.usefixtures("django")]
CHOICES = ("tier", "named", "name", "quotation", "reuse", "keep")
NAMED = "Dr MARKEDPERSON of Leeds did this, ring 0113 496 0000"


def choices(**changes):
    return {name: tellers.STORY[name] for name in CHOICES} | changes


def chosen(one, **values):
    from everygenome.web.moderation.actions import offering

    one.refresh_from_db()
    return offering.choose(contribution=one, by="contributor", values=values)


def corrections(**asked):
    from everygenome.web.moderation.models import Contribution

    return list(Contribution.objects.filter(purpose="edit", **asked).order_by("pk"))


def shown(one):
    return tellers.story(one).sealed["data"].get("by")


def test_a_name_that_nobody_has_read_is_not_published(web):
    with database.committed():
        one = tellers.published(named="none", name=None)
    path = f"/stories/offer/{link(one)}/choices/"
    fill(web, path, **choices(named="pseudonym", name=NAMED))
    assert "MARKEDPERSON" not in web.get(f"/stories/{one.subject}/").content.decode()
    assert "MARKEDPERSON" not in web.get("/stories/?licence=site-only").content.decode()
    own = read(web.get(f"/contributions/{link(one)}/")).text
    assert "not shown before reviewers have read it" in own
    assert "See it on its page" in own


def test_a_new_name_is_read_and_then_shown(web):
    one = chosen(tellers.published(named="none", name=None), named="pseudonym", name="Robin")
    (edit,) = corrections(state="submitted")
    desk = database.client(tellers.reviewer(1)).get(f"/desk/{edit.pk}/").content.decode()
    assert "Robin" in desk
    assert "Only the name that stands beside it is new." in desk
    assert shown(one) is None
    tellers.read_by_two(edit)
    assert shown(one) == "Robin"
    assert "told by Robin" in read(web.get(f"/stories/{one.subject}/")).text
    assert "not shown" not in read(web.get(f"/contributions/{link(one)}/")).text


def test_other_choices_leave_a_name_where_it_is_and_ask_nobody(rolled_back):
    one = chosen(tellers.published(), quotation="yes")
    assert shown(one) == "Nightingale"
    one = chosen(one, named="none")
    assert shown(one) is None
    assert corrections() == []


def test_a_name_that_is_taken_off_is_read_by_nobody_any_more(rolled_back):
    one = chosen(tellers.published(), name=NAMED)
    assert shown(one) is None
    chosen(one, named="none", name=None)
    (edit,) = corrections()
    assert (edit.state, edit.proposed, edit.before, edit.vault) == ("withdrawn", {}, {}, "")


def test_a_name_is_not_changed_behind_those_who_accepted_it(rolled_back):
    from everygenome.web.moderation.actions import reviewing
    from everygenome.web.moderation.refused import RefusedError
    from everygenome.web.stories.kind import CHECKS

    one = reviewing.take(contribution=tellers.offered().contribution, by=tellers.reviewer(1))
    for number in (1, 2):
        one = reviewing.review(
            contribution=one, by=tellers.reviewer(number), reason="Good.", checks=list(CHECKS)
        )
    assert one.state == "accepted"
    one = chosen(one, tier="restricted", named="none", name=None)
    assert one.state == "accepted"
    one = chosen(one, named="own", name=NAMED)
    assert (one.state, one.round, one.reviewer) == ("submitted", 2, None)
    with pytest.raises(RefusedError):
        reviewing.publish(contribution=one, by=tellers.reviewer(1), reason="Read by two.")
    assert shown(tellers.read_by_two(one)) == NAMED


def test_a_name_is_not_changed_behind_those_who_read_a_correction(rolled_back):
    from everygenome.web.moderation.actions import reviewing
    from everygenome.web.stories.kind import CHECKS

    one = chosen(tellers.published(), name="Robin")
    (edit,) = corrections()
    edit = reviewing.take(contribution=edit, by=tellers.reviewer(1))
    reviewing.review(contribution=edit, by=tellers.reviewer(1), reason="Good.", checks=list(CHECKS))
    chosen(one, name=NAMED)
    (edit,) = corrections()
    assert (edit.state, edit.round, edit.proposed["name"]) == ("submitted", 2, NAMED)
    assert shown(one) is None


def test_a_name_that_reviewers_did_not_want_is_asked_for_once(rolled_back):
    from everygenome.web.moderation.actions import reviewing

    one = chosen(tellers.published(), name=NAMED)
    edit = reviewing.take(contribution=corrections()[0], by=tellers.reviewer(1))
    reviewing.decline(contribution=edit, by=tellers.reviewer(1), reason="It names a doctor.")
    one = chosen(one, quotation="yes")
    assert [edit.state for edit in corrections()] == ["declined"]
    assert shown(one) is None
    chosen(one, name="Robin")
    assert [edit.state for edit in corrections()] == ["declined", "submitted"]


def test_who_reviews_a_correction_reads_no_name_that_was_taken_off(web):
    from everygenome.web.moderation.actions import offering
    from everygenome.web.stories.correcting import begun

    one = tellers.published(named="own", name="Mary Realname")
    edit = offering.submit(contribution=begun(one), by="contributor")
    chosen(one, named="none", name=None)
    desk = database.client(tellers.reviewer(1))
    for path in (f"/desk/{edit.pk}/", f"/desk/stories/{edit.pk}/"):
        assert "Mary Realname" not in desk.get(path).content.decode(), path
