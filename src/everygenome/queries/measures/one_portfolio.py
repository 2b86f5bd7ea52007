"""One portfolio, group by group: what it holds, and how that compares, plain and like for like."""

from typing import Any

import pyarrow as pa

from everygenome.queries.answer import Answer, Note
from everygenome.queries.measures.compared_portfolios import named_once
from everygenome.queries.measures.composition import composition
from everygenome.queries.measures.shared import make
from everygenome.queries.measures.standardised import SCHEMA as COMPARED
from everygenome.queries.measures.standardised import standardised
from everygenome.queries.question import Question
from everygenome.queries.tables import Tables
from everygenome.vocabulary.terms import Denominator

_OWN = ("value", "share", "share_with_others", "share_min", "share_max", "rows")
_KINDS = {"value": pa.int64(), "rows": pa.int64()}
SCHEMA = pa.schema([*COMPARED, *((name, _KINDS.get(name, pa.float64())) for name in _OWN)])


def one_portfolio(
    tables: Tables, question: Question, *, kind: str, name: str, min_publications: int
) -> Answer:
    """The groups of one portfolio.

    Rows: those of `standardised`, with the figures of `composition` beside them; classes that no
    share is of have those alone.
    """
    entity = named_once(tables, question, kind, name)
    asked = question.but(
        denominator=question.denominator or Denominator.RECORDED,
        **({} if kind == "trait" else {kind: entity.id}),
        **({"trait": entity.id} if kind == "trait" else {}),
    )
    own = composition(tables, asked)
    compared: dict[str, dict[str, Any]] = {}
    extra: tuple[Note, ...] = ()
    covered: dict[str, Any] = {}
    # Like is matched by trait, so a trait cannot be compared.
    if kind != "trait":
        answer = standardised(tables, asked, min_publications=min_publications)
        compared = {row["group"]: row for row in answer.rows}
        extra, covered = answer.caveats, dict(answer.coverage)
    records = [_row(row, compared, kind, entity.id, entity.name) for row in own.rows]
    return make(
        tables,
        asked,
        measure="portfolio",
        denominator=asked.denominator or Denominator.RECORDED,
        covered={**own.coverage, **covered},
        extra=extra,
        filters={"kind": kind, "min_publications": min_publications},
        table=pa.Table.from_pylist(records, SCHEMA),
    )


def _row(
    row: dict[str, Any], compared: dict[str, dict[str, Any]], kind: str, name_id: str, name: str
) -> dict[str, Any]:
    figures = compared.get(row["group"], {})
    return {
        **figures,
        "kind": kind,
        "id": name_id,
        "name": name,
        "group": row["group"],
        "is_class": row["is_class"],
        **{column: row[column] for column in _OWN},
    }
