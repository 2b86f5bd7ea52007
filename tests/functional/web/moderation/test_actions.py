"""The actions: two reviewers, holds, appeals, own contributions, and what the database refuses."""

import smtplib

import pytest

from tests.functional.web import database
from tests.functional.web.moderation import standing

pytestmark = [pytest.mark.usefixtures("rolled_back")]


def test_where_two_must_accept_one_person_cannot_be_both():
    from everygenome.web.moderation.actions import reviewing
    from everygenome.web.moderation.models import Contribution
    from everygenome.web.moderation.refused import RefusedError

    first, second = database.account("curator"), database.account("editor")
    with standing.kind(reviewers=2):
        one = standing.at("in review", kind="twofold")
        one = reviewing.accept_and_publish(contribution=one, by=first, reason="Right.")
        assert (one.state, one.reviews.count()) == ("in review", 1)
        with pytest.raises(RefusedError, match="You accepted it already"):
            reviewing.review(contribution=one, by=first, reason="Right again.")
        # Even if it came to be accepted in some other way.
        Contribution.objects.filter(pk=one.pk).update(
            state="accepted", decided_at=one.submitted_at, decided_by=first, decision_reason="x"
        )
        with pytest.raises(RefusedError, match="Too few reviewers have accepted it"):
            reviewing.publish(contribution=one, by=first, reason="Right.")
        Contribution.objects.filter(pk=one.pk).update(state="in review")
        one.refresh_from_db()
        one = reviewing.review(contribution=one, by=second, reason="I agree.")
        assert (one.state, one.reviews.count()) == ("accepted", 2)
        assert reviewing.publish(contribution=one, by=first, reason="So.").state == "published"


def test_what_was_accepted_in_an_earlier_round_does_not_count():
    from everygenome.web.moderation.actions import holding, offering, reviewing

    first, panel = database.account("curator"), database.account("panel")
    with standing.kind(reviewers=2):
        one = standing.at("in review", kind="twofold")
        one = reviewing.review(contribution=one, by=first, reason="Right.")
        one = holding.send_back(contribution=one, by=panel, reason="Please ask us.")
        one = offering.submit(contribution=one, by="contributor")
        one = reviewing.take(contribution=one, by=first)
        one = reviewing.review(contribution=one, by=first, reason="Right.")
        assert (one.state, one.round, one.reviews.count()) == ("in review", 2, 2)


def test_nobody_decides_on_what_they_sent_themselves():
    from everygenome.web.moderation.actions import holding, reviewing
    from everygenome.web.moderation.refused import NotAllowedError

    account = database.account("editor")
    panel = database.account("panel")
    one = standing.at("in review", address="Editor@STAFF.example")
    why = {"contribution": one, "by": account, "reason": "Mine."}
    for action in (
        lambda: reviewing.review(**why),
        lambda: reviewing.decline(**why),
        lambda: reviewing.ask_changes(**why),
        lambda: reviewing.amend(**why, values={"name": "x"}),
        lambda: reviewing.accept_and_publish(**why),
    ):
        with pytest.raises(NotAllowedError, match="You sent this yourself"):
            action()
    other = standing.at("accepted", address="panel@staff.example")
    with pytest.raises(NotAllowedError, match="You sent this yourself"):
        holding.hold(contribution=other, by=panel, reason="Mine.")
    with pytest.raises(NotAllowedError, match="You sent this yourself"):
        reviewing.publish(
            contribution=standing.at("accepted", address="editor@staff.example"),
            by=account,
            reason="Mine.",
        )
    assert reviewing.put_back(contribution=one, by=account).state == "submitted"


def test_a_hold_keeps_it_from_being_published_until_it_is_lifted():
    from everygenome.web.moderation.actions import holding, reviewing
    from everygenome.web.moderation.refused import RefusedError

    curator, panel = database.account("curator"), database.account("panel")
    one = standing.at("in review")
    holding.hold(contribution=one, by=panel, reason="Wait.")
    with pytest.raises(RefusedError, match="It is held already"):
        holding.hold(contribution=one, by=panel, reason="Wait more.")
    with pytest.raises(RefusedError, match="The community panel holds it"):
        reviewing.accept_and_publish(contribution=one, by=curator, reason="Right.")
    one.refresh_from_db()
    # All or nothing: it was not accepted either.
    assert (one.state, one.reviews.count()) == ("in review", 0)
    holding.lift_hold(contribution=one, by=panel, reason="We agree.")
    with pytest.raises(RefusedError, match="It is not held"):
        holding.lift_hold(contribution=one, by=panel, reason="Again.")
    done = reviewing.accept_and_publish(contribution=one, by=curator, reason="Right.")
    assert done.state == "published"


