"""Bring a store up to date: from the live catalogue, an address, a folder, or nothing at all."""

import tempfile
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from everygenome.pipeline.build import (
    Options,
    Outcome,
    Progress,
    build,
    build_while_writing,
    finish,
)
from everygenome.pipeline.entities import CATALOGUE_KINDS, names_of
from everygenome.pipeline.grants import MADE_UP, NONE, Wanted
from everygenome.snapshots.policy import DEFAULT, Policy
from everygenome.sources.gwas_catalog.demonstration.write import write_demonstration
from everygenome.sources.gwas_catalog.layout import Kind
from everygenome.sources.gwas_catalog.remote import fetch_all
from everygenome.store.folder import Store
from everygenome.store.manifest import GRANTS, TABLES_VERSION, read_manifest

# In place of an origin: the release that is there.
CURRENT = "current"


def sync(
    store: Store,
    origin: str | None = None,
    *,
    options: Options = Options(),  # noqa: B008 - frozen
    policy: Policy = DEFAULT,
    progress: Progress = lambda *_args, **_kw: None,
) -> Outcome:
    """Bring the store up to date.

    Args:
        store: where to publish.
        origin: a folder, a file, or an address above the files; None for the live catalogue;
            `current` to read nothing of the catalogue and go on with the current release, as
            None does in a store that was filled from files where only grants are asked for.
        options: what is allowed; see `Options`.
        policy: how patient to be with a server.
        progress: called with what is being done, how much is done, and of how much.

    Raises:
        DownloadError: the files could not be fetched.
        InputError, UnreviewedError, StoreError: see `build`. The store is as it was.
    """
    options = replace(options, policy=policy)
    if origin == CURRENT or (origin is None and _stays_with_files(store, options.grants)):
        return _current_with_grants(store, options=options, progress=progress)
    if origin is not None and not origin.startswith(("http://", "https://")):
        return build(store, Path(origin), options=options, progress=progress)
    folder = store.snapshots / "gwas_catalog"
    with store.writing():
        fetched = fetch_all(folder, base=origin, policy=policy, progress=progress)
        hashes = {kind: item.origin.sha256 for kind, item in fetched.items()}
        if done := _already_built(store, hashes):
            with tempfile.TemporaryDirectory(dir=store.building) as scratch:
                target = store.building / "release"
                return finish(
                    store, done, target, Path(scratch), options=options, progress=progress
                )
        return build_while_writing(
            store,
            folder,
            options=options,
            origins={item.path.name: item.origin for item in fetched.values()},
            progress=progress,
        )


def _stays_with_files(store: Store, grants: Wanted) -> bool:
    """Whether grants are to be added to what was made from files, of which no address is known."""
    name = store.current()
    if grants.origin in (None, NONE) or name is None:
        return False
    manifest = read_manifest(store.releases_folder / name)
    # What nobody downloaded must not be replaced by the live catalogue unasked.
    return not manifest.demonstration and all(item.url is None for item in manifest.inputs)


def _current_with_grants(store: Store, *, options: Options, progress: Progress) -> Outcome:
    """The current release with the grants that are wanted, and its catalogue tables as they are."""
    with store.writing(), tempfile.TemporaryDirectory(dir=store.building) as scratch:
        manifest = read_manifest(store.resolve())
        return finish(
            store,
            Outcome(manifest, new=False),
            store.building / "release",
            Path(scratch),
            options=options,
            progress=progress,
        )


def sync_demonstration(store: Store) -> Outcome:
    """Publish the demonstration catalogue, which describes nobody."""
    with tempfile.TemporaryDirectory() as folder:
        write_demonstration(Path(folder))
        return build(store, Path(folder), options=Options(grants=Wanted(MADE_UP)))


def _already_built(store: Store, hashes: dict[Kind, str]) -> Outcome | None:
    """The release made from just these bytes, if there is one, so that nothing need be read."""
    wanted = {kind.value: digest for kind, digest in hashes.items()}
    read = names_of(store.root, CATALOGUE_KINDS)
    names = {kind: item.digest for kind, item in read.items()}
    for manifest in store.manifests():
        made_from = {i.kind: i.stored_sha256 for i in manifest.inputs if i.kind != GRANTS}
        same_software = (manifest.software, manifest.tables_version, manifest.names) == (
            version("everygenome"),
            TABLES_VERSION,
            names,
        )
        if made_from == wanted and same_software:
            return Outcome(manifest, new=False)
    return None
