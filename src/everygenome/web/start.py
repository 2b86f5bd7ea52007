"""Set Django up for a store: what serving and sending have in common."""

import os
from pathlib import Path

from everygenome.errors import StoreError


def start(store: Path) -> None:
    """Set Django up over a store, and bring the database up to date.

    Raises:
        StoreError: the database cannot be used, or the folder cannot be written.
    """
    from everygenome.settings import settings

    os.environ["EVERYGENOME_STORE"] = str(store.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "everygenome.web.settings")
    settings.cache_clear()
    import django

    django.setup()
    from django.db import DatabaseError

    try:
        migrated()
    except DatabaseError as error:
        raise StoreError(
            f"The web site's database cannot be used: {str(error).strip().splitlines()[0]}.",
            remedy="Check DATABASE_URL, and that the database is running and lets you in.",
        ) from error
    except OSError as error:
        raise unwritable(store, error) from error


def migrated() -> None:
    """Bring the database up to date, and what stands apart from it."""
    from django.core.management import call_command

    from everygenome.web.collections.mending import thrown_away
    from everygenome.web.people.apart import apart
    from everygenome.web.people.belonging import begin

    # Before any command: Django checks that its folders are there.
    apart()
    broken = thrown_away()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("migrate", "collections", database="apart", interactive=False, verbosity=0)
    begin()
    if broken:
        from everygenome.web.stories.shelving import all_again

        all_again()


def unwritable(store: Path, error: OSError) -> StoreError:
    """The site's own files cannot be written."""
    return StoreError(
        f"The web site's files cannot be written to {store / 'web'}: {error.strerror}.",
        remedy="Give yourself permission, or choose another store with --store.",
    )
