"""Choose the ancestry rows that a question is about."""

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from everygenome.vocabulary.terms import CountryRule, Stage


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
    ancestry: ir.Table,
    selection: Selection,
    *,
    study_trait: ir.Table,
    trait_parent: ir.Table,
    study_country: ir.Table,
) -> ir.Table:
    """The ancestry rows that a selection keeps, each once.

    With the country rule `split`, `participations` becomes the country's equal part of
    the row: a named imputation.

    Args:
        ancestry: core ancestry.
        selection: the filters.
        study_trait: core study traits.
        trait_parent: core trait parents.
        study_country: core study countries.
    """
    table = ancestry
    if selection.stage is not Stage.ALL:
        table = table.filter(table.stage == selection.stage.value)
    if selection.from_year is not None:
        table = table.filter(table.publication_year >= selection.from_year)
    if selection.to_year is not None:
        table = table.filter(table.publication_year <= selection.to_year)
    if selection.trait_id is not None:
        named = study_trait.filter(study_trait.trait_id == selection.trait_id)
        table = table.semi_join(named, "study_accession")
    if selection.trait_parent is not None:
        # A semi-join keeps a study once, however many of its traits have the parent.
        named = study_trait.semi_join(
            trait_parent.filter(trait_parent.trait_parent == selection.trait_parent), "trait_uri"
        )
        table = table.semi_join(named, "study_accession")
    if selection.country_iso3 is not None:
        named = study_country.filter(study_country.country_iso3 == selection.country_iso3)
        if selection.country_rule is CountryRule.SINGLE:
            named = named.filter((named.countries_named == 1) & ~named.country_partly_reported)
        table = table.semi_join(named, "ancestry_row")
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
