"""Portfolios on an open release: lists, comparison like for like, and every funder's page.

    python benchmarks/bench_portfolios.py STORE [--runs 5]

STORE holds a release with grants. The field in portions and the compiled statements are kept
between calls, as a site keeps them; answers are not.
"""

import argparse
import gzip
import os
import resource
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from child import two_cores

from everygenome.errors import EverygenomeError
from everygenome.queries.release import Release, open_release

KINDS = ("funder", "journal", "country", "trait", "cohort")
MINIMUM = 20


def milliseconds(ask: Callable[[], object]) -> float:
    """How long one call takes."""
    started = time.perf_counter()
    ask()
    return (time.perf_counter() - started) * 1000


def told(name: str, ask: Callable[[], object], runs: int) -> None:
    """Print the first call and the median of the others."""
    try:
        first = milliseconds(ask)
    except EverygenomeError as error:
        print(f"{name:44} {error.what}")
        return
    warm = [milliseconds(ask) for _ in range(runs)]
    print(f"{name:44} {first:9.1f} {statistics.median(warm):9.1f}")


def each(name: str, asks: list[Callable[[], object]]) -> None:
    """Print the median, the 95th of a hundred, and the slowest of many different calls."""
    times = sorted(milliseconds(ask) for ask in asks)
    last = times[min(len(times) - 1, int(len(times) * 0.95))]
    print(
        f"{name:44} median {statistics.median(times):8.1f}  p95 {last:8.1f}  most {times[-1]:8.1f}"
    )


def funders(release: Release) -> list[str]:
    """Funders with enough publications to be compared."""
    rows = release.portfolio("funder").rows
    return [row["id"] for row in rows if row["publications"] >= MINIMUM]


def pages(store: Path, release: Release) -> None:
    """Print how long the page of every funder takes to make, and how large it is."""
    from everygenome.web.start import start

    start(store)
    from django.core.management import call_command
    from django.test import Client

    call_command("collectstatic", interactive=False, verbosity=0)
    client = Client(headers={"host": "localhost"})
    sizes: list[tuple[int, int]] = []

    def page(name: str) -> None:
        body = client.get(f"/funders/{name}/", headers={"accept-encoding": "identity"}).content
        sizes.append((len(body), len(gzip.compress(body))))

    listed = [row["id"] for row in release.portfolio("funder").rows]
    page(listed[0])
    sizes.clear()
    each(f"page of each of {len(listed)} funders, first time", [partial(page, n) for n in listed])
    plain, packed = (max(size[at] for size in sizes) for at in (0, 1))
    print(f"largest page {plain:,} bytes, {packed:,} compressed")


def main() -> None:
    """Ask everything that the pages of portfolios ask."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("store", type=Path, metavar="STORE")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    two_cores()
    release = open_release(store=options.store)
    release.tables.opened.keep_results = False
    tables = release.manifest.tables
    print(
        f"load {os.getloadavg()[0]:.2f}; {tables['studies']:,} studies, {tables['publications']:,} "
        f"publications, {tables['publication_funder']:,} links to funders"
    )
    print(f"{'ms':44} {'first':>9} {'warm':>9}")
    for kind in KINDS:
        told(f"list of {kind}", lambda kind=kind: release.portfolio(kind), options.runs)
    named = funders(release)
    one = named[len(named) // 2]
    told(
        "one, like for like, no intervals",
        lambda: release.standardised(funder=one, bands=False),
        options.runs,
    )
    told("one, like for like, intervals", lambda: release.standardised(funder=one), options.runs)
    told("one, year by year, intervals", lambda: release.peers(funder=one), options.runs)
    told(
        "one country, like for like, intervals",
        lambda: release.standardised(country="GBR"),
        options.runs,
    )
    told(f"all {len(named)} funders, intervals", lambda: release.standardised("funder"), 1)
    for measure in ("composition", "trend", "traits", "people", "concentration", "gaps"):
        each(
            f"{measure}, each of {len(named)} funders once",
            [lambda m=measure, f=f: getattr(release, m)(funder=f) for f in named],
        )
    each(
        f"like for like, each of {len(named)} funders once",
        [lambda f=f: release.standardised(funder=f) for f in named],
    )
    pages(options.store, release)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak {peak:,.0f} MB")


if __name__ == "__main__":
    main()
