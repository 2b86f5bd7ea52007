"""Counting a cohort, against the engine's bare group-by over the same file.

    python benchmarks/bench_audit.py [--rows 5000000] [--runs 3] [--names short|long]

A cohort of 20 columns is made up (seeded) and thrown away. Each run is a process of its own, on
two cores, so seconds and memory are of the whole process, with Python and its libraries.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

from child import python, run, summary, two_cores

BUDGET_SECONDS = 10
BUDGET_MEGABYTES = 1000
BUDGET_RATIO = 3
COLUMNS = ("person", "ethnic_group", "sex", "age", *(f"m{place}" for place in range(1, 17)))
MAP = """
[file]
identifier = "person"
refused = ["Prefer not to say"]
[columns.ethnic_group]
dimension = "group"
kind = "ethnicity (other list or own words)"
values = {White = "White", Asian = "Asian", Black = "Black", Mixed = "Mixed", Other = "Other"}
[columns.sex]
dimension = "sex"
kind = "sex"
values = {male = "Men", female = "Women", M = "Men", F = "Women"}
[columns.age]
dimension = "age_band"
kind = "age"
bands = [18, 30, 45, 60, 75]
"""


def write_cohort(path: Path, *, rows: int, names: str) -> None:
    """Write the file: about 100 bytes a row."""
    import duckdb

    person = "'P' || lpad(((i * 7919) % {0})::VARCHAR, 9, '0')"
    if names == "long":
        person = "md5(i::VARCHAR)"
    measured = ", ".join(f"hash(i * 31 + {place}) % 1000 AS m{place}" for place in range(1, 17))
    groups = "['White', 'Asian', 'Black', 'Mixed', 'Other', 'Prefer not to say', '']"
    duckdb.execute(
        f"COPY (SELECT {person.format(rows)} AS person, "
        f"{groups}[1 + (hash(i) % 7)::INT] AS ethnic_group, "
        "['male', 'female', 'M', 'F'][1 + (hash(i + 5) % 4)::INT] AS sex, "
        "round(16 + (hash(i + 9) % 74000) / 1000.0, 1) AS age, "
        f"{measured} FROM range({rows}) r(i)) TO '{path}' (HEADER)"
    )


def bare(path: Path) -> dict[str, object]:
    """The group-by alone, as anybody would type it: the engine finds out the layout itself."""
    import duckdb

    started = time.perf_counter()
    connection = duckdb.connect(config={"threads": 2})
    found = connection.execute(
        "SELECT ethnic_group, sex, floor(try_cast(age AS DOUBLE) / 15), count(*) "
        f"FROM read_csv('{path}') GROUP BY ALL"
    ).fetchall()
    return {"people": sum(row[-1] for row in found), "seconds": time.perf_counter() - started}


def ours(path: Path) -> dict[str, object]:
    """The same by a map: checked, banded, with classes, and identifiers compared."""
    from everygenome.audit.mapping import parse_map
    from everygenome.audit.reading import read_counts

    started = time.perf_counter()
    counts = read_counts(path, parse_map(MAP), by=["sex", "age_band"])
    return {"people": counts.total, "seconds": time.perf_counter() - started}


def main() -> None:
    """Write the file, run both in turn, and print the ratio and the memory."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--names", choices=["short", "long"], default="short")
    parser.add_argument("--do", nargs=2, metavar=("WHAT", "FILE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.do:
        what, path = options.do
        print(json.dumps({"bare": bare, "ours": ours}[what](Path(path))))
        return
    two_cores()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cohort.csv"
        # In a process of its own: a child's peak memory starts from its parent's.
        write = [sys.executable, "-c", _WRITE, str(path), str(options.rows), options.names]
        run(write)
        print(f"{path.stat().st_size / 1e6:,.0f} MB, {options.rows:,} rows, {len(COLUMNS)} columns")
        runs = {
            what: [run(python(Path(__file__), "--do", what, path)) for _ in range(options.runs)]
            for what in ("bare", "ours")
        }
        print(f"load {os.getloadavg()[0]:.2f}")
        print(f"{'':6}{'wall s':>8}{'median':>8}{'count s':>9}{'CPU s':>8}{'peak MB':>9}")
        for what, made in runs.items():
            wall = summary([one.wall_seconds for one in made])
            inside = min(one.answer["seconds"] for one in made)
            cpu = min(one.cpu_seconds for one in made)
            peak = max(one.peak_megabytes for one in made)
            print(
                f"{what:6}{wall['min']:8.1f}{wall['median']:8.1f}{inside:9.1f}{cpu:8.1f}{peak:9.0f}"
            )
            if {one.answer["people"] for one in made} != {options.rows}:
                sys.exit(f"{what} lost people")
        seconds, megabytes = (
            min(one.wall_seconds for one in runs["ours"]),
            max(one.peak_megabytes for one in runs["ours"]),
        )
        ratio = seconds / min(one.wall_seconds for one in runs["bare"])
        cpu = min(one.cpu_seconds for one in runs["ours"]) / min(
            one.cpu_seconds for one in runs["bare"]
        )
        for figure, value, budget, unit in (
            ("ratio", ratio, BUDGET_RATIO, "times the bare group-by"),
            ("ratio of CPU time", cpu, BUDGET_RATIO, "times the bare group-by"),
            ("time", seconds, BUDGET_SECONDS, "s"),
            ("peak", megabytes, BUDGET_MEGABYTES, "MB"),
        ):
            verdict = "within" if value <= budget else "ABOVE"
            print(f"{figure}: {value:,.1f} {unit}; {verdict} {budget:,}")


_WRITE = """
import sys
from pathlib import Path
sys.path.insert(0, str(Path.cwd() / "benchmarks"))
from bench_audit import write_cohort
write_cohort(Path(sys.argv[1]), rows=int(sys.argv[2]), names=sys.argv[3])
"""

if __name__ == "__main__":
    main()
