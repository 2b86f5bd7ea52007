"""Which columns of a file are needed, in order to count by some dimensions."""

from collections.abc import Sequence

from everygenome.audit.mapping.model import GROUP, CohortMap
from everygenome.errors import UsageError


def dimension_columns(cohort_map: CohortMap, by: Sequence[str]) -> tuple[str, ...]:
    """The column of `group`, and those of the dimensions besides it.

    Raises:
        UsageError: the map has no such dimension, or one is asked for twice.
    """
    column_of = {column.dimension: name for name, column in cohort_map.columns.items()}
    wanted = (GROUP, *by)
    for name in by:
        if name not in column_of or wanted.count(name) > 1:
            others = ", ".join(one for one in column_of if one != GROUP) or "none besides group"
            raise UsageError(
                f"{name!r} is not a dimension of the map, or is asked for twice.",
                remedy=f"The map has: {others}.",
            )
    return tuple(column_of[name] for name in wanted)


def needed_columns(cohort_map: CohortMap, by: Sequence[str]) -> tuple[str, ...]:
    """Every column to read: also the identifier, or the one of counts.

    Raises:
        UsageError: the map has no such dimension, or one is asked for twice.

    Example:
        >>> from everygenome.audit.mapping import parse_map
        >>> told = parse_map('''
        ... file = {identifier = "id"}
        ... columns.pop = {dimension = "group", kind = "country", values = {GB = "GBR"}}
        ... columns.m_f = {dimension = "sex", kind = "sex", values = {F = "Women"}}
        ... ''')
        >>> needed_columns(told, []), needed_columns(told, ["sex"])
        (('pop', 'id'), ('pop', 'm_f', 'id'))
    """
    file = cohort_map.file
    named = (*dimension_columns(cohort_map, by), file.identifier, file.people)
    return tuple(dict.fromkeys(column for column in named if column))
