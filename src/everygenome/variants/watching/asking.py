"""Asks a frequency store about the variants of a list."""

import csv
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from everygenome.errors import InputError, UsageError
from everygenome.sources.variation.builds import Build
from everygenome.sources.variation.calls.forms import shown
from everygenome.sources.variation.calls.gene_places import GeneSource
from everygenome.sources.variation.calls.reading import read_calls
from everygenome.sources.variation.preparing.manifest import FrequencyManifest, read_frequencies
from everygenome.variants.asking import ask_file
from everygenome.variants.bars import Bars
from everygenome.variants.result import GroupEvidence, VariantEvidence
from everygenome.variants.sources import source_of
from everygenome.variants.watching.model import Said, Source, State, Told, Watched, WatchList

MOST = 10_000
"""Variants of a list: it is for people to read, and no genome."""
_ONE_LINE = "A list holds text in one line, without signs that cannot be shown."
_COLUMNS = ("chrom", "pos", "ref", "alt", "gene", "hgvs_c", "name")
_NOBODY = GroupEvidence(group="all")


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


def source_now(frequencies: Path) -> Source:
    """What a store says of itself, today.

    Raises:
        InputError, StoreError: it is no store, or cannot be read.
    """
    manifest = read_frequencies(frequencies)
    return _source(frequencies, manifest)


def said_now(
    variants: Iterable[Watched],
    *,
    frequencies: Path,
    asked: Sequence[str],
    bars: Mapping[str, Bars],
    report: Callable[..., None] | None = None,
) -> State:
    """What a store says of variants.

    Args:
        variants: to be asked about.
        frequencies: the store.
        asked, bars: see `WatchList`; groups that the store has not got are left out.
        report: is told what is done.

    Raises:
        UsageError: the store has none of the groups that are asked about.
        InputError, StoreError: the store cannot be read.
    """
    source = source_now(frequencies)
    known = [code for code in asked if code in source.groups]
    if asked and not known:
        raise UsageError(
            f"{source.title} has none of the groups that are watched ({', '.join(asked)}).",
            remedy=f"It has: {', '.join(source.groups)}. Begin a new list for them.",
        )
    listed = tuple(variants)
    if not listed:
        return State(source=source)
    with tempfile.TemporaryDirectory(prefix="everygenome-") as work:
        path = Path(work) / "watched.tsv"
        _write(listed, path)
        answer = ask_file(
            path, frequencies=frequencies, groups=known, bars=_as_asked(bars), shown=len(listed),
            summarised=False, build=Build(source.build), report=report,
        )  # fmt: skip
    said = {
        listed[int(one.name)].place: _said(one, known or list(source.groups))
        for one in answer.variants
    }
    return State(source=source, said=said)


def checked(
    watch: WatchList, *, frequencies: Path, report: Callable[..., None] | None = None
) -> State:
    """What a store says of a list.

    Raises:
        InputError: the store is on another build, or cannot be read.
        UsageError: see `said_now`.
    """
    now = source_now(frequencies)
    if now.build != watch.state.source.build:
        raise InputError(
            f"The list is on {watch.state.source.build}, and {now.title} on {now.build}: positions "
            "are not the same, so that nothing can be compared.",
            remedy=f"Name frequencies on {watch.state.source.build}, or begin a new list.",
        )
    return said_now(
        watch.variants, frequencies=frequencies, asked=watch.asked, bars=watch.bars, report=report
    )


def updated(watch: WatchList, state: State) -> WatchList:
    """The list with what is said now; itself where the same is said of the same files."""
    if replace(state.source, day=watch.state.source.day) == watch.state.source:
        state = replace(state, source=watch.state.source)
    return replace(watch, state=state)


def _source(frequencies: Path, manifest: FrequencyManifest) -> Source:
    told = source_of(frequencies)
    return Source(
        title=told.name,
        version=manifest.version,
        build=told.build,
        settings=told.settings,
        files=dict(told.files),
        groups=tuple(told.groups),
        day=datetime.now(UTC).date().isoformat(),
        made_with=version("everygenome"),
    )


def _as_asked(bars: Mapping[str, Bars]) -> Bars | Mapping[str, Bars] | None:
    if set(bars) == {""}:
        return bars[""]
    return bars or None


def _write(listed: Sequence[Watched], path: Path) -> None:
    """A list as the engine reads it; its names are the places in ours."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(_COLUMNS)
        for number, one in enumerate(listed):
            writer.writerow([*one.place.split("-", 3), one.gene, one.hgvs_c, number])


def _said(one: VariantEvidence, groups: Sequence[str]) -> Said:
    everybody = one.everybody or _NOBODY
    return Said(
        status=one.status,
        filters=one.filters,
        whole=_told(everybody, verdict=one.verdict, criterion=one.criterion),
        groups={
            group.group: _told(group, verdict=group.verdict, criterion=group.criterion)
            for group in sorted(one.groups, key=lambda each: each.group)
            if group.group in groups
        },
    )


def _told(group: GroupEvidence, **of: Any) -> Told:
    return Told(ac=_count(group.ac), an=_count(group.an), faf95=group.faf95, **of)


def _count(value: int | None) -> int | None:
    """A count; what a damaged source has below 0 is not known."""
    return None if value is None or value < 0 else value
