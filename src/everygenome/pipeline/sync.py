"""Bring a store up to date: from the live catalogue, an address, a folder, or nothing at all."""

import tempfile
from importlib.metadata import version
from pathlib import Path

from everygenome.pipeline.build import (
    Options,
    Outcome,
    Progress,
    build,
    build_while_writing,
)
from everygenome.snapshots.policy import DEFAULT, Policy
from everygenome.sources.gwas_catalog.demonstration.write import write_demonstration
from everygenome.sources.gwas_catalog.layout import Kind
from everygenome.sources.gwas_catalog.remote import fetch_all
from everygenome.store.folder import Store
from everygenome.store.manifest import TABLES_VERSION


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
        origin: a folder, a file, or an address above the files; None for the live catalogue.
        options: what is allowed; see `Options`.
        policy: how patient to be with a server.
        progress: called with what is being done, how much is done, and of how much.

    Raises:
        DownloadError: the files could not be fetched.
        InputError, UnreviewedError, StoreError: see `build`. The store is as it was.
    """
    if origin is not None and not origin.startswith(("http://", "https://")):
        return build(store, Path(origin), options=options, progress=progress)
    folder = store.snapshots / "gwas_catalog"
    with store.writing():
        fetched = fetch_all(folder, base=origin, policy=policy, progress=progress)
        if done := _already_built(store, {k: f.origin.sha256 for k, f in fetched.items()}):
            return done
        return build_while_writing(
            store,
            folder,
            options=options,
            origins={item.path.name: item.origin for item in fetched.values()},
            progress=progress,
        )


def sync_demonstration(store: Store) -> Outcome:
    """Publish the demonstration catalogue, which describes nobody."""
    with tempfile.TemporaryDirectory() as folder:
        write_demonstration(Path(folder))
        return build(store, Path(folder), options=Options())


def _already_built(store: Store, hashes: dict[Kind, str]) -> Outcome | None:
    """The release made from just these bytes, if there is one, so that nothing need be read."""
    wanted = {kind.value: digest for kind, digest in hashes.items()}
    for manifest in store.manifests():
        made_from = {item.kind: item.stored_sha256 for item in manifest.inputs}
        same_software = (manifest.software, manifest.tables_version) == (
            version("everygenome"),
            TABLES_VERSION,
        )
        if made_from == wanted and same_software:
            store.point_to(manifest.id)
            return Outcome(manifest, new=False)
    return None
