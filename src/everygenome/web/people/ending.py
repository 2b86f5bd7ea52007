"""Vaults that are to be destroyed: each is marked first, and nothing opens it from then on.

To withdraw a story takes several steps, and each of them can fail: a disk is full, a file cannot be
removed, the power goes. A mark is one small file that stands before all of them. Whatever fails
then, nobody reads the story any more, and `stories-due` does what is left.
"""

import logging
from contextlib import suppress
from pathlib import Path

from everygenome.web.people.apart import apart, settled

_log = logging.getLogger("everygenome.stories")


def mark(vault: str, *, of: int | None = None) -> None:
    """Let nothing open a vault from now on.

    Where it cannot be marked, what follows is tried all the same.

    Args:
        vault: its name.
        of: the number of the contribution that is withdrawn, for its own page.
    """
    path = _path(vault)
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        with path.open("a") as file:
            file.write("" if of is None else f"{of}\n")
        settled(path.parent)
    except OSError as error:
        # Not which: by its name it can be found in the database.
        _log.error("A story that is withdrawn could not be marked (%s).", type(error).__name__)


def is_marked(vault: str) -> bool:
    """Whether it is to be destroyed."""
    return bool(vault) and _path(vault).exists()


def marked() -> list[str]:
    """The vaults that are to be destroyed, and are not yet."""
    folder = apart() / "ending"
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def is_left(number: int) -> bool:
    """Whether the key of a withdrawn contribution could not be destroyed yet."""
    for vault in marked():
        # It may be destroyed while we look.
        with suppress(FileNotFoundError):
            if str(number) in _path(vault).read_text().split():
                return True
    return False


def done(vault: str) -> None:
    """It is destroyed."""
    _path(vault).unlink(missing_ok=True)


def _path(vault: str) -> Path:
    return apart() / "ending" / vault
