"""Add grants to a release: which funders each publication names.

Grants come from another source, on other days, than the catalogue. A release with grants is
the same catalogue tables, and four more: nothing of the catalogue is read again, and the
release without them stays as it is.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import ibis
import pyarrow.parquet as pq

from everygenome.pipeline.entities import names_of
from everygenome.pipeline.writing import DEMONSTRATION_LICENCE, Core
from everygenome.snapshots.policy import DEFAULT, Policy
from everygenome.sources.pubmed_grants.arrow import grant_status_table, grants_table
from everygenome.sources.pubmed_grants.cache import GrantCache
from everygenome.sources.pubmed_grants.demonstration import ORIGIN, demonstration_records
from everygenome.sources.pubmed_grants.endpoints import Endpoints
from everygenome.sources.pubmed_grants.fetch import bring_up_to_date
from everygenome.sources.pubmed_grants.records import Record
from everygenome.sources.pubmed_grants.table import read_table
from everygenome.store.engine import start
from everygenome.store.folder import Store
from everygenome.store.manifest import GRANTS, Input, Manifest
from everygenome.tables.entities import (
    above_table,
    entities_table,
    named_entities,
    publication_funder,
)
from everygenome.vocabulary.entities.resolve import Names

Progress = Callable[..., None]
LIVE, NONE, MADE_UP = "live", "none", "demonstration"
TABLES = ("grants", "grant_status", "funders", "publication_funder")
# Grants are added to PubMed for months after publication; the lists are asked for again then.
GOOD_FOR = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where grants are to come from.

    Attributes:
        origin: `live`, an address, a file, `demonstration` for made-up grants, `none` for no
            grants, or None for what is kept.
        api_key: for NCBI, which then answers ten requests a second instead of three.
        contact: an e-mail address that NCBI asks tools to send.
    """

    origin: str | None = None
    api_key: str | None = None
    contact: str | None = None


# The grants that are there from before, and none where there are none.
KEPT: Final = Wanted()


def kept(store: Store) -> GrantCache:
    """The grant lists that a store keeps, by publication."""
    return GrantCache(store.snapshots / "pubmed_grants")


def bring(
    store: Store, folder: Path, wanted: Wanted, *, policy: Policy = DEFAULT, progress: Progress
) -> list[Record]:
    """The grant lists of a release's publications, asked for or imported where that is wanted.

    Args:
        store: where the lists are kept; the caller holds its lock.
        folder: the release.
        wanted: where they are to come from.
        policy: how patient to be with a server.
        progress: called with what is being done.

    Returns:
        The lists of the release's own publications, by number; none where no grants are wanted.

    Raises:
        DownloadError: a server could not be asked; what came until then is kept.
        InputError: a file cannot be used.
    """
    if wanted.origin == NONE:
        return []
    cache = kept(store)
    numbers = _publications(folder)
    if wanted.origin == MADE_UP:
        # Never for publications that there are.
        return demonstration_records(number for number in numbers if not number.isdigit())
    if wanted.origin is None:
        records = cache.read()
    elif wanted.origin == LIVE or wanted.origin.startswith(("http://", "https://")):
        base = None if wanted.origin == LIVE else wanted.origin
        records = bring_up_to_date(
            numbers,
            cache,
            policy=policy,
            api_key=wanted.api_key,
            contact=wanted.contact,
            older_than=datetime.now(UTC) - GOOD_FOR,
            endpoints=Endpoints.below(base) if base else None,
            progress=progress,
        )
    else:
        progress(f"reading {Path(wanted.origin).name}", 0, None)
        known = cache.read()
        # An older table must not take the place of what was asked for since.
        cache.add(
            record
            for record in read_table(Path(wanted.origin))
            if record.pubmed_id not in known
            or known[record.pubmed_id].retrieved_at < record.retrieved_at
        )
        records = cache.read()
    return [records[number] for number in numbers if number in records]


def _publications(folder: Path) -> list[str]:
    """The PubMed numbers of a release, and what stands for them in a made-up one."""
    column = pq.read_table(folder / "publications.parquet", columns=["pubmed_id"])["pubmed_id"]
    return sorted({number for number in column.to_pylist() if number})


