"""The whole field in portions, ready to compare any portfolio with: made once for a question."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from everygenome.measures.portions import portions
from everygenome.queries.measures.bands import OUTSIDE_RECORDED, field_weights
from everygenome.queries.question import Question
from everygenome.queries.tables import Tables
from everygenome.statistics import strata
from everygenome.statistics.strata import Field
from everygenome.vocabulary.schemes import CLASS_GROUPS
from everygenome.vocabulary.terms import Denominator

# Filters that say whose portfolio it is; the others say which field it is compared with.
OWNERS = ("funder", "cohort", "journal", "country", "publication", "study")
# Of these, some select parts of publications.
_IN_PARTS = ("cohort", "country", "study")
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Compared:
    """A portfolio, and the field that it is compared with.

    Attributes:
        field: the portions of the field.
        groups: the names of its groups, in order.
        member: whether each publication of it is in the portfolio.
        twice: each publication stands there twice: with what is in the portfolio, and with the
            rest of it.
    """

    field: Field
    groups: tuple[str, ...]
    member: Flags
    twice: bool = False

    @property
    def weights(self) -> NDArray[np.uint16]:
        """The resamples; both halves of a publication are drawn together."""
        whole = field_weights(self.field.publications // (2 if self.twice else 1))
        return np.hstack([whole, whole]) if self.twice else whole


def without_owners(question: Question) -> Question:
    """The question about the whole field that a portfolio is part of."""
    return question.but(**dict.fromkeys(OWNERS))


def whole_field(tables: Tables, question: Question, denominator: Denominator) -> Compared:
    """The field of a question, with nobody's portfolio in it yet."""
    asked = without_owners(question)
    key = ("field in portions", asked.scheme, denominator, asked.selection)

    def build() -> Compared:
        found = _portions(tables, asked, denominator, key)
        size = len(tables.field)
        groups, made = _field(tables, found, asked, denominator, publications=size)
        return Compared(made, groups, np.zeros(size, dtype=bool))

    return tables.large.newest(key, build)


def of_publications(tables: Tables, whole: Compared, numbers: list[Any]) -> Compared:
    """The portfolio of some publications, by their values of `pubmed_id`."""
    member = np.zeros(len(tables.field), dtype=bool)
    member[[tables.field[number][0] for number in numbers if number in tables.field]] = True
    return Compared(whole.field, whole.groups, member)


def of_selection(tables: Tables, question: Question, denominator: Denominator) -> Compared:
    """The portfolio that a question selects; a publication may be in it in part.

    Args:
        tables: the release.
        question: with the filters that say whose portfolio it is.
        denominator: what shares are of.
    """
    if all(getattr(question, name) is None for name in _IN_PARTS):
        rows = tables.selected(question)
        found = tables.run(
            ("publications selected", question.selection),
            lambda: rows.select(cluster=rows.pubmed_id.fill_null(rows.study_accession)).distinct(),
        )
        whole = whole_field(tables, question, denominator)
        return of_publications(tables, whole, found["cluster"].to_pylist())
    key = ("selection in portions", question.scheme, denominator, question.selection)
    return tables.large.newest(key, lambda: _in_two(tables, question, denominator, key))


def _in_two(
    tables: Tables, question: Question, denominator: Denominator, key: tuple[Any, ...]
) -> Compared:
    asked = without_owners(question)
    size = len(tables.field)
    inside = _portions(tables, question, denominator, key)
    outside = tables.run(
        ("rest in portions", question.scheme, denominator, question.selection, asked.selection),
        lambda: portions(
            tables.selected(asked, side="b").anti_join(tables.selected(question), "ancestry_row"),
            tables.groups(question.grouping),
            study_trait=tables["study_trait"],
            trait_parent=tables["trait_parent"],
            denominator=denominator,
        ),
    )
    both = pa.concat_tables([inside, outside])
    second = np.repeat([0, size], [inside.num_rows, outside.num_rows])
    groups, made = _field(tables, both, question, denominator, publications=2 * size, second=second)
    return Compared(made, groups, np.arange(2 * size) < size, twice=True)


def _portions(
    tables: Tables, question: Question, denominator: Denominator, key: tuple[Any, ...]
) -> pa.Table:
    rows = tables.selected(question)
    return tables.run(
        ("portions", *key),
        lambda: portions(
            rows,
            tables.groups(question.grouping),
            study_trait=tables["study_trait"],
            trait_parent=tables["trait_parent"],
            denominator=denominator,
        ),
    )


def _field(
    tables: Tables,
    found: pa.Table,
    question: Question,
    denominator: Denominator,
    *,
    publications: int,
    second: NDArray[np.int64] | None = None,
) -> tuple[tuple[str, ...], Field]:
    every = (*question.grouping.groups, *CLASS_GROUPS)
    left_out = set(OUTSIDE_RECORDED) if denominator is Denominator.RECORDED else set()
    groups = tuple(name for name in every if name not in left_out)
    number = {name: at for at, name in enumerate(groups)}
    at = np.array([tables.field[name][0] for name in found["cluster"].to_pylist()], dtype=np.int64)
    made = strata.field(
        publications=publications,
        groups=len(groups),
        publication=at if second is None else at + second,
        trait=_codes(found["trait_uri"]),
        parent=_codes(found["trait_parent"]),
        year=np.asarray(found["publication_year"].fill_null(0).to_numpy(), dtype=np.int64),
        stage=_codes(found["stage"]),
        group=np.array([number[name] for name in found["group"].to_pylist()], dtype=np.int64),
        value=np.asarray(found["value"].to_numpy(zero_copy_only=False), dtype=np.float64),
        recorded=np.array([name not in OUTSIDE_RECORDED for name in groups]),
    )
    return groups, made


def _codes(column: pa.ChunkedArray) -> NDArray[np.int64]:
    """A number for each text; missing is `strata.NONE`."""
    encoded = column.combine_chunks().dictionary_encode()
    return np.asarray(
        pc.fill_null(encoded.indices.cast(pa.int64()), strata.NONE).to_numpy(zero_copy_only=False)
    )
