"""Who is linked to what, what a filter selects, and what each entity has, counted slowly."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from tests.factories.reference.groups import (
    composition,
    known_sum,
    parents_of,
    uris_of,
)
from tests.factories.reference.world import COUNTRY_CODES, Seen, World
from tests.factories.release import Study

# Whom an agency and country mean, and who stands above whom: by hand, from the funders' pages.
NAMED = {
    ("Wellcome Trust", "United Kingdom"): "wellcome-trust",
    ("Medical Research Council", "United Kingdom"): "mrc",
    ("NHLBI NIH HHS", "United States"): "nhlbi",
    ("NCI NIH HHS", "United States"): "nci",
    ("NIH HHS", "United States"): "nih",
    ("Moon Base Fund", "International"): "moon-base-fund",
    ("Missing Agency", "Missing Country"): None,
}
LEVELS = {
    "mrc": ("institute", "ukri"),
    "nhlbi": ("institute", "nih"),
    "nci": ("institute", "nih"),
    "ukri": ("agency", "funders-gbr"),
    "wellcome-trust": ("agency", "funders-gbr"),
    "nih": ("agency", "funders-usa"),
    "moon-base-fund": ("agency", None),
    "funders-gbr": ("country", None),
    "funders-usa": ("country", None),
}
COHORTS = {"UKB": "uk-biobank", "FinnGen": "finngen"}
JOURNALS = {"Journal": "journal", "Nature": "nature", "Nat Genet": "nat-genet"}
KINDS = ("funder", "cohort", "journal", "country", "trait")
Links = dict[str, dict[str, Fraction]]
Filters = dict[str, tuple[str, ...]]


def grants_of(world: World) -> dict[str, list[tuple[str, str]] | None]:
    """The grants of each publication; None where nobody asked."""
    found: dict[str, list[tuple[str, str]] | None] = {}
    for study in world.studies:
        if study.pubmed:
            before = found.get(study.pubmed)
            if study.grants is not None:
                found[study.pubmed] = [*(before or []), *study.grants]
            else:
                found.setdefault(study.pubmed, None)
    return found


def named_by(grants: Iterable[tuple[str, str]]) -> list[str]:
    """The funders that a list of grants names, each once."""
    return sorted({name for pair in grants if (name := NAMED[pair]) is not None})


def with_above(name: str) -> list[str]:
    """A funder and everyone above it."""
    above = LEVELS[name][1]
    return [name] if above is None else [name, *with_above(above)]


def funders_of(world: World) -> Links:
    """Of each publication, its funders and those above them, and the fraction that each has."""
    found: Links = {}
    for pubmed, grants in grants_of(world).items():
        everyone = {one for name in named_by(grants or ()) for one in with_above(name)}
        institutes = [one for one in everyone if LEVELS[one][0] == "institute"]
        agencies = [one for one in everyone if LEVELS[one][0] == "agency"]
        countries = [one for one in everyone if LEVELS[one][0] == "country"]
        bare = [one for one in agencies if one not in {LEVELS[i][1] for i in institutes}]
        shared = {
            "institute": len(institutes) + len(bare),
            "agency": len(agencies),
            "country": len(countries),
        }
        found[pubmed] = {one: Fraction(1, shared[LEVELS[one][0]]) for one in everyone}
    return found


def journals_of(world: World) -> dict[str, str]:
    """The journal of each publication that has one."""
    return {s.pubmed: JOURNALS[s.journal] for s in world.studies if s.pubmed and s.journal}


def cohorts_of(study: Study) -> list[str]:
    """The cohorts that a study names, each once."""
    pieces = {piece.strip() for piece in (study.cohorts or "").split("|")}
    return sorted(COHORTS[piece] for piece in pieces if piece in COHORTS)


def traits_of(world: World) -> dict[str, set[str]]:
    """The identifiers of the traits of each study."""
    return {name: {uri.rsplit("/", 1)[-1] for uri in uris} for name, uris in uris_of(world).items()}


def known(world: World) -> dict[str, list[str]]:
    """What a filter of each kind may name."""
    funders = {one for links in funders_of(world).values() for one in links}
    cohorts = {one for study in world.studies for one in cohorts_of(study)}
    traits = set().union(*traits_of(world).values())
    return {
        "funder": sorted(funders),
        "cohort": sorted(cohorts),
        "journal": sorted(set(journals_of(world).values())),
        "country": sorted(COUNTRY_CODES.values()),
        "trait": sorted(traits),
        "trait_parent": sorted({m.parent for m in world.mappings if m.uri and m.parent}),
    }


def select(world: World, filters: Filters, *, stage: str = "all", rule: str = "single") -> World:
    """The rows that are of any of each kind's; under `split`, what falls to those countries."""
    funders, journals = funders_of(world), journals_of(world)
    cohorts = {study.accession: cohorts_of(study) for study in world.studies}
    traits, parents = traits_of(world), parents_of(world)
    kept = []
    for row in world.rows:
        has: dict[str, Iterable[str]] = {
            "funder": funders.get(row.pubmed or "", ()),
            "journal": [journals[row.pubmed]] if row.pubmed in journals else [],
            "cohort": cohorts[row.accession],
            "trait": traits[row.accession],
            "trait_parent": parents[row.accession],
            "country": counted_in(row, rule),
        }
        if stage not in ("all", row.stage):
            continue
        if not all(set(wanted) & set(has[kind]) for kind, wanted in filters.items() if wanted):
            continue
        if filters.get("country") and rule == "split" and row.people is not None:
            named = len(set(filters["country"]) & set(row.countries))
            people: Any = Fraction(row.people * named, len(row.countries))
            kept.append(replace(row, people=people))
        else:
            kept.append(row)
    return replace(world, rows=tuple(kept))


