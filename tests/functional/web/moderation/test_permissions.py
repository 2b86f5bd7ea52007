"""Who may do what, when: every role, every action, every state, against tables written here.

The tables repeat by hand what the project decided; they are not read from `states` or `roles`.
"""

import itertools

import pytest

from tests.functional.web import database
from tests.functional.web.moderation import standing

pytestmark = [pytest.mark.usefixtures("django")]

ACTORS = ("nobody", "contributor", *standing.ROLES)
MAY = {
    "nobody": [],
    "contributor": ["save", "submit", "withdraw", "choose", "recall", "discard", "appeal"],
    "reviewer": ["take", "put_back", "ask_changes", "review", "decline"],
    "curator": ["take", "put_back", "ask_changes", "review", "decline", "amend", "publish"],
    "editor": [
        "take",
        "put_back",
        "ask_changes",
        "review",
        "decline",
        "amend",
        "publish",
        "decide_appeal",
    ],
    "panel": ["hold", "lift_hold", "send_back"],
    "administrator": [],
    "safeguarding": [],
    "researcher": [],
}
# Action -> state before -> state after.
LEADS = {
    "save": {"draft": "draft", "changes asked": "changes asked"},
    "submit": {"draft": "submitted", "changes asked": "submitted"},
    "withdraw": dict.fromkeys(
        ("draft", "submitted", "in review", "changes asked", "accepted"), "withdrawn"
    ),
    # What is published of a tool stays; a story can be changed and taken back (`stories`).
    "choose": {},
    "recall": {},
    "discard": {},
    "take": {"submitted": "in review"},
    "put_back": {"in review": "submitted"},
    "ask_changes": {"in review": "changes asked"},
    "amend": {"in review": "changes asked"},
    "review": {"in review": "accepted"},
    "decline": {"in review": "declined"},
    "publish": {"accepted": "published"},
    "hold": {s: s for s in ("submitted", "in review", "changes asked", "accepted")},
    "lift_hold": {s: s for s in ("submitted", "in review", "changes asked", "accepted")},
    "send_back": dict.fromkeys(("submitted", "in review", "accepted"), "changes asked"),
    "appeal": {"declined": "declined"},
    "decide_appeal": {"declined": "submitted"},
}
# Of 18 actions, 8 states and 9 actors: how many of the 1,296 are allowed.
ALLOWED = {
    "nobody": 0,
    "contributor": 10,
    "reviewer": 5,
    "curator": 7,
    "editor": 8,
    "panel": 11,
    "administrator": 0,
    "safeguarding": 0,
    "researcher": 0,
}


def actor(name):
    """Whoever acts; nobody is an account whose role has ended."""
    if name == "contributor":
        return name
    if name != "nobody":
        return database.account(name)
    from everygenome.web.people.accounts import end_role

    account = database.account("editor", "nobody@staff.example")
    end_role(account=account, role="editor", reason="left", by=None)
    return account


def run(action, contribution, by):
    from everygenome.web.moderation.actions import answering, holding, offering, reviewing
    from everygenome.web.moderation.models import Appeal

    why = {"contribution": contribution, "by": by, "reason": "because"}
    plain = {"contribution": contribution, "by": by}
    values = contribution.proposed | {"purpose": "Other words."}
    return {
        "save": lambda: offering.save(**plain, values=values),
        "submit": lambda: offering.submit(**plain),
        "withdraw": lambda: offering.withdraw(**plain),
        "choose": lambda: offering.choose(**plain, values=values),
        "recall": lambda: offering.recall(**plain),
        "discard": lambda: offering.discard(**plain),
        "appeal": lambda: offering.appeal(**plain, text="Please look again."),
        "take": lambda: reviewing.take(**plain),
        "put_back": lambda: reviewing.put_back(**plain),
        "ask_changes": lambda: reviewing.ask_changes(**why),
        "amend": lambda: reviewing.amend(**why, values=values),
        "review": lambda: reviewing.review(**why),
        "decline": lambda: reviewing.decline(**why),
        "publish": lambda: reviewing.publish(**why),
        "hold": lambda: holding.hold(**why),
        "lift_hold": lambda: holding.lift_hold(**why),
        "send_back": lambda: holding.send_back(**why),
        "decide_appeal": lambda: answering.decide_appeal(
            appeal=Appeal.objects.get(contribution=contribution),
            by=by,
            upheld=True,
            reason="because",
        ),
    }[action]()


