"""What the commands share: the store, and where results go."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from everygenome.store.folder import Store

StoreOption = Annotated[
    Path | None, typer.Option("--store", help="Folder of the releases. [env: EVERYGENOME_STORE]")
]
ReleaseOption = Annotated[str, typer.Option(help="Release, by identifier or date.")]


class Format(StrEnum):
    """How a result is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"


class SchemeName(StrEnum):
    """How categories are grouped."""

    DETAILED = "detailed"
    BROAD = "broad"
    MONITOR = "monitor"


FormatOption = Annotated[Format, typer.Option("--format", help="How to write the result.")]
_MOST_BYTES = 5_000_000
OutOption = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write to this file instead of the screen.")
]


def store_of(given: Path | None) -> "Store":
    """The store that was named, or that of the settings."""
    from everygenome.settings import settings
    from everygenome.store.folder import Store

    return Store(settings().store if given is None else given)


def read_text(path: Path) -> str:
    """A text file that somebody named.

    Raises:
        InputError: it is not there, or no text in UTF-8.
    """
    from everygenome.texts import text_of

    return text_of(path, most=_MOST_BYTES, check="Check the name of the file.")
