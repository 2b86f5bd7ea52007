"""The web site's database: SQLite in the store, unless DATABASE_URL says otherwise."""

from pathlib import Path
from typing import Any

from dj_database_url import ParseError, UnknownSchemeError, parse

from everygenome.errors import UsageError
from everygenome.settings import Settings


def apart(folder: Path) -> dict[str, Any]:
    """Django's `DATABASES["apart"]`: what readers search of stories, in one file and no other.

    What is deleted is written over. A journal or a file for sorting would hold it once more, and is
    only removed. So both are in memory; a file that a crash broke is made anew (`shelf.mended`).
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / "shelf.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=MEMORY; PRAGMA temp_store=MEMORY; "
            "PRAGMA secure_delete=ON;",
        },
    }


def database(ours: Settings) -> dict[str, Any]:
    """Django's `DATABASES["default"]`.

    Raises:
        UsageError: DATABASE_URL is no address of a database.
    """
    if ours.database_url:
        try:
            return dict(parse(ours.database_url, conn_max_age=60, conn_health_checks=True))
        except (UnknownSchemeError, ParseError, ValueError) as error:
            # The message must not repeat the address: it may hold a password.
            raise UsageError(
                "DATABASE_URL is no address of a database.",
                remedy="Write it as postgresql://USER:PASSWORD@HOST:5432/NAME, or unset it.",
            ) from error
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": ours.store / "web" / "site.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
            "PRAGMA secure_delete=ON;",
        },
    }
