"""Start the engine: DuckDB, embedded, through Ibis."""

from pathlib import Path

import ibis
import ibis.backends.duckdb

# Building a release of today's catalogue must fit in 1.5 GB with Python and its libraries.
MEMORY_LIMIT = "900MB"


def start(
    *, temporary: Path | None = None, threads: int | None = None
) -> ibis.backends.duckdb.Backend:
    """An empty engine in memory, which spills into `temporary` where it is given.

    It installs and loads nothing from the network.
    """
    backend = ibis.duckdb.connect(
        autoinstall_known_extensions=False,
        memory_limit=MEMORY_LIMIT,
        **({"temp_directory": str(temporary)} if temporary else {}),
        **({"threads": threads} if threads else {}),
    )
    backend.con.execute("SET enable_progress_bar = false")
    return backend
