"""Kill `sync --grants` at each of its steps, and say what a reader and the next run find.

Run as a script: killed_grants.py STORE GRANTS. It prints one JSON line per step.
"""

import contextlib
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2] / "integration" / "pipeline"))
from killed_builds import in_child, reported

from everygenome.__main__ import main as command
from everygenome.pipeline.writing import Core
from everygenome.store.folder import Store


def syncing(store: Path, grants: Path) -> None:
    """Bring grants into a store, as a user does."""
    arguments = ["sync", "--from", "current", "--grants", str(grants), "--store", str(store)]
    out = sys.stderr
    with contextlib.redirect_stdout(out):
        try:
            command(arguments)
        except SystemExit as end:
            if end.code:
                raise


def killing(store: Path, grants: Path, last: int) -> None:
    """The same, and die at step `last`: before a table, or around a call that publishes."""
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if done == last:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(call: Callable[..., Any], *, after: bool = True) -> Callable[..., Any]:
        def wrapped(*args: Any, **kw: Any) -> Any:
            step()
            result = call(*args, **kw)
            if after:
                step()
            return result

        return wrapped

    for name in ("rename", "replace"):
        setattr(os, name, around(getattr(os, name)))
    Core.write = around(Core.write, after=False)  # type: ignore[method-assign]
    syncing(store, grants)


def main(store: Path, grants: Path) -> None:
    last = 0
    while True:
        last += 1
        place = store.with_name(f"{store.name}-killed")
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(store, place)
        code = in_child(partial(killing, place, grants, last))
        after_kill = reported(place)
        again = in_child(partial(syncing, place, grants))
        told = {
            "step": last,
            "code": code,
            "after_kill": after_kill,
            "again": again,
            "after_again": {"ids": Store(place).ids(), "current": Store(place).current()},
            "left": sorted(os.listdir(place)),
        }
        print(json.dumps(told), flush=True)
        if code == 0:
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
