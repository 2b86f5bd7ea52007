"""The site under load, on this machine: answers at hand, and questions never asked before.

    python benchmarks/bench_web.py STORE [--seconds 15] [--cached 200] [--uncached 50]

STORE is a copy of a store that may be written to. The site is started by itself on a free
port of 127.0.0.1 with the limit of requests lifted. Requests leave at fixed times whatever
has come back (open loop), and the time of each counts from when it was due, so that a queue
is seen. Client and server share the machine: the figures are lower bounds, and on a busy machine
the processor time of each answer says more than the clock.
"""

import argparse
import http.client
import itertools
import json
import os
import random
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

LONGEST_SECONDS = 30
CONNECTIONS = 32
WARMING_SECONDS = 15
HEADERS = {"Accept-Encoding": "gzip"}
AT_HAND = (
    "/",
    "/api/v1/measures/summary",
    "/api/v1/measures/composition",
    "/api/v1/measures/trend",
    "/api/v1/measures/traits",
    "/api/v1/measures/countries?format=csv",
    "/api/v1/measures/people?format=parquet",
    "/api/v1/studies",
)
MEASURES = ("composition", "trend", "countries", "traits", "people", "studies")
UNITS = ("participations", "studies", "publications")


@dataclass
class Seen:
    """What became of the requests of one run.

    Attributes:
        milliseconds: from when a request was due to when its answer was read.
        statuses: how many answers of each status; "broken" where there was none.
        by_measure: the same times, by the last part of the path.
    """

    milliseconds: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    by_measure: dict[str, list[float]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, path: str, status: str, took: float) -> None:
        """Note one answer."""
        name = urlsplit(path).path.rsplit("/", 1)[-1]
        with self.lock:
            self.milliseconds.append(took)
            self.statuses[status] += 1
            self.by_measure.setdefault(name, []).append(took)


