"""The gap finder: subjects and groups that no discovery study names, or few."""

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from everygenome.errors import UsageError
from everygenome.queries.answer import Answer, Note
from everygenome.queries.measures import references, study_cursor
from everygenome.queries.measures.gap_choices import (
    LARGEST_FIRST,
    SHOWN,
    STATES,
    Order,
    State,
    checked,
)
from everygenome.queries.measures.gap_matrix import GapMatrix, gap_matrix
from everygenome.queries.measures.shared import coverage, make
from everygenome.queries.notes import note
from everygenome.queries.question import Question
from everygenome.queries.tables import Tables
from everygenome.vocabulary.governance import Extent, extent
from everygenome.vocabulary.terms import Denominator

SCHEMA = pa.schema(
    [
        ("trait_id", pa.string()),
        ("trait", pa.string()),
        ("trait_parent", pa.string()),
        ("group", pa.string()),
        ("state", pa.string()),
        ("studies_of_trait", pa.int64()),
        ("studies_naming", pa.int64()),
        ("studies_naming_with_others", pa.int64()),
        ("unclear_studies", pa.int64()),
        ("participations", pa.int64()),
        ("share", pa.float64()),
        ("last_year", pa.int64()),
        ("shortfall", pa.float64()),
    ]
)


def gaps(
    tables: Tables,
    question: Question,
    *,
    group: str | None = None,
    state: str = "gaps",
    at_most: int = 2,
    at_least_studies: int = 5,
    order: str = Order.STUDIES_OF_TRAIT,
    limit: int = 50,
    after: str | None = None,
) -> Answer:
    """Subjects and groups, by how many discovery studies name them.

    Args:
        tables: the release.
        question: the choices, of discovery and in participations; studies are counted in any
            case. With a reference there are shortfalls.
        group: this group alone. Groups that only gather what fits nowhere else ("Other") are
            no gaps, and are left out; the coverage names them.
        state: `gaps` (none or few), `all`, or one of `State`.
        at_most: so many studies that name the group, alone or with others, are few.
        at_least_studies: only subjects with so many selected studies.
        order: one of `Order`: most studies first, longest unnamed first (never before all),
            largest shortfall first, by name, or smallest share first.
        limit: rows, 1 to 1000.
        after: `next` from the coverage of the page before.

    Returns:
        Rows as in `SCHEMA`: `studies_of_trait` (selected), `studies_naming` (with a row of
        the group alone), `studies_naming_with_others` (these and more), `unclear_studies` (of
        the subject, with a row that does not say clearly who took part), `participations`
        and `share` (0-1 of the subject's) of the group alone, `last_year` (newest publication
        that names the group; missing where none does), `shortfall` (participations; missing
        without a reference, and wherever a people governs research itself). The coverage has
        `states` (rows of each state), `found` (rows that fit), `next` (missing on the last
        page), `traits`, `unmapped_studies` and `groups_left_out`.

    Raises:
        UsageError: another stage or unit, an unknown group, state or order, a number out of
            bounds, or an `after` that is none of this list.
    """
    ordering = checked(
        question,
        group=group,
        state=state,
        order=order,
        limit=limit,
        numbers=(at_most, at_least_studies),
    )
    denominator = question.denominator or Denominator.RECORDED
    matrix = gap_matrix(tables, question, denominator)
    if ordering is Order.SHORTFALL and "shortfall" not in matrix.figures:
        raise UsageError(
            "There is no shortfall without a reference population.",
            remedy="Name one as reference, or choose another order.",
        )
    states = _states(matrix, question, at_most)
    inside = matrix.figures["studies_of_trait"] >= at_least_studies
    if group is not None:
        inside &= matrix.group_at == matrix.groups.index(group)
    shown = [STATES.index(item) for item in SHOWN[state]]
    fitting = np.flatnonzero(inside & np.isin(states, shown))
    listed = fitting[np.argsort(_sorting(matrix, ordering)[fitting], kind="stable")]
    named = (tables.label.id, question, denominator, group, state, at_most, at_least_studies)
    start = 0 if after is None else _start(matrix, listed, (*named, ordering), after)
    page = listed[start : start + limit]
    table = _table(matrix, states, page)
    more = start + limit < len(listed)
    governed = [
        name
        for name in ([group] if group else matrix.groups)
        if extent(question.grouping, name) is not Extent.NONE
    ]
    covered: dict[str, Any] = coverage(tables, question) | {
        "states": {
            item.value: int(np.count_nonzero(inside & (states == place)))
            for place, item in enumerate(STATES)
        },
        "found": len(listed),
        "traits": int(np.count_nonzero(inside)) // (1 if group else len(matrix.groups)),
        "unmapped_studies": matrix.unmapped_studies,
        "groups_left_out": [name for name in question.grouping.groups if name not in matrix.groups],
        "next": study_cursor.written((*named, ordering), _name(table, len(page) - 1))
        if more
        else None,
    }
    return make(
        tables,
        question,
        measure="gaps",
        denominator=denominator,
        covered=covered,
        extra=_notes(question, governed),
        filters={
            **({"group": group} if group else {}),
            "state": state,
            "at_most": at_most,
            "at_least_studies": at_least_studies,
            "order": ordering.value,
        },
        table=table,
    )


