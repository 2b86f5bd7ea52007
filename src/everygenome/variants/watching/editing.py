"""A list with other variants on it, or with what is said of them now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from everygenome.errors import NotFoundError
from everygenome.sources.variation.calls.forms import shown
from everygenome.variants.watching.model import Said, State, Watched, WatchList


def not_on(watch: WatchList, variants: Iterable[Watched]) -> tuple[Watched, ...]:
    """Those of the variants that are not on the list."""
    known = {one.place for one in watch.variants}
    return tuple(one for one in variants if one.place not in known)


def with_more(watch: WatchList, fresh: Sequence[Watched], said: Mapping[str, Said]) -> WatchList:
    """The list with more variants.

    Args:
        watch: the list.
        fresh: variants that are not on it.
        said: of them, by place; those that it lacks are asked about by the next check.
    """
    state = replace(watch.state, said={**watch.state.said, **said})
    return replace(watch, variants=(*watch.variants, *fresh), state=state)


def without(watch: WatchList, names: Iterable[str], *, file: Path) -> WatchList:
    """The list without some variants.

    Args:
        watch: the list.
        names: places, or names as the list has them.
        file: of the list, for messages.

    Raises:
        NotFoundError: a name is not on the list.
    """
    gone: set[str] = set()
    for name in names:
        found = {one.place for one in watch.variants if name in (one.place, one.name)}
        if not found:
            raise NotFoundError(
                f"{shown(name)} is not on the list {file}.",
                remedy="Write it as the list does; nothing was taken off.",
            )
        gone |= found
    kept = tuple(one for one in watch.variants if one.place not in gone)
    said = {place: told for place, told in watch.state.said.items() if place not in gone}
    return replace(watch, variants=kept, state=replace(watch.state, said=said))


def updated(watch: WatchList, state: State) -> WatchList:
    """The list with what is said now; itself where the same is said of the same files."""
    if replace(state.source, day=watch.state.source.day) == watch.state.source:
        state = replace(state, source=watch.state.source)
    return replace(watch, state=state)
