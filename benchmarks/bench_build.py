"""Build a release, against what the engine needs merely to parse the same bytes.

    python benchmarks/bench_build.py FOLDER [FOLDER ...] [--runs 3] [--json FILE]

Each figure comes from fresh processes on two cores, all in one run, so that the ratios
hold on any machine. Start-up (the imports alone) is measured apart and taken off.
"""

import argparse
import gzip
import json
import os
import sys
import tempfile
import time
from pathlib import Path

from child import Run, python, run, summary, two_cores

HERE = Path(__file__)
BUDGET = 3.0
FAILURE = 6.0
PEAK_BUDGET_MEGABYTES = 1_500


def parse_only(folder: Path) -> dict[str, object]:
    """Parse every file with the bare engine; no column can be skipped."""
    import duckdb  # start-up is measured by what each child imports

    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    started = time.perf_counter()
    rows: dict[str, int] = {}
    for path in sorted(folder.glob("*.tsv*")):
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            width = file.readline().count(b"\t") + 1
        columns = ", ".join(f"'c{index}': 'VARCHAR'" for index in range(width))
        forced = ", ".join(f"max(length(c{index}))" for index in range(width))
        found = connection.execute(
            f"SELECT count(*), {forced} FROM read_csv(?, delim='\t', quote='', escape='', "
            "header=true, auto_detect=false, null_padding=true, strict_mode=false, "
            f"columns={{{columns}}})",
            [str(path)],
        ).fetchall()
        rows[path.name] = found[0][0]
    return {"seconds": time.perf_counter() - started, "rows": rows}


def build_release(folder: Path) -> dict[str, object]:
    """Build into a fresh store, and note when each step was reported."""
    import ibis.backends.duckdb.converter  # noqa: F401 - start-up, as below

    from everygenome.pipeline.build import build
    from everygenome.store.folder import Store

    steps: dict[str, float] = {}
    last = ("starting", time.perf_counter())

    def progress(said: str, *_amounts: object, **_more: object) -> None:
        nonlocal last
        now = time.perf_counter()
        steps[last[0]] = steps.get(last[0], 0.0) + now - last[1]
        last = (said, now)

    with tempfile.TemporaryDirectory() as scratch:
        started = time.perf_counter()
        outcome = build(Store(Path(scratch) / "store"), folder, progress=progress)
        progress("")
        seconds = time.perf_counter() - started
        size = sum(path.stat().st_size for path in Path(scratch).rglob("*.parquet"))
    return {
        "seconds": seconds,
        "steps": steps,
        "rows": outcome.manifest.tables,
        "quarantined": outcome.manifest.tables["quarantine"],
        "release_bytes": size,
    }


def import_only() -> dict[str, object]:
    """Import what a build imports, and what Ibis puts off until its first answer."""
    started = time.perf_counter()

    import everygenome.pipeline.build  # noqa: F401

    return {"seconds": time.perf_counter() - started}


def described(runs: list[Run]) -> dict[str, object]:
    """Figures of some runs of the same work."""
    return {
        "wall_seconds": summary([item.wall_seconds for item in runs]),
        "cpu_seconds": summary([item.cpu_seconds for item in runs]),
        "work_seconds": summary([item.answer["seconds"] for item in runs]),
        "peak_megabytes": max(item.peak_megabytes for item in runs),
    }


def measure(folder: Path, *, runs: int) -> dict[str, object]:
    """Parse and build a folder in turn, so that a busy moment strikes both."""
    parsed, built, starts = [], [], []
    run(python(HERE, "--child", "import-build", folder))  # compiles the modules, once
    for _ in range(runs):
        starts.append(run(python(HERE, "--child", "import-build", folder)))
        parsed.append(run(python(HERE, "--child", "parse", folder)))
        built.append(run(python(HERE, "--child", "build", folder)))
    fastest = min(built, key=lambda item: item.answer["seconds"])
    least = min(item.answer["seconds"] for item in parsed)
    return {
        "folder": str(folder),
        "megabytes": sum(path.stat().st_size for path in folder.glob("*.tsv*")) / 1e6,
        "start_up": described(starts),
        "parse": described(parsed),
        "build": described(built),
        "ratio_wall": fastest.answer["seconds"] / least,
        "ratio_cpu": (
            min(item.cpu_seconds for item in built) - min(item.cpu_seconds for item in starts)
        )
        / min(item.cpu_seconds for item in parsed),
        **{key: fastest.answer[key] for key in ("steps", "rows", "quarantined", "release_bytes")},
    }


def show(result: dict[str, object]) -> None:
    """Print one folder's figures as a small table."""
    print(f"\n{result['folder']}: {result['megabytes']:,.0f} MB of files")
    print(f"{'':10} {'wall s':>8} {'median':>8} {'work s':>8} {'CPU s':>8} {'peak MB':>8}")
    for name in ("start_up", "parse", "build"):
        row = result[name]
        print(
            f"{name:10} {row['wall_seconds']['min']:8.2f} {row['wall_seconds']['median']:8.2f} "
            f"{row['work_seconds']['min']:8.2f} {row['cpu_seconds']['min']:8.2f} "
            f"{row['peak_megabytes']:8.0f}"
        )
    verdict = (
        "within the budget"
        if result["ratio_wall"] <= BUDGET
        else "above the budget"
        if result["ratio_wall"] <= FAILURE
        else "FAILURE"
    )
    print(
        f"ratio of build to parse: {result['ratio_wall']:.2f} in time ({verdict}: aim {BUDGET}, "
        f"limit {FAILURE}), {result['ratio_cpu']:.2f} in CPU"
    )
    peak = result["build"]["peak_megabytes"]
    print(
        f"peak memory {peak:,.0f} MB ({'within' if peak <= PEAK_BUDGET_MEGABYTES else 'ABOVE'} "
        f"{PEAK_BUDGET_MEGABYTES:,} MB); release {result['release_bytes'] / 1e6:,.1f} MB"
    )
    for step, seconds in sorted(result["steps"].items(), key=lambda item: -item[1])[:12]:
        print(f"  {seconds:7.2f} s  {step}")


def main() -> None:
    """Measure each folder given, or (as a child) do one piece of work."""
    if sys.argv[1:2] == ["--child"]:
        work, folder = sys.argv[2], Path(sys.argv[3])
        done = {
            "parse": lambda: parse_only(folder),
            "build": lambda: build_release(folder),
            "import-build": import_only,
        }[work]()
        print(json.dumps(done))
        return
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    load = os.getloadavg()[0]
    print(f"{two_cores()} cores, load {load:.2f} before the start, {options.runs} runs each")
    results = [measure(folder, runs=options.runs) for folder in options.folders]
    for result in results:
        show(result)
    if options.json:
        options.json.write_text(json.dumps({"load": load, "results": results}, indent=1) + "\n")


if __name__ == "__main__":
    main()