def _states(matrix: GapMatrix, question: Question, at_most: int) -> NDArray[np.int64]:
    """The state of each row, by its place in `State`."""
    naming = matrix.figures["studies_naming_with_others"]
    states = np.select(
        [naming == 0, naming <= at_most],
        [STATES.index(State.NONE), STATES.index(State.FEW)],
        STATES.index(State.SOME),
    )
    for place, group in enumerate(matrix.groups):
        if extent(question.grouping, group) is Extent.WHOLE:
            states[matrix.group_at == place] = STATES.index(State.GOVERNED)
    return states


def _sorting(matrix: GapMatrix, order: Order) -> NDArray[np.float64]:
    """A number for each row, smallest first."""
    if order is Order.TRAIT:
        return matrix.by_name
    values = matrix.figures[order.value]
    if order is Order.LAST_YEAR:
        # A group that no study names, or none with a date, has waited longest.
        return np.nan_to_num(values, nan=-np.inf)
    return np.nan_to_num(-values if order in LARGEST_FIRST else values, nan=np.inf)


def _start(matrix: GapMatrix, listed: NDArray[np.int64], of: Any, after: str) -> int:
    trait, _, group = study_cursor.read(of, after).partition("\t")
    place = matrix.place(trait, group)
    found = np.flatnonzero(listed == (-1 if place is None else place))
    if not len(found):
        raise study_cursor.unknown(after)
    return int(found[0]) + 1


def _name(table: pa.Table, at: int) -> str:
    return f"{table['trait_id'][at].as_py()}\t{table['group'][at].as_py()}"


def _table(matrix: GapMatrix, states: NDArray[np.int64], page: NDArray[np.int64]) -> pa.Table:
    subjects = page // len(matrix.groups)
    columns: dict[str, Any] = {
        "trait_id": [matrix.traits[at] for at in subjects],
        "trait": [matrix.labels[at] for at in subjects],
        "trait_parent": [matrix.parents[at] for at in subjects],
        "group": [matrix.groups[at] for at in matrix.group_at[page]],
        "state": [STATES[at].value for at in states[page]],
    }
    for field in SCHEMA:
        if field.name not in columns:
            found = matrix.figures.get(field.name)
            values = np.full(len(page), np.nan) if found is None else found[page]
            absent = np.isnan(values)
            if pa.types.is_integer(field.type):
                values = np.where(absent, 0, values).round().astype(np.int64)
            columns[field.name] = pa.array(values, field.type, mask=absent)
    return pa.table([columns[name] for name in SCHEMA.names], schema=SCHEMA)


def _notes(question: Question, governed: list[str]) -> list[Note]:
    said = [note("gaps_of_the_catalogue"), note("several_parents")]
    if governed:
        said.append(note("governed_by_peoples", groups=", ".join(governed)))
    if question.reference:
        said += references.notes_of(references.comparison(question))
    return said