@pytest.mark.parametrize(
    "subject", ["toolbox/alpha", "toolbox:kind:software", "toolbox:stages:analysis"]
)
def test_a_hold_on_an_entry_or_a_category_keeps_corrections_back(subject):
    from everygenome.web.moderation.actions import holding, reviewing
    from everygenome.web.moderation.refused import RefusedError

    curator, panel = database.account("curator"), database.account("panel")
    standing.entry()
    one = standing.at("accepted", subject="alpha", purpose="Counts everybody.")
    other = standing.at("accepted", name="Gamma", kind="toolbox")
    from everygenome.web.moderation.models import Contribution

    Contribution.objects.filter(pk=other.pk).update(
        proposed=other.proposed | {"kind": "guidance", "stages": ["participants"]}
    )
    holding.hold_subject(subject=subject, by=panel, reason="Wait.")
    with pytest.raises(RefusedError, match="The community panel holds it"):
        reviewing.publish(contribution=one, by=curator, reason="Right.")
    assert reviewing.publish(contribution=other, by=curator, reason="So.").state == "published"
    holding.lift_subject(subject=subject, by=panel, reason="We agree.")
    assert reviewing.publish(contribution=one, by=curator, reason="So.").state == "published"


def test_a_new_entry_in_a_held_category_and_one_that_leaves_it_wait_too():
    from everygenome.web.moderation.actions import holding, reviewing
    from everygenome.web.moderation.refused import RefusedError

    curator, panel = database.account("curator"), database.account("panel")
    standing.entry()
    leaving = standing.at("accepted", subject="alpha")
    from everygenome.web.moderation.models import Contribution

    Contribution.objects.filter(pk=leaving.pk).update(
        proposed=leaving.proposed | {"kind": "guidance"}
    )
    new = standing.at("accepted", name="Delta")
    holding.hold_subject(subject="toolbox:kind:software", by=panel, reason="Wait.")
    for one in (leaving, new):
        with pytest.raises(RefusedError, match="The community panel holds it"):
            reviewing.publish(contribution=one, by=curator, reason="Right.")


def test_an_appeal_is_decided_by_somebody_else_and_once():
    from everygenome.web.moderation.actions import answering, offering, reviewing
    from everygenome.web.moderation.refused import NotAllowedError, RefusedError

    editor, other = database.account("editor"), database.account("editor", "other@staff.example")
    one = standing.at("in review")
    one = reviewing.decline(contribution=one, by=editor, reason="It does not fit.")
    appeal = offering.appeal(contribution=one, by="contributor", text="It does fit.")
    with pytest.raises(RefusedError, match="asked for a second look"):
        offering.appeal(contribution=one, by="contributor", text="Again.")
    with pytest.raises(NotAllowedError, match="You declined it"):
        answering.decide_appeal(appeal=appeal, by=editor, upheld=True, reason="No, I was right.")
    decided = answering.decide_appeal(appeal=appeal, by=other, upheld=True, reason="You are right.")
    one.refresh_from_db()
    assert (decided.upheld, one.state, one.round, one.reviewer) == (True, "submitted", 2, None)
    with pytest.raises(RefusedError):
        answering.decide_appeal(appeal=appeal, by=other, upheld=False, reason="Or not.")
    # Declined anew, another second look can be asked for; refused, it stays declined.
    one = reviewing.take(contribution=one, by=editor)
    one = reviewing.decline(contribution=one, by=editor, reason="Still not.")
    again = offering.appeal(contribution=one, by="contributor", text="It does.")
    answering.decide_appeal(appeal=again, by=other, upheld=False, reason="It does not.")
    one.refresh_from_db()
    assert (one.state, one.round, one.decided_by) == ("declined", 2, editor)
    with pytest.raises(RefusedError, match="decided already"):
        answering.decide_appeal(appeal=again, by=other, upheld=True, reason="Or yes.")


def test_a_decision_without_a_reason_is_refused_by_every_action():
    from everygenome.web.moderation.actions import holding, reviewing
    from everygenome.web.moderation.refused import RefusedError

    editor, panel = database.account("editor"), database.account("panel")
    waiting, accepted = standing.at("in review"), standing.at("accepted")
    for reason in ("", "  \n ", "x" * 2001):
        for action, one, by in (
            (reviewing.review, waiting, editor),
            (reviewing.decline, waiting, editor),
            (reviewing.ask_changes, waiting, editor),
            (reviewing.publish, accepted, editor),
            (holding.hold, waiting, panel),
            (holding.send_back, waiting, panel),
        ):
            with pytest.raises(RefusedError, match="Please say why"):
                action(contribution=one, by=by, reason=reason)
        with pytest.raises(RefusedError, match="Please say why"):
            holding.hold_subject(subject="toolbox/alpha", by=panel, reason=reason)


