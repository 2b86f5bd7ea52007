"""The folder of a copy: empty or a former copy, and replaced whole."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from everygenome.errors import StoreError, UsageError

# A file of this name says that the folder is a copy of ours, which may be replaced.
MARKER = "everygenome-copy.json"
_FULL = (28, 122)  # ENOSPC, EDQUOT


def check(folder: Path) -> None:
    """Refuse a folder that holds anything else than a former copy.

    Raises:
        UsageError: it is a file, or holds other files.
        StoreError: it cannot be read.
    """
    try:
        if not folder.exists():
            return
        if not folder.is_dir():
            raise UsageError(f"{folder} is no folder.", remedy="Name a folder for the copy.")
        names = os.listdir(folder)
    except OSError as error:
        raise told(error, folder) from error
    if names and MARKER not in names:
        raise UsageError(
            f"{folder} holds other files ({', '.join(sorted(names)[:3])}).",
            remedy="Name an empty folder, a new one, or one that holds a former copy.",
        )


@contextmanager
def building(folder: Path) -> Iterator[Path]:
    """A new folder beside the wanted one, which takes its place when all went well.

    A former copy is served until then, and stays where anything goes wrong.

    Raises:
        UsageError, StoreError: as `check`; or the disk is full, or may not be written.
    """
    check(folder)
    folder = folder.resolve()
    made: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        yield made
        made.chmod(0o755)
        _replace(folder, made)
    except OSError as error:
        raise told(error, folder) from error
    finally:
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)


def mark(folder: Path, said: dict[str, Any]) -> None:
    """Write down what this copy is."""
    text = json.dumps(said, indent=2, ensure_ascii=False) + "\n"
    (folder / MARKER).write_text(text, "utf-8")


def told(error: OSError, folder: Path) -> StoreError:
    """Say in plain words why the copy could not be written."""
    if error.errno in _FULL:
        return StoreError(
            f"The disk that holds {folder} is full.",
            remedy="Free some space and run the command again; a former copy is untouched.",
        )
    return StoreError(
        f"The copy cannot be written to {error.filename or folder} ({error.strerror}).",
        remedy="Give yourself permission, or name another folder.",
    )


def _replace(folder: Path, made: Path) -> None:
    if not folder.exists():
        os.rename(made, folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}.old.", dir=folder.parent))
    os.rename(folder, old / "copy")
    try:
        os.rename(made, folder)
    except OSError:
        os.rename(old / "copy", folder)
        os.rmdir(old)
        raise
    shutil.rmtree(old, ignore_errors=True)
