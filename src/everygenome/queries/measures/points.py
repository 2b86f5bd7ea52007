"""Every study as a point: when it was published, how large it is, and of which group."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from everygenome.queries.answer import Answer
from everygenome.queries.measures.chosen import chosen, group_names
from everygenome.queries.measures.shared import coverage, make
from everygenome.queries.measures.study_index import MISSING, NO_DAY, Numbers, study_index
from everygenome.queries.notes import note
from everygenome.queries.question import Question
from everygenome.queries.tables import Tables
from everygenome.vocabulary.terms import Unit


@dataclass(frozen=True)
class Points:
    """Pairs of study and group, in the order of studies and groups."""

    study: NDArray[np.int32]
    day: Numbers
    participations: Numbers
    group: NDArray[np.int8]

    @property
    def drawable(self) -> "Points":
        """Those with a day and a number."""
        return self.at((self.day != NO_DAY) & (self.participations != MISSING))

    @property
    def by_day(self) -> "Points":
        """The same in the order of days; those without one come last."""
        last = np.where(self.day == NO_DAY, np.iinfo(np.int64).max, self.day)
        return self.at(np.argsort(last, kind="stable"))

    def at(self, places: NDArray[Any]) -> "Points":
        """The points at some places."""
        return Points(
            self.study[places], self.day[places], self.participations[places], self.group[places]
        )


def selected_points(tables: Tables, question: Question) -> Points:
    """The points of a question."""
    pairs = chosen(tables, question)
    day = study_index(tables).day[pairs.study].astype(np.int64)
    return Points(pairs.study, day, pairs.participations, pairs.group)


def points(tables: Tables, question: Question) -> Answer:
    """One row for each study and group that its selected rows count in.

    Rows, ordered by day, study and group: `study_accession`, `day` (since 1970-01-01; missing
    where the date is), `participations` (sum of the pair's rows; missing where none states a
    number) and `group`: a place in the coverage's `groups`. The coverage counts `points`,
    `points_without_day`, `points_without_number` and `points_drawable` (with both). The unit
    asked changes nothing: points are sized by participations.
    """
    found = selected_points(tables, question).by_day
    index = study_index(tables)
    table = pa.table(
        {
            "study_accession": index.table["study_accession"].take(pa.array(found.study)),
            "day": pa.array(found.day, pa.int32(), mask=found.day == NO_DAY),
            "participations": pa.array(found.participations, mask=found.participations == MISSING),
            "group": pa.array(found.group, pa.int8()),
        }
    )
    return described(tables, question, found, table=table, measure="points")


def described(
    tables: Tables, question: Question, found: Points, *, table: pa.Table, measure: str
) -> Answer:
    """An answer about points, with their counts in the coverage."""
    asked = question.but(unit=Unit.PARTICIPATIONS)
    covered = coverage(tables, asked) | counts(question, found)
    return make(
        tables,
        asked,
        measure=measure,
        denominator="all",
        covered=covered,
        table=table,
        extra=[note("reconstructed_history")],
    )


def counts(question: Question, found: Points) -> dict[str, Any]:
    """How many points there are, and how many lack what is needed to draw them."""
    return {
        "points": len(found.study),
        "points_without_day": int((found.day == NO_DAY).sum()),
        "points_without_number": int((found.participations == MISSING).sum()),
        "points_drawable": len(found.drawable.study),
        "groups": list(group_names(question.grouping)),
    }
