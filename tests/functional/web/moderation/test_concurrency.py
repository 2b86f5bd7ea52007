"""Two people at the same moment: two real transactions, in a process of its own, on each engine."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.functional.web.conftest import POSTGRES

pytestmark = [pytest.mark.slow]

_ROUNDS = 20
_RACES = """
import json, os
from pathlib import Path
from everygenome.web.start import start
start(Path(os.environ["EVERYGENOME_STORE"]))
from django.core.management import call_command
from django.db import connection
from django.test import Client
call_command("collectstatic", interactive=False, verbosity=0)
from everygenome.web.collections.models import Item
from everygenome.web.moderation.actions import answering, holding, offering, reviewing
from everygenome.web.moderation.models import Contribution, Event, Hold, Review
from everygenome.web.moderation.refused import QuickerError, RefusedError
from tests.functional.web import database
from tests.functional.web.at_once import race
from tests.functional.web.moderation import standing

ROUNDS = 20
one_curator = database.account("curator", "one@staff.example")
two_curator = database.account("curator", "two@staff.example")
panel = database.account("panel")
standing.judge()
told = {"vendor": connection.vendor}


def done(_made):
    return "done"


def call(action, one, **how):
    return done(action(contribution=one, reason="So.", **how))


def post(client, one, name):
    sent = {"version": one.version, "reason": "So."}
    return client.post(f"/desk/{one.pk}/{name}/", sent).status_code


def tally(races):
    found = {}
    for outcomes in races:
        key = " ".join(sorted(str(one) for one in outcomes))
        found[key] = found.get(key, 0) + 1
    return found


def agrees(one):
    # What is stored tells of one decision, whole.
    now = Contribution.objects.get(pk=one.pk)
    events = now.events.filter(by__in=[one_curator, two_curator])
    decisions = list(events.values_list("action", "by"))
    if now.state == "accepted":
        return decisions == [("review", one_curator.pk)] and now.reviews.count() == 1
    return (
        decisions == [("decline", two_curator.pk)]
        and now.state == "declined"
        and now.reviews.count() == 0
        and now.version == one.version + 1
    )


made = [standing.at("in review", name=f"Race {n}") for n in range(ROUNDS)]
races = [
    race(
        lambda: call(reviewing.review, one, by=one_curator, seen=one.version),
        lambda: call(reviewing.decline, one, by=two_curator, seen=one.version),
    )
    for one in made
]
told["accept or decline"] = tally(races)
told["agree"] = sum(agrees(one) for one in made)

clients = [database.client(account) for account in (one_curator, two_curator)]
made = [standing.at("in review", name=f"Client {n}") for n in range(ROUNDS)]
races = [
    race(
        lambda: post(clients[0], one, "review"),
        lambda: post(clients[1], one, "decline"),
    )
    for one in made
]
told["clients"] = tally(races)
told["clients agree"] = sum(agrees(one) for one in made)

before = Item.objects.count()
made = [standing.at("accepted", name=f"Entry {n}") for n in range(ROUNDS)]
races = [
    race(*[
        lambda by=by, seen=seen: call(reviewing.publish, one, by=by, seen=seen)
        for by in (one_curator, two_curator)
    ])
    for n, one in enumerate(made)
    for seen in (one.version if n % 2 else None,)
]
told["publish"] = tally(races)
told["entries"] = Item.objects.count() - before

made = [standing.at("accepted", name=f"Held {n}") for n in range(ROUNDS)]
races = [
    race(
        lambda: call(reviewing.publish, one, by=one_curator),
        lambda: call(holding.hold, one, by=panel),
    )
    for one in made
]
told["publish or hold"] = tally(races)
told["published and held"] = Contribution.objects.filter(
    pk__in=[one.pk for one in made], state="published", holds__lifted_at=None, holds__isnull=False
).count()

