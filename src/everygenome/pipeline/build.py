"""Build a release from files, and publish it at once or not at all."""

import hashlib
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa

from everygenome.errors import InputError, StoreError
from everygenome.pipeline.checks import (
    Unreviewed,
    stop_if_unmatched,
    stop_if_unreviewed,
    unmatched,
    unreviewed,
)
from everygenome.pipeline.core import build_core
from everygenome.pipeline.entities import CATALOGUE_KINDS, names_of
from everygenome.pipeline.grants import KEPT, Wanted, add_grants, bring, content_with
from everygenome.pipeline.record import make_manifest
from everygenome.pipeline.writing import Core
from everygenome.snapshots.local import steady
from everygenome.snapshots.origin import Origin
from everygenome.snapshots.policy import DEFAULT, Policy
from everygenome.sources.gwas_catalog.corrections import Correction, read_corrections
from everygenome.sources.gwas_catalog.find import Found, agreed_date, find
from everygenome.sources.gwas_catalog.layout import Kind
from everygenome.sources.gwas_catalog.read import RawFile, load_raw, look_at, newest_date_added
from everygenome.store.engine import start
from everygenome.store.folder import Store
from everygenome.store.manifest import TABLES_VERSION, Manifest
from everygenome.store.tsv import TsvFile
from everygenome.tables.ancestry import category_cells, country_cells
from everygenome.vocabulary.entities.resolve import Names

Progress = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller allows, and knows.

    Attributes:
        release_date: the catalogue's release date, where no file name carries it.
        partial: publish although files are missing or hardly overlap.
        allow_unreviewed: publish labels that nobody has reviewed, as a class of their own.
        keep: how many releases to keep; None keeps all.
        corrections: corrections to the source; None for those that come with the software.
        grants: where grants are to come from.
        policy: how patient to be with a server that is asked for grants.
    """

    release_date: date | None = None
    partial: bool = False
    allow_unreviewed: bool = False
    keep: int | None = None
    corrections: tuple[Correction, ...] | None = None
    grants: Wanted = KEPT
    policy: Policy = DEFAULT


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did: the release's manifest, and whether it is new."""

    manifest: Manifest
    new: bool


def build(
    store: Store,
    folder: Path,
    *,
    options: Options = Options(),
    origins: dict[str, Origin] | None = None,
    progress: Progress = lambda *_args, **_kw: None,
) -> Outcome:
    """Build a release from the files in a folder, publish it, and point `current` to it.

    Args:
        store: where to publish.
        folder: the catalogue's files, found by what they hold.
        options: what is allowed.
        origins: where each file came from, by file name, for downloaded ones.
        progress: called with what is being done, how much is done, and of how much.

    Raises:
        InputError: a file cannot be used, or the files do not belong together.
        UnreviewedError: there are labels that nobody has reviewed.
        StoreError: the store cannot be written.
        In each case the store is as it was.
    """
    with store.writing():
        return build_while_writing(
            store, folder, options=options, origins=origins or {}, progress=progress
        )


def build_while_writing(
    store: Store, folder: Path, *, options: Options, origins: dict[str, Origin], progress: Progress
) -> Outcome:
    """As `build`, for a caller that holds the store's lock already."""
    with tempfile.TemporaryDirectory(dir=store.building) as scratch:
        try:
            return _build(
                store, folder, Path(scratch), options=options, origins=origins, progress=progress
            )
        except duckdb.IOException as error:
            full = "No space left" in str(error)
            raise StoreError(
                f"The disk that holds {store.root} is full."
                if full
                else f"The engine cannot read or write: {error}",
                remedy="Free some space and run the command again; the earlier releases are "
                "untouched.",
            ) from error
        except duckdb.OutOfMemoryException as error:
            raise StoreError(
                f"The engine ran out of memory: {error}",
                remedy="Close other programs and run the command again.",
            ) from error


def _build(
    store: Store,
    folder: Path,
    work: Path,
    *,
    options: Options,
    origins: dict[str, Origin],
    progress: Progress,
) -> Outcome:
    served = {name: origin.file_name for name, origin in origins.items()}
    found = find(folder, work / "expanded", partial=options.partial, served=served)
    target = store.building / "release"
    with ExitStack() as unchanged:
        # A file that is written while it is read would give a release of two halves.
        for path in {item.original for item in found.values()}:
            unchanged.enter_context(steady(path))
        outcome = _make(
            store, found, target, work, options=options, origins=origins, progress=progress
        )
    return finish(store, outcome, target, work, options=options, progress=progress)


