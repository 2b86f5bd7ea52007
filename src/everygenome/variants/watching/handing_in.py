"""Variants that are handed in to be watched: each place once, and why others are not."""

import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow.parquet as pq

from everygenome.errors import InputError, UsageError
from everygenome.sources.variation.builds import Build
from everygenome.sources.variation.calls.forms import shown
from everygenome.sources.variation.calls.gene_places import GeneSource
from everygenome.sources.variation.calls.reading import read_calls
from everygenome.variants.watching.model import MOST, Watched

_ONE_LINE = "A list holds text in one line, without signs that cannot be shown."


@dataclass(frozen=True, slots=True)
class HandedIn:
    """Variants to watch.

    Attributes:
        variants: each place once.
        left_aside: why some cannot be compared with any source -> how many.
        repeated: how many were given more than once.
        caveats: sentences to be told.
    """

    variants: tuple[Watched, ...]
    left_aside: Mapping[str, int] = field(default_factory=dict)
    repeated: int = 0
    caveats: tuple[str, ...] = ()


def handed_in(
    inputs: Path | Sequence[str],
    *,
    build: str,
    gene: str = "",
    note: str = "",
    fasta: Path | None = None,
    genes: GeneSource | None = None,
    report: Callable[..., None] | None = None,
) -> HandedIn:
    """Variants of a file, or as they were typed, as a list keeps them.

    Args:
        inputs: VCF, BCF or list; or names.
        build: on which the list is.
        gene: of variants whose gene the input does not name; note: of all of them.
        fasta, genes: see `variants.asking.ask_file`.
        report: is told what is done.

    Raises:
        InputError: the input cannot be read, is on another build, or holds more than `MOST`.
        UsageError: the gene or the note is no text in one line.
    """
    for name, text in (("gene", gene), ("note", note)):
        if not text.isprintable():
            raise UsageError(f"The {name} is {shown(text)}.", remedy=_ONE_LINE)
    with tempfile.TemporaryDirectory(prefix="everygenome-") as work:
        calls = read_calls(
            inputs, build=Build(build), fasta=fasta, genes=genes, work=Path(work),
            report=None if report is None else lambda done: report("Reading variants", done, None),
        )  # fmt: skip
        if calls.variants > MOST:
            raise InputError(
                f"{calls.name} holds {calls.variants:,} variants, and a list that is watched holds "
                f"{MOST:,} at most.",
                remedy="Watch those that a decision rests on.",
            )
        rows = sorted(pq.read_table(calls.path).to_pylist(), key=lambda row: int(row["ordinal"]))
    found: dict[str, Watched] = {}
    aside: Counter[str] = Counter()
    repeated = 0
    for row in rows:
        if row["problem"] is not None:
            aside[row["problem"]] += 1
            continue
        for key in ("name", "gene", "hgvs_c"):
            if row[key] is not None and not row[key].isprintable():
                raise InputError(
                    f"{calls.name}, line {row['record']:,}: {key} {shown(row[key])}.",
                    remedy=_ONE_LINE,
                )
        place = "-".join(str(row[key]) for key in ("contig", "mpos", "mref", "malt"))
        repeated += place in found
        found.setdefault(
            place,
            Watched(
                place=place,
                name=row["name"] if row["name"] not in (None, place) else "",
                gene=row["gene"] or gene,
                hgvs_c=row["hgvs_c"] or "",
                note=note,
            ),
        )
    return HandedIn(tuple(found.values()), dict(aside), repeated, calls.caveats)
