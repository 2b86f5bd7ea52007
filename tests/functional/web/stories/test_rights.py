"""What only tellers may do, and what they agreed to: asked of everybody, in every state."""

import hashlib
import itertools

import pytest

from tests.functional.web import database
from tests.functional.web.moderation import standing
from tests.functional.web.stories import tellers

pytestmark = [pytest.mark.usefixtures("django")]


def at(state):
    """A story that came to a state the usual way."""
    from everygenome.web.moderation.actions import offering, reviewing

    if state == "published":
        return tellers.published(personal="no")
    one = tellers.offered(send=False, personal="no").contribution
    if state == "draft":
        return one
    one = offering.submit(contribution=one, by="contributor")
    if state == "withdrawn":
        return offering.withdraw(contribution=one, by="contributor")
    if state == "submitted":
        return one
    one = reviewing.take(contribution=one, by=tellers.reviewer(1))
    if state == "in review":
        return one
    why = {"contribution": one, "by": tellers.reviewer(1), "reason": "because"}
    if state == "changes asked":
        return reviewing.ask_changes(**why)
    if state == "declined":
        return reviewing.decline(**why)
    from everygenome.web.stories.kind import CHECKS

    return reviewing.review(**why, checks=list(CHECKS))


def test_only_a_teller_changes_a_choice_or_withdraws_and_only_what_is_published(rolled_back):
    from everygenome.web.moderation.actions import offering
    from everygenome.web.moderation.models import Contribution
    from everygenome.web.moderation.refused import NotAllowedError, RefusedError
    from everygenome.web.people import vaults

    made = {state: at(state) for state in standing.STATES}
    actors = {"contributor": "contributor"} | {n: database.account(n) for n in standing.ROLES}
    may = {
        "choose": ("submitted", "in review", "accepted", "published"),
        "recall": ("published",),
        "discard": ("declined",),
    }
    refused = 0
    for (name, by), (state, one) in itertools.product(actors.items(), made.items()):
        before = Contribution.objects.filter(pk=one.pk).values().get()
        for action, states in may.items():
            if name == "contributor" and state in states:
                continue
            more = {"values": {"quotation": "yes"}} if action == "choose" else {}
            with pytest.raises(RefusedError) as told:
                getattr(offering, action)(contribution=one, by=by, **more)
            assert isinstance(told.value, NotAllowedError) is (name != "contributor")
            assert Contribution.objects.filter(pk=one.pk).values().get() == before
            # Nothing is destroyed before it is known who asks.
            assert vaults.is_open(one.vault) is (state != "withdrawn")
            refused += 1
    assert refused == 3 * len(actors) * len(made) - 6
    for state in may["choose"]:
        values = {"quotation": "yes", "name": None}
        one = offering.choose(contribution=made[state], by="contributor", values=values)
        assert (one.state, one.proposed["quotation"]) == (state, "yes")
        assert "name" not in one.proposed
    assert offering.recall(contribution=made["published"], by="contributor").state == "withdrawn"
    declined = offering.discard(contribution=made["declined"], by="contributor")
    assert (declined.state, declined.proposed) == ("withdrawn", {})


def test_one_person_cannot_be_both_readers(rolled_back):
    from everygenome.web.moderation.actions import reviewing
    from everygenome.web.moderation.refused import RefusedError
    from everygenome.web.stories.kind import CHECKS

    one = tellers.offered().contribution
    one = reviewing.take(contribution=one, by=tellers.reviewer(1))
    why = {"by": tellers.reviewer(1), "reason": "Good.", "checks": list(CHECKS)}
    one = reviewing.review(contribution=one, **why)
    with pytest.raises(RefusedError, match="somebody else has to look at it too"):
        reviewing.review(contribution=one, **why)
    with pytest.raises(RefusedError):
        reviewing.publish(contribution=one, by=tellers.reviewer(1), reason="Now.")


def test_a_wording_that_somebody_agreed_to_is_never_changed():
    """Another wording needs another version: add a line here, and change none."""
    from everygenome.web.stories.consent import VERSION, WORDINGS

    frozen = {"2026-11": "88a8fd676caa1849"}
    assert {
        version: hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]
        for version, said in WORDINGS.items()
    } == frozen
    assert list(WORDINGS)[-1] == VERSION


def test_what_is_suggested_is_seen_by_its_teller_first_and_leaves_the_choices_alone(web):
    from everygenome.web.moderation.actions import reviewing
    from everygenome.web.moderation.keys import new_link
    from tests.functional.web.moderation import offers
    from tests.functional.web.page import read

    with database.committed():
        one = tellers.offered().contribution
        one = reviewing.take(contribution=one, by=tellers.reviewer(1))
    desk = database.client(tellers.reviewer(1))
    page = read(desk.get(f"/desk/{one.pk}/amend/"))
    names = {e["attrs"].get("name") for e in page.elements}
    assert "text" in names
    assert not {"tier", "named", "name", "reuse", "agreed"} & names
    form = offers.form_of(desk.get(f"/desk/{one.pk}/amend/")) | {
        "text": ["They took my blood. Nobody wrote."],
        "reason": ["Shorter."],
    }
    answer = desk.post(f"/desk/{one.pk}/amend/", form)
    assert answer.status_code == 303, read(answer).text
    one.refresh_from_db()
    assert one.state == "changes asked"
    assert one.amended["tier"] == "public"
    assert one.amended["name"] == "Nightingale"
    own = f"/contributions/{new_link(one, mailed=True)}/"
    assert "Nothing of it is published unless you agree" in read(web.get(own)).text
    assert offers.act(web, own, act="agree").status_code == 303
    one.refresh_from_db()
    assert (one.state, one.proposed["text"]) == ("submitted", "They took my blood. Nobody wrote.")
    assert one.proposed["agreed"] == "2026-11"
