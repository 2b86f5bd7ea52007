"""What each funder, cohort, journal, country or trait has, publication by publication.

Full counting: whoever is linked to a study has all of it, so what several have cannot be added
up. Fractional counting divides it between those who are linked, so that it can.
"""

import ibis
import ibis.expr.types as ir

from everygenome.vocabulary.ancestry import SetClass
from everygenome.vocabulary.schemes import RECORDED_CLASSES, Standing
from everygenome.vocabulary.terms import CountryRule

SEPARATOR = ";"
# What a link is made of: an ancestry row has each of these.
KEYS = ("pubmed_id", "study_accession", "country_set")


def funder_links(publication_funder: ir.Table) -> ir.Table:
    """`pubmed_id`, `entity`, `fraction` (0-1, divided between funders of one level)."""
    return publication_funder.select("pubmed_id", entity="funder_id", fraction="fraction")


def journal_links(publication_journal: ir.Table) -> ir.Table:
    """`pubmed_id`, `entity`, `fraction` (1: a publication has one journal)."""
    return publication_journal.select("pubmed_id", entity="journal_id", fraction=ibis.literal(1.0))


def cohort_links(study_cohort: ir.Table) -> ir.Table:
    """`study_accession`, `entity`, `fraction` (0-1, divided between the cohorts of a study)."""
    return _divided(study_cohort.select("study_accession", entity="cohort_id"))


def trait_links(study_trait: ir.Table) -> ir.Table:
    """`study_accession`, `entity`, `fraction` (0-1, divided between the traits of a study)."""
    return _divided(study_trait.select("study_accession", entity="trait_id").distinct())


def country_links(
    country_sets: ir.Table, *, rule: CountryRule, chosen: str | None = None
) -> ir.Table:
    """`country_set`, `entity`, `fraction`, as the rule counts a row that names several countries.

    Under `single` only rows of one country are linked; under the others all are, and `fraction`
    divides a row equally (a named imputation).

    Args:
        country_sets: every list of countries that a row names: `country_set`.
        rule: how a row that names several countries counts.
        chosen: the countries that the rows were selected for, joined by ";". Under `split` such
            a row holds what falls to these alone, so it is divided between these alone.
    """
    named = country_sets.country_set.split(SEPARATOR)
    if rule is CountryRule.SPLIT and chosen is not None:
        named = named.intersect(ibis.literal(chosen).split(SEPARATOR))
    sets = country_sets.mutate(named=named)
    sets = sets.filter(sets.named.length() > 0)
    if rule is CountryRule.SINGLE:
        sets = sets.filter(sets.named.length() == 1)
    part = 1.0 / sets.named.length()
    return sets.select("country_set", fraction=part, entity=sets.named.unnest())


def country_rows(rows: ir.Table, *, rule: CountryRule) -> ir.Table:
    """The rows that a rule counts: under `single`, none that leaves further countries open."""
    return rows.filter(~rows.country_partly_reported) if rule is CountryRule.SINGLE else rows


def _divided(pairs: ir.Table) -> ir.Table:
    several = pairs.group_by("study_accession").agg(shared=pairs.count())
    joined = pairs.join(several, "study_accession")
    return joined.select("study_accession", "entity", fraction=1.0 / joined.shared)


def portfolios(
    rows: ir.Table, links: ir.Table, groups: ir.Table, *, group: str, divided: bool = False
) -> ir.Table:
    """What each entity has, publication by publication.

    Args:
        rows: selected ancestry rows.
        links: one of `KEYS`, `entity` and `fraction`.
        groups: what each set of categories counts for under one scheme.
        group: the group or class whose share is asked for.
        divided: a row counts for its fraction under full counting too (countries that a row
            names, under the rule `split`).

    Returns:
        One row per entity and cluster (publication, or study without a PubMed number): `entity`,
        `cluster`, `numbered` (the cluster is a publication), `studies`, `participations`,
        `recorded` (participations of clear records), `unclear`, `in_group` (alone), `group_rows`
        (ancestry rows of the group alone), `with_others`, `participations_fractional`, and
        `fraction` (0-1: the cluster divided equally between those that have any of it; between
        funders of one level). Participations are missing where no row states a number.
    """
    key = next(name for name in KEYS if name in links.columns)
    own = groups.filter(groups.standing == Standing.ALONE.value)
    recorded = own.set_class.isin([kind.value for kind in RECORDED_CLASSES])
    read = own.select(
        "category_set",
        recorded=recorded,
        unclear=own.set_class.notin([SetClass.SINGLE.value, SetClass.MULTIPLE.value]),
        in_group=own.group == group,
    )
    naming = groups.filter(groups.group == group).select("category_set").distinct()
    read = read.left_join(naming.mutate(named=True), "category_set", rname="{name}_named")
    placed = rows.join(read, "category_set", rname="{name}_read")
    cluster = placed.pubmed_id.fill_null(placed.study_accession)
    n = placed.participations
    keyed = placed.group_by(
        *sorted({"study_accession", key} - {"pubmed_id"}),
        cluster=cluster,
        numbered=placed.pubmed_id.notnull(),
        **({"pubmed_id": placed.pubmed_id} if key == "pubmed_id" else {}),
    ).agg(
        participations=n.sum(),
        recorded=n.sum(where=placed.recorded),
        unclear=n.sum(where=placed.unclear),
        in_group=n.sum(where=placed.in_group),
        group_rows=placed.count(where=placed.in_group),
        with_others=n.sum(where=placed.named.notnull()),
    )
    joined = keyed.join(links, key)
    amount = joined.fraction if divided else ibis.literal(1.0)
    sums = {
        name: (joined[name] * amount).sum()
        for name in ("participations", "recorded", "unclear", "in_group", "with_others")
    }
    found = joined.group_by("entity", "cluster", "numbered").agg(
        studies=joined.study_accession.nunique(),
        group_rows=joined.group_rows.sum(),
        **sums,
        participations_fractional=(joined.participations * joined.fraction).sum(),
        fraction=joined.fraction.max(),
    )
    if key == "pubmed_id":
        return found
    # Studies of one publication can have different cohorts: it is one publication all the same.
    several = found.count().over(ibis.window(group_by="cluster"))
    return found.mutate(fraction=1.0 / several)
