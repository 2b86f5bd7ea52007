"""What an editor does with a published entry: withdraw, retire, replace, restore, lock a fact."""

from django.db import transaction

from everygenome.web.collections.models import Fact, Item, Speaker, Standing
from everygenome.web.collections.registry import collection_of
from everygenome.web.collections.storing import Saying, set_standing
from everygenome.web.moderation.actions.step import role_of
from everygenome.web.moderation.models import Event
from everygenome.web.moderation.refused import NotAllowedError, RefusedError
from everygenome.web.people.models import Account

# Action -> the standings from which it can be done, and the one that it leads to.
STEPS = {
    "withdraw_item": ((Standing.PUBLISHED, Standing.RETIRED), Standing.WITHDRAWN),
    "retire_item": ((Standing.PUBLISHED,), Standing.RETIRED),
    "supersede_item": ((Standing.PUBLISHED, Standing.RETIRED), Standing.SUPERSEDED),
    "restore_item": (
        (Standing.WITHDRAWN, Standing.RETIRED, Standing.SUPERSEDED),
        Standing.PUBLISHED,
    ),
}


@transaction.atomic
def change(
    *, item: Item, action: str, by: Account, reason: str, successor: Item | None = None
) -> Item:
    """Change what an entry is to readers.

    Args:
        item: the entry.
        action: a word of `STEPS`.
        by: an editor.
        reason: public, in the entry's history.
        successor: what replaces it, with `supersede_item`.

    Raises:
        NotAllowedError: no role of theirs allows it.
        RefusedError: not from its standing, without a reason, or without a successor.
    """
    _may(by, action, reason)
    now = Item.objects.select_for_update().get(pk=item.pk)
    before, after = STEPS[action]
    if now.standing not in before:
        raise RefusedError(f"This cannot be done: the entry is {Standing(now.standing).label}.")
    if action == "supersede_item" and (successor is None or successor.pk == now.pk):
        raise RefusedError("Please say which other entry replaces it.")
    saying = Saying(speaker=Speaker.CURATOR, why=reason.strip(), account=by)
    came_from = now.standing
    set_standing(
        now,
        collection_of(now.collection),
        standing=after,
        saying=saying,
        successor=successor if after == Standing.SUPERSEDED else None,
    )
    _event(now, action, by, reason, before=came_from, after=after)
    return now


@transaction.atomic
def lock(*, item: Item, field: str, by: Account, locked: bool, reason: str) -> Fact:
    """Keep imports from changing a fact, or let them again.

    Raises:
        NotAllowedError: no role of theirs allows it.
        RefusedError: the entry holds no such fact, or no reason was given.
    """
    _may(by, "lock_fact", reason)
    fact = Fact.objects.select_for_update().filter(item=item, field=field).first()
    if fact is None:
        raise RefusedError("The entry holds nothing in that field.")
    fact.locked = locked
    fact.save(update_fields=["locked"])
    after = "locked" if locked else "open"
    _event(item, "lock_fact", by, f"{field}: {reason}", before="", after=after)
    return fact


def _may(by: Account, act: str, reason: str) -> None:
    if not by.may(act):
        raise NotAllowedError("None of your roles allows this.")
    if not reason.strip():
        raise RefusedError("Please say why: everybody can read it.")


def _event(item: Item, action: str, by: Account, reason: str, *, before: str, after: str) -> None:
    Event.objects.create(
        subject=item.subject,
        action=action,
        by=by,
        role=role_of(by, action),
        reason=reason.strip(),
        before=before,
        after=after,
    )
