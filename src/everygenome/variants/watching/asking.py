"""Asks a frequency store about the variants of a list."""

import csv
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from everygenome.errors import InputError, UsageError
from everygenome.sources.variation.builds import Build
from everygenome.sources.variation.preparing.manifest import FrequencyManifest, read_frequencies
from everygenome.variants.asking import ask_file
from everygenome.variants.bars import Bars
from everygenome.variants.result import GroupEvidence, VariantEvidence
from everygenome.variants.sources import source_of
from everygenome.variants.watching.model import Said, Source, State, Told, Watched, WatchList

_COLUMNS = ("chrom", "pos", "ref", "alt", "gene", "hgvs_c", "name")
_NOBODY = GroupEvidence(group="all")


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
