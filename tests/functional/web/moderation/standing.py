"""Contributions in each state, made by the actions themselves, and kinds that only tests have."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.functional.web import database

TOOL = {
    "name": "Alpha",
    "purpose": "Counts who takes part.",
    "kind": "software",
    "stages": ["analysis"],
    "audiences": ["researcher"],
    "tasks": ["measuring-diversity"],
}
ROLES = (
    "reviewer",
    "curator",
    "editor",
    "panel",
    "administrator",
    "safeguarding",
    "researcher",
)
STATES = (
    "draft",
    "submitted",
    "in review",
    "changes asked",
    "accepted",
    "published",
    "declined",
    "withdrawn",
)


def draft(kind: str = "toolbox", address: str = "", subject: str = "", **values: Any) -> Any:
    """A draft, of a new entry unless a subject is named."""
    from everygenome.web.moderation.actions.offering import Offer, offer
    from everygenome.web.moderation.models import Purpose

    offered = Offer(
        kind=kind,
        purpose=Purpose.EDIT if subject else Purpose.NEW,
        subject=subject,
        values={k: v for k, v in (TOOL | values).items() if v is not None},
        address=address,
    )
    return offer(offered=offered, send=False).contribution


def at(state: str, **made: Any) -> Any:
    """A contribution that came to a state the usual way, through the hands of `judge`."""
    from everygenome.web.moderation.actions import offering, reviewing

    one, by = draft(**made), judge()
    if state == "draft":
        return one
    one = offering.submit(contribution=one, by="contributor")
    if state == "withdrawn":
        return offering.withdraw(contribution=one, by="contributor")
    if state == "submitted":
        return one
    one = reviewing.take(contribution=one, by=by)
    if state == "changes asked":
        return reviewing.ask_changes(contribution=one, by=by, reason="Please add a source.")
    if state == "declined":
        return reviewing.decline(contribution=one, by=by, reason="It does not fit.")
    if state == "in review":
        return one
    one = reviewing.review(contribution=one, by=by, reason="It is right.")
    if state == "accepted":
        return one
    return reviewing.publish(contribution=one, by=by, reason="Accepted.")


def judge() -> Any:
    """Who decided what stands decided before a test begins; a curator."""
    from everygenome.web.people.models import Account

    found = Account.objects.filter(email="judge@staff.example").first()
    return found or database.account("curator", "judge@staff.example")


def entry(slug: str = "alpha", **values: Any) -> Any:
    """A published entry of the toolbox."""
    from everygenome.web.collections.models import Speaker
    from everygenome.web.collections.registry import collection_of
    from everygenome.web.collections.storing import Saying, store

    data = {k: v for k, v in (TOOL | values).items() if v is not None}
    saying = Saying(speaker=Speaker.SEED, why="for a test")
    return store(collection_of("toolbox"), data, slug=slug, saying=saying)[0]


@contextmanager
def kind(name: str = "twofold", **changes: Any) -> Iterator[Any]:
    """A kind like the toolbox under another name, that stores nothing; gone afterwards."""
    from dataclasses import replace

    from everygenome.web.moderation import kinds

    usual = {
        "reviewers": 2,
        "current": lambda _slug: None,
        "publish": lambda _contribution: "stored",
        "forget": lambda _contribution: None,
        "same": lambda _proposed: [],
    }
    made = replace(kinds.kind_of("toolbox"), name=name, **(usual | changes))
    kinds.register(made)
    try:
        yield made
    finally:
        kinds._kinds.pop(name)
