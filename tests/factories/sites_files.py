"""Small sites files, whole and spoiled, and the store that is made of them."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from everygenome.sources.variation.preparing.manifest import FrequencyManifest
from everygenome.sources.variation.preparing.prepare import prepare

MAPPING = """\
name = "Test"
version = "1"
build = "GRCh38"
[all]
ac = "AC"
an = "AN"
[groups.west]
ac = "AC_WEST"
an = "AN_WEST"
"""
FIELDS = ("AC", "AN", "AC_WEST", "AN_WEST")
COLUMNS = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"


def header(
    fields: Iterable[str] = FIELDS,
    *,
    types: Mapping[str, str] | None = None,
    contigs: Mapping[str, int] | None = None,
) -> str:
    """The header above #CHROM; `types` such as {"AN": "A,Float"} instead of what is right."""
    contigs = {"chr1": 248_956_422, "chr2": 242_193_529} if contigs is None else contigs
    lines = ["##fileformat=VCFv4.2"]
    lines += [f"##contig=<ID={name},length={length}>" for name, length in contigs.items()]
    for field in fields:
        told = (types or {}).get(field, "1,Integer" if field.startswith("AN") else "A,Integer")
        number, kind = told.split(",")
        lines.append(f'##INFO=<ID={field},Number={number},Type={kind},Description="{field}">')
    return "\n".join(lines) + "\n"


def record(text: str) -> str:
    """A line of `chrom pos ref alt [counts]`; counts are AC/AN, for all and West alike, or INFO.

    A name of a chromosome that holds a space ends at a tab.
    """
    chrom, _, other = text.partition("\t" if "\t" in text else " ")
    pos, ref, alt, *rest = other.split(" ", 3)
    info = rest[0] if rest else "5/100"
    if "=" not in info and info != ".":
        pairs = zip(FIELDS, info.split("/") * 2, strict=True)
        info = ";".join(f"{name}={number}" for name, number in pairs)
    return f"{chrom}\t{pos}\t.\t{ref}\t{alt}\t.\tPASS\t{info}\n"


def sites_text(*records: str, head: str | None = None) -> str:
    """A whole VCF."""
    head = header() if head is None else head
    return head + COLUMNS + "".join(record(one) for one in records)


def prepared(
    sites: Path | Sequence[Path], out: Path, *, mapping: str = MAPPING, **options: Any
) -> FrequencyManifest:
    """A store, made with a mapping file."""
    path = out.with_name(out.name + ".toml")
    if not path.exists() or path.read_text() != mapping:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(mapping)
    return prepare([sites] if isinstance(sites, Path) else sites, out, mapping=path, **options)


def rows_of(store: Path) -> list[dict[str, Any]]:
    """All rows, chromosome by chromosome."""
    return [
        row
        for path in sorted((store / "sites").rglob("*.parquet"))
        for row in pq.ParquetFile(path.absolute()).read().to_pylist()
    ]
