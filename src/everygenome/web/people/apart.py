"""The folder that no backup may hold: keys of stories, what stands beside them, their index."""

import os
from pathlib import Path

from django import conf

from everygenome.errors import StoreError

# Files on their way in, before they are sealed; what a crash leaves of them is swept.
INCOMING = "incoming"
# Backup programs that know this mark leave the folder out: https://bford.info/cachedir/
_TAG = "CACHEDIR.TAG"
_TAGGED = (
    "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# Keys of stories, and their index. No backup may hold this folder: a story that is\n"
    "# withdrawn must not come back from one.\n"
)


def apart() -> Path:
    """The folder that no backup may hold; made where there is none.

    Raises:
        StoreError: it cannot be made.
    """
    path = Path(conf.settings.APART)
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        (path / INCOMING).mkdir(mode=0o700, exist_ok=True)
        if not (path / _TAG).exists():
            (path / _TAG).write_text(_TAGGED)
    except OSError as error:
        raise StoreError(
            f"The keys of stories cannot be kept in {path}: {error.strerror}.",
            remedy="Make the folder writable, or name another in EVERYGENOME_APART.",
        ) from error
    return path


def beside(vault: str) -> Path:
    """The file beside a vault's key: it is sealed under that key, and goes with it."""
    return apart() / "chosen" / vault


def written(path: Path, data: bytes) -> None:
    """Write a file of this folder: when this returns it is on the disk, the whole of it.

    Raises:
        StoreError: it cannot be written.
    """
    made = path.with_name(f"{path.name}.new")
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(made, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        made.replace(path)
        settled(path.parent)
    except OSError as error:
        raise StoreError(
            f"What has to hold after a restore cannot be written to {path.parent}: "
            f"{error.strerror}.",
            remedy="Check that there is room, and that the folder is writable.",
        ) from error


def settled(path: Path) -> None:
    """What was made in a folder, or removed from it, stays so, also when the power fails."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
