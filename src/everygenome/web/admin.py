"""Look after the site's database from the command line: each command is one of Django's."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from everygenome.errors import StoreError, UsageError
from everygenome.web.start import start


def administer(
    command: str,
    *arguments: str,
    store: Path,
    progress: Callable[[str, int, int | None], None] | None = None,
) -> None:
    """Run a command over a store; it prints its result.

    Args:
        command: its name, such as `erase-account`.
        arguments: as they would be typed.
        store: the folder of the releases; the database is in it, unless DATABASE_URL names one.
        progress: for a command that reports how far it is.

    Raises:
        UsageError: an argument is wrong, or the command is not allowed now.
        NotFoundError: what it is about is not there.
        StoreError: the database cannot be used, or a file cannot be written.
    """
    start(store)
    from django.core.exceptions import ValidationError
    from django.core.management import CommandError, call_command, get_commands
    from django.db import DatabaseError

    named = command if command in get_commands() else command.replace("-", "_")
    more: dict[str, Any] = {} if progress is None else {"progress": progress}
    try:
        call_command(named, *arguments, no_color=True, **more)
    except CommandError as error:
        raise UsageError(f"{command}: {error}") from error
    except ValidationError as error:
        raise UsageError(" ".join(error.messages)) from error
    except DatabaseError as error:
        raise StoreError(
            f"The web site's database cannot be used: {str(error).strip().splitlines()[0]}.",
            remedy="Check that it is running, and that nobody else holds it.",
        ) from error
