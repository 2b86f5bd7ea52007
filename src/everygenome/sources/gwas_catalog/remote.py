"""Fetch the catalogue's files, as they are served now."""

import tomllib
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Any

from everygenome.errors import DownloadError, EverygenomeError
from everygenome.snapshots.download import Fetched, fetch
from everygenome.snapshots.origin import Origin, read_origin
from everygenome.snapshots.policy import Policy
from everygenome.sources.gwas_catalog.layout import TRIO, Kind

Progress = Callable[..., None]
EDIT_HINT = "sources/gwas_catalog/endpoints.toml"


@cache
def _endpoints() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("endpoints.toml").read_text("utf-8"))


def licence() -> str:
    """The terms under which the catalogue publishes its files."""
    return str(_endpoints()["licence"])


def addresses(base: str | None = None) -> dict[Kind, list[str]]:
    """The addresses of each file, to be tried in order: the live catalogue's, or below a base."""
    if base is None:
        return {kind: list(_endpoints()["live"][kind.value]) for kind in Kind}
    root = base.rstrip("/")
    return {kind: [f"{root}/{name}" for name in _endpoints()["below"][kind.value]] for kind in Kind}


def fetch_all(
    folder: Path, *, base: str | None, policy: Policy, progress: Progress
) -> dict[Kind, Fetched]:
    """Bring the files in a folder up to date; what has not changed is not sent again.

    Args:
        folder: where the files are kept, each with its origin; the caller holds the lock.
        base: address above the files; None for the live catalogue.
        policy: how patient to be.
        progress: called with what is being done, bytes so far, and bytes expected.

    Returns:
        The files. Associations may be missing where the server has none.

    Raises:
        DownloadError: a file of the trio could not be fetched.
    """
    policy = replace(policy, edit_hint=EDIT_HINT)
    fetched: dict[Kind, Fetched] = {}
    for kind, urls in addresses(base).items():
        try:
            fetched[kind] = fetch(
                _nearest_first(urls, _previous(folder / kind.value)),
                folder,
                name=kind.value,
                licence=licence(),
                policy=policy,
                progress=partial(progress, f"fetching {kind.value}"),
                previous=_previous(folder / kind.value),
            )
        except DownloadError:
            if kind in TRIO or base is None:
                raise
            # A mirror may hold the trio alone; what an earlier one left is not this one's.
            (folder / kind.value).unlink(missing_ok=True)
    return fetched


def _nearest_first(urls: list[str], previous: Origin | None) -> list[str]:
    """The address that served the file last time first: only it can say "not modified"."""
    if previous is None or previous.url not in urls:
        return urls
    return [previous.url, *(url for url in urls if url != previous.url)]


def _previous(path: Path) -> Origin | None:
    try:
        return read_origin(path)
    except EverygenomeError:
        # Without a record the file is fetched anew, which also mends a damaged record.
        return None
