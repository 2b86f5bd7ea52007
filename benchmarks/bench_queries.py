"""Warm queries on an open release, against the bare sum behind the simplest of them.

    python benchmarks/bench_queries.py FOLDER [--runs 20]

FOLDER holds the files of a release; it is built into a store that is thrown away.
Only compiled statements are kept between calls: every call asks the engine again.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import duckdb
from child import two_cores

from everygenome.errors import UsageError
from everygenome.pipeline.build import build
from everygenome.queries.release import open_release
from everygenome.store.folder import Store

BUDGET_MILLISECONDS = 20
MEASURES = ("summary", "composition", "trend", "countries", "traits", "people", "concentration")
FILTERS: dict[str, dict[str, object]] = {
    "": {},
    "studies, all stages": {"unit": "studies", "stage": "all"},
    "from 2015": {"from_year": 2015},
    "one country": {"country": "GBR"},
    "one trait parent": {"trait_parent": "Cancer"},
}


def milliseconds(ask: Callable[[], object]) -> float:
    """How long one call takes."""
    started = time.perf_counter()
    ask()
    return (time.perf_counter() - started) * 1000


def bare_sum(folder: Path) -> Callable[[], object]:
    """The sum behind `composition`, in the engine's own words, on a table in memory."""
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    connection.execute(
        "CREATE TABLE ancestry AS SELECT stage, category_set, participations "
        f"FROM read_parquet('{folder / 'ancestry.parquet'}')"
    )
    statement = (
        "SELECT category_set, sum(participations) FROM ancestry "
        "WHERE stage = 'discovery' GROUP BY category_set"
    )
    return lambda: connection.execute(statement).fetchall()


def main() -> None:
    """Build, open, and ask each measure with each filter."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--runs", type=int, default=20)
    options = parser.parse_args()
    two_cores()
    with tempfile.TemporaryDirectory() as scratch:
        store = Path(scratch) / "store"
        identifier = build(Store(store), options.folder).manifest.id
        bare_ask = bare_sum(store / "releases" / identifier)
        bare = statistics.median(milliseconds(bare_ask) for _ in range(options.runs))
        opened = time.perf_counter()
        release = open_release(store=store)
        release.tables.opened.keep_results = False
        print(f"load {os.getloadavg()[0]:.2f}")
        print(f"open: {(time.perf_counter() - opened) * 1000:.0f} ms; bare sum: {bare:.2f} ms")
        print(f"{'measure':14} {'filter':22} {'first ms':>9} {'warm ms':>9} {'x bare':>7}")
        for name in MEASURES:
            for said, choices in FILTERS.items():
                ask = partial(getattr(release, name), **choices)
                try:
                    first = milliseconds(ask)
                except UsageError as refused:
                    print(f"{name:14} {said:22} {refused.what}")
                    continue
                warm = statistics.median(milliseconds(ask) for _ in range(options.runs))
                mark = "" if warm <= BUDGET_MILLISECONDS else "  ABOVE 20 ms"
                print(f"{name:14} {said:22} {first:9.1f} {warm:9.1f} {warm / bare:7.1f}{mark}")


if __name__ == "__main__":
    main()
