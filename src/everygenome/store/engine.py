"""Start the engine: DuckDB, embedded, through Ibis."""

from functools import cache
from pathlib import Path

import ibis
import ibis.backends.duckdb
import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import ibis.expr.types as ir
from ibis.backends.sql.datatypes import DuckDBType

# Building a release of today's catalogue must fit in 1.5 GB with Python and its libraries.
MEMORY_LIMIT = "900MB"


def start(
    *,
    temporary: Path | None = None,
    threads: int | None = None,
    memory_limit: str = MEMORY_LIMIT,
) -> ibis.backends.duckdb.Backend:
    """An empty engine in memory, which spills into `temporary` where it is given.

    It installs and loads nothing from the network.
    """
    backend = ibis.duckdb.connect(
        autoinstall_known_extensions=False,
        memory_limit=memory_limit,
        **({"temp_directory": str(temporary)} if temporary else {}),
        **({"threads": threads} if threads else {}),
    )
    backend.con.execute("SET enable_progress_bar = false")
    return backend


def literal(path: Path) -> str:
    """A file in SQL, as the one that it is: no letter of its name stands for others.

    Example:
        >>> literal(Path("it's [1].parquet"))
        "'it''s [[]1].parquet'"
    """
    letters = (f"[{one}]" if one in "[*?" else one for one in str(path))
    return text("".join(letters))


def text(value: str) -> str:
    """A text in SQL.

    Example:
        >>> text("it's")
        "'it''s'"
    """
    return "'" + value.replace("'", "''") + "'"


def quoted(value: str) -> str:
    """A column in SQL.

    Example:
        >>> quoted("an all")
        '"an all"'
    """
    return '"' + value.replace('"', '""') + '"'


def table(backend: ibis.backends.duckdb.Backend, name: str) -> ir.Table:
    """A table as an expression.

    Ibis' own way parses the type of each column anew, and the type of codes names every code: for a
    release that took three times as long as opening it.
    """
    described = backend.con.execute(f'DESCRIBE "{name}"').fetchall()
    columns = {column: _type(kind, null == "YES") for column, kind, null, *_ in described}
    return ops.DatabaseTable(name, schema=ibis.schema(columns), source=backend).to_expr()


def _type(kind: str, nullable: bool) -> dt.DataType:
    # Codes are text to those who ask.
    return dt.String(nullable=nullable) if kind.startswith("ENUM(") else _named(kind, nullable)


@cache
def _named(kind: str, nullable: bool) -> dt.DataType:
    found: dt.DataType = DuckDBType.from_string(kind, nullable=nullable)
    return found
