"""Choose the ancestry rows that a question is about."""

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from everygenome.vocabulary.terms import CountryRule, Stage

SEPARATOR = ";"


@dataclass(frozen=True, slots=True)
class Selection:
    """The filters of a question; None filters nothing.

    Attributes:
        stage: discovery, replication or all.
        from_year: first year of publication.
        to_year: last year of publication.
        trait_parent: name of a trait parent, as the trait mapping writes it.
        trait_id: identifier of a trait, such as EFO_0000249.
        country_iso3: a country of recruitment.
        country_rule: how a row that names several countries counts for that country.
    """

    stage: Stage = Stage.DISCOVERY
    from_year: int | None = None
    to_year: int | None = None
    trait_parent: str | None = None
    trait_id: str | None = None
    country_iso3: str | None = None
    country_rule: CountryRule = CountryRule.SINGLE


def select(
    ancestry: ir.Table, selection: Selection, *, study_trait: ir.Table, study_parent: ir.Table
) -> ir.Table:
    """The ancestry rows that a selection keeps, each once.

    With the country rule `split`, `participations` becomes the country's equal part of
    the row: a named imputation.

    Args:
        ancestry: core ancestry.
        selection: the filters.
        study_trait: core study traits.
        study_parent: each study's trait parents: `study_accession`, `trait_parent`.
    """
    table = ancestry
    if selection.stage is not Stage.ALL:
        table = table.filter(table.stage == selection.stage.value)
    if selection.from_year is not None:
        table = table.filter(table.publication_year >= selection.from_year)
    if selection.to_year is not None:
        table = table.filter(table.publication_year <= selection.to_year)
    # A semi-join keeps a study once, however many of its traits fit.
    if selection.trait_id is not None:
        named = study_trait.filter(study_trait.trait_id == selection.trait_id)
        table = table.semi_join(named, "study_accession")
    if selection.trait_parent is not None:
        named = study_parent.filter(study_parent.trait_parent == selection.trait_parent)
        table = table.semi_join(named, "study_accession")
    if selection.country_iso3 is not None:
        table = _recruited_in(table, selection)
    return table


def _recruited_in(table: ir.Table, selection: Selection) -> ir.Table:
    iso3 = selection.country_iso3
    if selection.country_rule is CountryRule.SINGLE:
        return table.filter((table.country_set == iso3) & ~table.country_partly_reported)
    lists = table.filter(table.country_set.notnull()).select("country_set").distinct()
    naming = lists.filter(lists.country_set.split(SEPARATOR).contains(iso3))
    table = table.semi_join(naming, "country_set")
    if selection.country_rule is CountryRule.SPLIT:
        table = table.mutate(participations=table.participations / table.countries_named)
    return table


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
