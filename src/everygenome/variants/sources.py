"""What a store of frequencies holds, and what can be asked of it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from everygenome.errors import UsageError
from everygenome.sources.variation.preparing.manifest import FrequencyManifest, read_frequencies
from everygenome.sources.variation.preparing.most import REGIONS
from everygenome.variants.as_json import evidence_json
from everygenome.variants.bars import Bars
from everygenome.variants.evidence.barring import Held
from everygenome.variants.evidence.question import Question
from everygenome.variants.groups import Group, GroupSettings, settings_for
from everygenome.variants.limits import NEVER_RARE
from everygenome.variants.result import Evidence, FrequencySource

# Version 3.0 lacks a group of 3.1, and counts the others alike.
_LIKE = {"3.0": "3.1"}


def source_of(frequencies: Path) -> FrequencySource:
    """What a store of frequencies holds.

    Raises:
        InputError, StoreError: the folder is no such store.
    """
    manifest = read_frequencies(frequencies)
    settings = _settings(manifest)
    classes = tuple(f"{count:,} {what}." for what, count in manifest.classes.items())
    note = (settings.note,) if settings.note else ()
    return FrequencySource(
        name=manifest.title,
        build=manifest.build,
        groups={code: group.label for code, group in settings.groups.items()},
        counting=settings.counting,
        settings=settings.key,
        variants=manifest.variants,
        prepared=manifest.prepared,
        files={file.name: file.sha256 for file in manifest.files},
        notes=(*manifest.notes, *note, *classes),
    )


def about_of(
    frequencies: Path, groups: Sequence[str], bars: Bars | Mapping[str, Bars] | None
) -> dict[str, Any]:
    """What a reader of the bare rows must know: the source, the bars, the limits."""
    source = source_of(frequencies)
    held = bars if isinstance(bars, Mapping) else {"": bars} if bars else {}
    return evidence_json(
        Evidence(
            source=source, input_name="", asked=tuple(groups), bars=held, caveats=(NEVER_RARE,)
        )
    )


def question_of(
    frequencies: Path,
    groups: Sequence[str] = (),
    bars: Bars | Mapping[str, Bars] | None = None,
) -> Question:
    """What is asked of every variant; see `ask`.

    Raises:
        InputError, StoreError: the folder is no store of frequencies.
        UsageError: a group is not in it.
    """
    manifest = read_frequencies(frequencies)
    settings = _settings(manifest)
    if unknown := [code for code in groups if code not in settings.groups]:
        raise UsageError(
            f"{manifest.title} has no group {unknown[0]!r}.",
            remedy=f"It has: {', '.join(settings.groups)}.",
        )
    return Question(
        settings=settings,
        asked=tuple(dict.fromkeys(groups)),
        held=Held(
            for_all=bars if isinstance(bars, Bars) else None,
            by_gene=bars if isinstance(bars, Mapping) else {},
            build=manifest.build,
        ),
        most=_most(manifest),
    )


def _most(manifest: FrequencyManifest) -> Mapping[str, Mapping[str, int]]:
    """The largest AN by region and group, of each region that the store says anything of.

    A store of version 1 has one number for all regions. On X, men count half: half of it is there
    at least. On Y and the mitochondrion, nothing can be told of it.
    """
    held = {*manifest.contigs, *manifest.allele_numbers}
    most = dict(manifest.most_by_region)
    if manifest.store_version == 1:
        half = {code: one // 2 for code, one in manifest.most_chromosomes.items()}
        most = {"": manifest.most_chromosomes, "X": half}
    return {one: most.get(one, {}) for one in REGIONS if one in held or one in ("", *most)}


def _settings(manifest: FrequencyManifest) -> GroupSettings:
    """Groups of the store: gnomAD's own settings, or what the mapping file says."""
    if not manifest.mapped:
        version = _LIKE.get(manifest.version, manifest.version)
        data = "joint" if " and " in manifest.data else manifest.data
        known = settings_for(manifest.name, version, data)
        return GroupSettings(
            key=known.key,
            groups={c: known.groups.get(c, Group(code=c, label=c)) for c in manifest.groups},
            note=known.note,
            version=known.version,
        )
    return GroupSettings(
        key=f"groups of the mapping file for {manifest.title}",
        groups={
            code: Group(
                code=code,
                label=label or code,
                sampled=manifest.sampled.get(code, ""),
                counts=code in manifest.counting,
                continental=code in manifest.continental,
            )
            for code, label in manifest.groups.items()
        },
    )
