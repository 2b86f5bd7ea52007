"""Storing an entry: its fields, who said them, what it is found by, and a version for history."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.text import slugify

from everygenome.web.collections import search
from everygenome.web.collections.models import SHOWN, Facet, Fact, Item, Speaker, Standing
from everygenome.web.collections.registry import NOT_STATED, Collection
from everygenome.web.collections.search.words import words_of
from everygenome.web.collections.shelf import database_of, items_of, together
from everygenome.web.moderation.models import Purpose
from everygenome.web.moderation.states import State

if TYPE_CHECKING:
    from everygenome.web.moderation.models import Contribution
    from everygenome.web.people.models import Account

_LONGEST_SLUG = 90
# No field of an entry, but a fact about it: since when its maintainer looks after it.
LOOKED_AFTER = "looked-after"
# Of one collection or another: no entry may take their addresses.
_OTHER_PAGES = ("suggest", "find", "gaps", "feed", "export", "statement", "search", "live", "map",
                "references", "terms")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """Who says what is stored, and why.

    Attributes:
        speaker: as a kind of source.
        why: for the public history.
        who: a name in public words; empty: none.
        source: where it was read.
        contribution: the contribution that it came with.
        account: who stored it; not public.
        lock: imports leave these facts alone from now on.
    """

    speaker: Speaker
    why: str
    who: str = ""
    source: str = ""
    contribution: int | None = None
    account: "Account | None" = None
    lock: bool = False


def store(
    collection: Collection, data: Mapping[str, Any], *, slug: str, saying: Saying
) -> tuple[Item, list[str]]:
    """Store an entry: a new one, or the fields in which a known one differs.

    Args:
        collection: where it belongs.
        data: all its fields, cleaned by the schema.
        slug: its name in addresses.
        saying: who says it and why.

    Returns:
        The entry, and the fields that an import left alone because they are locked.
    """
    with together(collection):
        return _stored(collection, data, slug, saying)


def _stored(
    collection: Collection, data: Mapping[str, Any], slug: str, saying: Saying
) -> tuple[Item, list[str]]:
    known = items_of(collection).select_for_update().filter(slug=slug).first()
    before: Mapping[str, Any] = known.data if known else {}
    wanted = dict(data)
    changed = [f.name for f in collection.schema if before.get(f.name) != wanted.get(f.name)]
    kept: list[str] = []
    if known and saying.speaker in (Speaker.IMPORT, Speaker.SEED, Speaker.MACHINE):
        locked = known.facts.filter(locked=True, field__in=changed)
        kept = list(locked.values_list("field", flat=True))
    for name in kept:
        changed.remove(name)
        wanted.pop(name, None)
        if name in before:
            wanted[name] = before[name]
    if known and not changed:
        return known, kept
    item = known or Item(collection=collection.name, slug=slug, version=0)
    # In the order of the fields, whatever the order in which they came.
    item.data = {f.name: wanted[f.name] for f in collection.schema if f.name in wanted}
    item.title = collection.title_of(item.data)[:200]
    save(item, collection, saying)
    said = {
        "said_by": saying.speaker,
        "source": saying.source[:500],
        "at": item.changed_at,
        "contribution": saying.contribution,
        "locked": saying.lock,
    }
    # All at once: one by one they take longer than everything else together.
    item.facts.bulk_create(
        [Fact(item=item, field=name, **said) for name in changed],
        update_conflicts=True,
        unique_fields=["item", "field"],
        update_fields=list(said),
    )
    collection.stored(item)
    return item, kept


def save(item: Item, collection: Collection, saying: Saying) -> None:
    """Save an entry as its next version, with facets and search words that agree with it."""
    item.sort = " ".join(words_of(item.title))[:200]
    item.changed_at = timezone.now()
    item.version += 1
    item.told_who, item.told_contribution = saying.who, saying.contribution
    item._change_reason = saying.why
    item._history_user = saying.account
    if collection.apart:
        # No version of it is kept: it can be withdrawn for ever.
        item.skip_history_when_saving = True
    item.save(using=database_of(collection))
    index(item, collection)


def remove(item: Item, collection: Collection) -> None:
    """Take an entry away, and every word by which it was found."""
    database = database_of(collection)
    with together(collection):
        search.drop(item)
        search.tidy(database)
        item.facets.all().delete()
        item.facts.all().delete()
        # Without the signals of `delete`, on which a last version would be written.
        items_of(collection).filter(pk=item.pk)._raw_delete(database)


def index(item: Item, collection: Collection) -> None:
    """Make facets and search words of an entry anew."""
    item.facets.all().delete()
    rows = []
    for facet in collection.facets:
        values = list(dict.fromkeys(facet.values(item.data))) or [NOT_STATED]
        rows += [Facet(item=item, name=facet.name, value=value[:120]) for value in values]
    item.facets.bulk_create(rows)
    if item.standing in SHOWN:
        texts = [
            field.words(item.data[field.name])
            for field in collection.schema
            if field.searched and field.name in item.data
        ]
        search.put(item, title=item.title, text=" ".join(texts))
    else:
        search.drop(item)
    if collection.apart:
        # A word that its teller took out, such as a name, is in no file any more.
        search.tidy(database_of(collection))


def publish(collection: Collection, contribution: "Contribution") -> Item:
    """Store what a contribution proposes: a new entry, or the fields that it changes.

    A correction changes the fields that its contributor changed, and no other: what became of
    the entry in between stays.
    """
    fields = {field.name for field in collection.schema.offered}
    proposed = {k: v for k, v in contribution.proposed.items() if k in fields}
    new = contribution.purpose == Purpose.NEW
    slug = free_slug(collection, collection.title_of(proposed)) if new else contribution.subject
    data = proposed
    if not new:
        now = Item.objects.select_for_update().get(collection=collection.name, slug=slug)
        data = dict(now.data)
        for name in fields:
            if proposed.get(name) != contribution.before.get(name):
                data.pop(name, None)
                if name in proposed:
                    data[name] = proposed[name]
    saying = Saying(
        speaker=_speaker(contribution),
        why=contribution.decision_reason or ("New entry." if new else "Correction."),
        who=contribution.credit,
        contribution=contribution.pk,
        # What somebody corrected and a curator looked at, no import shall undo.
        lock=contribution.purpose == Purpose.EDIT,
    )
    item, _ = store(collection, data, slug=slug, saying=saying)
    if contribution.purpose == Purpose.CLAIM:
        _claimed(item, collection, saying)
    return item


def _speaker(contribution: "Contribution") -> Speaker:
    """Who says it: whoever showed before that they look after the entry is its maintainer."""
    if contribution.purpose == Purpose.CLAIM:
        return Speaker.MAINTAINER
    contact = contribution.contact
    claims = type(contribution).objects.filter(
        kind=contribution.kind,
        subject=contribution.subject,
        purpose=Purpose.CLAIM,
        state=State.PUBLISHED,
        contact__who=contact.who if contact else None,
    )
    return Speaker.MAINTAINER if contact and claims.exists() else Speaker.CONTRIBUTOR


def _claimed(item: Item, collection: Collection, saying: Saying) -> None:
    """Note that its maintainer looks after an entry, for its page and its history."""
    save(item, collection, saying)
    said = {"said_by": saying.speaker, "at": item.changed_at, "contribution": saying.contribution}
    Fact.objects.update_or_create(item=item, field=LOOKED_AFTER, defaults=said)


def set_standing(
    item: Item,
    collection: Collection,
    *,
    standing: Standing,
    saying: Saying,
    successor: Item | None = None,
) -> None:
    """Retire, replace, withdraw or restore an entry; the caller has checked who may."""
    item.standing, item.successor = standing, successor
    save(item, collection, saying)


def free_slug(collection: Collection, title: str) -> str:
    """A name in addresses for a new entry, that no entry and no other page has."""
    base = slugify(title)[:_LONGEST_SLUG] or "entry"
    slug, number = base, 1
    while slug in _OTHER_PAGES or items_of(collection).filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug
