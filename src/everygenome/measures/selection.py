"""Choose the ancestry rows that a question is about.

A filter of one kind may name several things, joined by ";": rows of any of them are kept.
Filters of different kinds narrow each other. A study stands once, however many of its
traits, cohorts or funders fit.
"""

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from everygenome.vocabulary.terms import CountryRule, Stage

SEPARATOR = ";"


@dataclass(frozen=True, slots=True)
class Selection:
    """The filters of a question; None filters nothing, and ";" stands between several of a kind.

    Attributes:
        stage: discovery, replication or all.
        from_year: first year of publication.
        to_year: last year of publication.
        trait_parent: names of trait parents, as the trait mapping writes them.
        trait_id: identifiers of traits, such as EFO_0000249.
        country_iso3: countries of recruitment.
        country_rule: how a row that names several countries counts for those.
        funder_id: funders of the publication; an agency stands for its institutes too.
        cohort_id: cohorts that the study names.
        journal_id: journals of the publication.
        pubmed_number: PubMed numbers of publications.
        accession: accessions of studies.
    """

    stage: Stage = Stage.DISCOVERY
    from_year: int | None = None
    to_year: int | None = None
    trait_parent: str | None = None
    trait_id: str | None = None
    country_iso3: str | None = None
    country_rule: CountryRule = CountryRule.SINGLE
    funder_id: str | None = None
    cohort_id: str | None = None
    journal_id: str | None = None
    pubmed_number: str | None = None
    accession: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """What the filters look things up in.

    Attributes:
        study_trait: core study traits: `study_accession`, `trait_id`.
        study_parent: each study's trait parents: `study_accession`, `trait_parent`.
        traits: every trait: `trait_id`.
        parents: every trait parent: `trait_parent`.
        country_sets: every list of countries that a row names: `country_set`.
        publication_funder: `pubmed_id`, `funder_id`, with the funders above those named.
        publication_journal: `pubmed_id`, `journal_id`.
        study_cohort: `study_accession`, `cohort_id`.
        publications: every publication: `pubmed_id`, and `pubmed_number` as it is written.
        accessions: every study: `study_accession`, and `accession` as it is written.
    """

    study_trait: ir.Table
    study_parent: ir.Table
    traits: ir.Table
    parents: ir.Table
    country_sets: ir.Table
    publication_funder: ir.Table
    publication_journal: ir.Table
    study_cohort: ir.Table
    publications: ir.Table
    accessions: ir.Table


def select(ancestry: ir.Table, selection: Selection, *, links: Links) -> ir.Table:
    """The ancestry rows that a selection keeps, each once.

    With the country rule `split`, `participations` becomes the part of the row that falls to
    the countries chosen, as if each country had the same: a named imputation.

    Args:
        ancestry: core ancestry.
        selection: the filters.
        links: what the filters look things up in.
    """
    table = ancestry
    if selection.stage is not Stage.ALL:
        table = table.filter(table.stage == selection.stage.value)
    if selection.from_year is not None:
        table = table.filter(table.publication_year >= selection.from_year)
    if selection.to_year is not None:
        table = table.filter(table.publication_year <= selection.to_year)
    # A semi-join keeps a row once, however many of the things named fit.
    if selection.trait_id is not None:
        named = _naming(links.study_trait, "trait_id", selection.trait_id, among=links.traits)
        table = table.semi_join(named, "study_accession")
    if selection.trait_parent is not None:
        named = _naming(
            links.study_parent, "trait_parent", selection.trait_parent, among=links.parents
        )
        table = table.semi_join(named, "study_accession")
    if selection.cohort_id is not None:
        named = _naming(links.study_cohort, "cohort_id", selection.cohort_id)
        table = table.semi_join(named, "study_accession")
    if selection.funder_id is not None:
        named = _naming(links.publication_funder, "funder_id", selection.funder_id)
        table = table.semi_join(named, "pubmed_id")
    if selection.journal_id is not None:
        named = _naming(links.publication_journal, "journal_id", selection.journal_id)
        table = table.semi_join(named, "pubmed_id")
    if selection.pubmed_number is not None:
        named = _written(links.publications, "pubmed_number", selection.pubmed_number)
        table = table.semi_join(named, "pubmed_id")
    if selection.accession is not None:
        named = _written(links.accessions, "accession", selection.accession)
        table = table.semi_join(named, "study_accession")
    if selection.country_iso3 is not None:
        table = _recruited_in(table, selection, links.country_sets)
    return table


def listed(text: str) -> ir.ArrayValue:
    """The things that a filter names, as a list."""
    return ibis.literal(text).split(SEPARATOR)


def _naming(links: ir.Table, column: str, text: str, *, among: ir.Table | None = None) -> ir.Table:
    """The links that lead to one of the things named, looked up first where there are few."""
    few = (links if among is None else among).select(column).distinct()
    return links.semi_join(few.filter(listed(text).contains(few[column])), column)


def _written(links: ir.Table, column: str, text: str) -> ir.Table:
    """The links whose text is one of those named, which may be thousands."""
    return links.semi_join(listed(text).unnest().name(column).as_table(), column)


def _recruited_in(table: ir.Table, selection: Selection, sets: ir.Table) -> ir.Table:
    wanted = listed(str(selection.country_iso3))
    if selection.country_rule is CountryRule.SINGLE:
        # A set of one country is its code.
        alone = sets.filter(wanted.contains(sets.country_set))
        return table.filter(~table.country_partly_reported).semi_join(alone, "country_set")
    counted = sets.mutate(wanted_countries=named_of(sets.country_set, str(selection.country_iso3)))
    naming = counted.filter(counted.wanted_countries > 0)
    if selection.country_rule is CountryRule.ANY:
        return table.semi_join(naming, "country_set")
    joined = table.join(naming, "country_set")
    part = joined.wanted_countries / joined.countries_named
    return joined.mutate(participations=joined.participations * part).select(*table.columns)


def named_of(country_set: ir.StringValue, text: str) -> ir.IntegerValue:
    """How many of the countries that a filter names stand in a list of countries."""
    return country_set.split(SEPARATOR).intersect(listed(text)).length()


def unit_rows(
    rows: ir.Table, *, unit: str, studies: ir.Table | None = None, by: tuple[str, ...] = ()
) -> ir.Table:
    """Rows shaped for counting units: `unit`, `weight`, `category_set`, and `by`.

    Args:
        rows: selected ancestry rows.
        unit: the column whose values are counted: `study_accession` or `pubmed_id`.
        studies: core studies, to weigh each study by its associations; None weighs it 1.
        by: columns to keep.
    """
    if studies is None:
        return rows.select(*by, "category_set", unit=rows[unit], weight=ibis.literal(1, "int64"))
    counts = studies.select("study_accession", weight=studies.association_count)
    joined = rows.left_join(counts, "study_accession", rname="{name}_studies")
    return joined.select(*by, "category_set", unit=joined[unit], weight=joined.weight)