def counted_in(row: Seen, rule: str) -> tuple[str, ...]:
    """The countries that a row counts for."""
    if rule == "single" and (len(row.countries) != 1 or row.partly):
        return ()
    return row.countries


def links_of(world: World, row: Seen, kind: str, *, rule: str, chosen: Iterable[str]) -> Any:
    """Who a row counts for, and what fraction of it each has."""
    if kind == "funder":
        return funders_of(world).get(row.pubmed or "", {})
    if kind == "journal":
        journal = journals_of(world).get(row.pubmed or "")
        return {journal: Fraction(1)} if journal else {}
    if kind == "country":
        names = counted_in(row, rule)
        if rule == "split" and chosen:
            names = tuple(name for name in names if name in chosen)
    elif kind == "cohort":
        study = next(s for s in world.studies if s.accession == row.accession)
        names = tuple(cohorts_of(study))
    else:
        names = tuple(sorted(traits_of(world)[row.accession]))
    return {name: Fraction(1, len(names)) for name in names}


def portfolios(
    world: World,
    kind: str,
    *,
    scheme: str,
    group: str,
    rule: str = "single",
    chosen: Iterable[str] = (),
) -> dict[str, dict[str, Any]]:
    """What each entity of a kind has of the rows of a world, which were selected before."""
    divided = kind == "country" and rule == "split"
    rows: dict[str, list[tuple[Seen, Fraction]]] = {}
    having: dict[str, set[str]] = {}
    for row in world.rows:
        links = links_of(world, row, kind, rule=rule, chosen=tuple(chosen))
        for name, part in links.items():
            rows.setdefault(name, []).append((row, part))
            having.setdefault(row.paper, set()).add(name)
    found = {}
    for name, pairs in rows.items():
        people: Any = [
            row.people * part if divided and row.people is not None else row.people
            for row, part in pairs
        ]
        own = [replace(row, people=n) for (row, _), n in zip(pairs, people, strict=True)]
        figures = composition(
            replace(world, rows=tuple(own)),
            unit="participations",
            scheme=scheme,
            denominator="recorded",
        )[group]
        papers = {row.pubmed for row, _ in pairs if row.pubmed}
        parts = {row.pubmed: part for row, part in pairs}
        found[name] = {
            "publications": len(papers),
            "publications_fractional": sum(
                (
                    parts[paper]
                    if kind in ("funder", "journal")
                    else Fraction(1, len(having[paper]))
                    for paper in papers
                ),
                Fraction(0),
            ),
            "studies": len({row.accession for row, _ in pairs}),
            "participations": known_sum(people),
            "participations_fractional": known_sum(
                None if row.people is None else row.people * part for row, part in pairs
            ),
            "observed_share": figures["share"],
            "share_min": figures["share_min"],
            "share_max": figures["share_max"],
        }
    return found


def coverage(world: World) -> dict[str, int]:
    """What is known of the grants of the publications that a world's rows belong to."""
    grants = grants_of(world)
    papers = {row.pubmed for row in world.rows if row.pubmed}
    lists = {paper: grants.get(paper) for paper in papers}
    return {
        "publications": len(papers),
        "with_grants": sum(_says_something(one) for one in lists.values()),
        "without_grants": sum(
            one is not None and not _says_something(one) for one in lists.values()
        ),
        "not_returned": 0,
        "not_asked": sum(one is None for one in lists.values()),
        "naming_a_funder": sum(bool(named_by(one or ())) for one in lists.values()),
    }


def _says_something(grants: list[tuple[str, str]] | None) -> bool:
    """A grant of which not even the agency is known has a number, and is a grant."""
    return bool(grants)


def core_tables(world: World) -> dict[str, list[dict[str, Any]]]:
    """The core tables of entities, row by row."""
    grants = grants_of(world)
    links = funders_of(world)
    names = known(world)
    return {
        "publication_journal": [
            {"pubmed_id": pubmed, "journal_id": name} for pubmed, name in journals_of(world).items()
        ],
        "study_cohort": [
            {"study_accession": study.accession, "cohort_id": name}
            for study in world.studies
            for name in cohorts_of(study)
        ],
        "publication_funder": [
            {
                "pubmed_id": pubmed,
                "funder_id": name,
                "level": LEVELS[name][0],
                "direct": name in named_by(grants[pubmed] or ()),
                "fraction": float(part),
            }
            for pubmed, of_one in links.items()
            for name, part in of_one.items()
        ],
        "grant_status": [
            {"pubmed_id": pubmed, "grant_status": _status(listed), "grants": len(listed or ())}
            for pubmed, listed in grants.items()
        ],
        "entities": [
            {"kind": kind, "id": name, "name": name.upper(), "reviewed": True, "level": ""}
            for kind in ("cohort", "journal")
            for name in names[kind]
        ],
        "funders": [
            {
                "kind": "funder",
                "id": name,
                "name": name.upper(),
                "level": LEVELS[name][0],
                "parent": LEVELS[name][1],
                "reviewed": name != "moon-base-fund",
            }
            for name in names["funder"]
        ],
    }


def _status(grants: list[tuple[str, str]] | None) -> str:
    if grants is None:
        return "not asked"
    return "with grants" if _says_something(grants) else "returned without grants"
