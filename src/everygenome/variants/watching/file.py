"""A watch list as a file: read whole, and written whole or not at all."""

import os
import tempfile
from pathlib import Path

from everygenome.errors import StoreError
from everygenome.texts import text_of
from everygenome.variants.watching.as_lines import NEW, lines_of, watch_of
from everygenome.variants.watching.model import MOST, WatchList

_MOST_BYTES = 100_000_000


def read_watch(path: Path) -> WatchList:
    """A watch list.

    Raises:
        InputError: it cannot be read, is no watch list, of another version, or contradicts itself;
            file and line are named.
    """
    path = Path(path)
    text = text_of(path, most=_MOST_BYTES, check=NEW, shorten=f"A list holds {MOST:,} variants.")
    return watch_of(text, path)


def write_watch(
    watch: WatchList, path: Path, *, new: bool = False, before: WatchList | None = None
) -> None:
    """Write a watch list: whole, or not at all.

    Args:
        watch: the list.
        path: of the file. Where it is a link, the file that it leads to is written.
        new: nothing may be there.
        before: what was read there, and is to be there still.

    Raises:
        StoreError: it cannot be written, something is there, or somebody changed it meanwhile.
    """
    if before is not None and read_watch(path) != before:
        raise StoreError(
            f"{path} was changed by somebody else meanwhile; nothing was written.",
            remedy="Run the same command again.",
        )
    text = "".join(f"{line}\n" for line in lines_of(watch))
    target = Path(os.path.realpath(path))
    if new:
        check_free(path)
    try:
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", dir=target.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(mode)
            os.replace(name, target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise StoreError(
            f"{path} cannot be written: {error.strerror}.",
            remedy="Check the folder and its permissions, or name another file.",
        ) from None


def check_free(path: Path) -> None:
    """Look that nothing is in the place of a new list, before the work begins.

    Raises:
        StoreError: something is, or its folder is not there.
    """
    if os.path.lexists(path):
        raise StoreError(
            f"{path} is there already.",
            remedy="Name another file, or add variants to it with `variants watch add`.",
        )
    if not Path(path).parent.is_dir():
        raise StoreError(f"There is no folder {Path(path).parent}.", remedy="Make it first.")


def _umask() -> int:
    """What new files may not be; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
