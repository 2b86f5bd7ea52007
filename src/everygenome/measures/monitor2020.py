"""The counting rules of the GWAS Diversity Monitor as published in 2020, for comparison.

They differ from ours: a hand-kept dictionary maps whole cells (a repeated key multiplies
rows, an unknown cell vanishes), its "studies" are ancestry rows, and its heat maps count a
study once per trait and parent.

Source: Mills and Rahal 2020, Nature Genetics 52:242, and the figures published with it.
"""

import ibis
import ibis.expr.types as ir

IN_PART = "In Part Not Recorded"
GROUPS = (
    "European",
    "Asian",
    "Other/Mixed",
    "African American or Afro-Caribbean",
    IN_PART,
    "Hispanic or Latin American",
    "African",
)
FIRST_YEAR_OF_SERIES = 2007
FIRST_YEAR_OF_HEAT_MAP = 2008


def broadened(ancestry: ir.Table, dictionary: ir.Table) -> ir.Table:
    """Ancestry rows with the dictionary's group, multiplied where it repeats a key.

    Args:
        ancestry: `broad_ancestral_category_stated`, `participations`, `study_accession`,
            `publication_year`, `stage`; one row per row of the file.
        dictionary: `cell`, `group`, as read from the published file, repeats kept.

    Returns:
        The rows with a group and a number, with the column `group`.
    """
    joined = ancestry.join(dictionary, ancestry.broad_ancestral_category_stated == dictionary.cell)
    return joined.filter(joined.group.notnull() & joined.participations.notnull())


def totals(rows: ir.Table, *, keep_in_part: bool, count_rows: bool) -> ir.Table:
    """Sum of participants, or number of rows, by group: `group`, `value`, `share` (0-1)."""
    kept = rows if keep_in_part else rows.filter(rows.group != IN_PART)
    sums = kept.group_by("group").agg(value=_value(kept, count_rows))
    return sums.mutate(share=sums.value / sums.value.sum().over())


def time_series(rows: ir.Table, *, keep_in_part: bool, count_rows: bool) -> ir.Table:
    """By year of publication from 2007: `publication_year`, `group`, `value`, `share` (0-1).

    Args:
        rows: from `broadened`, of one stage.
        keep_in_part: keep "In Part Not Recorded" (their `ts1`) or drop it (`ts2`).
        count_rows: count rows (their "studies") instead of summing participants.
    """
    kept = rows.filter(rows.publication_year >= FIRST_YEAR_OF_SERIES)
    kept = kept if keep_in_part else kept.filter(kept.group != IN_PART)
    sums = kept.group_by("publication_year", "group").agg(value=_value(kept, count_rows))
    year = ibis.window(group_by="publication_year")
    return sums.mutate(share=sums.value / sums.value.sum().over(year))


def heat_map(
    rows: ir.Table, studies: ir.Table, trait_mapping: ir.Table, *, count_rows: bool
) -> ir.Table:
    """By year from 2008, trait parent and group: `publication_year`, `trait_parent`, `value`.

    Args:
        rows: from `broadened`, of one stage.
        studies: core studies: `study_accession`, `trait_reported`.
        trait_mapping: the catalogue's map: `trait_reported`, `trait_parent`.
        count_rows: count rows instead of summing participants.
    """
    mapped = studies.left_join(trait_mapping, "trait_reported", rname="{name}_map")
    parents = mapped.select("study_accession", "trait_reported", "trait_parent").distinct()
    parents = parents.filter(parents.trait_parent.notnull())
    kept = rows.filter((rows.group != IN_PART) & (rows.publication_year >= FIRST_YEAR_OF_HEAT_MAP))
    joined = kept.join(parents, "study_accession")
    return joined.group_by("publication_year", "trait_parent", "group").agg(
        value=_value(joined, count_rows)
    )


def _value(table: ir.Table, count_rows: bool) -> ir.IntegerScalar:
    return (table.count() if count_rows else table.participations.sum()).cast("int64")