def finish(
    store: Store,
    outcome: Outcome,
    target: Path,
    work: Path,
    *,
    options: Options,
    progress: Progress,
) -> Outcome:
    """Add the grants that are wanted, publish what is new, and point to it.

    Args:
        store: where to publish; the caller holds its lock.
        outcome: the release of the catalogue's files: in `target` where it is new, else in the
            store, with grants or without.
        target: where a new release is made.
        work: room for the engine.
        options: what is allowed and wanted.
        progress: called with what is being done.
    """
    folder = target if outcome.new else store.releases_folder / outcome.manifest.id
    records = bring(store, folder, options.grants, policy=options.policy, progress=progress)
    wanted = content_with(store, outcome.manifest, records)
    manifest = next((m for m in store.manifests() if m.content_hash == wanted), None)
    if manifest is None:
        manifest = add_grants(
            store, outcome.manifest, folder, target, records, work=work, progress=progress
        )
        manifest.write(target)
        progress("publishing", 0, None)
        store.publish(target, manifest.id)
        outcome = Outcome(manifest, new=True)
    else:
        outcome = Outcome(manifest, new=False)
    progress("pointing to the release", 0, None)
    store.point_to(manifest.id)
    store.retain(options.keep)
    return outcome


def _make(
    store: Store,
    found: dict[Kind, Found],
    target: Path,
    work: Path,
    *,
    options: Options,
    origins: dict[str, Origin],
    progress: Progress,
) -> Outcome:
    """Write the tables of a release into a folder, unless there is one of the same files."""
    named = agreed_date(found, given=options.release_date)
    files = look_at(found, progress=progress)
    corrections = read_corrections() if options.corrections is None else options.corrections
    names = names_of(store.root, CATALOGUE_KINDS)
    content = _content_hash(files, corrections, named, names)
    for manifest in store.manifests():
        if (manifest.catalogue_hash or manifest.content_hash) == content:
            return Outcome(manifest, new=False)

    backend = start(temporary=work / "spill")
    raw = load_raw(backend, found, files, work=work, corrections=corrections)
    day = _release_date(named, newest_date_added(raw))
    cells, open_questions = _read_cells(raw, options)
    target.mkdir()
    core = Core(backend, target, work, progress)
    build_core(core, raw, cells, names)
    shares = unmatched(
        backend.table("core_studies") if Kind.STUDIES in raw else None,
        backend.table("core_ancestry") if Kind.ANCESTRY in raw else None,
    )
    stop_if_unmatched(shares, partial=options.partial)
    made = make_manifest(
        core,
        raw,
        backend=backend,
        release_date=day,
        inferred=named is None,
        content=content,
        tables_version=TABLES_VERSION,
        origins=origins,
        questions=open_questions,
        shares=shares,
        software=version("everygenome"),
        built_at=datetime.now(UTC),
        names={kind: item.digest for kind, item in names.items()},
    )
    backend.disconnect()
    return Outcome(made, new=True)


def _release_date(named: date | None, newest: date | None) -> date:
    """The date that names or the caller say, or else that of the newest study."""
    day = named or newest
    if day is None:
        raise InputError(
            "Nothing says which release these files are: no file name holds rYYYY-MM-DD, and no "
            "study a date added.",
            remedy="Say it with --release-date YYYY-MM-DD.",
        )
    if newest is not None and newest > day:
        raise InputError(
            f"The files are named for the release of {day}, but hold a study added on {newest}.",
            remedy="They are the bytes of a later release: rename or download them again.",
        )
    return day


def _read_cells(
    raw: dict[Kind, RawFile], options: Options
) -> tuple[dict[str, pa.Table], list[Unreviewed]]:
    """Read the distinct list cells, and stop at what is not understood."""
    if Kind.ANCESTRY not in raw:
        return {"categories": category_cells([]), "countries": country_cells([])}, []
    table = raw[Kind.ANCESTRY].table
    cells = {
        "categories": category_cells(_distinct(table.broad_ancestral_category_stated)),
        "countries": country_cells(_distinct(table.country_of_recruitment_stated)),
    }
    questions = unreviewed(
        table, ibis.memtable(cells["categories"]), ibis.memtable(cells["countries"])
    )
    stop_if_unreviewed(
        questions, name=raw[Kind.ANCESTRY].found.name, allow=options.allow_unreviewed
    )
    return cells, questions


def _distinct(column: ir.StringColumn) -> list[str]:
    values = column.fill_null("").name("cell").as_table().distinct().to_pyarrow()
    return sorted(values["cell"].to_pylist())


def _content_hash(
    files: dict[Kind, TsvFile],
    corrections: tuple[Correction, ...],
    named: date | None,
    names: Mapping[str, Names],
) -> str:
    """What makes two releases the same: bytes, corrections, names, date, and our tables."""
    digest = hashlib.sha256(f"tables {TABLES_VERSION}\n".encode())
    for kind in sorted(files, key=str):
        digest.update(f"{kind.value} {files[kind].sha256}\n".encode())
    for item in corrections:
        digest.update(item.model_dump_json().encode())
    digest.update(str(named).encode())
    for name in sorted(names):
        digest.update(names[name].digest.encode())
    return digest.hexdigest()
