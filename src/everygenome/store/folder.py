"""The store: a folder of immutable releases, a pointer to the current one, and a lock.

    STORE/releases/ID/      Parquet files and manifest.json, never changed after publication
    STORE/current           the identifier of the release that is served
    STORE/building/         releases in the making; emptied by the next run after a crash
    STORE/snapshots/        downloaded files with their origin
    STORE/lock              held by whoever publishes

A release appears by one atomic rename, and `current` changes by another, so a reader
sees a whole release or none, whenever the writer is killed.
"""

import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from everygenome.errors import NotFoundError, StoreError
from everygenome.store.manifest import Manifest, read_manifest, superseded


class Store:
    """A store in a folder; the folder is made when something is first written."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.releases_folder = root / "releases"
        self.building = root / "building"
        self.snapshots = root / "snapshots"

    def ids(self) -> list[str]:
        """The identifiers of all published releases, by name: oldest date first."""
        try:
            names = os.listdir(self.releases_folder)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise told(error, self.releases_folder) from error
        return sorted(name for name in names if not name.startswith("."))

    def manifests(self) -> list[Manifest]:
        """The manifests of all releases, oldest first; of one date, as they were built."""
        found = [read_manifest(self.releases_folder / name) for name in self.ids()]
        return sorted(found, key=lambda manifest: (manifest.date, manifest.built_at))

    def current(self) -> str | None:
        """The identifier of the release that is served, or None in an empty store."""
        try:
            name = (self.root / "current").read_text("utf-8").strip()
        except FileNotFoundError:
            name = ""
        except OSError as error:
            raise told(error, self.root / "current") from error
        ids = self.ids()
        if name in ids:
            return name
        # The pointer was lost, or its release removed by hand: the newest one serves.
        return ids[-1] if ids else None

    def resolve(self, wanted: str | None = None) -> Path:
        """The folder of a release, by identifier, by date, or (None, "current") the current one.

        Raises:
            NotFoundError: the store is empty, or has no such release; it lists those it has.
        """
        ids = self.ids()
        if not ids:
            raise NotFoundError(
                f"The store {self.root} holds no release yet.",
                remedy="Run `everygenome sync`, or `everygenome sync --from FOLDER` for files "
                "that you have.",
            )
        if wanted in (None, "current"):
            return self.releases_folder / str(self.current())
        fitting = [name for name in ids if name == wanted]
        fitting = fitting or self._of_date(str(wanted), ids)
        if len(fitting) != 1:
            what = "no release" if not fitting else "several releases"
            listed = ", ".join(fitting or ids[-12:])
            raise NotFoundError(
                f"The store {self.root} holds {what} {wanted!r} (there: {listed}).",
                remedy="`everygenome releases` lists them.",
            )
        return self.releases_folder / fitting[0]

    def _of_date(self, day: str, ids: list[str]) -> list[str]:
        """The releases of a date, without those that another of the same files replaced."""
        fitting = [name for name in ids if name.startswith(f"{day}-")]
        if len(fitting) < 2:
            return fitting
        old = superseded(read_manifest(self.releases_folder / name) for name in fitting)
        return [name for name in fitting if name not in old]

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the lock and clear what a killed run left behind.

        Raises:
            StoreError: another process is writing, or the folder cannot be written.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            lock = os.open(self.root / "lock", os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise told(error, self.root) from error
        try:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise StoreError(
                    f"Another process is writing to {self.root}.",
                    remedy="Wait until it has ended, then try again.",
                ) from error
            shutil.rmtree(self.building, ignore_errors=True)
            try:
                self.building.mkdir(parents=True, exist_ok=True)
                self.releases_folder.mkdir(exist_ok=True)
                yield
            except OSError as error:
                raise told(error, self.root) from error
            finally:
                shutil.rmtree(self.building, ignore_errors=True)
        finally:
            os.close(lock)

    def publish(self, folder: Path, release_id: str) -> None:
        """Make a finished folder a release, at once and for ever; call while writing."""
        for path in sorted(folder.iterdir()):
            _flush(path)
        _flush(folder)
        os.rename(folder, self.releases_folder / release_id)
        _flush(self.releases_folder)

    def point_to(self, release_id: str) -> None:
        """Make a release the current one."""
        new = self.root / "current.new"
        new.write_text(release_id + "\n", "utf-8")
        _flush(new)
        os.replace(new, self.root / "current")
        _flush(self.root)

    def retain(self, keep: int | None) -> list[str]:
        """Remove the oldest releases beyond a number, never the current one; None keeps all."""
        if keep is None:
            return []
        others = [item.id for item in self.manifests() if item.id != self.current()]
        old = others[: max(0, len(others) + 1 - keep)]
        for name in old:
            # Out of sight by one rename first: nobody sees a release half removed.
            os.rename(self.releases_folder / name, self.building / name)
        return old


def told(error: OSError, path: Path) -> StoreError:
    """Say in plain words why a file could not be read or written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StoreError(
            f"The disk that holds {path} is full.",
            remedy="Free some space and run the command again; the earlier releases are untouched.",
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return StoreError(
            f"{error.filename or path} may not be read or written ({error.strerror}).",
            remedy="Give yourself permission, or choose another place with --store.",
        )
    return StoreError(f"{error.filename or path}: {error.strerror}.", remedy="Check the disk.")


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
