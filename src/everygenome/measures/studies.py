"""Study by study: what the selected rows of each say, and what every study is."""

import ibis
import ibis.expr.types as ir

from everygenome.vocabulary.schemes import Standing


def by_study(rows: ir.Table, groups: ir.Table) -> ir.Table:
    """Participations by study and group; each row counts in one group or class.

    Args:
        rows: selected ancestry rows: `study_accession`, `category_set`, `participations`.
        groups: what each set of categories counts for under one scheme: `category_set`,
            `position`, `standing`.

    Returns:
        One row per study and group, in that order: `study_accession`, `position` (of the
        group), `participations` (count; missing where none of the rows states one),
        `rows_without_number`, `named` (a bit, at its position, for each group that these
        rows name among others).
    """
    known = groups.filter(groups.category_set.notnull())
    alone = known.standing == Standing.ALONE.value
    bit = ibis.literal(1, "int64") << known.position
    sets = known.group_by("category_set").agg(
        position=known.position.max(where=alone), named=bit.bit_or(where=~alone).fill_null(0)
    )
    joined = rows.join(sets, "category_set")
    return (
        joined.group_by("study_accession", "position")
        .agg(
            # A row divided between countries is no whole number.
            participations=joined.participations.sum().round().cast("int64"),
            rows_without_number=joined.count(where=joined.participations.isnull()),
            named=joined.named.bit_or(),
        )
        .order_by("study_accession", "position")
    )


def study_list(held: ir.Table, ancestry: ir.Table, studies: ir.Table) -> ir.Table:
    """Every study that has an ancestry row, with what the studies file says of it.

    Args:
        held: ancestry rows as the questions see them: `ancestry_row`, `study_accession`.
        ancestry: the same rows as the file has them, with `pubmed_id`, `publication_date` and
            `publication_year` too.
        studies: core studies; a study that it lacks has only what the ancestry file says.

    Returns:
        One row per study in the order of accessions: `held` (as the questions see it),
        `study_accession`, `pubmed_id`, `first_author`, `publication_date`,
        `publication_year`, `journal`, `title`, `trait_reported`, `association_count`.
    """
    keys = held.select("ancestry_row", held=held.study_accession)
    named = ancestry.select(
        "ancestry_row", "study_accession", "pubmed_id", "publication_date", "publication_year"
    )
    pairs = keys.join(named, "ancestry_row")
    firsts = pairs.group_by("study_accession").agg(
        held=pairs.held.min(),
        pubmed_id=pairs.pubmed_id.min(),
        publication_date=pairs.publication_date.min(),
        publication_year=pairs.publication_year.min(),
    )
    joined = firsts.left_join(studies, "study_accession", rname="{name}_studies")
    return joined.select(
        "held",
        "study_accession",
        # Papers and dates are those of the rows by which years are selected.
        pubmed_id=joined.pubmed_id.fill_null(joined.pubmed_id_studies),
        first_author=joined.first_author,
        publication_date=joined.publication_date.fill_null(joined.publication_date_studies),
        publication_year=joined.publication_year.fill_null(joined.publication_year_studies),
        journal=joined.journal,
        title=joined.title,
        trait_reported=joined.trait_reported,
        association_count=joined.association_count,
    ).order_by("study_accession")


def study_labels(study_trait: ir.Table, trait_parent: ir.Table) -> ir.Table:
    """The mapped traits of each study by name: `study_accession`, `trait`, each pair once."""
    labels = trait_parent.group_by("trait_uri").agg(label=trait_parent.trait_label.min())
    joined = study_trait.left_join(labels, "trait_uri", rname="{name}_labels")
    name = joined.label.fill_null(joined.trait_id.fill_null(joined.trait_uri.cast("string")))
    return joined.select("study_accession", trait=name).distinct()
