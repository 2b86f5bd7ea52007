"""Bring a backup back into a site that holds nothing yet."""

import json
import shutil
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from django import conf
from django.apps import apps
from django.db import connection, connections

from everygenome.errors import InputError, StoreError, UsageError
from everygenome.web.backup.making import (
    ABOUT,
    DUMP,
    SEALED,
    SQLITE,
    VERSION,
    carried,
    postgresql,
)
from everygenome.web.people import belonging
from everygenome.web.start import migrated
from everygenome.web.stories import restored
from everygenome.web.stories.due import Done, due
from everygenome.web.stories.restored import Doubted

# Where any of these has rows, somebody works with the site.
_IN_USE = ("people.Account", "moderation.Contribution", "stories.Story")
_NOT_OURS = (OSError, EOFError, tarfile.TarError, ValueError, KeyError, TypeError, RecursionError)
_NAMES = (ABOUT, SQLITE, DUMP)


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back.

    Attributes:
        made: when the backup was made.
        done: what became of stories: those whose keys are gone were withdrawn, and stay so.
        doubted: what a person has to look at.
    """

    made: str
    done: Done
    doubted: Doubted


def restore(source: Path, *, over: bool = False) -> Restored:
    """Bring a backup back.

    Args:
        source: the file.
        over: also into a site that is in use: everything in its database is replaced.

    Raises:
        InputError: it is no backup of this site, or for another database.
        UsageError: the site is in use.
        StoreError: it cannot be written, or the keys are those of another site.
    """
    for name in () if over else _IN_USE:
        if apps.get_model(name).objects.exists():
            raise UsageError(
                "The site's database is in use.",
                remedy="Restore into an empty one, or say --over: everything in it is replaced.",
            )
    with tempfile.TemporaryDirectory(prefix="everygenome-") as folder:
        about = _unpacked(source, Path(folder))
        if about["belongs"] != belonging.word_of_keys():
            raise StoreError(
                f"{source.name} and the keys in {conf.settings.APART} do not belong together: its "
                "stories could not be read. Nothing was changed.",
                remedy="Put the folder of keys of that site there, or set EVERYGENOME_APART.",
            )
        _database(Path(folder) / str(about["database"]))
        kept = Path(folder) / SEALED
        if kept.is_dir():
            target = Path(conf.settings.STORE) / "web" / SEALED
            try:
                shutil.copytree(kept, target, dirs_exist_ok=True)
            except OSError as error:
                raise StoreError(f"The files of stories cannot be written: {error}.") from error
    migrated()
    belonging.check()
    doubted = restored.finish()
    return Restored(str(about["made"]), due(), doubted)


def _unpacked(source: Path, folder: Path) -> dict[str, object]:
    try:
        with tarfile.open(source, mode="r:gz") as tar:
            for member in tar:
                if member.name not in _NAMES and not _is_sealed(member.name):
                    raise InputError(f"{source.name} holds something that no backup of ours does.")
                # Nothing outside the folder, no links, no devices.
                tar.extract(member, folder, filter="data")
        about = json.loads((folder / ABOUT).read_text())
        if (
            about["version"] != VERSION
            or "belongs" not in about
            or not (folder / about["database"]).is_file()
        ):
            raise InputError(f"{source.name} is of another version of this software.")
    except _NOT_OURS as error:
        raise InputError(
            f"{source.name} is no whole backup of an everygenome site.",
            remedy="Name a file that `everygenome admin backup` wrote.",
        ) from error
    return dict(about)


def _is_sealed(name: str) -> bool:
    return name == SEALED or name.startswith(f"{SEALED}/")


def _database(path: Path) -> None:
    wanted = DUMP if connection.vendor == "postgresql" else SQLITE
    if path.name != wanted:
        raise InputError(
            f"The backup is of another kind of database ({path.name}).",
            remedy="Set DATABASE_URL to that of the site it was made from, or unset it.",
        )
    restored.begin()
    if wanted == DUMP:
        connections.close_all()
        postgresql("pg_restore", "--clean", "--if-exists", "--no-owner", "--exit-on-error",
                   "--single-transaction", str(path))  # fmt: skip
        return
    connections.close_all()
    site = Path(connection.settings_dict["NAME"])
    with closing(sqlite3.connect(path)) as copy, closing(sqlite3.connect(site)) as target:
        carried(copy, target)