def start(store: Path) -> tuple[subprocess.Popen[str], str]:
    """Start the site; its process and the address that it tells."""
    process = subprocess.Popen(
        [sys.executable, "-m", "everygenome", "serve", "--store", str(store), "--port", "0"],
        env=os.environ | {"EVERYGENOME_RATE_LIMIT": "0", "NO_COLOR": "1", "COLUMNS": "200"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    for line in process.stdout or ():
        for word in line.split():
            if word.startswith("http://127.0.0.1:"):
                return process, urlsplit(word.rstrip(".")).netloc
    sys.exit("The site did not start.")


def run(host: str, paths: Iterator[str], *, rate: float, seconds: float) -> Seen:
    """Ask at a fixed rate for a while."""
    seen, due = Seen(), itertools.count()
    paths = itertools.chain([next(paths)], paths)
    begun = time.perf_counter() + 0.2
    turn = threading.Lock()

    def work() -> None:
        connection = http.client.HTTPConnection(host, timeout=20)
        while True:
            with turn:
                when = begun + next(due) / rate
                path = next(paths)
            if when > begun + seconds:
                return
            time.sleep(max(0.0, when - time.perf_counter()))
            try:
                connection.request("GET", path, headers=HEADERS)
                response = connection.getresponse()
                response.read()
                status = str(response.status)
            except (OSError, http.client.HTTPException):
                status = "broken"
                connection.close()
            seen.add(path, status, (time.perf_counter() - when) * 1000)

    threads = [threading.Thread(target=work) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


def never_asked(host: str) -> Iterator[str]:
    """Questions of the dashboard that differ from each other every time."""
    connection = http.client.HTTPConnection(host, timeout=20)

    def rows(path: str) -> list[dict[str, str | None]]:
        connection.request("GET", path)
        found: list[dict[str, str | None]] = json.load(connection.getresponse())["rows"]
        return found

    parents = {row["trait_parent"] for row in rows("/api/v1/measures/traits?unit=studies")}
    parents = parents - {"All traits", "No mapped trait", None}
    traits: set[str] = set()
    for parent in sorted(map(str, parents)):
        listed = rows(f"/api/v1/measures/traits?unit=studies&trait_parent={quote(parent)}")
        traits |= {str(row["trait_id"]) for row in listed if row["trait_id"]}
    draw = random.Random(7)
    subjects = [{}, *({"trait_parent": p} for p in sorted(map(str, parents)))]
    subjects += [{"trait": name} for name in sorted(traits)]
    asked = set()
    while True:
        measure = draw.choice(MEASURES)
        first = draw.randint(2005, 2022)
        query = {
            **draw.choice(subjects),
            "from_year": first,
            "to_year": draw.randint(first, 2026),
            "stage": draw.choice(("discovery", "replication", "all")),
        }
        if measure != "people":
            query["unit"] = draw.choice(UNITS)
        path = f"/api/v1/measures/{measure}?{urlencode(query)}"
        if path not in asked:
            asked.add(path)
            yield path


def processor_seconds(process: int) -> float:
    """Processor time that a process and its children have taken until now."""
    taken = 0.0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, after = path.read_text().rsplit(")", 1)
        except OSError:
            continue  # it has just ended
        fields = after.split()
        if process in (int(name.split()[0]), int(fields[1])):
            taken += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return taken


def measured(name: str, process: int, host: str, paths: Iterator[str], **how: float) -> None:
    """Run, and report with what it cost the site."""
    before = processor_seconds(process)
    seen = run(host, paths, **how)
    cost = (processor_seconds(process) - before) / len(seen.milliseconds) * 1000
    report(f"{name} ({cost:.1f} ms of processor each)", seen, how["seconds"])


def report(name: str, seen: Seen, seconds: float) -> None:
    """Print a line for a run, and one for each kind of address."""

    def line(label: str, times: list[float]) -> None:
        cuts = statistics.quantiles(times, n=100) if len(times) > 1 else [times[0]] * 99
        print(
            f"{label:28} {len(times):6} {len(times) / seconds:8.1f} {cuts[49]:8.1f} "
            f"{cuts[94]:8.1f} {cuts[98]:8.1f} {max(times):8.1f}"
        )

    errors = {code: count for code, count in seen.statuses.items() if code not in ("200", "404")}
    print(f"\n{name}: {dict(seen.statuses)}; errors: {errors or 'none'}")
    print(f"{'':28} {'asked':>6} {'/s':>8} {'p50 ms':>8} {'p95 ms':>8} {'p99 ms':>8} {'most':>8}")
    line("all", seen.milliseconds)
    for label, times in sorted(seen.by_measure.items()):
        line(f"  {label or '/'}", times)


def main() -> None:
    """Start the site, ask, and report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("store", type=Path, metavar="STORE")
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--cached", type=float, default=200, help="requests a second")
    parser.add_argument("--uncached", type=float, default=50, help="requests a second")
    options = parser.parse_args()
    seconds = min(options.seconds, LONGEST_SECONDS)
    process, host = start(options.store)
    try:
        print(f"{host}, {seconds:g} s each, load {os.getloadavg()[0]:.2f}")
        # Each worker prepares its own: the first seconds would measure that.
        run(host, itertools.cycle(AT_HAND), rate=20, seconds=3)
        hot = itertools.cycle(AT_HAND)
        measured(
            f"At hand, {options.cached:g}/s",
            process.pid,
            host,
            hot,
            rate=options.cached,
            seconds=seconds,
        )
        fresh = never_asked(host)
        # Other questions first, so that each worker has written and planned its statements.
        run(host, fresh, rate=10, seconds=WARMING_SECONDS)
        measured(
            f"Never asked before, {options.uncached:g}/s",
            process.pid,
            host,
            fresh,
            rate=options.uncached,
            seconds=seconds,
        )
    finally:
        process.terminate()
        process.wait(20)


if __name__ == "__main__":
    main()
