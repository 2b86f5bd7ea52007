"""What an editor does with a published entry: withdraw, retire, replace, restore, lock a fact."""

from django.db import transaction

from everygenome.web.collections.models import Fact, Item, Speaker, Standing
from everygenome.web.collections.registry import collection_of
from everygenome.web.collections.storing import Saying, set_standing
from everygenome.web.moderation.actions.step import allowed, noted
from everygenome.web.moderation.refused import RefusedError
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
    allowed(by, act=action, reason=reason)
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
    noted(now.subject, act=action, by=by, reason=reason, before=came_from, after=after)
    return now


@transaction.atomic
def lock(*, item: Item, field: str, by: Account, locked: bool, reason: str) -> Fact:
    """Keep imports from changing a fact, or let them again.

    Raises:
        NotAllowedError: no role of theirs allows it.
        RefusedError: the entry holds no such fact, or no reason was given.
    """
    allowed(by, act="lock_fact", reason=reason)
    fact = Fact.objects.select_for_update().filter(item=item, field=field).first()
    if fact is None:
        raise RefusedError("The entry holds nothing in that field.")
    fact.locked = locked
    fact.save(update_fields=["locked"])
    after = "locked" if locked else "open"
    noted(item.subject, act="lock_fact", by=by, reason=f"{field}: {reason}", after=after)
    return fact
