"""What each entity of a kind has, publication by publication, as arrays."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from everygenome.measures import portfolios as measure
from everygenome.queries.entities import Entity
from everygenome.queries.question import Question
from everygenome.queries.tables import Tables
from everygenome.vocabulary.terms import CountryRule

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


def links_of(tables: Tables, kind: str, question: Question) -> ir.Table:
    """Who is linked to what, for a kind of entity."""
    links = tables.links
    made: dict[str, Callable[[], ir.Table]] = {
        "funder": lambda: measure.funder_links(links.publication_funder),
        "journal": lambda: measure.journal_links(links.publication_journal),
        "cohort": lambda: measure.cohort_links(links.study_cohort),
        "trait": lambda: measure.trait_links(links.study_trait),
        "country": lambda: measure.country_links(
            links.country_sets,
            rule=question.country_rule,
            chosen=tables.placed(question).country_iso3,
        ),
    }
    return made[kind]()


@dataclass(frozen=True)
class Portfolios:
    """The portfolios of a kind under one question: rows are pairs of entity and publication.

    Attributes:
        entities: those that have anything, in the order of their names.
        rows: as `measures.portfolios` makes them, with the entity's place in `entities`.
        places: of each row's publication among those of the whole field.
    """

    entities: tuple[Entity, ...]
    rows: pa.Table
    places: Places

    @cached_property
    def entity(self) -> Places:
        """Of each row, the place of its entity."""
        return np.asarray(self.rows["entity"].to_numpy(), dtype=np.int64)

    def column(self, name: str) -> Floats:
        """A column as floats; what is missing is NaN."""
        return np.asarray(self.rows[name].to_numpy(zero_copy_only=False), dtype=np.float64)

    def total(self, name: str) -> list[float | None]:
        """The sum of a column for each entity; missing where no row of it has a value."""
        values = self.column(name)
        known = ~np.isnan(values)
        many = len(self.entities)
        sums = np.bincount(self.entity[known], values[known], minlength=many)
        some = np.bincount(self.entity[known], minlength=many) > 0
        return [float(sums[at]) if some[at] else None for at in range(many)]


def portfolios_of(tables: Tables, kind: str, question: Question, *, group: str) -> Portfolios:
    """The portfolios of a kind; those asked for last are kept.

    Raises:
        UsageError: there is no such kind.
        NotFoundError: the release knows nothing of it.
    """
    key = ("portfolios", kind, question.scheme, question.selection, group)
    return tables.kept.newest(key, lambda: _made(tables, kind, question, group, key))


def _made(tables: Tables, kind: str, question: Question, group: str, key: Any) -> Portfolios:
    known = tables.entities.of(kind)
    rows = tables.selected(question)
    if kind == "country":
        rows = measure.country_rows(rows, rule=question.country_rule)
    divided = kind == "country" and question.country_rule is CountryRule.SPLIT
    found = tables.run(
        key,
        lambda: measure.portfolios(
            rows,
            links_of(tables, kind, question),
            tables.groups(question.grouping),
            group=group,
            divided=divided,
        ),
    )
    named = found["entity"].to_pylist()
    having = set(named)
    entities = tuple(one for name, one in known.items() if name in having)
    at = {one.id: place for place, one in enumerate(entities)}
    numbers = pa.array([at[name] for name in named], pa.int64())
    field = tables.field
    places = np.array([field[name][0] for name in found["cluster"].to_pylist()], dtype=np.int64)
    return Portfolios(entities, found.set_column(0, "entity", numbers), places)
