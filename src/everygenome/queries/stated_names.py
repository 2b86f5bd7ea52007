"""The names that a release's sources state, and how many publications state each."""

from dataclasses import dataclass
from typing import Any

import ibis.expr.types as ir

from everygenome.errors import UsageError
from everygenome.queries.release import Release

KINDS = ("funder", "cohort")
Pair = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class StatedNames:
    """What the sources of a release call a kind.

    Attributes:
        kind: funder or cohort.
        publications: different publications by stated name and country, as both are written;
            for cohorts the country is None. A publication that states two names counts in both.
        codes: different publications by name, country and PubMed's code of the agency, where a
            code is stated: it says who is meant where the name says nobody.
    """

    kind: str
    publications: dict[Pair, int]
    codes: dict[tuple[str, str | None, str], int]


def stated_names(release: Release, kind: str) -> StatedNames:
    """Every name of a kind that the release's grants or studies state.

    Args:
        release: an open release.
        kind: funder or cohort.

    Raises:
        UsageError: names of another kind are not reviewed.
        NotFoundError: the release knows nothing of the kind.
    """
    if kind not in KINDS:
        raise UsageError(
            f"Names of the kind {kind!r} are not reviewed.", remedy=f"Use {' or '.join(KINDS)}."
        )
    release.tables.entities.need(kind)
    return _funders(release) if kind == "funder" else _cohorts(release)


def _funders(release: Release) -> StatedNames:
    grants = release.tables.opened.whole("grants")
    renamed = grants.select(
        "pubmed_id",
        stated=grants.agency_stated.fill_null(""),
        country=grants.country_stated,
        acronym=grants.acronym_stated,
    )
    pairs = _counted(release, "stated funders", renamed, ("stated", "country"))
    coded = renamed.filter(renamed.acronym.notnull())
    codes = _counted(release, "stated codes", coded, ("stated", "country", "acronym"))
    return StatedNames(
        "funder",
        {(stated, country): count for stated, country, count in pairs},
        {(stated, country, code): count for stated, country, code, count in codes},
    )


def _cohorts(release: Release) -> StatedNames:
    cohorts = release.tables.opened.whole("cohorts")
    studies = release.tables.opened.whole("studies").select("study_accession", "pubmed_id")
    joined = cohorts.left_join(studies, "study_accession", rname="{name}_study")
    named = joined.filter(joined.cohort.notnull()).select("pubmed_id", stated=joined.cohort)
    found = _counted(release, "stated cohorts", named, ("stated",))
    return StatedNames("cohort", {(stated, None): count for stated, count in found}, {})


def _counted(
    release: Release, name: str, rows: ir.Table, by: tuple[str, ...]
) -> list[tuple[Any, ...]]:
    """Different publications of each combination of columns, as the last of each line."""
    found = release.tables.run(
        name, lambda: rows.group_by(by).agg(publications=rows.pubmed_id.nunique()).order_by(by)
    )
    return [tuple(row[column] for column in (*by, "publications")) for row in found.to_pylist()]
