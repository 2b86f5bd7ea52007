"""Composition, trend and traits, counted slowly."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from tests.factories.reference.world import GROUPS_OF, Seen, World, kind

CLASSES = ("Multiple", "Partly reported", "Not reported")
UNCLEAR = ("Partly reported", "Not reported")
Figures = dict[str, dict[str, Any]]


def known_sum(values: Iterable[Any]) -> Any:
    """The sum of what is known; missing where rows are there and none is known."""
    values = list(values)
    known = [value for value in values if value is not None]
    if values and not known:
        return None
    return sum(known)


def divided(part: Any, whole: Any) -> Fraction | None:
    """A share, or nothing where there is nothing to divide, or to divide by."""
    return None if part is None or not whole else Fraction(part) / Fraction(whole)


def composition(world: World, *, unit: str, scheme: str, denominator: str) -> Figures:
    """Value and shares of every group and class."""
    read = [(row, *kind(row.categories, scheme)) for row in world.rows]

    def count(rows: list[Seen]) -> Any:
        return counted(world, rows, unit)

    everyone = count([row for row, _, _ in read])
    recorded = count([row for row, what, _ in read if what not in UNCLEAR])
    unclear = [row for row, what, _ in read if what in UNCLEAR]
    figures: Figures = {}
    for group in GROUPS_OF[scheme]:
        alone = [row for row, what, named in read if what == "single" and group in named]
        naming = [row for row, what, named in read if what not in UNCLEAR and group in named]
        base = recorded if denominator == "recorded" else everyone
        figures[group] = {
            "value": count(alone),
            "share": divided(count(alone), base),
            "share_with_others": divided(count(naming), base),
            "share_min": divided(count(alone), everyone),
            # Every unclear row may hide the group.
            "share_max": divided(count([*naming, *unclear]) or 0, everyone),
        }
    for name in CLASSES:
        rows = [row for row, what, _ in read if what == name]
        base = recorded if denominator == "recorded" else everyone
        outside = denominator == "recorded" and name in UNCLEAR
        figures[name] = {
            "value": count(rows),
            "share": None if outside else divided(count(rows), base),
            "share_with_others": None,
            "share_min": None,
            "share_max": None,
        }
    return figures


def counted(world: World, rows: list[Seen], unit: str) -> Any:
    """Participations of rows, or the studies, publications or associations they belong to."""
    if unit == "participations":
        return known_sum(row.people for row in rows)
    if unit == "studies":
        return len({row.accession for row in rows})
    if unit == "publications":
        return len({row.pubmed for row in rows if row.pubmed})
    counts = {study.accession: study.associations for study in world.studies}
    return known_sum(counts.get(name) for name in sorted({row.accession for row in rows}))


def countable(rows: Iterable[Seen], unit: str) -> list[Seen]:
    """The rows that belong to a unit: a row without a PubMed number is of no publication."""
    return [row for row in rows if unit != "publications" or row.pubmed]


def trend(world: World, **choices: Any) -> dict[int, Figures]:
    """Composition of each year of publication in which there is something to count."""
    years = sorted(
        {row.year for row in countable(world.rows, choices["unit"]) if row.year is not None}
    )
    return {
        year: composition(world.only(lambda row, y=year: row.year == y), **choices)
        for year in years
    }


def uris_of(world: World) -> dict[str, set[str]]:
    """The terms of each study: its own, or else what the map makes of the reported words."""
    found: dict[str, set[str]] = {}
    for study in world.studies:
        own = {uri.strip() for uri in study.uris.split(",") if uri.strip()}
        mapped = {m.uri for m in world.mappings if m.trait == study.trait and m.uri}
        found[study.accession] = own or mapped
    return found


def parents_of(world: World) -> dict[str, set[str]]:
    """The parents of each study, over all its terms."""
    return {
        accession: {m.parent for m in world.mappings if m.uri in uris and m.parent}
        for accession, uris in uris_of(world).items()
    }


def traits(world: World, **choices: Any) -> dict[str, Figures]:
    """All traits before any spreading, each parent, and the studies without one."""
    parents = parents_of(world)
    result = {"All traits": composition(world, **choices)}
    for name in sorted(set().union(*parents.values())) if parents else []:
        rows = [row for row in world.rows if name in parents[row.accession]]
        if countable(rows, choices["unit"]):
            result[name] = composition(replace(world, rows=tuple(rows)), **choices)
    rest = [row for row in world.rows if not parents[row.accession]]
    if countable(rest, choices["unit"]):
        result["No mapped trait"] = composition(replace(world, rows=tuple(rest)), **choices)
    return result


def traits_within(world: World, parent: str, **choices: Any) -> dict[str, Figures]:
    """Within one parent, each of its terms."""
    uris = uris_of(world)
    inside = {m.uri for m in world.mappings if m.parent == parent}
    result = {}
    for uri in sorted(inside):
        rows = [row for row in world.rows if uri in uris[row.accession]]
        if countable(rows, choices["unit"]):
            name = uri.rsplit("/", 1)[-1]
            result[name] = composition(replace(world, rows=tuple(rows)), **choices)
    return result
