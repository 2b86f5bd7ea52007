"""What lies beneath one group: rows added up by categories, stated population, and countries."""

import ibis.expr.types as ir

from everygenome.vocabulary.schemes import Standing


def rows_of(rows: ir.Table, groups: ir.Table, *, group: str) -> ir.Table:
    """The rows that count in a group or class alone.

    Args:
        rows: selected ancestry rows.
        groups: what each set of categories counts for: `category_set`, `group`, `standing`.
        group: its name.
    """
    alone = groups.filter((groups.group == group) & (groups.standing == Standing.ALONE.value))
    return rows.semi_join(alone, "category_set")


def added_up(rows: ir.Table, *by: str) -> ir.Table:
    """Rows added up by columns that they hold, the largest first.

    Returns:
        `by`, `value` (participations; missing where no row states a number), `rows`,
        `rows_without_number`.
    """
    sums = rows.group_by(by).agg(
        value=rows.participations.sum(),
        rows=rows.count(),
        rows_without_number=rows.count(where=rows.participations.isnull()),
    )
    return sums.order_by(sums.value.desc(nulls_first=False), sums.rows.desc(), *by)


def with_population(rows: ir.Table, stated: ir.Table) -> ir.Table:
    """Rows with the population that they state in words, as `population`; most state none.

    Args:
        rows: ancestry rows, with `ancestry_row`.
        stated: `ancestry_row` and `population`, for the rows that state one.
    """
    return rows.left_join(stated, "ancestry_row", rname="{name}_stated")


def stated_populations(ancestry: ir.Table) -> ir.Table:
    """The rows of the file that state a population: `ancestry_row`, `population`."""
    named = ancestry.filter(ancestry.additional_ancestry_description.notnull())
    return named.select("ancestry_row", population=named.additional_ancestry_description)
