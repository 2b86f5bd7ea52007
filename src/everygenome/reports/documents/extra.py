"""The two programs that draw and set, which are installed with the extra `reports`."""

from importlib import import_module
from typing import Any

from everygenome.errors import UsageError


def program(name: str) -> Any:
    """A module of the extra `reports`.

    Raises:
        UsageError: it is not installed.
    """
    try:
        return import_module(name)
    except ImportError as error:
        raise UsageError(
            f"This report needs the package {name!r}, which is not installed.",
            remedy="Install everygenome with the extra `reports`.",
        ) from error
