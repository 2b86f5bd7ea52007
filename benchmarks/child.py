"""Run a piece of work in a fresh process, several times, and take its time and memory.

The parent must stay small: on Linux a child's peak memory starts from its parent's.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BYTECODE = Path(tempfile.gettempdir()) / "everygenome-benchmark-bytecode"


@dataclass(frozen=True, slots=True)
class Run:
    """One run in a fresh process.

    Attributes:
        wall_seconds: from start to end of the process.
        cpu_seconds: user and system time of the process and its threads.
        peak_megabytes: largest resident memory (MB, 10^6 bytes).
        answer: what the process printed last, as JSON; None where it printed nothing.
    """

    wall_seconds: float
    cpu_seconds: float
    peak_megabytes: float
    answer: Any


def environment() -> dict[str, str]:
    """The environment of the children, in which compiled modules are kept as after an install."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {"PYTHONPYCACHEPREFIX": str(BYTECODE), **kept}


def run(command: list[str]) -> Run:
    """Run a command once; a failure ends the benchmark with the command's own words."""
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment()) as process:
        printed = process.stdout.read() if process.stdout else b""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - started
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with exit code {process.returncode}")
    lines = printed.decode().strip().splitlines()
    answer = json.loads(lines[-1]) if lines and lines[-1].startswith("{") else None
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e6, answer)


def python(script: Path, *arguments: object) -> list[str]:
    """The command that runs a script with this Python."""
    return [sys.executable, str(script), *(str(argument) for argument in arguments)]


def two_cores() -> int:
    """Keep this process and its children to two cores; how many there are."""
    cores = sorted(os.sched_getaffinity(0))[:2]
    os.sched_setaffinity(0, cores)
    return len(cores)


def summary(values: list[float]) -> dict[str, float]:
    """Least and median of some runs: the least is nearest to the machine undisturbed."""
    return {"min": min(values), "median": statistics.median(values)}
