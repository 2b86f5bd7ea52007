"""How much a question selects, in every unit at once."""

import pyarrow as pa

from everygenome.measures import amounts as measure
from everygenome.queries.answer import Answer
from everygenome.queries.measures.shared import coverage, key, make
from everygenome.queries.question import Question
from everygenome.queries.tables import Tables
from everygenome.vocabulary.terms import Unit

_SCHEMA = pa.schema([("unit", pa.string()), ("value", pa.float64())])


def amounts(tables: Tables, question: Question) -> Answer:
    """How much is selected: participations, studies, publications and associations.

    Rows: `unit` and `value` (how many of it; missing where no record states a number),
    clear or not about who took part.
    """
    rows = tables.selected(question)
    found = tables.run(
        key("amounts", question), lambda: measure.amounts(rows, tables["studies"])
    ).to_pylist()[0]
    records = [{"unit": unit.value, "value": found[unit.value]} for unit in Unit]
    return make(
        tables,
        question,
        measure="amounts",
        denominator="all",
        covered=coverage(tables, question.but(unit=Unit.PARTICIPATIONS)),
        table=pa.Table.from_pylist(records, _SCHEMA),
    )