def add_grants(
    store: Store,
    manifest: Manifest,
    folder: Path,
    target: Path,
    records: list[Record],
    *,
    work: Path,
    progress: Progress,
) -> Manifest:
    """Write a release's tables with these grants into a folder, which may be the release's own.

    Args:
        store: for what was reviewed in it.
        manifest: the release's own record.
        folder: where the release's tables are.
        target: where to write.
        records: grant lists; none makes the release without grants.
        work: room for the engine.
        progress: called with what is being done.

    Returns:
        The manifest, not yet written.
    """
    names = names_of(store.root, ("funder",))["funder"]
    content = content_with(store, manifest, records)
    plain = {name: rows for name, rows in manifest.tables.items() if name not in TABLES}
    if folder != target:
        _link(plain, folder, target)
    inputs = tuple(item for item in manifest.inputs if item.kind != GRANTS)
    tables = plain
    if records:
        core = Core(start(temporary=work / "spill"), target, work, progress)
        _write(core, target, records, names)
        core.backend.disconnect()
        tables = plain | core.rows
        inputs = (*inputs, _input(records))
    return manifest.model_copy(
        update={
            "id": f"{manifest.date}-{content[:8]}",
            "content_hash": content,
            "catalogue_hash": _base(manifest) if records else None,
            "built_at": datetime.now(UTC),
            "inputs": inputs,
            "tables": tables,
        }
    )


def _write(core: Core, target: Path, records: list[Record], names: Names) -> None:
    asked = _publications(target)
    grants = core.write("grants", ibis.memtable(grants_table(records)))
    core.write("grant_status", ibis.memtable(grant_status_table(records, asked=asked)))
    stated = grants.select("agency_stated", "country_stated", "acronym_stated").distinct()
    read, funders = named_entities(
        names,
        [
            (row["agency_stated"], row["country_stated"], row["acronym_stated"])
            for row in stated.to_pyarrow().to_pylist()
            if row["agency_stated"] is not None
        ],
    )
    core.write("funders", ibis.memtable(entities_table(funders)))
    links = publication_funder(
        grants, ibis.memtable(read), ibis.memtable(above_table(names, funders))
    )
    core.write("publication_funder", links.order_by("pubmed_id", "funder_id"))


def _link(names: Iterable[str], folder: Path, target: Path) -> None:
    """The same files under another name: a release's files never change."""
    target.mkdir(exist_ok=True)
    for name in names:
        file = f"{name}.parquet"
        try:
            os.link(folder / file, target / file)
        except OSError:
            # Not every disk has two names for a file, and not everybody may give one.
            shutil.copyfile(folder / file, target / file)


def _said(records: list[Record]) -> bytes:
    """What tells two sets of grant lists apart: what they say, not when they were asked for."""
    lists = [
        [record.pubmed_id, record.status.value, [astuple(grant) for grant in record.grants]]
        for record in records
    ]
    return json.dumps(lists, ensure_ascii=False, separators=(",", ":")).encode()


def _digest(records: list[Record]) -> str:
    return hashlib.sha256(_said(records)).hexdigest()


def content_with(store: Store, manifest: Manifest, records: list[Record]) -> str:
    """The content hash of a release of these catalogue files with these grants."""
    base = _base(manifest)
    if not records:
        return base
    names = names_of(store.root, ("funder",))["funder"]
    return hashlib.sha256(f"{base}\n{_digest(records)}\n{names.digest}\n".encode()).hexdigest()


def _base(manifest: Manifest) -> str:
    return manifest.catalogue_hash or manifest.content_hash


def _input(records: list[Record]) -> Input:
    made_up = any(record.origin == ORIGIN for record in records)
    sources = ", ".join(sorted({record.source.value for record in records}))
    return Input(
        kind=GRANTS,
        name=f"grant lists ({sources})",
        retrieved_at=max(record.retrieved_at for record in records),
        sha256=_digest(records),
        size_bytes=len(_said(records)),
        licence=DEMONSTRATION_LICENCE if made_up else Endpoints.live().licence,
        rows_in=len(records),
        rows_core=len(records),
        rows_quarantined=0,
    )
