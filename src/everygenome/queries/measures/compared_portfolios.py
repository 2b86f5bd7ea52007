"""Whose portfolios are compared: those of a kind, one by name, or what a question selects."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from everygenome.errors import UsageError
from everygenome.queries.entities import Entity
from everygenome.queries.measures.field_portions import (
    OWNERS,
    Compared,
    of_publications,
    of_selection,
    whole_field,
)
from everygenome.queries.question import Question
from everygenome.queries.tables import Tables
from everygenome.vocabulary.terms import Denominator

# Publications under which nothing is compared, unless somebody asks for another number.
MINIMUM = 20
FIELD = "field"
# Kinds that are linked to whole publications can share one resampling of the field.
_BY_PUBLICATION = {"funder": "publication_funder", "journal": "publication_journal"}


@dataclass(frozen=True, slots=True)
class One:
    """A portfolio to be compared: who, how many publications, and which they are."""

    entity: Entity
    publications: int
    compared: Compared


def one_to_compare(
    tables: Tables,
    question: Question,
    kind: str | None,
    name: str | None,
    *,
    denominator: Denominator,
) -> tuple[One, Question]:
    """The one portfolio that is named, and the question about it.

    Raises:
        UsageError: none or several are named.
        NotFoundError: the release does not know it.
    """
    if kind == FIELD or (kind is not None and name is None):
        raise UsageError(
            "This is about one portfolio, and none was named.", remedy="Name one of that kind."
        )
    ones, asked = portfolios_to_compare(
        tables, question, kind, name, denominator=denominator, minimum=1
    )
    return ones[0], asked


def named_once(tables: Tables, question: Question, kind: str, name: str) -> Entity:
    """The entity that a name means, where no filter of its kind names another.

    Raises:
        UsageError: the filter names another.
        NotFoundError: the release does not know it.
    """
    entity = tables.entities.named(kind, name)
    chosen = question.chosen(kind)
    if chosen and chosen != (entity.id,):
        raise UsageError(
            f"{name!r} is named as {kind}, and {' or '.join(chosen)} as a filter of the same kind.",
            remedy=f"Leave out the filter {kind}, or the name.",
        )
    return entity


def portfolios_to_compare(
    tables: Tables,
    question: Question,
    kind: str | None,
    name: str | None,
    *,
    denominator: Denominator,
    minimum: int,
) -> tuple[list[One], Question]:
    """Those to be compared, and the question that the answer is about.

    Args:
        tables: the release.
        question: the choices; without a kind, they say whose portfolio it is.
        kind: funder, cohort, journal or country; `field` is everything.
        name: a name or an identifier; without one, each of the kind.
        denominator: what shares are of.
        minimum: without a name, none with fewer publications.

    Raises:
        UsageError: nobody is named, or these cannot be compared like this.
        NotFoundError: the release does not know them.
    """
    if kind == FIELD:
        whole = whole_field(tables, question, denominator)
        field = tables.field
        everyone = Compared(whole.field, whole.groups, np.ones(len(field), dtype=bool))
        entity = Entity(FIELD, FIELD, "The whole field")
        return [One(entity, _count(everyone), everyone)], question
    if kind == "trait":
        raise UsageError(
            "Traits are what like is matched by, so a trait cannot be compared like for like.",
            remedy="Use another kind, or show composition with --trait.",
        )
    if kind is not None and name is not None:
        entity = named_once(tables, question, kind, name)
        asked = question.but(**{kind: entity.id})
        return [_selected(tables, asked, entity, denominator)], asked
    if kind is not None:
        return _all_of(tables, question, kind, denominator, minimum), question
    owned = [owner for owner in OWNERS if getattr(question, owner) is not None]
    if not owned:
        raise UsageError(
            "Nobody's portfolio is named.",
            remedy="Name a funder, cohort, journal or country, or a kind of these.",
        )
    labels = tables.names_of(question)
    ids = [str(getattr(question, owner)) for owner in owned]
    entity = Entity("+".join(owned), "+".join(ids), ", ".join(labels.get(i, i) for i in ids))
    return [_selected(tables, question, entity, denominator)], question


def _selected(tables: Tables, question: Question, entity: Entity, denominator: Denominator) -> One:
    compared = of_selection(tables, question, denominator)
    return One(entity, publications_of(tables, question), compared)


def publications_of(tables: Tables, question: Question) -> int:
    """How many publications a question selects."""
    rows = tables.selected(question)
    found = tables.run(
        ("publications of", question.selection),
        lambda: rows.agg(publications=rows.pubmed_id.nunique()),
    )
    return int(found["publications"][0].as_py())


def _all_of(
    tables: Tables, question: Question, kind: str, denominator: Denominator, minimum: int
) -> list[One]:
    known = tables.entities.of(kind)
    if kind not in _BY_PUBLICATION:
        raise UsageError(
            f"Of the kind {kind}, one is compared at a time.", remedy="Add --name NAME."
        )
    parted = [owner for owner in ("cohort", "country") if getattr(question, owner) is not None]
    if parted:
        # These select parts of publications, and so a field of its own for each portfolio.
        raise UsageError(
            f"With a {' and a '.join(parted)} chosen, one {kind} is compared at a time.",
            remedy=f"Add --name NAME, or leave {' and '.join(parted)} out.",
        )
    column = f"{kind}_id"
    whole = whole_field(tables, question, denominator)
    rows = tables.selected(question)
    found = tables.run(
        ("publications by", kind, question.selection),
        lambda: (
            tables[_BY_PUBLICATION[kind]]
            .semi_join(rows, "pubmed_id")
            .select("pubmed_id", entity=column)
        ),
    )
    members: dict[str, list[Any]] = {}
    for number, entity in zip(
        found["pubmed_id"].to_pylist(), found["entity"].to_pylist(), strict=True
    ):
        members.setdefault(entity, []).append(number)
    return [
        One(one, len(members[one.id]), of_publications(tables, whole, members[one.id]))
        for one in known.values()
        if len(members.get(one.id, ())) >= minimum
    ]


def _count(compared: Compared) -> int:
    return int(compared.member.sum())
