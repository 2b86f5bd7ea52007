"""The form as it was sent, or as an address has it, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from everygenome.variants.bars import Bars
from everygenome.web.moderation.fields.records import Errors
from everygenome.web.variants import fields
from everygenome.web.variants.fields import BACKGROUND, BAR, GENE, GROUPS, STORE, VARIANTS
from everygenome.web.variants.holding import bars_of
from everygenome.web.variants.kinds import lines_of
from everygenome.web.variants.stores import Shelf, Store


@dataclass(frozen=True, slots=True)
class Filled:
    """A form that was filled in.

    Attributes:
        values: the fields as they were given, with their mistakes.
        store: the frequencies that are asked.
        names: the variants, each once.
        repeated: how many lines named one again.
        groups: those that the question is about; none: unknown, or several.
        gene: as it was typed.
        bars: what a frequency is held against.
        errors: what is wrong, by place on the form.
    """

    values: Mapping[str, Any]
    store: Store
    names: tuple[str, ...] = ()
    repeated: int = 0
    groups: tuple[str, ...] = ()
    gene: str = ""
    bars: Bars | None = None
    errors: Errors | None = None


def sent(form: QueryDict, shelf: Shelf) -> dict[str, Any]:
    """What a form or an address holds; a choice that it leaves out is told by the rest of it."""
    store = shelf.chosen(form.get(STORE, ""))
    held = fields.schema(shelf, store).read(form)
    # An address names each variant by itself.
    held[VARIANTS] = "\n".join(form.getlist(VARIANTS))
    if BACKGROUND not in form:
        held[BACKGROUND] = fields.NAMED if held[GROUPS] else fields.UNKNOWN
    if BAR not in form:
        model = any(held[name] for name in fields.MODEL)
        typed = fields.TYPED if held[fields.FREQUENCY] else fields.NONE
        held[BAR] = fields.DISEASE if model else typed
    return held


def filled(values: Mapping[str, Any], shelf: Shelf) -> Filled:
    """Check what was filled in."""
    store = shelf.chosen(values.get(STORE, ""))
    data, errors = fields.schema(shelf, store).clean(values)
    _background(data, errors)
    bars = bars_of(data, errors, shelf.genes)
    if errors:
        return Filled(values, store, errors=errors)
    lines = [line for line in lines_of(values[VARIANTS]) if line.strip()]
    names = tuple(data[VARIANTS])
    return Filled(
        values,
        store,
        names,
        len(lines) - len(names),
        tuple(data.get(GROUPS, ())),
        data.get(GENE, ""),
        bars,
    )


def told_of(found: Filled) -> list[tuple[str, str]]:
    """What a form says, as names and values: for an address, or to send it again.

    What is usual, empty or the only choice is left out.
    """
    said: list[tuple[str, str]] = [(VARIANTS, name) for name in found.names]
    for name, value in found.values.items():
        if name == VARIANTS or not value or value == fields.USUAL.get(name):
            continue
        each = value if isinstance(value, list) else [value]
        said += [(name, str(one)) for one in each]
    return said


def _background(data: Mapping[str, Any], errors: Errors) -> None:
    ticked, chosen = data.get(GROUPS), data.get(BACKGROUND)
    if GROUPS in errors or BACKGROUND in errors:
        return
    if chosen == fields.NAMED and not ticked:
        errors[GROUPS] = ["Please tick at least one group, or choose “unknown, or several” above."]
    elif chosen != fields.NAMED and ticked:
        errors[GROUPS] = [
            "Groups are ticked, but “unknown, or several” is chosen above. Please choose the other "
            "answer, or take the ticks away."
        ]
