"""Replies on pages: the one that was received, how to send one, and the rules."""

import hashlib
import logging
from typing import Any

from django import conf

from everygenome.errors import StoreError
from everygenome.queries.entities import Entity
from everygenome.web.dashboard.pages.page import Asked, Page
from everygenome.web.dashboard.portfolios.replies import MOST_LETTERS, Reply, faults, reply_to

_log = logging.getLogger("django").error


def reply_context(asked: Asked, kind: str, entity: Entity) -> dict[str, Any]:
    """The reply of an entity, for its page."""
    reply, damaged = read(kind, entity.id)
    return {
        "reply": reply,
        "reply_damaged": damaged,
        "reply_page": f"/about/reply/{asked.view.release_only()}",
        "contact": conf.settings.CONTACT,
    }


def read(kind: str, name: str) -> tuple[Reply | None, bool]:
    """The reply of an entity, and whether there is one that cannot be read."""
    try:
        return reply_to(conf.settings.STORE, kind, name), False
    except StoreError as error:
        _log("%s", error)
        return None, True


def stamp(asked: Asked, kind: str) -> str:
    """Changes whenever a reply does, so that a page is made anew."""
    name = dict(asked.named)[kind]
    reply, damaged = read(kind, name)
    return hashlib.sha256(repr((reply, damaged)).encode()).hexdigest()


def tell_faults() -> None:
    """Tell whoever runs the site of every reply that cannot be shown."""
    for fault in faults(conf.settings.STORE):
        _log("%s", fault)


def _rules(_asked: Asked) -> dict[str, Any]:
    return {"contact": conf.settings.CONTACT, "most_letters": MOST_LETTERS}


REPLY = Page(
    name="reply",
    path="/about/reply/",
    title="The right of reply",
    controls=(),
    more=_rules,
    template="dashboard/reply",
)
