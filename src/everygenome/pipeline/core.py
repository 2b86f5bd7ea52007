"""Build the core tables from the raw ones, and write each as a Parquet file."""

from collections.abc import Callable, Mapping

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from everygenome.pipeline.entities import write_entities
from everygenome.pipeline.writing import Core
from everygenome.sources.gwas_catalog.layout import Kind, layouts
from everygenome.sources.gwas_catalog.read import MARKS, RawFile
from everygenome.store.tsv import TsvFile, careful, load
from everygenome.tables import ancestry as ancestry_tables
from everygenome.tables import associations as association_tables
from everygenome.tables import publications as publication_tables
from everygenome.tables import studies as study_tables
from everygenome.tables import traits as trait_tables
from everygenome.vocabulary.entities.resolve import Names
from everygenome.vocabulary.flags import QUARANTINE_FLAGS

QUARANTINE_SCHEMA = pa.schema(
    [
        ("file", pa.string()),
        ("kind", pa.string()),
        ("source_line", pa.int64()),
        ("flag", pa.string()),
        ("text", pa.string()),
    ]
)


def build_core(
    core: Core, raw: dict[Kind, RawFile], cells: dict[str, pa.Table], names: Mapping[str, Names]
) -> None:
    """Write every core table that the given files allow; the others are written empty.

    Args:
        core: where to write.
        raw: the raw files.
        cells: what the scanners made of the distinct ancestry and country cells.
        names: who is meant by the name of a cohort or journal, by kind.
    """
    raw_studies = _placed(core, raw, Kind.STUDIES, study_tables.studies_quarantine)
    raw_ancestry = _placed(core, raw, Kind.ANCESTRY, ancestry_tables.ancestry_quarantine)
    mappings = _placed(core, raw, Kind.TRAIT_MAPPINGS, trait_tables.trait_quarantine)

    ancestry = core.write(
        "ancestry",
        ancestry_tables.ancestry(
            raw_ancestry,
            categories=ibis.memtable(cells["categories"]),
            countries=ibis.memtable(cells["countries"]),
            studies=raw_studies if Kind.STUDIES in raw else None,
        ).order_by("ancestry_row"),
    )
    study_trait = core.write(
        "study_trait",
        trait_tables.study_trait(
            raw_studies, mappings if Kind.TRAIT_MAPPINGS in raw else None
        ).order_by("study_accession", "trait_uri"),
    )
    trait_parent = core.write(
        "trait_parent",
        trait_tables.trait_parent(
            study_trait, raw_studies, mappings if Kind.TRAIT_MAPPINGS in raw else None
        ).order_by("trait_uri", "trait_parent"),
    )
    studies = core.write(
        "studies",
        study_tables.studies(
            raw_studies,
            ancestry=ancestry,
            study_trait=study_trait,
            trait_parent=trait_parent,
            given=frozenset(kind.value for kind in raw),
        ).order_by("study_accession"),
    )
    core.write(
        "ancestry_category",
        ancestry_tables.ancestry_category(ancestry).order_by("ancestry_row", "category"),
    )
    core.write(
        "study_country",
        ancestry_tables.study_country(ancestry).order_by("ancestry_row", "country_iso3"),
    )
    publications = core.write(
        "publications", publication_tables.publications(studies, ancestry).order_by("pubmed_id")
    )
    core.write("trait_mapping", trait_tables.trait_mapping(mappings).order_by("source_line"))
    cohorts = core.write("cohorts", _cohorts(raw, studies, ancestry))
    write_entities(core, publications=publications, cohorts=cohorts, names=names)
    _associations(core, raw)
    _write_quarantine(core, raw)


def _cohorts(raw: dict[Kind, RawFile], studies: ir.Table, ancestry: ir.Table) -> ir.Table:
    """Cohorts from each file that has the column; a column that is not there says nothing."""
    having = [
        table
        for kind, table in ((Kind.STUDIES, studies), (Kind.ANCESTRY, ancestry))
        if kind in raw and dict(layouts()[kind].columns(raw[kind].tsv.header))["cohort_stated"]
    ]
    stated = [table.select("study_accession", "cohort_stated") for table in having]
    table = (
        ibis.union(*stated)
        if len(stated) > 1
        else (stated[0] if stated else studies.select("study_accession", "cohort_stated").limit(0))
    )
    named = publication_tables.cohorts(table)
    return named.order_by("study_accession", "cohort_status", "cohort")


def _placed(
    core: Core, raw: dict[Kind, RawFile], kind: Kind, quarantine: Callable[[ir.Table], ir.Table]
) -> ir.Table:
    """The raw rows that can be placed; an empty table of the right columns without the file."""
    if kind not in raw:
        return _empty(core, kind)
    table = raw[kind].table
    return table.anti_join(core.set_aside(raw[kind], quarantine(table)), "source_line")


def _empty(core: Core, kind: Kind) -> ir.Table:
    schema = dict.fromkeys(layouts()[kind].aliases, "string")
    if kind is Kind.ASSOCIATIONS:
        schema["surplus_fields"] = "boolean"
    else:
        schema |= {"source_line": "int64", **dict.fromkeys(MARKS, "boolean")}
    return core.backend.create_table(f"raw_{kind.value}", schema=ibis.schema(schema), temp=True)


def _associations(core: Core, raw: dict[Kind, RawFile]) -> None:
    """Stream the associations; look again only where a row could not be placed."""
    if Kind.ASSOCIATIONS not in raw:
        core.write("associations", association_tables.associations(_empty(core, Kind.ASSOCIATIONS)))
        return
    file = raw[Kind.ASSOCIATIONS]
    written = core.write("associations", association_tables.associations(file.table))
    bad = written.filter(written.flags.map(lambda f: f.isin(list(QUARANTINE_FLAGS))).anys())
    expected = file.tsv.lines - len(file.tsv.set_aside)
    if core.rows["associations"] == expected and not bad.count().to_pyarrow().as_py():
        core.quarantined[Kind.ASSOCIATIONS] = list(file.tsv.set_aside)
        return
    _associations_again(core, file)


def _associations_again(core: Core, file: RawFile) -> None:
    columns = layouts()[Kind.ASSOCIATIONS].columns(file.tsv.header)
    plain = TsvFile(
        file.found.plain,
        file.tsv.name,
        file.tsv.header,
        file.tsv.lines,
        file.tsv.sha256,
        file.tsv.size_bytes,
    )
    file.tsv = load(
        core.backend.con,
        careful(plain, core.work),
        table="numbered_associations",
        columns=columns,
        work=core.work,
    )
    numbered = core.backend.table("numbered_associations")
    flagged = numbered.select("source_line", flag=association_tables.associations_flag(numbered))
    kept = core.set_aside(file, flagged.filter(flagged.flag.notnull()))
    core.write(
        "associations", association_tables.associations(numbered.anti_join(kept, "source_line"))
    )


def _write_quarantine(core: Core, raw: dict[Kind, RawFile]) -> None:
    rows = [
        {
            "file": raw[kind].found.name,
            "kind": kind.value,
            "source_line": item.line,
            "flag": item.flag,
            "text": item.text,
        }
        for kind, items in core.quarantined.items()
        for item in sorted(items, key=lambda item: item.line)
    ]
    core.write("quarantine", ibis.memtable(pa.Table.from_pylist(rows, QUARANTINE_SCHEMA)))
