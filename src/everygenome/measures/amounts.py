"""How much is selected, in every unit at once."""

import ibis.expr.types as ir


def amounts(rows: ir.Table, studies: ir.Table) -> ir.Table:
    """Count what selected rows hold, in each unit.

    Args:
        rows: selected ancestry rows: `participations`, `study_accession`, `pubmed_id`.
        studies: core studies: `study_accession`, `association_count`.

    Returns:
        One row: `participations` (sum; missing where no row states a number), `studies` and
        `publications` (distinct), and `associations` (each study's once; missing where no
        study states any).
    """
    counted = rows.agg(
        participations=rows.participations.sum(),
        studies=rows.study_accession.nunique(),
        publications=rows.pubmed_id.nunique(),
    )
    # A study counts once, however many of its rows are selected.
    selected = studies.semi_join(rows, "study_accession")
    return counted.cross_join(selected.agg(associations=selected.association_count.sum()))
