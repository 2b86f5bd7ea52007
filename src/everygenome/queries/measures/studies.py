"""Every study that a question selects, page by page."""

from dataclasses import replace
from enum import StrEnum
from typing import Any

import numpy as np
import pyarrow as pa

from everygenome.errors import UsageError
from everygenome.queries.answer import Answer
from everygenome.queries.measures import study_cursor
from everygenome.queries.measures.chosen import (
    ByStudy,
    chosen,
    countries_of,
    group_names,
    group_place,
)
from everygenome.queries.measures.shared import coverage, make
from everygenome.queries.measures.study_index import MISSING, Numbers, StudyIndex, study_index
from everygenome.queries.measures.words import folded
from everygenome.queries.notes import note
from everygenome.queries.question import Question
from everygenome.queries.tables import Tables

LIMITS = range(1, 1001)
SCHEMA = pa.schema(
    [
        ("study_accession", pa.string()),
        ("pubmed_id", pa.string()),
        ("first_author", pa.string()),
        ("publication_date", pa.date32()),
        ("publication_year", pa.int64()),
        ("journal", pa.string()),
        ("title", pa.string()),
        ("trait_reported", pa.string()),
        ("traits", pa.list_(pa.string())),
        ("participations", pa.int64()),
        ("rows_without_number", pa.int64()),
        ("groups", pa.list_(pa.string())),
        ("groups_with_others", pa.list_(pa.string())),
        ("countries", pa.list_(pa.string())),
        ("association_count", pa.int64()),
    ]
)
_OF_INDEX = [name for name in SCHEMA.names[:8] if name != "traits"]


class Order(StrEnum):
    """How studies are ordered; those that lack the value come last, equals by accession."""

    NEWEST = "newest"
    OLDEST = "oldest"
    LARGEST = "largest"
    SMALLEST = "smallest"
    MOST_ASSOCIATIONS = "most_associations"


def studies(
    tables: Tables,
    question: Question,
    *,
    group: str | None = None,
    with_others: bool = False,
    search: str | None = None,
    order: str = Order.NEWEST,
    limit: int = 50,
    after: str | None = None,
) -> Answer:
    """Studies with at least one selected row.

    Args:
        tables: the release.
        question: the choices; the unit changes nothing in the rows.
        group: only studies with a selected row that counts in this group or class alone, as
            the composition in studies counts them.
        with_others: with `group`, also studies with a row that names it among others.
        search: text in title, first author, reported trait, journal, accession or PubMed
            number; case and accents do not matter, and no character is a wildcard.
        order: one of `Order`.
        limit: rows, 1 to 1000.
        after: `next` from the coverage of the page before.

    Returns:
        Rows as in `SCHEMA`: `participations` (sum of the study's selected rows, missing where
        none states a number), `rows_without_number` (of these), `groups` (that a row counts
        in) and `groups_with_others` (that rows only name among others), `countries` (ISO3
        codes of the selected rows), `traits` (mapped, by name). The coverage has `studies`
        (how many fit), `studies_selected` (before `group` and `search`) and `next` (where the
        next page begins; missing on the last).

    Raises:
        UsageError: no such group or order, a limit out of bounds, or an `after` that is none
            of this list.
    """
    try:
        ordering = Order(order)
    except ValueError:
        raise UsageError(
            f"{order!r} is no order of studies.", remedy=f"Use {', '.join(Order)}."
        ) from None
    if limit not in LIMITS:
        raise UsageError(f"{limit} studies cannot be shown.", remedy="Use a number from 1 to 1000.")
    place = None if group is None else group_place(question.grouping, group)
    text = folded(search or "")
    index = study_index(tables)
    whole = chosen(tables, question).by_study
    named = (tables.label.id, question.selection, question.scheme, place, with_others, text)
    listed = tables.kept.newest(
        ("studies", *named, ordering),
        lambda: _ordered(index, whole, _fitting(index, whole, place, with_others, text), ordering),
    )
    start = 0
    if after is not None:
        last = index.number_of(study_cursor.read((*named, ordering), after))
        found = np.flatnonzero(whole.study[listed] == (MISSING if last is None else last))
        if not len(found):
            raise study_cursor.unknown(after)
        start = int(found[0]) + 1
    page = listed[start : start + limit]
    table = _table(tables, question, index, whole, page)
    more = start + limit < len(listed)
    covered: dict[str, Any] = coverage(tables, question) | {
        "studies": len(listed),
        "studies_selected": len(whole.study),
        "next": study_cursor.written((*named, ordering), table["study_accession"][-1].as_py())
        if more
        else None,
    }
    made = make(
        tables,
        question,
        measure="studies",
        denominator="all",
        covered=covered,
        extra=[note("participations_are_not_people"), note("country_is_not_ancestry")],
        table=table,
        filters={
            name: value
            for name, value in {
                "group": group,
                "with_others": with_others or None,
                "search": search or None,
                "order": ordering.value,
            }.items()
            if value is not None
        },
    )
    # No shares are shown that could be added up.
    kept = tuple(item for item in made.caveats if item.id != "shares_do_not_add_up")
    return replace(made, caveats=kept)


def _fitting(
    index: StudyIndex, whole: ByStudy, place: int | None, with_others: bool, text: str
) -> Numbers:
    """Places, among the selected studies, of those that fit."""
    fits = np.ones(len(whole.study), dtype=np.bool_)
    if place is not None:
        bits = whole.groups | whole.named if with_others else whole.groups
        fits &= (bits >> place) & 1 == 1
    if text:
        fits &= index.containing(text)[whole.study]
    return np.flatnonzero(fits)


def _ordered(index: StudyIndex, whole: ByStudy, fitting: Numbers, order: Order) -> Numbers:
    if order in (Order.NEWEST, Order.OLDEST):
        values = index.day[whole.study[fitting]].astype(np.int64)
        missing = values == index.day.dtype.type(np.iinfo(np.int32).min)
    elif order is Order.MOST_ASSOCIATIONS:
        values = index.associations[whole.study[fitting]]
        missing = values == MISSING
    else:
        values = whole.participations[fitting]
        missing = values == MISSING
    if order not in (Order.OLDEST, Order.SMALLEST):
        values = -values
    # What lacks the value comes last either way; equals stay in the order of accessions.
    values = np.where(missing, np.iinfo(np.int64).max, values)
    ordered: Numbers = fitting[np.argsort(values, kind="stable")]
    return ordered


def _table(
    tables: Tables, question: Question, index: StudyIndex, whole: ByStudy, page: Numbers
) -> pa.Table:
    """The rows of one page."""
    at = whole.study[page]
    names = group_names(question.grouping)

    def listed(bits: Numbers) -> list[list[str]]:
        return [[name for place, name in enumerate(names) if (one >> place) & 1] for one in bits]

    columns: dict[str, Any] = {
        name: index.table[name].take(pa.array(at)).cast(SCHEMA.field(name).type)
        for name in (*_OF_INDEX, "association_count")
    }
    stated = whole.participations[page]
    columns |= {
        "traits": [index.traits_of(int(study)) for study in at],
        "participations": pa.array(stated, mask=stated == MISSING),
        "rows_without_number": whole.without_number[page],
        "groups": listed(whole.groups[page]),
        "groups_with_others": listed(whole.named[page] & ~whole.groups[page]),
        "countries": countries_of(tables, question, at),
    }
    return pa.table([columns[name] for name in SCHEMA.names], schema=SCHEMA)
