"""How many people of a cohort are in each group, with those of whom no single group is known."""

from collections import Counter
from collections.abc import Sequence

import ibis.expr.types as ir

from everygenome.audit.asked import combinations, repeated_rows
from everygenome.audit.classes import Class
from everygenome.audit.mapping.dimensions import dimension_columns
from everygenome.audit.mapping.model import CohortMap
from everygenome.audit.model import Counts, Dimension
from everygenome.audit.placing import Placer
from everygenome.audit.typed import from_counts
from everygenome.audit.unmapped import unreviewed

__all__ = ["Class", "Counts", "Dimension", "counted", "from_counts"]


def counted(
    table: ir.Table,
    cohort_map: CohortMap,
    *,
    by: Sequence[str] = (),
    suppress: int = 10,
    allow_unmapped: bool = False,
    source: str = "the cohort",
) -> Counts:
    """Count the people of a cohort.

    Args:
        table: of a `Cohort`: one row per participant, or per count of people, with the columns
            `needed_columns(cohort_map, by)`.
        cohort_map: what the columns mean.
        by: dimensions besides `group`.
        suppress: a value in fewer rows is not named in an error.
        allow_unmapped: count values that are not in the map as `Class.UNMAPPED`.
        source: the name of the file.

    Raises:
        UsageError: a dimension that the map does not have, or given twice.
        InputError: an identifier that is repeated or missing; a column of far too many values.
        UnreviewedError: a value that is not in the map.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> from everygenome.audit.mapping import parse_map
        >>> from everygenome.sources.cohort import loaded
        >>> told = parse_map('''
        ... [columns.pop]
        ... dimension = "group"
        ... kind = "world region"
        ... values = {AF = "Africa", AS = "Asia"}
        ... ''')
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder) / "cohort.csv"
        ...     _ = path.write_text("id,pop\\n1,AF\\n2,AS\\n3,AF\\n4,\\n5,AF\\n")
        ...     with loaded(path, columns=["pop"]) as cohort:
        ...         dict(counted(cohort.table, told).people)
        {('Africa',): 3, ('Asia',): 1, ('Missing',): 1}
    """
    placers = [
        Placer(column, cohort_map.columns[column], cohort_map.file)
        for column in dimension_columns(cohort_map, by)
    ]
    file = cohort_map.file
    repeated = repeated_rows(table, file, source=source, suppress=suppress)
    counter: Counter[tuple[str, ...]] = Counter()
    rows = 0
    for keys, held, people in combinations(table, placers, people=file.people, source=source):
        counter[tuple(p.place(*k, people) for p, k in zip(placers, keys, strict=True))] += people
        rows += held
    if not allow_unmapped:
        unreviewed(placers, source=source, suppress=suppress, rows=file.people is None)
    order = [
        {name: place for place, name in enumerate((*placer.column.groups, *Class))}
        for placer in placers
    ]
    ordered = sorted(
        (cell for cell, people in counter.items() if people),
        key=lambda cell: [places[value] for places, value in zip(order, cell, strict=True)],
    )
    return Counts(
        dimensions=tuple(_dimension(placer) for placer in placers),
        people={cell: counter[cell] for cell in ordered},
        rows=rows,
        repeated=repeated,
        documentation=dict(cohort_map.documentation),
        source=source,
        sets=dict(placers[0].sets.most_common()),
    )


def _dimension(placer: Placer) -> Dimension:
    stated = placer.column
    return Dimension(
        name=stated.dimension,
        kind=stated.kind,
        column=placer.name,
        groups=stated.groups,
        assigned_by=stated.assigned_by,
        method=stated.method,
        panel=stated.panel,
        date=stated.date,
        why=stated.why,
    )