@pytest.mark.parametrize(
    ("model", "state", "changes"),
    [
        ("Contribution", "submitted", {"state": "accepted"}),
        ("Contribution", "declined", {"decided_by": None}),
        ("Contribution", "declined", {"decided_at": None}),
        ("Contribution", "declined", {"decision_reason": ""}),
        ("Contribution", "published", {"decided_by": None}),
        ("Contribution", "changes asked", {"decision_reason": ""}),
        ("Contribution", "submitted", {"state": "lost"}),
        ("Contribution", "submitted", {"submitted_at": None}),
        ("Contribution", "submitted", {"round": 0}),
        ("Contribution", "submitted", {"purpose": "edit"}),
        ("Event", "declined", {"reason": ""}),
        ("Event", "declined", {"by": None}),
        ("Review", "accepted", {"reason": ""}),
        ("Hold", "submitted", {"reason": ""}),
        ("Hold", "submitted", {"lifted_at": "2026-01-01T00:00Z"}),
        ("Hold", "submitted", {"subject": "toolbox/alpha"}),
        ("Hold", "submitted", {"contribution": None}),
        ("Appeal", "declined", {"decided_at": "2026-01-01T00:00Z"}),
        ("Appeal", "declined", {"upheld": True}),
        ("Report", "draft", {"handled_at": "2026-01-01T00:00Z"}),
        ("Report", "draft", {"handled_by": 1}),
    ],
)
def test_the_database_itself_refuses_a_decision_without_who_when_and_why(model, state, changes):
    from django.apps import apps
    from django.db import IntegrityError, transaction

    from everygenome.web.moderation.models import Appeal, Hold, Report

    one = standing.at(state)
    if model == "Hold":
        Hold.objects.create(contribution=one, by=standing.judge(), reason="Wait.")
    if model == "Appeal":
        Appeal.objects.create(contribution=one, round=1, text="Please.")
    if model == "Report":
        Report.objects.create(matter="wrong", text="It is wrong.")
        changes = {k: standing.judge().pk if v == 1 else v for k, v in changes.items()}
    rows = apps.get_model("moderation", model).objects.order_by("-pk")
    number = rows.filter(action="decline").first().pk if model == "Event" else rows.first().pk
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.model.objects.filter(pk=number).update(**changes)


def test_an_event_is_never_changed():
    from everygenome.web.moderation.models import Event

    standing.at("declined")
    event = Event.objects.order_by("pk").last()
    event.reason = "Another reason."
    with pytest.raises(TypeError, match="never changed"):
        event.save()
    assert Event.objects.get(pk=event.pk).reason == "It does not fit."


def test_what_fails_half_way_leaves_nothing(outbox, monkeypatch):
    from everygenome.web.moderation.actions import reviewing
    from everygenome.web.moderation.models import Contribution, Event
    from everygenome.web.people.contacts import confirm

    def broken(_contribution):
        Contribution.objects.update(note="half")
        raise RuntimeError("no room")

    curator = database.account("curator")
    with standing.kind(reviewers=1, publish=broken):
        one = standing.at("in review", kind="twofold", address="ada@reader.example")
        confirm(one.contact)
        events, before = Event.objects.count(), Contribution.objects.values().get(pk=one.pk)
        with database.committed(), pytest.raises(RuntimeError, match="no room"):
            reviewing.accept_and_publish(contribution=one, by=curator, reason="Right.")
        assert Event.objects.count() == events
        assert Contribution.objects.values().get(pk=one.pk) == before
        assert one.reviews.count() == 0
        # The audit trail is part of it too: without its line nothing is done.
        monkeypatch.setattr(Event, "save", lambda *_a, **_k: broken(None))
        with database.committed(), pytest.raises(RuntimeError, match="no room"):
            reviewing.decline(contribution=one, by=curator, reason="It does not fit.")
        assert Contribution.objects.values().get(pk=one.pk) == before
    assert outbox == []


def test_a_notice_that_fails_undoes_nothing(monkeypatch, caplog):
    from django.core.mail import EmailMessage

    from everygenome.web.moderation.actions import reviewing
    from everygenome.web.people.contacts import confirm

    def refused(_self):
        raise smtplib.SMTPServerDisconnected("ada@reader.example")

    one = standing.at("in review", address="ada@reader.example")
    confirm(one.contact)
    monkeypatch.setattr(EmailMessage, "send", refused)
    with database.committed():
        reviewing.decline(
            contribution=one, by=database.account("curator"), reason="It does not fit."
        )
    one.refresh_from_db()
    assert one.state == "declined"
    assert "A notice (told) could not be sent." in caplog.text
    assert "ada@reader.example" not in caplog.messages[0]


def test_a_notice_waits_for_the_commit_and_for_a_yes(outbox):
    from everygenome.web.moderation.actions import reviewing
    from everygenome.web.people.contacts import confirm

    curator = database.account("curator")
    silent = standing.at("submitted", address="silent@reader.example")
    nowhere = standing.at("submitted", name="Beta")
    told = standing.at("submitted", name="Gamma", address="ada@reader.example")
    confirm(told.contact)
    for one in (silent, nowhere, told):
        with database.committed():
            reviewing.take(contribution=one, by=curator)
            assert outbox == []
        sent, outbox[:] = [mail.to for mail in outbox], []
        assert sent == ([["ada@reader.example"]] if one is told else []), one.pk
