"""How many studies of what size were published when: for a picture of every study."""

from enum import StrEnum
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from everygenome.errors import UsageError
from everygenome.queries.answer import Answer
from everygenome.queries.measures.chosen import chosen, group_names
from everygenome.queries.measures.points import counts, selected_points
from everygenome.queries.measures.shared import coverage, make
from everygenome.queries.measures.study_index import Numbers
from everygenome.queries.notes import note
from everygenome.queries.question import Question
from everygenome.queries.tables import Tables
from everygenome.vocabulary.schemes import CLASS_GROUPS, MULTIPLE_GROUP
from everygenome.vocabulary.terms import Unit

# Steps of a tenth to a whole power of ten.
BINS_PER_POWER = (1, 2, 4, 5, 10)
_HIGHEST_POWER = 12
_SCHEMA = pa.schema(
    [
        ("group", pa.string()),
        ("is_class", pa.bool_()),
        ("period_start", pa.date32()),
        ("size_low", pa.float64()),
        ("size_high", pa.float64()),
        ("studies", pa.int64()),
    ]
)


class Period(StrEnum):
    """How long the periods are."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}


def densities(
    tables: Tables, question: Question, *, period: str = Period.QUARTER, bins: int = 4
) -> Answer:
    """Studies by group, period of publication and size; empty cells have no row.

    Args:
        tables: the release.
        question: the choices; whatever its unit, studies are counted.
        period: month, quarter or year.
        bins: size bins for each power of ten: 1, 2, 4, 5 or 10.

    Returns:
        Rows, in the order of groups, periods and sizes: `group`, `is_class`, `period_start`
        (first day), `size_low` and `size_high` (participations of the study in that group,
        low included and high not; 0 to 1 holds those of none), `studies`. A study counts in
        each group that its rows count in. The coverage counts the points that lack a day or
        a number, and are in no row.

    Raises:
        UsageError: no such period or number of bins.
    """
    try:
        months = _MONTHS[Period(period)]
    except ValueError:
        raise UsageError(f"{period!r} is no period.", remedy=f"Use {', '.join(Period)}.") from None
    if bins not in BINS_PER_POWER:
        raise UsageError(
            f"Sizes are not put into {bins} bins for each power of ten.",
            remedy=f"Use {', '.join(map(str, BINS_PER_POWER))}.",
        )
    found = selected_points(tables, question)
    drawn = found.drawable
    edges = np.array([0.0, *(10 ** (step / bins) for step in range(_HIGHEST_POWER * bins + 1))])
    size = np.searchsorted(edges, drawn.participations, side="right") - 1
    month = drawn.day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    cells, numbers = _counted(drawn.group, (month // months) * months, size)
    group, period_start, step = cells.T
    names = np.array(group_names(question.grouping))[group]
    table = pa.table(
        [
            pa.array(names),
            pa.array(np.isin(names, CLASS_GROUPS)),
            pa.array(period_start.astype("datetime64[M]").astype("datetime64[D]")),
            pa.array(edges[step]),
            pa.array(edges[step + 1]),
            pa.array(numbers),
        ],
        schema=_SCHEMA,
    )
    asked = question.but(unit=Unit.STUDIES)
    covered = coverage(tables, asked, known=_studies(tables, asked)) | counts(asked, found)
    return make(
        tables,
        asked,
        measure="densities",
        denominator="all",
        covered=covered | {"period": str(period), "bins_per_power_of_ten": bins},
        extra=[note("participations_are_not_people"), note("reconstructed_history")],
        table=table,
    )


def _studies(tables: Tables, question: Question) -> dict[str, int]:
    """How many studies there are, and how many with a row that says clearly who took part."""
    found = chosen(tables, question).by_study.groups
    clear = [
        1 << place
        for place, name in enumerate(group_names(question.grouping))
        if name not in CLASS_GROUPS or name == MULTIPLE_GROUP
    ]
    return {
        "all_value": len(found),
        "recorded_value": int(np.count_nonzero(found & sum(clear))),
    }


def _counted(*columns: NDArray[Any]) -> tuple[Numbers, Numbers]:
    """The different combinations of some columns, in order, and how often each stands."""
    lowest = [int(column.min(initial=0)) for column in columns]
    spans = [
        int(column.max(initial=0)) - low + 1 for column, low in zip(columns, lowest, strict=True)
    ]
    # One number for each combination: sorting those is far quicker than sorting rows.
    code = np.zeros(len(columns[0]), dtype=np.int64)
    for column, low, span in zip(columns, lowest, spans, strict=True):
        code = code * span + (column - low)
    rest, counted = np.unique(code, return_counts=True)
    parts = []
    for low, span in zip(reversed(lowest), reversed(spans), strict=True):
        rest, part = np.divmod(rest, span)
        parts.append(part + low)
    return np.stack(parts[::-1], axis=1), counted
