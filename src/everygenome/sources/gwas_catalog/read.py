"""From found files to raw tables in the engine: their columns, their words, our names."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import ibis.backends.duckdb
import ibis.expr.types as ir

from everygenome.errors import InputError
from everygenome.sources.gwas_catalog.accessions import derive_accessions
from everygenome.sources.gwas_catalog.corrections import Correction, apply_corrections
from everygenome.sources.gwas_catalog.find import Found
from everygenome.sources.gwas_catalog.layout import Kind, layouts
from everygenome.store.tsv import MENDED, TsvFile, careful, load, look, relation_sql

Progress = Callable[..., None]
MARKS = ("corrected", "accession_derived", MENDED)


@dataclass(slots=True)
class RawFile:
    """One file as a raw table.

    Attributes:
        found: where it came from.
        tsv: what was read, with the lines set aside.
        table: the raw table: our column names, all text, with `source_line`, `corrected`
            and `surplus_fields`; for associations a view without the first two.
        corrections: how many corrections were applied.
    """

    found: Found
    tsv: TsvFile
    table: ir.Table
    corrections: int = 0


def look_at(found: dict[Kind, Found], *, progress: Progress) -> dict[Kind, TsvFile]:
    """Take the quick look at each found file: header, hash, lines.

    Raises:
        InputError: a file is empty or a web page.
    """
    files = {}
    for kind, item in found.items():
        total = item.plain.stat().st_size
        said = f"reading {kind.value}"
        files[kind] = look(
            item.plain, name=item.name, progress=partial(progress, said, total=total)
        )
    return files


def load_raw(
    backend: ibis.backends.duckdb.Backend,
    found: dict[Kind, Found],
    files: dict[Kind, TsvFile],
    *,
    work: Path,
    corrections: tuple[Correction, ...],
) -> dict[Kind, RawFile]:
    """Load each file into a raw table, corrected.

    Raises:
        InputError: with file, line and column of what cannot be used.
    """
    raw: dict[Kind, RawFile] = {}
    for kind, file in files.items():
        columns = layouts()[kind].columns(file.header)
        name = f"raw_{kind.value}"
        if kind is Kind.ASSOCIATIONS:
            raw[kind] = RawFile(found[kind], *_view(backend, file, columns, name, work))
            continue
        if not file.lines:
            raise InputError(
                f"{file.name} has a header and no rows.",
                remedy="Download it again; an interrupted download leaves such a file.",
            )
        loaded = load(backend.con, file, table=name, columns=columns, work=work, marks=MARKS)
        applied = apply_corrections(backend.con, corrections, kind=kind, table=name)
        raw[kind] = RawFile(found[kind], loaded, backend.table(name), applied)
    _complete_accessions(backend, raw)
    return raw


def _complete_accessions(backend: ibis.backends.duckdb.Backend, raw: dict[Kind, RawFile]) -> None:
    """Give studies of the oldest layout the accessions that are certain."""
    if Kind.STUDIES not in raw:
        return
    columns = dict(layouts()[Kind.STUDIES].columns(raw[Kind.STUDIES].tsv.header))
    if columns["study_accession"] is None and Kind.ANCESTRY in raw:
        derive_accessions(
            backend.con,
            studies=f"raw_{Kind.STUDIES.value}",
            ancestry=f"raw_{Kind.ANCESTRY.value}",
        )


def _view(
    backend: ibis.backends.duckdb.Backend,
    file: TsvFile,
    columns: list[tuple[str, str | None]],
    name: str,
    work: Path,
) -> tuple[TsvFile, ir.Table]:
    """Associations are many and wide: they stream from the file to Parquet, unnumbered."""
    if file.odd:
        file = careful(file, work)
    # Trimming a million rows of which few columns are read costs more than it gives.
    select = relation_sql(file, columns, trimmed=False)
    backend.con.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {select}")
    return file, backend.table(name)


def newest_date_added(raw: dict[Kind, RawFile]) -> date | None:
    """The newest DATE ADDED TO CATALOG among the studies, where there is one."""
    if Kind.STUDIES not in raw:
        return None
    added = raw[Kind.STUDIES].table.date_added_stated.try_cast("date").max()
    value: date | None = added.to_pyarrow().as_py()
    return value
