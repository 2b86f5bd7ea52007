"""Make a backup: the database, and the sealed files of stories, in one archive.

The keys of stories are never in it, nor what readers search of them. So a story that is withdrawn
later cannot be read from it any more, and one that is not can be read with the keys that are here.
"""

import json
import os
import sqlite3
import subprocess
import tarfile
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from django import conf
from django.db import connection

from everygenome.errors import StoreError, UsageError
from everygenome.web.people.belonging import word_of_keys

ABOUT, SQLITE, DUMP, SEALED = "about.json", "site.sqlite3", "site.dump", "sealed"
VERSION = 1
_AT_ONCE = 10_000
_TRIES = 40


def backup(to: Path) -> int:
    """Write a backup into a new file that only its owner can read; its size in bytes.

    Raises:
        UsageError: the file is there already.
        StoreError: it cannot be written, or PostgreSQL's own program is missing or fails.
    """
    if to.exists():
        raise UsageError(f"{to} is there already.", remedy="Name a file that is not there.")
    made = to.with_name(f"{to.name}.{os.getpid()}")
    try:
        with tempfile.TemporaryDirectory(dir=to.parent, prefix=".everygenome-") as folder:
            database = _database(Path(folder))
            handle = os.open(made, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(handle, "wb") as file, tarfile.open(fileobj=file, mode="w:gz") as tar:
                about = Path(folder) / ABOUT
                about.write_text(json.dumps(_about(database), indent=2) + "\n")
                tar.add(about, ABOUT)
                tar.add(database, database.name)
                sealed = Path(conf.settings.STORE) / "web" / SEALED
                if sealed.is_dir():
                    tar.add(sealed, SEALED)
            made.rename(to)
    except OSError as error:
        raise StoreError(
            f"The backup cannot be written to {to}: {error.strerror or error}.",
            remedy="Check that there is room, and that the folder is writable.",
        ) from error
    finally:
        made.unlink(missing_ok=True)
    return to.stat().st_size


def postgresql(program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL over the site's database.

    Raises:
        StoreError: it is not installed, or fails.
    """
    said = connection.settings_dict
    user, host = quote(said["USER"] or ""), said["HOST"] or ""
    address = f"postgresql://{user}@{host}:{said['PORT'] or 5432}/{quote(said['NAME'])}"
    # The password goes by the environment: what is typed can be seen by everybody.
    environment = {"PATH": os.environ.get("PATH", ""), "PGPASSWORD": said["PASSWORD"] or ""}
    try:
        done = subprocess.run(  # noqa: S603 - the program's name is ours
            [program, "--no-password", f"--dbname={address}", *arguments],
            check=False,
            capture_output=True,
            text=True,
            env=environment,
        )
    except FileNotFoundError as error:
        raise StoreError(
            f"{program} is not installed.", remedy="Install PostgreSQL's client programs."
        ) from error
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["no reason was given"]
        raise StoreError(f"{program} failed: {lines[0]}", remedy="Mend that, and try again.")


def _database(folder: Path) -> Path:
    if connection.vendor == "postgresql":
        path = folder / DUMP
        postgresql("pg_dump", "--format=custom", "--no-owner", f"--file={path}")
        return path
    path = folder / SQLITE
    # What is stored by now, as of one moment, while others go on writing.
    address = f"{Path(connection.settings_dict['NAME']).resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as site, closing(sqlite3.connect(path)) as to:
        carried(site, to)
    return path


def carried(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Carry one SQLite database over another, whole.

    Raises:
        StoreError: another program holds one of them.
    """
    waited = 0

    def wait(_status: int, left: int, total: int) -> None:
        nonlocal waited
        # While somebody holds it, nothing is carried, and it is tried again for ever.
        waited = waited + 1 if left == total else 0
        if waited > _TRIES:
            raise StoreError(
                "The database is held by another program.", remedy="Stop the site, and try again."
            )

    source.backup(target, pages=_AT_ONCE, progress=wait, sleep=0.25)


def _about(database: Path) -> dict[str, object]:
    return {
        "what": "everygenome web site",
        "version": VERSION,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "database": database.name,
        "belongs": word_of_keys(),
    }