def refused(kind, attempt):
    """The error of an attempt; None where it was done."""
    try:
        attempt()
    except kind as error:
        return error
    return None


def prepared(action, contribution):
    """What the action needs besides role and state."""
    from everygenome.web.moderation.models import Appeal, Hold

    if action == "decide_appeal":
        Appeal.objects.create(contribution=contribution, round=contribution.round, text="Please.")
    if action == "lift_hold":
        Hold.objects.create(contribution=contribution, by=standing.judge(), reason="Wait.")


@pytest.mark.slow
@pytest.mark.parametrize("action", LEADS)
def test_every_actor_in_every_state(rolled_back, action):
    from django.db import transaction

    from everygenome.web.moderation.models import Contribution, Event
    from everygenome.web.moderation.refused import NotAllowedError, RefusedError

    made = {state: standing.at(state, name=state) for state in standing.STATES}
    actors = {name: actor(name) for name in ACTORS}
    allowed = []
    for (name, by), (state, one) in itertools.product(actors.items(), made.items()):
        assert one.state == state
        with transaction.atomic():
            prepared(action, one)
            before = Contribution.objects.filter(pk=one.pk).values().get()
            events = Event.objects.count()
            error = refused(
                RefusedError, lambda action=action, one=one, by=by: run(action, one, by)
            )
            if error is not None:
                assert Contribution.objects.filter(pk=one.pk).values().get() == before
                assert Event.objects.count() == events
                # Who has no right hears that, whatever the state is.
                has_right = action in MAY[name]
                assert isinstance(error, NotAllowedError) is not has_right, (name, state)
            else:
                allowed.append((name, state))
                one.refresh_from_db()
                assert one.state == LEADS[action][state], (name, state)
                event = Event.objects.order_by("pk").last()
                assert (event.action, event.before, event.after) == (action, state, one.state)
                assert event.role == name
                assert (event.by is None) is (name == "contributor")
                assert Event.objects.count() == events + 1
            transaction.set_rollback(True)
        one.refresh_from_db()
    expected = [(n, s) for n in ACTORS for s in made if action in MAY[n] and s in LEADS[action]]
    assert allowed == expected


def test_the_tables_hold_every_action_and_the_right_number_of_yes(django):
    from everygenome.web.moderation.states import ACTIONS, State
    from everygenome.web.people.roles import ROLES

    assert list(LEADS) == list(MAY["contributor"][:3]) + [
        a for a in LEADS if a not in MAY["contributor"][:3]
    ]
    assert set(LEADS) == set(ACTIONS)
    assert tuple(State.values) == standing.STATES
    assert tuple(ROLES) == standing.ROLES
    counts = {n: sum(len(LEADS[action]) for action in MAY[n]) for n in ACTORS}
    assert counts == ALLOWED
    assert sum(counts.values()) == 41
    assert len(LEADS) * len(standing.STATES) * len(ACTORS) == 1296


DESK = (
    "take",
    "put_back",
    "ask_changes",
    "review",
    "decline",
    "publish",
    "hold",
    "lift_hold",
    "send_back",
    "accept_and_publish",
)


@pytest.mark.slow
def test_the_desk_allows_the_same_as_the_actions(web):
    from django.db import transaction

    made = {state: standing.at(state, name=state) for state in standing.STATES}
    clients = {n: database.client(database.account(n)) for n in standing.ROLES}
    clients["nobody"] = web
    counts = dict.fromkeys(clients, 0)
    for name, doing, (state, one) in itertools.product(clients, DESK, made.items()):
        with transaction.atomic():
            prepared(doing, one)
            answer = clients[name].post(
                f"/desk/{one.pk}/{doing}/", {"version": one.version, "reason": "because"}
            )
            both = doing == "accept_and_publish"
            acts = ("review", "publish") if both else (doing,)
            has_right = all(act in MAY[name] for act in acts)
            can = has_right and state in LEADS[acts[0]]
            if can:
                assert answer.status_code == 303, (name, doing, state)
                one.refresh_from_db()
                assert one.state == ("published" if both else LEADS[doing][state])
                counts[name] += 1
            else:
                hidden = not has_right or state == "draft"
                assert answer.status_code == (404 if hidden else 400), (name, doing, state)
            transaction.set_rollback(True)
        one.refresh_from_db()
    assert counts == {
        "reviewer": 5,
        "curator": 7,
        "editor": 7,
        "panel": 11,
        "administrator": 0,
        "safeguarding": 0,
        "researcher": 0,
        "nobody": 0,
    }


