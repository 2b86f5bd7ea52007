"""Lists of studies, points, sizes and what lies beneath a group, made slowly."""

import unicodedata
from collections import Counter
from datetime import date
from fractions import Fraction
from typing import Any

from tests.factories.reference.groups import known_sum, uris_of
from tests.factories.reference.world import GROUPS_OF, Seen, World, kind

CLASSES = ("Multiple", "Partly reported", "Not reported")


def group_of(row: Seen, scheme: str) -> str:
    """The one group or class that a row counts in."""
    what, named = kind(row.categories, scheme)
    return next(iter(named)) if what == "single" else what


def names_among_others(row: Seen, scheme: str) -> frozenset[str]:
    """The groups that a row of several groups names."""
    what, named = kind(row.categories, scheme)
    return named if what == "Multiple" else frozenset()


def plain(text: str) -> str:
    """Text without case and accents."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(x for x in letters if not unicodedata.combining(x)).split())


def studies(
    world: World,
    *,
    scheme: str = "broad",
    group: str | None = None,
    with_others: bool = False,
    search: str = "",
    order: str = "newest",
) -> list[dict[str, Any]]:
    """Every study with a row, one by one, in order."""
    found = []
    for study in world.studies:
        rows = [row for row in world.rows if row.accession == study.accession]
        if not rows:
            continue
        counted = {group_of(row, scheme) for row in rows}
        others = set().union(*(names_among_others(row, scheme) for row in rows))
        if group is not None and group not in (counted | others if with_others else counted):
            continue
        words = (
            study.title,
            study.author,
            study.trait,
            study.journal,
            study.accession,
            study.pubmed,
        )
        if not any(plain(search) in plain(word) for word in words):
            continue
        shown = [*GROUPS_OF[scheme], *CLASSES]
        found.append(
            {
                "study_accession": study.accession,
                "publication_date": None if study.year is None else date(study.year, 6, 1),
                "title": study.title,
                "participations": known_sum(row.people for row in rows),
                "rows_without_number": sum(row.people is None for row in rows),
                "groups": [name for name in shown if name in counted],
                "groups_with_others": [name for name in shown if name in others - counted],
                "countries": sorted({code for row in rows for code in row.countries}),
                "traits": sorted(uri.rsplit("/", 1)[-1] for uri in uris_of(world)[study.accession]),
                "association_count": study.associations,
            }
        )
    column, down = {
        "newest": ("publication_date", True),
        "oldest": ("publication_date", False),
        "largest": ("participations", True),
        "smallest": ("participations", False),
        "most_associations": ("association_count", True),
    }[order]
    known = sorted(
        (row for row in found if row[column] is not None), key=lambda row: row["study_accession"]
    )
    known.sort(key=lambda row: row[column], reverse=down)
    unknown = [row for row in found if row[column] is None]
    return known + sorted(unknown, key=lambda row: row["study_accession"])


def points(world: World, *, scheme: str) -> list[tuple[str, int | None, int | None, str]]:
    """Accession, day, participations and group of each pair of study and group."""
    shown = [*GROUPS_OF[scheme], *CLASSES]
    found = []
    for study in world.studies:
        rows = [row for row in world.rows if row.accession == study.accession]
        for group in shown:
            own = [row for row in rows if group_of(row, scheme) == group]
            if own:
                day = None
                if study.year is not None:
                    day = (date(study.year, 6, 1) - date(1970, 1, 1)).days
                found.append((study.accession, day, known_sum(row.people for row in own), group))
    return sorted(found, key=lambda one: (one[1] is None, one[1] or 0, one[0], shown.index(one[3])))


def densities(world: World, *, scheme: str) -> Counter[tuple[str, int, int]]:
    """How many points by group, year, and number of digits (0 for nobody)."""
    counts: Counter[tuple[str, int, int]] = Counter()
    for accession, day, people, group in points(world, scheme=scheme):
        if day is not None and people is not None:
            year = next(study.year for study in world.studies if study.accession == accession)
            counts[group, year or 0, len(str(people)) if people else 0] += 1
    return counts


def beneath(world: World, *, scheme: str, group: str, rule: str) -> dict[str, dict[str, Any]]:
    """Value and rows of each category set, population and country of a group."""
    rows = [row for row in world.rows if group_of(row, scheme) == group]
    found: dict[str, dict[str, list[tuple[Any, int]]]] = {
        "category": {},
        "population": {},
        "country": {},
    }
    for row in rows:
        found["category"].setdefault("; ".join(sorted(row.categories)), []).append((row.people, 1))
        found["population"].setdefault(row.population or "Not stated", []).append((row.people, 1))
        for name, part in _places(row, rule):
            found["country"].setdefault(name, []).append((part, 1))
    return {
        which: {
            name: (known_sum(value for value, _ in parts), len(parts))
            for name, parts in named.items()
        }
        for which, named in found.items()
    }


def _places(row: Seen, rule: str) -> list[tuple[str, Any]]:
    if not row.countries:
        return [("Not reported", row.people)]
    if rule == "any":
        return [(code, row.people) for code in row.countries]
    if rule == "split":
        part = None if row.people is None else Fraction(row.people, len(row.countries))
        return [(code, part) for code in row.countries]
    if len(row.countries) > 1:
        return [("Several countries", row.people)]
    return [("Partly reported" if row.partly else row.countries[0], row.people)]


def trait_names(world: World) -> dict[str, dict[str, set[str]]]:
    """Of each trait that a study names: its reported names, its parents, and its studies."""
    found: dict[str, dict[str, set[str]]] = {}
    for study in world.studies:
        for uri in uris_of(world)[study.accession]:
            own = found.setdefault(
                uri.rsplit("/", 1)[-1], {"names": set(), "studies": set(), "parents": set()}
            )
            own["names"].add(study.trait)
            own["names"] |= {m.trait for m in world.mappings if m.uri == uri}
            own["studies"].add(study.accession)
            own["parents"] |= {m.parent for m in world.mappings if m.uri == uri and m.parent}
    return found
