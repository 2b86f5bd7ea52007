"""The 2020 Diversity Monitor's rules, so that its published figures can be compared."""

import hashlib

import ibis.expr.types as ir
import pyarrow as pa

from everygenome.errors import InputError, UsageError
from everygenome.measures import monitor2020
from everygenome.queries.answer import Answer
from everygenome.queries.measures.shared import coverage, make
from everygenome.queries.notes import note
from everygenome.queries.question import Question
from everygenome.queries.tables import Tables
from everygenome.vocabulary.terms import Denominator, Unit

_LIMIT_BYTES = 1_000_000


def composition(tables: Tables, question: Question, *, bands: bool = False) -> Answer:
    """Totals by the dictionary's groups; `recorded` drops "In Part Not Recorded"."""
    rows, keep, count_rows, key = _asked(tables, question, bands=bands)
    table = tables.run(
        ("monitor composition", *key),
        lambda: monitor2020.totals(rows, keep_in_part=keep, count_rows=count_rows),
    )
    return _answer(tables, question, "composition", table, keep)


def trend(tables: Tables, question: Question, *, bands: bool = False) -> Answer:
    """Their time series, from 2007; `all` is their `ts1`, `recorded` their `ts2`."""
    rows, keep, count_rows, key = _asked(tables, question, bands=bands)
    table = tables.run(
        ("monitor trend", *key),
        lambda: monitor2020.time_series(rows, keep_in_part=keep, count_rows=count_rows),
    )
    return _answer(tables, question, "trend", table, keep)


def traits(tables: Tables, question: Question) -> Answer:
    """Their heat map, from 2008, which never holds "In Part Not Recorded"."""
    tables.need("studies")
    tables.need("trait_mappings")
    rows, _, count_rows, key = _asked(tables, question)
    table = tables.run(
        ("monitor traits", *key),
        lambda: monitor2020.heat_map(
            rows, tables["studies"], tables["trait_mapping"], count_rows=count_rows
        ),
    )
    return _answer(tables, question, "traits", table, keep=False)


def _asked(
    tables: Tables, question: Question, *, bands: bool = False
) -> tuple[ir.Table, bool, bool, tuple[object, ...]]:
    if question.unit not in (Unit.PARTICIPATIONS, Unit.STUDIES):
        raise UsageError(
            f"The 2020 monitor did not count {question.unit.value}.",
            remedy="Count participations or studies (which were ancestry rows).",
        )
    if question.reference is not None or bands:
        raise UsageError(
            "The rule monitor2020 has neither reference populations nor intervals.",
            remedy="Leave --rule out to use them.",
        )
    path = question.broad_dictionary
    if path is None:
        raise UsageError("The rule monitor2020 needs a dictionary.", remedy="--broad-dictionary")
    try:
        data = path.read_bytes()[: _LIMIT_BYTES + 1]
    except OSError as error:
        raise InputError(
            f"The dictionary {path} cannot be read ({error.strerror}).",
            remedy="Check --broad-dictionary.",
        ) from error
    dictionary = _dictionary(data, str(path))
    digest = hashlib.sha256(data).hexdigest()[:16]
    rows = monitor2020.broadened(
        tables.selected(question), tables.opened.add(f"dictionary_{digest}", dictionary)
    )
    keep = question.denominator is Denominator.ALL
    return (
        rows,
        keep,
        question.unit is Unit.STUDIES,
        (
            digest,
            question.selection,
            question.unit,
            keep,
        ),
    )


def _dictionary(data: bytes, name: str) -> pa.Table:
    """The published dictionary, row for row: repeats are part of the rule."""
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name}: byte {error.start} is not UTF-8.", remedy="Use the file as published."
        ) from error
    cells, groups = [], []
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        fields = line.split("\t")
        if len(fields) != 2:
            raise InputError(
                f"{name}, line {number}: {len(fields)} columns, where two are expected (cell and "
                f"group), in {line[:80]!r}.",
                remedy="Use the tab-separated file as published.",
            )
        cells.append(fields[0])
        groups.append(fields[1] or None)
    if not cells:
        raise InputError(f"{name} has no rows.", remedy="Use the file as published.")
    return pa.table({"cell": pa.array(cells, pa.string()), "group": pa.array(groups, pa.string())})


def _answer(
    tables: Tables, question: Question, measure: str, table: pa.Table, keep: bool
) -> Answer:
    order = {group: index for index, group in enumerate(monitor2020.GROUPS)}
    first = [name for name in ("publication_year", "trait_parent") if name in table.column_names]
    rows = sorted(
        table.to_pylist(),
        key=lambda row: (*(row[name] for name in first), order.get(row["group"], len(order))),
    )
    sorted_table = pa.Table.from_pylist(rows, table.schema)
    renamed = ["year" if name == "publication_year" else name for name in table.column_names]
    return make(
        tables,
        question.but(scheme="monitor"),
        measure=measure,
        table=sorted_table.rename_columns(renamed),
        denominator=Denominator.ALL if keep else Denominator.RECORDED,
        covered=coverage(tables, question.but(scheme="monitor")),
        extra=[note("monitor_rule")],
    )
