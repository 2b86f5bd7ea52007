"""Answers as bytes: JSON, CSV, Parquet and Arrow."""

import csv
import io
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from everygenome.queries.answer import Answer

# A spreadsheet runs a cell that begins so; we hand out text, never formulas.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_ROWS_AT_ONCE = 4096


def to_json(answer: Answer, *, indent: int | None = 2) -> bytes:
    """One JSON object; shares at full precision, missing values null.

    Args:
        answer: the answer.
        indent: spaces for each level; None writes one line, which is much quicker.
    """
    return (answer.to_json(indent=indent) + "\n").encode()


def to_csv(answer: Answer) -> bytes:
    """The rows (RFC 4180), each with measure, release, unit, stage, scheme, denominator, rule.

    So a file that is passed on alone still says what its numbers are. Text that a
    spreadsheet would run is marked as text with an apostrophe.
    """
    context = {
        "measure": answer.measure,
        "release": answer.release.id,
        "demonstration": str(answer.release.demonstration).lower(),
        "unit": answer.unit,
        "stage": answer.stage,
        "scheme": answer.scheme,
        "denominator": answer.denominator,
        "rule": answer.rule,
        "filters": ";".join(f"{name}={value}" for name, value in answer.filters.items()),
        "caveats": ";".join(note.id for note in answer.caveats),
    }
    text = io.StringIO()
    # A measure's own column (the unit of a summary's row) wins over the context of that name.
    names = answer.table.column_names
    extra = {name: value for name, value in context.items() if name not in names}
    writer = csv.writer(text)
    writer.writerow([*names, *extra])
    for row in answer.rows:
        writer.writerow([safe(value) for value in (*row.values(), *extra.values())])
    return text.getvalue().encode()


def to_parquet(answer: Answer) -> bytes:
    """A Parquet file whose metadata carry everything but the rows."""
    buffer = io.BytesIO()
    pq.write_table(answer.to_pyarrow(), buffer, compression="zstd")
    return buffer.getvalue()


def to_arrow_stream(answer: Answer) -> Iterator[bytes]:
    """An Arrow IPC stream in pieces; its metadata carry everything but the rows."""
    table = answer.to_pyarrow()
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        for batch in table.to_batches(max_chunksize=_ROWS_AT_ONCE):
            writer.write_batch(batch)
            yield sink.getvalue()
            sink.seek(0)
            sink.truncate()
    yield sink.getvalue()


def safe(value: object) -> object:
    """A cell that no spreadsheet runs; missing is empty, and a list is parted by ";".

    >>> safe("=1+1"), safe(-3), safe(None), safe(["GBR", "KEN"])
    ("'=1+1", -3, '', 'GBR; KEN')
    """
    if value is None:
        return ""
    if isinstance(value, list):
        # Names hold commas.
        return safe("; ".join(map(str, value)))
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    if isinstance(value, bool):
        return str(value).lower()
    return repr(value) if isinstance(value, float) else value
