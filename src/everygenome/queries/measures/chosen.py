"""What a question selects, study by study, as arrays: for lists and for every-study charts."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from everygenome.errors import UsageError
from everygenome.measures import studies as measure
from everygenome.queries.measures.study_index import MISSING, Numbers, StudyIndex, study_index
from everygenome.queries.question import Question
from everygenome.queries.tables import Tables
from everygenome.vocabulary.schemes import CLASS_GROUPS, Scheme

_LIST_SEPARATOR = ";"


@dataclass(frozen=True)
class Chosen:
    """Pairs of a study and a group that its selected rows count in, in the order of both.

    Attributes:
        study: number of the study in the index.
        group: place of the group in `group_names`.
        participations: sum of the pair's rows, or `MISSING` where none states a number.
        without_number: how many of the pair's rows state none.
        named: a bit, at its place, for each group that the rows name among others.
    """

    study: NDArray[np.int32]
    group: NDArray[np.int8]
    participations: Numbers
    without_number: NDArray[np.int32]
    named: Numbers

    @cached_property
    def by_study(self) -> "ByStudy":
        """The pairs of each study put together."""
        if not len(self.study):
            none = np.empty(0, dtype=np.int64)
            few = none.astype(np.int32)
            return ByStudy(few, none, few, none, none)
        starts = np.flatnonzero(np.diff(self.study, prepend=MISSING))
        known = np.maximum.reduceat(self.participations, starts) != MISSING
        sums = np.add.reduceat(np.maximum(self.participations, 0), starts)
        return ByStudy(
            self.study[starts],
            np.where(known, sums, MISSING),
            np.add.reduceat(self.without_number, starts),
            np.bitwise_or.reduceat(np.int64(1) << self.group.astype(np.int64), starts),
            np.bitwise_or.reduceat(self.named, starts),
        )


@dataclass(frozen=True)
class ByStudy:
    """The selected studies in the order of their numbers; `groups` and `named` are bits."""

    study: NDArray[np.int32]
    participations: Numbers
    without_number: NDArray[np.int32]
    groups: Numbers
    named: Numbers


def group_names(scheme: Scheme) -> tuple[str, ...]:
    """The groups and classes of a scheme, in the order in which they are shown."""
    return (*scheme.groups, *CLASS_GROUPS)


def group_place(scheme: Scheme, group: str | None) -> int:
    """The place of a group among `group_names`.

    Raises:
        UsageError: the scheme has no such group, or none was named.
    """
    names = group_names(scheme)
    if group not in names:
        raise UsageError(
            f"The scheme {scheme.name} has no group {group!r}."
            if group is not None
            else "This is about one group, and none was named.",
            remedy=f"Name one of its groups: {', '.join(names)}.",
        )
    return names.index(group)


def chosen(tables: Tables, question: Question) -> Chosen:
    """The selected pairs of study and group; those asked for last are kept.

    Raises:
        NotFoundError: the release lacks its ancestry file, or the trait.
    """
    index = study_index(tables)
    # The unit changes nothing here, so it is no part of the key.
    key = ("by study", question.scheme, question.selection)
    return tables.kept.newest(key, lambda: _chosen(tables, question, key, index))


def _chosen(tables: Tables, question: Question, key: Hashable, index: StudyIndex) -> Chosen:
    rows, groups = tables.selected(question), tables.groups(question.grouping)
    found = tables.run(key, lambda: measure.by_study(rows, groups))
    study = index.numbers(found["study_accession"].to_numpy())
    return Chosen(
        study.astype(np.int32),
        _whole(found["position"]).astype(np.int8),
        _whole(found["participations"].fill_null(MISSING)),
        _whole(found["rows_without_number"]).astype(np.int32),
        _whole(found["named"]),
    )


def countries_of(tables: Tables, question: Question, studies: NDArray[np.int32]) -> list[list[str]]:
    """The countries that the selected rows of some studies name, in alphabetical order."""
    index = study_index(tables)
    rows = tables.selected(question)
    key = ("countries by study", question.selection)

    def build() -> pa.Table:
        found = tables.run(
            key,
            lambda: (
                rows.filter(rows.country_set.notnull())
                .select("study_accession", "country_set")
                .distinct()
            ),
        )
        # Few different lists: each is held once.
        return found.set_column(1, "country_set", found["country_set"].dictionary_encode())

    table = tables.kept.newest(key, build)
    wanted = pa.array(index.held[studies], table.schema.field("study_accession").type)
    few = table.filter(pc.is_in(table["study_accession"], value_set=wanted))
    lists: dict[Any, set[str]] = {}
    for held, text in zip(
        few["study_accession"].to_pylist(), few["country_set"].to_pylist(), strict=True
    ):
        lists.setdefault(held, set()).update(text.split(_LIST_SEPARATOR))
    return [sorted(lists.get(held, ())) for held in wanted.to_pylist()]


def _whole(column: pa.ChunkedArray) -> NDArray[np.int64]:
    return np.asarray(column.to_numpy(), dtype=np.int64)
