"""Bootstrap intervals: publications are drawn again, over the whole field."""

import math
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from everygenome.queries.measures.shared import by_group, key
from everygenome.queries.question import Question
from everygenome.queries.tables import Tables
from everygenome.statistics import bootstrap
from everygenome.statistics.trends import trend_bands
from everygenome.vocabulary.schemes import CLASS_GROUPS, MULTIPLE_GROUP
from everygenome.vocabulary.terms import Denominator

OUTSIDE_RECORDED = [group for group in CLASS_GROUPS if group != MULTIPLE_GROUP]
_WORTH_LEAVING_OUT = 0.5
Interval = tuple[float | None, float | None]


@lru_cache(maxsize=4)
def field_weights(publications: int) -> NDArray[np.uint16]:
    """The seeded resamples of the whole field, the same for every question."""
    return bootstrap.weights(publications)


class PerPublication:
    """Counts of each publication: rows are publications of the whole field, in order.

    Attributes:
        publications: how many the whole field holds.
        groups: the groups that have a share.
        values: what each publication adds to each group, shape (publications, groups).
        base: what each adds to the denominator, shape (publications,).
        held: places of the publications to reckon with: all that add anything.
    """

    def __init__(self, tables: Tables, question: Question, denominator: Denominator) -> None:
        rows = tables.selected(question)
        found = tables.run(
            key("per publication", question, denominator),
            lambda: by_group(
                tables,
                # A study without a PubMed number is a cluster of its own.
                rows.mutate(cluster=rows.pubmed_id.fill_null(rows.study_accession)),
                question,
                denominator=denominator,
                by=("cluster",),
            ),
        )
        field = tables.field
        self.publications = len(field)
        if denominator is Denominator.RECORDED:
            # Classes outside the denominator have no share, and so no interval.
            found = found.filter(~np.isin(found["group"].to_pylist(), OUTSIDE_RECORDED))
        self.groups = list(dict.fromkeys(found["group"].to_pylist()))
        at = np.array([field[name][0] for name in found["cluster"].to_pylist()], dtype=np.int64)
        group = {name: index for index, name in enumerate(self.groups)}
        column = np.array([group[name] for name in found["group"].to_pylist()], dtype=np.int64)
        self.values = np.zeros((self.publications, len(self.groups)))
        self.values[at, column] = _numbers(found["value"])
        self.base = np.zeros(self.publications)
        self.base[at] = _numbers(found["denominator_value"])
        # A publication that is not selected adds nothing to any replicate. To leave a few out
        # would cost more than to take them along.
        adds = (self.base > 0) | self.values.any(axis=1)
        few = np.count_nonzero(adds) < self.publications * _WORTH_LEAVING_OUT
        self.held = np.flatnonzero(adds) if few else np.arange(self.publications)

    @property
    def weights(self) -> NDArray[np.uint16]:
        """The resamples of the whole field, for the publications that are held."""
        whole = field_weights(self.publications)
        return whole if len(self.held) == self.publications else whole[:, self.held]

    @property
    def held_values(self) -> NDArray[np.float64]:
        """`values` of the publications that are held."""
        return self.values[self.held]

    @property
    def held_base(self) -> NDArray[np.float64]:
        """`base` of the publications that are held."""
        return self.base[self.held]


def _numbers(column: Any) -> NDArray[np.float64]:
    """Values as floats; a missing number adds nothing to a sum."""
    return np.nan_to_num(np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.float64))


def composition_bands(
    tables: Tables, question: Question, denominator: Denominator
) -> dict[str, Interval]:
    """Interval (0-1) of each group's share; (None, None) under ten publications."""
    counted = PerPublication(tables, question, denominator)
    if not counted.groups:
        return {}
    found = bootstrap.share_bands(counted.weights, counted.held_values, counted.held_base)
    return {
        group: (real(found.low[index]), real(found.high[index]))
        for index, group in enumerate(counted.groups)
    }


def trend_intervals(
    tables: Tables, question: Question, denominator: Denominator
) -> dict[tuple[int, str], Interval]:
    """Interval (0-1) of each group's share in each year of publication."""
    counted = PerPublication(tables, question, denominator)
    if not counted.groups:
        return {}
    years = np.array([year for _, year in tables.field.values()], dtype=np.int64)
    found = trend_bands(
        counted.weights, counted.held_values, counted.held_base, years=years[counted.held]
    )
    return {
        (int(when), group): (real(interval.low[index]), real(interval.high[index]))
        for when, interval in found.items()
        for index, group in enumerate(counted.groups)
    }


def real(value: float) -> float | None:
    """A number, or None where there is none."""
    return None if math.isnan(value) else float(value)
