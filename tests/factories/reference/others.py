"""Selection, countries, people, concentration, the 2020 rules and representation, slowly."""

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from tests.factories.reference.groups import counted, divided, known_sum, parents_of, uris_of
from tests.factories.reference.world import Seen, World, kind


def select(
    world: World,
    *,
    stage: str = "all",
    from_year: int | None = None,
    to_year: int | None = None,
    parent: str | None = None,
    trait: str | None = None,
    country: str | None = None,
    country_rule: str = "single",
) -> World:
    """The rows that a selection keeps (the rule `split` is not for this: it divides)."""
    parents, uris = parents_of(world), uris_of(world)

    def keep(row: Seen) -> bool:
        if stage not in ("all", row.stage):
            return False
        if from_year is not None and (row.year is None or row.year < from_year):
            return False
        if to_year is not None and (row.year is None or row.year > to_year):
            return False
        if parent is not None and parent not in parents[row.accession]:
            return False
        ids = {uri.rsplit("/", 1)[-1] for uri in uris[row.accession]}
        if trait is not None and trait not in ids:
            return False
        if country is not None and country not in row.countries:
            return False
        exactly_one = len(row.countries) == 1 and not row.partly
        return not (country is not None and country_rule == "single" and not exactly_one)

    return world.only(keep)


def countries(world: World, *, rule: str, unit: str = "participations") -> dict[str, Any]:
    """Value and share of each country; under "counted" and "all" what coverage is made of."""
    naming = [row for row in world.rows if row.countries]
    if rule == "single":
        naming = [row for row in naming if len(row.countries) == 1 and not row.partly]
    base = counted(world, naming, unit)
    result: dict[str, Any] = {"counted": base, "all": counted(world, list(world.rows), unit)}
    for code in sorted({code for row in naming for code in row.countries}):
        rows = [row for row in naming if code in row.countries]
        if rule == "split":
            value = known_sum(
                None if row.people is None else Fraction(row.people, len(row.countries))
                for row in rows
            )
        else:
            value = counted(world, rows, unit)
        result[code] = (value, divided(value, base))
    silent = [row for row in world.rows if not row.countries]
    result["Not reported"] = counted(world, silent, unit) or 0
    if rule == "single":
        several = [row for row in world.rows if len(row.countries) > 1]
        partly = [row for row in world.rows if len(row.countries) == 1 and row.partly]
        result["Several countries"] = counted(world, several, unit) or 0
        result["Partly reported"] = counted(world, partly, unit) or 0
    return result


def people(world: World, scheme: str) -> dict[str, dict[str, Any]]:
    """Floor, estimates and ceiling for everyone and for each group or class with rows."""
    of_group: dict[str, list[Seen]] = defaultdict(list)
    for row in world.rows:
        what, named = kind(row.categories, scheme)
        of_group["Everyone"].append(row)
        of_group[next(iter(named)) if what == "single" else what].append(row)
    has_cohorts = any(study.cohorts is not None for study in world.studies)
    result = {}
    for group, rows in of_group.items():
        per_study = _summed(((row.paper, row.accession, row.stage), row.people) for row in rows)
        per_paper = _largest(
            ((paper, stage), value) for (paper, _, stage), value in per_study.items()
        )
        sets = cohort_sets(world)
        per_set = _largest(
            ((sets.get(paper, paper), stage), value) for (paper, stage), value in per_paper.items()
        )
        known = [value for value in per_study.values() if value is not None]
        result[group] = {
            "floor": max(known, default=None),
            "publication_estimate": known_sum(per_paper.values()),
            "cohort_estimate": known_sum(per_set.values()) if has_cohorts else None,
            "ceiling": known_sum(per_study.values()),
        }
    return result


def cohort_sets(world: World) -> dict[str, frozenset[str]]:
    """The cohorts that the studies of each publication name, where they name any."""
    papers = {row.accession: row.paper for row in world.rows}
    sets: dict[str, frozenset[str]] = {}
    unknown: set[str] = set()
    for study in world.studies:
        if study.accession not in papers:
            continue
        if any(piece.strip().lower() == "other" for piece in (study.cohorts or "").split("|")):
            # Further cohorts, nobody says which: the publication stands for itself.
            unknown.add(papers[study.accession])
        named = {piece.strip() for piece in (study.cohorts or "").split("|")}
        named = {name for name in named if name not in ("", "NR") and name.lower() != "other"}
        if named:
            paper = papers[study.accession]
            sets[paper] = sets.get(paper, frozenset()) | named
    return {paper: named for paper, named in sets.items() if paper not in unknown}


def concentration(world: World) -> list[tuple[int, str, int, Fraction | None, Fraction | None]]:
    """Publications by participations: rank, number, value, share, running share."""
    total = known_sum(row.people for row in world.rows)
    sums = _summed(
        (row.pubmed, row.people) for row in world.rows if row.pubmed and row.people is not None
    )
    ranked = sorted(sums.items(), key=lambda item: (-item[1], item[0]))
    lines, running = [], 0
    for rank, (name, value) in enumerate(ranked, start=1):
        running += value
        lines.append((rank, name, value, divided(value, total), divided(running, total)))
    return lines


def monitor_rows(world: World, dictionary: list[tuple[str, str]]) -> list[tuple[Seen, str]]:
    """Each row as often as the dictionary holds its cell, with a number and a group."""
    return [
        (row, group)
        for row in world.rows
        for cell, group in dictionary
        if row.cell == cell and group and row.people is not None
    ]


def monitor_series(
    world: World, dictionary: list[tuple[str, str]], *, keep_in_part: bool, count_rows: bool
) -> dict[tuple[int, str], tuple[int, Fraction | None]]:
    """By year from 2007 and group: value, and share of the year."""
    sums: dict[tuple[int, str], int] = defaultdict(int)
    for row, group in monitor_rows(world, dictionary):
        if row.year is None or row.year < 2007:
            continue
        if group == "In Part Not Recorded" and not keep_in_part:
            continue
        sums[row.year, group] += 1 if count_rows else row.people or 0
    years: dict[int, int] = defaultdict(int)
    for (year, _), value in sums.items():
        years[year] += value
    return {key: (value, divided(value, years[key[0]])) for key, value in sums.items()}


def monitor_heat_map(
    world: World, dictionary: list[tuple[str, str]], *, count_rows: bool
) -> dict[tuple[int, str, str], int]:
    """By year from 2008, parent of the reported words, and group."""
    sums: dict[tuple[int, str, str], int] = defaultdict(int)
    for row, group in monitor_rows(world, dictionary):
        if row.year is None or row.year < 2008 or group == "In Part Not Recorded":
            continue
        for study in world.studies:
            if study.accession == row.accession:
                parents = {m.parent for m in world.mappings if m.trait == study.trait and m.parent}
                for parent in parents:
                    sums[row.year, parent, group] += 1 if count_rows else row.people or 0
    return dict(sums)


def representation(share: Fraction, reference: Fraction) -> Fraction | None:
    """How many times its share of the reference a group has of the participations."""
    return share / reference if reference else None


def shortfall(n: int, total: int, q: Fraction) -> Fraction:
    """Add participations one group at a time until its share is reached, by algebra."""
    needed = (q * total - n) / (1 - q)
    return needed if needed > 0 else Fraction(0)


def _summed(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, Any]:
    lists = defaultdict(list)
    for key, value in pairs:
        lists[key].append(value)
    return {key: known_sum(values) for key, values in lists.items()}


def _largest(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, Any]:
    best: dict[Any, Any] = {}
    for key, value in pairs:
        known = [item for item in (best.get(key), value) if item is not None]
        best[key] = max(known, default=None)
    return best
