"""Print what changed for variants that are watched."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from everygenome.reports.terminal.cells import named
from everygenome.reports.variants import watching, words
from everygenome.variants.limits import LIMITS
from everygenome.variants.watching.comparing import WHOLE, Change, Comparison
from everygenome.variants.watching.model import Watched

_SHOWN = 100


def show_changes(
    found: Comparison, watched: Mapping[str, Watched], labels: Mapping[str, str]
) -> RenderableType:
    """A comparison as it looks in a console, however narrow; nothing in it can steer a terminal.

    Args:
        found: the comparison; watched: variants of the list, by place.
        labels: code of a group -> its name.
    """
    return Group(*_parts(found, watched, labels))


def _parts(
    found: Comparison, watched: Mapping[str, Watched], labels: Mapping[str, str]
) -> Iterator[RenderableType]:
    yield named(watching.headline(found), "bold")
    for said in watching.points(found, watched, labels):
        yield named(f"• {said}")
    each = [(place, list(them)) for place, them in groupby(found.changes, lambda one: one.place)]
    for place, changes in each[:_SHOWN]:
        yield Text("")
        yield named(words.name(watched[place].called), "bold")
        if note := watched[place].note:
            yield named(f"Note: {note}", "dim")
        for alike in _alike(changes):
            yield from _said(alike, labels)
    if len(each) > _SHOWN:
        yield Text("")
        yield Text(f"and {len(each) - _SHOWN:,} more variants, with --format json or md")
    yield Text("")
    yield named(f"Before: {watching.source_line(found.before)}.", "dim")
    yield named(f"Now: {watching.source_line(found.after)}.", "dim")
    for said in LIMITS:
        yield named(said, "dim")


def _alike(changes: Iterable[Change]) -> Iterable[list[Change]]:
    """Groups of which the same is told together; the whole by itself."""
    found: dict[object, list[Change]] = {}
    for change in changes:
        told = (watching.told(change.before), watching.told(change.after), change.reasons)
        found.setdefault((change.group == WHOLE, *told), []).append(change)
    return found.values()


def _said(alike: list[Change], labels: Mapping[str, str]) -> Iterator[RenderableType]:
    change = alike[0]
    before, after = watching.told(change.before), watching.told(change.after)
    said = f"{before} → {after}" if before != after else f"{after}, as before"
    whom = ", ".join(watching.of_whom(one, labels) for one in alike)
    yield Padding(named(f"{whom}: {said}"), (0, 0, 0, 2))
    why = watching.why(change)
    if len(alike) == 1:
        counts = f"{watching.copies(change.before)} → {watching.copies(change.after)}"
        why = f"{why} Copies: {counts}."
    yield Padding(named(why, "dim"), (0, 0, 0, 4))
