"""How we review: public, and made from the tables that the actions obey."""

from datetime import timedelta

import pytest

from tests.functional.web.moderation import offers
from tests.functional.web.page import read

pytestmark = [pytest.mark.usefixtures("django")]


def test_every_state_action_role_and_kind_stands_on_the_page(web):
    from everygenome.web.moderation.kinds import kinds
    from everygenome.web.moderation.states import ACTIONS, State
    from everygenome.web.people.roles import ROLES

    response = web.get("/moderation/")

    text = read(response).text
    assert response.status_code == 200
    for state in State:
        assert f"When it is: {state.label}" in text
    for action in ACTIONS.values():
        assert text.count(f"{action.label}: by ") >= len(action.before)
    for role in ROLES.values():
        assert f"{role.label} {role.may}" in text
    for kind in kinds():
        assert f"Suggest {kind.label} {kind.target_days} {kind.reviewers}" in text
    assert "Decline: by reviewer, curator or editor, with a reason; it is then: declined" in text
    assert "Withdraw it: by the contributor; it is then: withdrawn by its contributor" in text
    assert not response.cookies


def test_with_nothing_sent_no_figure_is_made_up(web):
    text = read(web.get("/moderation/")).text

    assert "Waiting for an answer 0" in text
    assert "nothing waits" in text
    assert "Half were answered within no figure" in text
    assert "The panel has held nothing so far." in text


def test_figures_are_of_what_was_done(web):
    """Three were answered after 1, 4 and 9 days; one waits since 5 days; a draft counts nowhere."""
    from django.utils import timezone

    from everygenome.web.moderation.models import Contribution, Event
    from everygenome.web.moderation.views import figures

    for number in range(4):
        offers.send(web, name=f"Tool {number}")
    offers.send(web, button="draft", name="A draft")
    now = timezone.now()
    sent = offers.contributions()
    for one in sent[:3]:
        offers.change("take", one)
    offers.change("ask_changes", sent[0], reason="More.")
    offers.change("decline", sent[1], reason="No.")
    offers.change("accept_and_publish", sent[2], reason="Good.")
    for one, days in zip(sent, (1, 4, 9, 5), strict=False):
        Event.objects.filter(contribution=one, action="submit").update(
            at=now - timedelta(days=days)
        )
    Contribution.objects.filter(pk=sent[3].pk).update(submitted_at=now - timedelta(days=5, hours=1))

    found = figures.now()

    assert (found.waiting, found.oldest_days) == (1, 5)
    assert (found.answered, found.median_days) == (3, 4.0)
    text = read(web.get("/moderation/")).text
    assert "The oldest of them waits for 5 days" in text
    assert "Half were answered within 4.0 days" in text
    later = figures.now(now + timedelta(days=91))
    assert (later.answered, later.median_days) == (0, None)


def test_what_the_panel_decided_is_public_and_what_is_held_is_not(web):
    from everygenome.web.moderation.actions import holding

    offers.entry()
    offers.send(web, name="A secret name")
    offers.change("hold", offers.contributions()[0], role="panel", reason="We ask the elders.")
    panel = offers.staff("panel")
    holding.hold_subject(subject="toolbox/tractor", by=panel, reason="Its wording hurts.")
    holding.hold_subject(subject="toolbox:kind:service", by=panel, reason="A category.")
    holding.lift_subject(subject="toolbox/tractor", by=panel, reason="The wording was changed.")

    for path in ("/moderation/", "/moderation/panel/"):
        page = read(web.get(path))
        assert "A secret name" not in page.text
        assert "The panel" not in page.text
        assert "a tool that is not published yet: held since" in page.text
        assert "Why: We ask the elders." in page.text
        assert "Why: Its wording hurts." in page.text
        assert "Decided: The wording was changed." in page.text
        assert "toolbox:kind:service: held since" in page.text
        assert [i for i in page.all("a") if i["attrs"]["href"] == "/toolbox/tractor/"]
    page = read(web.get("/moderation/panel/"))
    assert page.text.count("the hold stands") == 2


def test_ten_holds_stand_on_the_page_and_all_on_their_own(web):
    from everygenome.web.moderation.actions import holding

    panel = offers.staff("panel")
    for number in range(11):
        holding.hold_subject(subject=f"toolbox/entry-{number}", by=panel, reason="Asked.")

    first, every = read(web.get("/moderation/")), read(web.get("/moderation/panel/"))
    assert first.text.count("the hold stands") == 10
    assert "All that the panel decided" in first.text
    assert every.text.count("the hold stands") == 11
