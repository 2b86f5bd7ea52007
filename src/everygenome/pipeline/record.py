"""Write down what a build did: the manifest."""

from datetime import date, datetime

import ibis.backends.duckdb

from everygenome.errors import EverygenomeError
from everygenome.pipeline.checks import Unreviewed
from everygenome.pipeline.writing import DEMONSTRATION_LICENCE, Core
from everygenome.snapshots.origin import Origin
from everygenome.sources.gwas_catalog.layout import TRIO, Kind, layouts
from everygenome.sources.gwas_catalog.read import RawFile
from everygenome.store.manifest import Input, Manifest

LICENCE = "EMBL-EBI terms of use, https://www.ebi.ac.uk/about/terms-of-use"
CORE_TABLE = {
    Kind.STUDIES: "studies",
    Kind.ANCESTRY: "ancestry",
    Kind.TRAIT_MAPPINGS: "trait_mapping",
    Kind.ASSOCIATIONS: "associations",
}


def make_manifest(
    core: Core,
    raw: dict[Kind, RawFile],
    *,
    backend: ibis.backends.duckdb.Backend,
    release_date: date,
    inferred: bool,
    content: str,
    tables_version: int,
    origins: dict[str, Origin],
    questions: list[Unreviewed],
    shares: dict[str, float],
    software: str,
    built_at: datetime,
    names: dict[str, str],
) -> Manifest:
    """The manifest of a finished build.

    Raises:
        EverygenomeError: rows were lost on the way; this would be our fault.
    """
    accessions = backend.table("core_studies" if Kind.STUDIES in raw else "core_ancestry")
    made_up = accessions.filter(accessions.study_accession.startswith("DEMO")).count()
    demonstration = made_up.to_pyarrow().as_py() > 0
    inputs = tuple(
        _input(
            core,
            item,
            origins.get(item.found.original.name),
            licence=DEMONSTRATION_LICENCE if demonstration else LICENCE,
        )
        for item in raw.values()
    )
    for item in inputs:
        if item.rows_in != item.rows_core + item.rows_quarantined:
            raise EverygenomeError(
                f"{item.name}: {item.rows_in} rows went in, {item.rows_core} came out and "
                f"{item.rows_quarantined} were set aside; the rest is lost.",
                remedy="Please report this; nothing was published.",
            )
    return Manifest(
        id=f"{release_date}-{content[:8]}",
        date=release_date,
        date_inferred=inferred,
        demonstration=demonstration,
        content_hash=content,
        names=names,
        tables_version=tables_version,
        built_at=built_at,
        software=software,
        inputs=inputs,
        missing=tuple(kind.value for kind in TRIO if kind not in raw),
        tables=core.rows,
        flags=_flags(backend),
        unreviewed=tuple(str(item) for item in questions),
        unmatched=shares,
    )


def _input(core: Core, item: RawFile, origin: Origin | None, *, licence: str) -> Input:
    kind = item.found.kind
    aside = len(core.quarantined.get(kind, []))
    columns = dict(layouts()[kind].columns(item.tsv.header))
    return Input(
        kind=kind.value,
        name=item.found.name,
        url=origin.url if origin else None,
        retrieved_at=origin.retrieved_at if origin else None,
        sha256=item.tsv.sha256,
        stored_sha256=origin.sha256 if origin else None,
        size_bytes=item.tsv.size_bytes,
        licence=origin.licence if origin else licence,
        rows_in=item.tsv.lines,
        rows_core=core.rows[CORE_TABLE[kind]],
        rows_quarantined=aside,
        corrections=item.corrections,
        columns_missing=tuple(name for name, theirs in columns.items() if theirs is None),
    )


def _flags(backend: ibis.backends.duckdb.Backend) -> dict[str, int]:
    """How many rows carry each flag, over the tables of studies, ancestry and associations."""
    counts: dict[str, int] = {}
    for name in ("core_studies", "core_ancestry", "core_associations"):
        table = backend.table(name)
        flags = table.select(flag=table.flags.unnest()).group_by("flag").agg(n=lambda t: t.count())
        for row in flags.to_pyarrow().to_pylist():
            counts[row["flag"]] = counts.get(row["flag"], 0) + row["n"]
    quarantine = backend.table("core_quarantine")
    grouped = quarantine.group_by("flag").agg(n=lambda t: t.count())
    for row in grouped.to_pyarrow().to_pylist():
        counts[row["flag"]] = counts.get(row["flag"], 0) + row["n"]
    return dict(sorted(counts.items()))
