"""Kill a build at each of its steps, and say what a reader and the next run find.

Run as a script: killed_builds.py STORE FILES. It prints one JSON line per step. Each build
runs in a process of its own, which kills itself as hard as a power cut would.
"""

import hashlib
import json
import os
import shutil
import signal
import sys
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from everygenome.pipeline.build import Options, build
from everygenome.queries.release import open_release
from everygenome.store.folder import Store

warnings.simplefilter("ignore")


def in_child(work: Callable[[], object]) -> int:
    """Run something in a process of its own; 0, 1, or minus the signal that ended it."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException as error:  # the parent must hear of anything
            print(error, file=sys.stderr)
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def killing_build(store: Path, files: Path, last: int) -> None:
    """Build, and die at step `last`: at a report of progress, or around a call that publishes."""
    done = 0

    def step(*_args: Any, **_kw: Any) -> None:
        nonlocal done
        done += 1
        if done == last:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*args: Any, **kw: Any) -> Any:
            step()
            result = call(*args, **kw)
            step()
            return result

        return wrapped

    for name in ("rename", "replace"):
        setattr(os, name, around(getattr(os, name)))
    build(Store(store), files, options=Options(), progress=step)


def total(store: Path) -> float:
    """Participations in the current release."""
    rows = open_release(store=store).composition(stage="all").rows
    return sum(row["value"] or 0 for row in rows)


_TOTALS: dict[tuple[str, ...], float] = {}


def reported(store: Path) -> dict[str, Any]:
    """What a reader finds: the releases, the current one, and a number from it.

    The number comes from a process of its own, as this one must start no engine. Tables of the same
    bytes were opened before, and are not opened again.
    """
    place = Store(store)
    current = place.current()
    tables = sorted((place.resolve(current)).glob("*.parquet")) if current else []
    digests = (str(current), *(hashlib.sha256(one.read_bytes()).hexdigest() for one in tables))
    if digests not in _TOTALS:
        read, write = os.pipe()
        code = in_child(lambda: os.write(write, json.dumps(total(store)).encode()) and None)
        os.close(write)
        with os.fdopen(read, "rb") as pipe:
            text = pipe.read()
        if code:
            return {"failed": code}
        _TOTALS[digests] = json.loads(text)
    return {
        "ids": place.ids(),
        "current": current,
        "manifests": [manifest.id for manifest in place.manifests()],
        "value": _TOTALS[digests],
    }


def main(store: Path, files: Path) -> None:
    last = 0
    while True:
        last += 1
        place = store.with_name(f"{store.name}-killed")
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(store, place)
        code = in_child(partial(killing_build, place, files, last))
        after_kill = reported(place)
        again = in_child(partial(build, Store(place), files, options=Options()))
        print(
            json.dumps(
                {
                    "step": last,
                    "code": code,
                    "after_kill": after_kill,
                    "again": again,
                    "after_again": reported(place),
                    "left": sorted(os.listdir(place)),
                }
            ),
            flush=True,
        )
        if code == 0:
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
