"""Start of the command line, against a Python that does nothing.

python benchmarks/bench_start.py [--runs 10]
"""

import argparse
import statistics
import sys

from child import run, two_cores

BUDGET_MILLISECONDS = 300


def main() -> None:
    """Measure both in turn, and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=10)
    options = parser.parse_args()
    two_cores()
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "everygenome --help": [sys.executable, "-m", "everygenome", "--help"],
    }
    seen: dict[str, list[float]] = {name: [] for name in commands}
    run(commands["everygenome --help"])  # compiles the modules, once
    for _ in range(options.runs):
        for name, command in commands.items():
            seen[name].append(run(command).wall_seconds * 1000)
    medians = {name: statistics.median(times) for name, times in seen.items()}
    for name, milliseconds in medians.items():
        print(f"{name:20} {milliseconds:6.0f} ms")
    bare, ours = medians.values()
    verdict = "within" if ours <= BUDGET_MILLISECONDS else "ABOVE"
    print(f"{ours / bare:.1f} times a bare start; {verdict} {BUDGET_MILLISECONDS} ms")


if __name__ == "__main__":
    main()
