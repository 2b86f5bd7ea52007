"""The folder in which a store is made, beside where it will stand; kept when something fails."""

import fcntl
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from everygenome.errors import EverygenomeError, InputError, StoreError, UsageError

_LOCK = "lock"
_ELSEWHERE = "Name another folder with --out."
_KEPT = "What is finished is kept in {}: the same command goes on from there, or remove it."


@contextmanager
def working(out: Path, *, kept: Collection[str]) -> Iterator[Path]:
    """A folder `<out>.preparing` of one command at a time, gone when all went well.

    Args:
        out: the folder that is to be made.
        kept: folders in it that are of use; others are removed.

    Raises:
        UsageError: `out` is there already.
        StoreError: the folder cannot be written, is somebody else's, or is in use.
    """
    try:
        _check_free(out)
        work = out.with_name(out.name + ".preparing")
        work.mkdir(parents=True, exist_ok=True)
        if not (work / _LOCK).is_file() and any(work.iterdir()):
            raise StoreError(f"{work} is there, and is none of ours.", remedy=_ELSEWHERE)
        lock = (work / _LOCK).open("a")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "the name is no file name"
        raise StoreError(f"{out} cannot be written: {reason}.", remedy=_ELSEWHERE) from None
    with lock:
        _lock(lock, out)
        try:
            # Another command can have made it while we looked.
            _check_free(out)
            _clear(work, kept)
            yield work
        except OSError as error:
            raise StoreError(
                f"{work} cannot be written: {_reason(error)}.",
                remedy=f"Make room. {_KEPT.format(work)}",
            ) from None
        except (InputError, StoreError) as error:
            if any(work.glob("file-*/*/*.json")):
                raise _with_hint(error, work) from None
            shutil.rmtree(work, ignore_errors=True)
            raise
        except UsageError:
            # It has become superfluous.
            shutil.rmtree(work, ignore_errors=True)
            raise
        shutil.rmtree(work, ignore_errors=True)


def _check_free(out: Path) -> None:
    if out.exists() or out.is_symlink():
        raise UsageError(
            f"{out} is there already.", remedy="Name another folder with --out, or remove it."
        )


def _lock(lock: IO[str], out: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise StoreError(
            f"Another command is making {out} just now.", remedy="Wait until it has ended."
        ) from None


def _clear(work: Path, kept: Collection[str]) -> None:
    """Remove what is left of other files, or of files that have changed since."""
    for left in work.iterdir():
        if left.name not in kept and left.is_dir() and not left.is_symlink():
            shutil.rmtree(left)


def _reason(error: OSError) -> str:
    # Arrow tells the reason of the system at the end of its own words.
    words = (error.strerror or str(error)).rsplit("] ", 1)[-1]
    return words.strip().rstrip(".")


def _with_hint(error: InputError | StoreError, work: Path) -> EverygenomeError:
    hint = _KEPT.format(work)
    return type(error)(error.what, remedy=f"{error.remedy} {hint}".strip())