ITEM_STEPS = {
    "withdraw_item": ["published", "retired"],
    "retire_item": ["published"],
    "supersede_item": ["published", "retired"],
    "restore_item": ["withdrawn", "retired", "superseded"],
}


def test_only_editors_change_what_is_published(rolled_back):
    from django.db import transaction

    from everygenome.web.collections import standing as entries
    from everygenome.web.collections.models import Item
    from everygenome.web.moderation.models import Event
    from everygenome.web.moderation.refused import NotAllowedError, RefusedError

    other = standing.entry("beta", name="Beta")
    item = standing.entry("alpha")
    people = {name: actor(name) for name in ("nobody", *standing.ROLES)}
    allowed = []
    states = ("published", "retired", "superseded", "withdrawn")
    for (name, by), action, state in itertools.product(people.items(), ITEM_STEPS, states):
        with transaction.atomic():
            successor = other if state == "superseded" else None
            Item.objects.filter(pk=item.pk).update(standing=state, successor=successor)
            events = Event.objects.count()
            told = {"action": action, "by": by}
            error = refused(
                RefusedError,
                lambda told=told: entries.change(item=item, reason="so", successor=other, **told),
            )
            if error is not None:
                assert Event.objects.count() == events
                assert isinstance(error, NotAllowedError) is (name != "editor")
            else:
                allowed.append((name, action, state))
                assert Event.objects.count() == events + 1
            transaction.set_rollback(True)
    assert allowed == [("editor", a, s) for a in ITEM_STEPS for s in states if s in ITEM_STEPS[a]]
    assert len(allowed) == 8
    locked = []
    for name, by in people.items():
        try:
            entries.lock(item=item, field="name", by=by, locked=True, reason="so")
        except NotAllowedError:
            continue
        locked.append(name)
    assert locked == ["editor"]


def test_who_holds_answers_and_invites(rolled_back):
    from django.db import transaction

    from everygenome.errors import EverygenomeError
    from everygenome.web.moderation.actions import answering, holding
    from everygenome.web.moderation.models import Receiver, Report
    from everygenome.web.people import accounts

    people = {name: actor(name) for name in ("nobody", *standing.ROLES)}
    someone = database.account("reviewer", "someone@staff.example")
    report = Report.objects.create(matter="wrong", text="It is wrong.", receiver=Receiver.BOTH)
    tried = {
        "hold": lambda by: holding.hold_subject(subject="toolbox/alpha", by=by, reason="so"),
        "lift": lambda by: holding.lift_subject(subject="toolbox/beta", by=by, reason="so"),
        "answer": lambda by: answering.handle_report(report=report, by=by, outcome="done"),
        "invite": lambda by: accounts.invite(
            email="new@staff.example", name="New", role="editor", reason="so", by=by
        ),
        "give": lambda by: accounts.give_role(account=someone, role="panel", reason="so", by=by),
        "end": lambda by: accounts.end_role(account=someone, role="reviewer", reason="so", by=by),
        "erase": lambda by: accounts.erase(account=someone, by=by),
    }
    holding.hold_subject(subject="toolbox/beta", by=people["panel"], reason="so")
    found = {}
    for what, attempt in tried.items():
        found[what] = []
        for name, by in people.items():
            with transaction.atomic():
                error = refused(EverygenomeError, lambda by=by, attempt=attempt: attempt(by))
                if error is None:
                    found[what].append(name)
                else:
                    assert error.what == "None of your roles allows this."
                transaction.set_rollback(True)
    assert found == {
        "hold": ["panel"],
        "lift": ["panel"],
        "answer": ["curator", "editor", "administrator"],
        "invite": ["administrator"],
        "give": ["administrator"],
        "end": ["administrator"],
        "erase": ["administrator"],
    }


def test_a_role_ends_at_once(web):
    from everygenome.web.people.accounts import end_role

    account = database.account("curator")
    client = database.client(account)
    assert client.get("/desk/").status_code == 200
    end_role(account=account, role="curator", reason="left", by=None)
    assert client.get("/desk/").status_code == 404
    one = standing.at("in review")
    assert client.post(f"/desk/{one.pk}/decline/", {"reason": "x"}).status_code == 404


def test_an_account_that_was_closed_may_do_nothing(web):
    account = database.account("editor")
    client = database.client(account)
    account.is_active = False
    account.save()
    assert account.roles == []
    assert client.get("/desk/").status_code == 404
