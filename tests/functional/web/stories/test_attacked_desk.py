"""Faults that a second attack found at the desk: who decides, on what, and what they read."""

from datetime import UTC, datetime

import pytest

from tests.functional.web import database
from tests.functional.web.page import read
from tests.functional.web.stories import tellers
from tests.functional.web.stories.test_attacked import link
from tests.functional.web.stories.test_offering import fill

pytestmark = [pytest.mark.usefixtures("django")]


def asked(one, why="Shorter."):
    """Changes are asked of its teller."""
    from everygenome.web.moderation.actions import reviewing

    one = reviewing.take(contribution=one, by=tellers.reviewer(1))
    return reviewing.ask_changes(contribution=one, by=tellers.reviewer(1), reason=why)


# Who decides.


def test_nobody_decides_on_a_correction_of_their_own_story(rolled_back):
    from everygenome.web.moderation.actions import reviewing
    from everygenome.web.moderation.refused import NotAllowedError
    from everygenome.web.stories.kind import CHECKS

    me = tellers.reviewer(3)
    one = tellers.published(address=me.email)
    edit = tellers.corrected(one)
    edit = reviewing.take(contribution=edit, by=tellers.reviewer(1))
    with pytest.raises(NotAllowedError, match="You sent this yourself"):
        reviewing.review(contribution=edit, by=me, reason="Mine.", checks=list(CHECKS))


def test_nobody_puts_their_own_story_back_or_lifts_a_hold_on_it(rolled_back):
    from everygenome.web.moderation.actions import holding
    from everygenome.web.moderation.refused import NotAllowedError
    from everygenome.web.stories.desk import changed

    me = database.account("editor", "teller@staff.example")
    database.account("panel", "teller@staff.example")
    one = tellers.published(address=me.email)
    changed(tellers.story(one), action="hide", by=database.account("editor"), reason="Harm.")
    with pytest.raises(NotAllowedError, match="You sent this yourself"):
        changed(tellers.story(one), action="show", by=me, reason="Mine.")
    subject = f"stories/{one.subject}"
    holding.hold_subject(subject=subject, by=database.account("panel"), reason="Wait.")
    with pytest.raises(NotAllowedError, match="You sent this yourself"):
        holding.lift_subject(subject=subject, by=me, reason="Mine.")


def test_who_may_not_review_any_more_does_not_count_as_a_reader(rolled_back):
    from everygenome.web.moderation.actions import reviewing
    from everygenome.web.moderation.refused import RefusedError
    from everygenome.web.people.accounts import end_role

    one = tellers.accepted(tellers.offered().contribution, 1)
    end_role(account=tellers.reviewer(1), role="curator", reason="Hurt a teller.", by=None)
    one = tellers.accepted(one, 2)
    assert one.state == "in review"
    with pytest.raises(RefusedError):
        reviewing.publish(contribution=one, by=tellers.reviewer(2), reason="Read by two.")


def test_what_was_accepted_by_who_may_not_review_any_more_is_accepted_once_more(web):
    from everygenome.web.people.accounts import end_role
    from everygenome.web.stories.kind import CHECKS

    with database.committed():
        one = tellers.accepted(tellers.offered().contribution, 1, 2)
    assert one.state == "accepted"
    third = database.client(tellers.reviewer(3))
    path = f"/desk/{one.pk}/"
    said = {"version": one.version, "reason": "Good.", "check": list(CHECKS)}
    # Enough did, so nobody is asked.
    assert f"{path}review/" not in third.get(path).content.decode()
    assert "Enough people accepted it" in read(third.post(f"{path}review/", said)).text
    end_role(account=tellers.reviewer(1), role="curator", reason="Hurt a teller.", by=None)
    page = read(third.get(path))
    assert "2 different people must accept it; 1 did." in page.text
    actions = {form["attrs"].get("action") for form in page.all("form")}
    assert f"{path}publish/" not in actions
    assert "Too few reviewers have accepted it" in read(third.post(f"{path}publish/", said)).text
    assert third.post(f"{path}review/", said).status_code == 303
    one.refresh_from_db()
    assert one.state == "accepted"
    assert third.post(f"{path}publish/", said | {"version": one.version}).status_code == 303
    one.refresh_from_db()
    assert one.state == "published"


def test_a_correction_that_may_tell_of_health_is_read_by_two(rolled_back):
    from everygenome.web.moderation.actions.reviewing import reviewers_of

    # What its teller said of the story is asked of no correction.
    one = tellers.published(personal="no")
    assert reviewers_of(one) == 1
    assert reviewers_of(tellers.corrected(one, text="They found a variant in my BRCA2.")) == 2


# What they decide on.