with standing.kind(reviewers=2):
    made = [standing.at("submitted", kind="twofold", name=f"Two {n}") for n in range(ROUNDS)]
    made = [reviewing.take(contribution=one, by=one_curator) for one in made]
    races = [
        race(*[
            lambda by=by: call(reviewing.review, one, by=by)
            for by in (one_curator, two_curator)
        ])
        for one in made
    ]
    told["two reviewers"] = tally(races)
    told["accepted by two"] = sum(
        Contribution.objects.get(pk=one.pk).state == "accepted" and one.reviews.count() == 2
        for one in made
    )
    same = [standing.at("submitted", kind="twofold", name=f"Same {n}") for n in range(ROUNDS)]
    same = [reviewing.take(contribution=one, by=one_curator) for one in same]
    races = [
        race(*[
            lambda: call(reviewing.review, one, by=one_curator)
            for _ in range(2)
        ])
        for one in same
    ]
    told["same reviewer"] = tally(races)
    told["accepted by one"] = sum(
        Contribution.objects.get(pk=one.pk).state == "accepted" for one in same
    )

races = [
    race(*[
        lambda: done(holding.hold_subject(subject=f"toolbox/entry-{n}", by=panel, reason="So."))
        for _ in range(2)
    ])
    for n in range(ROUNDS)
]
told["hold an entry"] = tally(races)
told["holds"] = Hold.objects.filter(subject__startswith="toolbox/entry-", lifted_at=None).count()

made = []
for n in range(ROUNDS):
    declined = standing.at("declined", name=f"Appeal {n}")
    made.append(offering.appeal(contribution=declined, by="contributor", text="Please."))
editors = [database.account("editor", f"{name}@staff.example") for name in ("ed", "eda")]
races = [
    race(*[
        lambda by=by, upheld=upheld: done(
            answering.decide_appeal(appeal=one, by=by, upheld=upheld, reason="So.")
        )
        for by, upheld in zip(editors, (True, False))
    ])
    for one in made
]
told["appeals"] = tally(races)
told["decided once"] = Event.objects.filter(action="decide_appeal").count()
print(json.dumps(told))
"""
_EXPECTED = {
    "accept or decline": {"done quicker": _ROUNDS},
    "agree": _ROUNDS,
    "clients": {"303 409": _ROUNDS},
    "clients agree": _ROUNDS,
    "entries": _ROUNDS,
    "publish or hold": {"done refused": _ROUNDS},
    "published and held": 0,
    "two reviewers": {"done done": _ROUNDS},
    "accepted by two": _ROUNDS,
    "same reviewer": {"done refused": _ROUNDS},
    "accepted by one": 0,
    "hold an entry": {"done refused": _ROUNDS},
    "holds": _ROUNDS,
    "appeals": {"done refused": _ROUNDS},
    "decided once": _ROUNDS,
    "publish": {"done quicker": _ROUNDS // 2, "done refused": _ROUNDS // 2},
}


@pytest.fixture
def raced(demonstration: Path, tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Run the races over a store of their own."""

    def run(address: str = "") -> dict[str, Any]:
        store = tmp_path / "store"
        shutil.copytree(demonstration, store, ignore=shutil.ignore_patterns("web"))
        environ = os.environ | {
            "EVERYGENOME_STORE": str(store),
            "DJANGO_SETTINGS_MODULE": "everygenome.web.settings",
        }
        environ.pop("DATABASE_URL", None)
        if address:
            environ["DATABASE_URL"] = address
        done = subprocess.run(
            [sys.executable, "-c", _RACES],
            check=False,
            capture_output=True,
            text=True,
            env=environ,
            cwd=Path(__file__).parents[4],
        )
        assert done.returncode == 0, done.stderr
        told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return told

    return run


def test_of_two_at_the_same_moment_one_is_first_on_sqlite(raced):
    assert raced() == {"vendor": "sqlite"} | _EXPECTED


def test_of_two_at_the_same_moment_one_is_first_on_postgresql(raced):
    server = os.environ.get(POSTGRES)
    if not server:
        pytest.skip(f"no PostgreSQL: set {POSTGRES} to the address of a database")
    import psycopg

    name = f"everygenome_races_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'")
    try:
        told = raced(urlsplit(server)._replace(path=f"/{name}").geturl())
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    assert told == {"vendor": "postgresql"} | _EXPECTED
