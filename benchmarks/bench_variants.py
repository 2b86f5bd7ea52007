"""Frequencies of a million sites: prepared, and asked, against bcftools on the same fields.

    python benchmarks/bench_variants.py [--rows 1000000] [--runs 3] [--keep FOLDER]

A sites file with ten groups (AC, AN, nhomalt) is made up (seeded) and thrown away. Each run is a
process of its own, with the bcftools that pysam carries; runs take turns, so that a busy moment
meets all of them. `query` asks for the fields of the groups; `annotate` copies them into a file of
the same sites without INFO. Our own runs find no pandas, which is no part of a plain install and
which PyArrow would load. Memory is of the process and all that it starts, together.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from child import environment, two_cores
from generate_sites import info_fields

BUDGETS = {"prepare": 2.0, "summary": 2.0, "long": 5.0}
BUDGET_MEGABYTES = 1000
_BCFTOOLS = """
import sys
import pysam.bcftools as b
getattr(b, sys.argv[1])(*sys.argv[2:], catch_stdout=False)
"""
_MADE = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from generate_sites import write_sites
write_sites(Path(sys.argv[2]), rows=int(sys.argv[3]))
import pysam.bcftools as b
b.index("-f", "-t", sys.argv[2], catch_stdout=False)
b.annotate("-x", "INFO", "-Oz", "-o", sys.argv[4], sys.argv[2], catch_stdout=False)
b.index("-f", "-t", sys.argv[4], catch_stdout=False)
"""


def main() -> None:
    """Write the file, run all in turn, and print times, ratios and memory."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="Folder whose files are used again.")
    options = parser.parse_args()
    two_cores()
    with tempfile.TemporaryDirectory() as fresh:
        folder = options.keep or Path(fresh)
        folder.mkdir(exist_ok=True)
        sites, bare = folder / "sites.vcf.gz", folder / "bare.vcf.gz"
        if not bare.exists():
            here = str(Path(__file__).parent)
            run([sys.executable, "-c", _MADE, here, str(sites), str(options.rows), str(bare)])
        print(f"{sites.stat().st_size / 1e6:,.0f} MB, {options.rows:,} sites, ten groups")
        commands = dict(_commands(sites, bare, folder))
        (folder / "plain").mkdir(exist_ok=True)
        (folder / "plain" / "pandas.py").write_text('raise ImportError("not installed")\n')
        plain = {**environment(), "PYTHONPATH": str(folder / "plain")}
        # Once for nothing: so that files are in memory, and Python's modules are compiled.
        found: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for turn in range(options.runs + 1):
            for name, command in commands.items():
                shutil.rmtree(folder / "made", ignore_errors=True)
                ours = name not in ("query", "annotate")
                seconds, megabytes = run(command, plain if ours else environment())
                if turn:
                    found[name].append((seconds, megabytes))
                if name == "prepare":
                    shutil.rmtree(folder / "store", ignore_errors=True)
                    (folder / "made").rename(folder / "store")
        _print(found)


def _commands(sites: Path, bare: Path, folder: Path) -> Iterator[tuple[str, list[str]]]:
    fields = "".join(f"\\t%INFO/{name}" for name in info_fields())
    bcftools = [sys.executable, "-I", "-c", _BCFTOOLS]
    ours = [sys.executable, "-m", "everygenome", "variants"]
    asked = [
        *ours, "evidence", str(sites), "--frequencies", str(folder / "store"),
        "--threshold", "4e-5", "--out",
    ]  # fmt: skip
    form = f"%CHROM\\t%POS\\t%REF\\t%ALT{fields}\\n"
    yield "query", [*bcftools, "query", "-f", form, "-o", str(folder / "q.tsv"), str(sites)]
    copied = ",".join(f"INFO/{name}" for name in info_fields())
    yield (
        "annotate",
        [
            *bcftools,
            "annotate",
            "-a",
            str(sites),
            "-c",
            copied,
            "-o",
            str(folder / "a.vcf"),
            str(bare),
        ],
    )
    yield "prepare", [*ours, "prepare", str(sites), "--out", str(folder / "made")]
    yield "summary", [*asked, str(folder / "v.parquet"), "--format", "parquet", "--rows", "variant"]
    yield "long", [*asked, str(folder / "l.parquet"), "--format", "parquet"]
    yield "long, CSV", [*asked, str(folder / "l.csv"), "--format", "csv"]
    yield "VCF", [*asked, str(folder / "o.vcf"), "--format", "vcf"]


def run(command: list[str], env: dict[str, str] | None = None) -> tuple[float, float]:
    """Run a command once: seconds, and the most memory of it and its children (MB)."""
    started = time.perf_counter()
    most = 0.0
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=env or environment()
    ) as process:
        while process.poll() is None:
            most = max(most, sum(_resident(pid) for pid in _tree(process.pid)))
            time.sleep(0.02)
        told = process.stderr.read().decode() if process.stderr else ""
    if process.returncode:
        sys.exit(f"{' '.join(command)[:300]} ended with {process.returncode}:\n{told[-1000:]}")
    return time.perf_counter() - started, most


def _tree(pid: int) -> Iterator[int]:
    yield pid
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        children = [one for task in threads for one in (task / "children").read_text().split()]
    except OSError:
        return
    for child in children:
        yield from _tree(int(child))


def _resident(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _print(found: dict[str, list[tuple[float, float]]]) -> None:
    print(f"load {os.getloadavg()[0]:.2f}")
    base = min(seconds for seconds, _ in found["query"])
    other = min(seconds for seconds, _ in found["annotate"])
    print(f"{'':10}{'s':>8}{'x query':>9}{'x annotate':>12}{'peak MB':>9}")
    for name, runs in found.items():
        seconds, most = min(one for one, _ in runs), max(one for _, one in runs)
        told = ""
        if budget := BUDGETS.get(name):
            told = f"  {'within' if seconds / base <= budget else 'ABOVE'} {budget:g}"
        if most > BUDGET_MEGABYTES:
            told += f"  ABOVE {BUDGET_MEGABYTES:,} MB"
        print(
            f"{name:10}{seconds:8.2f}{seconds / base:9.2f}{seconds / other:12.2f}{most:9.0f}{told}"
        )


if __name__ == "__main__":
    main()