def test_who_reviews_a_correction_sees_the_choices_as_they_are_now(web):
    from everygenome.web.moderation.actions import offering

    with database.committed():
        one = tellers.published(named="own", name="Mary Realname")
        edit = tellers.corrected(one)
        one.refresh_from_db()
        values = {"named": "none", "name": None, "reuse": "CC-BY-4.0"}
        offering.choose(contribution=one, by="contributor", values=values)
    desk = database.client(tellers.reviewer(1))
    for path in (f"/desk/{edit.pk}/", f"/desk/stories/{edit.pk}/"):
        shown = desk.get(path).content.decode()
        assert "Mary Realname" not in shown, path
        assert "CC BY 4.0" in shown, path
        assert "Other words." in shown, path
    # Its teller looks at the same.
    shown = web.get(f"/stories/offer/{link(edit)}/look/").content.decode()
    assert "Mary Realname" not in shown
    assert "Other words." in shown


def test_a_correction_lasts_as_long_as_its_story(rolled_back):
    from everygenome.web.moderation.actions import offering
    from everygenome.web.stories.due import due

    one = tellers.published(keep="end", keep_day="2031-01-01")
    edit = tellers.corrected(one)
    one.refresh_from_db()
    offering.choose(contribution=one, by="contributor", values={"keep": "open", "keep_day": None})
    due(datetime(2031, 1, 1, 12, tzinfo=UTC))
    edit.refresh_from_db()
    assert edit.state == "submitted"


def test_a_correction_ends_with_its_story(rolled_back):
    from everygenome.web.moderation.actions import offering
    from everygenome.web.stories.due import due

    one = tellers.published()
    edit = tellers.corrected(one)
    one.refresh_from_db()
    values = {"keep": "end", "keep_day": "2031-01-01"}
    offering.choose(contribution=one, by="contributor", values=values)
    due(datetime(2031, 1, 1, 12, tzinfo=UTC))
    edit.refresh_from_db()
    assert (edit.state, edit.proposed) == ("withdrawn", {})


# What they read, and what they do not.


def test_a_title_that_is_not_yet_sent_again_is_not_read_at_the_desk(web):
    from everygenome.web.moderation.actions import offering

    with database.committed():
        one = asked(tellers.offered().contribution)
        offering.save(
            contribution=one,
            by="contributor",
            values=one.proposed | {"title": "UNSENTWORDS", "text": "https://unsent.example/"},
        )
    desk = database.client(tellers.reviewer(1))
    for path in ("/desk/?show=changes-asked", f"/desk/{one.pk}/", f"/desk/{one.pk}/amend/"):
        shown = desk.get(path).content.decode()
        assert "UNSENTWORDS" not in shown, path
        assert "1 link" not in shown, path


def test_what_is_told_to_reviewers_alone_is_read_by_them_alone(web):
    from everygenome.web.moderation.actions import offering

    with database.committed():
        one = tellers.offered(
            send=False,
            form="behalf",
            behalf_whose="A neighbour",
            behalf_proof="She said so to MARKEDPERSON.",
        ).contribution
        note = "MARKEDNOTE, see https://marked.example/"
        one = offering.save(contribution=one, by="contributor", values=one.proposed, note=note)
        one = offering.submit(contribution=one, by="contributor")
    # "Judges no contribution."
    for role in ("administrator", "panel", "safeguarding"):
        shown = database.client(database.account(role)).get(f"/desk/{one.pk}/").content.decode()
        assert tellers.STORY["title"] in shown, role
        assert "MARKEDPERSON" not in shown, role
        assert "MARKEDNOTE" not in shown, role
        assert "marked.example" not in shown, role
    shown = database.client(tellers.reviewer(1)).get(f"/desk/{one.pk}/").content.decode()
    assert "MARKEDPERSON" in shown
    assert "MARKEDNOTE" in shown


def test_who_is_asked_for_proof_can_give_it(web):
    with database.committed():
        one = tellers.offered(
            form="behalf", behalf_whose="A neighbour", behalf_proof="She said so."
        ).contribution
        path = f"/stories/offer/{link(one)}/choices/"
        names = {e["attrs"].get("name") for e in read(web.get(path)).elements}
        assert not {"behalf_proof", "family"} & names
        one = asked(one, "Please say how she agreed, and how she can take it back.")
    names = {e["attrs"].get("name") for e in read(web.get(path)).elements}
    assert {"behalf_whose", "behalf_proof", "family"} <= names
    # How many have to read it, and what was agreed to, stay as they were.
    assert not {"personal", "agreed"} & names
    choices = {name: tellers.STORY[name] for name in
               ("family", "tier", "named", "name", "quotation", "reuse", "keep")}  # fmt: skip
    told = {"behalf_whose": "A neighbour", "behalf_proof": "By letter, on 3 May."}
    assert fill(web, path, **choices, **told).status_code == 303
    one.refresh_from_db()
    assert one.proposed["behalf_proof"] == "By letter, on 3 May."
    assert (one.proposed["personal"], one.proposed["agreed"]) == ("yes", "2026-11")
    without = fill(web, path, **choices, behalf_whose="A neighbour", behalf_proof="")
    assert without.status_code == 400
    one.refresh_from_db()
    assert one.proposed["behalf_proof"] == "By letter, on 3 May."
