"""A copy of the whole database that holds nothing about anybody, for those who develop or study.

Rows go through Django, model by model, into a new SQLite file: the source may be PostgreSQL, and
the file has never held anything else, so that no deleted page of it can be read.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction
from django.db.models import Model

from everygenome.errors import StoreError, UsageError
from everygenome.web.people.declared_elsewhere import leaves_no_rows, stored
from everygenome.web.people.emptied import copied

COPY = "scrubbed"
_AT_ONCE = 500
_MOMENT = ("BEGIN", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
Progress = Callable[[str, int, int | None], None]


def scrub(*, to: Path, progress: Progress = lambda *_: None) -> dict[str, int]:
    """Write a copy without personal details into a new file, which only its owner can read.

    Args:
        to: the file; it must not be there.
        progress: called with the table, how many rows are done, and how many there are.

    Returns:
        How many rows of each table are in the copy, by the model's name.

    Raises:
        UsageError: the file is there already: it may be the site's own database.
        StoreError: it cannot be written, or a field cannot be left out; no file stays behind.
    """
    _made(to)
    try:
        with _opened(to), _as_of_now():
            return _copied(progress)
    except DatabaseError as error:
        _removed(to)
        raise StoreError(
            f"The copy cannot be written ({str(error).strip().splitlines()[0]}).",
            remedy="Check that there is room, and report it if there is.",
        ) from error
    except BaseException:
        _removed(to)
        raise


def _made(to: Path) -> None:
    """An empty file of our own, whatever else happens at the same time."""
    try:
        os.close(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise UsageError(
            f"{to} is there already, and is never written over.",
            remedy="Name a file that is not there.",
        ) from None
    except OSError as error:
        raise StoreError(
            f"{to} cannot be written: {error.strerror}.", remedy="Choose another folder."
        ) from error
    except ValueError as error:
        raise UsageError("That is no name of a file.") from error


def _removed(to: Path) -> None:
    for path in (to, to.with_name(f"{to.name}-journal")):
        with suppress(OSError):
            path.unlink(missing_ok=True)


@contextmanager
def _opened(to: Path) -> Iterator[None]:
    """The copy as a second database, with all tables and nothing in them."""
    given = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(to.resolve())}
    made = connections.configure_settings({DEFAULT_DB_ALIAS: given})
    connections.settings[COPY] = made[DEFAULT_DB_ALIAS]
    try:
        call_command("migrate", database=COPY, interactive=False, verbosity=0)
        yield
    finally:
        connections[COPY].close()
        del connections[COPY]
        del connections.settings[COPY]


@contextmanager
def _as_of_now() -> Iterator[None]:
    """Read everything as it is at one moment, without keeping others from writing."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(_MOMENT[connection.vendor != "sqlite"])
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _copied(progress: Progress) -> dict[str, int]:
    counts = {}
    with transaction.atomic(using=COPY):
        # What making the tables put there: it would stand in the way of the same from the source.
        for model in stored():
            model._base_manager.using(COPY).all().delete()
        for model in stored():
            kept = 0 if leaves_no_rows(model) else _rows(model, progress)
            counts[model._meta.label] = kept
        # References are checked at the end, so the order of the tables does not matter.
        connections[COPY].check_constraints()
    return counts


def _rows(model: type[Model], progress: Progress) -> int:
    rows = model._base_manager.using(DEFAULT_DB_ALIAS).order_by("pk")
    total, done, waiting = rows.count(), 0, []
    name = model._meta.label
    progress(name, 0, total)
    for row in rows.iterator(chunk_size=_AT_ONCE):
        waiting.append(_of(model, row))
        if len(waiting) == _AT_ONCE:
            done += _written(model, waiting)
            progress(name, done, total)
    done += _written(model, waiting)
    progress(name, done, total)
    return done


def _of(model: type[Model], row: Model) -> Model:
    fields: dict[str, Any] = {f.attname: copied(row, f) for f in model._meta.concrete_fields}
    return model(**fields)


def _written(model: type[Model], waiting: list[Model]) -> int:
    model._base_manager.using(COPY).bulk_create(waiting)
    count = len(waiting)
    waiting.clear()
    return count
