"""A small engine in the place of the real one: counts by hand, and the rules of the design.

`install` puts it where the page looks for the engine. A folder whose name begins with "broken"
cannot be read; other names of variants than those below mean what their comments say.
"""

import sys
import types
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from everygenome.errors import InputError, StoreError, TooLongError
from everygenome.statistics.intervals import wilson
from everygenome.variants.bars import Bars, Statistic
from everygenome.variants.frequency import (
    chromosomes_to_show_absence,
    filtering_frequency,
    upper_frequency,
)
from everygenome.variants.result import (
    Evidence,
    FrequencySource,
    GroupEvidence,
    Status,
    VariantEvidence,
)
from everygenome.variants.verdict import Verdict

ENGINE = ("everygenome.variants.asking", "everygenome.variants.sources")
LABELS = {
    "afr": "African/African American",
    "amr": "Admixed American",
    "asj": "Ashkenazi Jewish",
    "eas": "East Asian",
    "fin": "Finnish",
    "nfe": "Non-Finnish European",
    "oth": "Other",
    "sas": "South Asian",
}
# TNNI3 p.Pro82Ser, as gnomAD v2.1 counts it: copies, chromosomes, people with two copies.
PRO82SER = "19-55667607-G-A"
SEEN: Mapping[str, Mapping[str, tuple[int, int, int]]] = {
    PRO82SER: {
        "afr": (518, 22562, 8), "amr": (15, 34242, 0), "asj": (0, 9938, 0), "eas": (0, 18710, 0),
        "fin": (0, 25592, 0), "nfe": (12, 121422, 0), "oth": (4, 6320, 0), "sas": (1, 30576, 0),
    },
    # Made up: nobody carries it, and it is known how many were looked at.
    "1-55051215-G-GA": {
        "afr": (0, 15000, 0), "amr": (0, 30000, 0), "asj": (0, 9000, 0), "eas": (0, 17000, 0),
        "fin": (0, 20000, 0), "nfe": (0, 110000, 0), "oth": (0, 5000, 0), "sas": (0, 29000, 0),
    },
}  # fmt: skip
# Made up: on the X, with people who have one.
ON_X = "X-119580000-A-G"
UNCOVERED = "2-1000-A-T"
SYMBOLIC = "3-500-N-<DEL>"
NOTE = "faf99 of this file holds the value at 95%: it was reckoned anew."
CAVEAT = "A frequency is of who was sampled, not of a patient."


def source_of(frequencies: Path) -> FrequencySource:
    if frequencies.name.startswith("broken"):
        raise StoreError(f"{frequencies} holds no frequencies.", remedy="Prepare them anew.")
    old = frequencies.name.startswith("old")
    kept = [code for code in LABELS if not (old and code == "oth")]
    return FrequencySource(
        name="gnomAD v2.1 exomes" if not old else "ExAC",
        build="GRCh37",
        groups={code: LABELS[code] for code in kept},
        counting=("afr", "amr", "eas", "nfe", "sas"),
        settings="gnomAD 2.1 exomes",
        variants=3,
        prepared="2026-11-27",
        notes=(NOTE,),
    )


def ask(
    names: Sequence[str],
    *,
    frequencies: Path,
    groups: Sequence[str] = (),
    bars: Bars | Mapping[str, Bars] | None = None,
    gene: str = "",
) -> Evidence:
    for name in names:
        _known(name, frequencies)
    assert not isinstance(bars, Mapping)
    return Evidence(
        source=source_of(frequencies),
        input_name="typed",
        asked=tuple(groups),
        bars={gene: bars} if bars else {},
        variants=tuple(_variant(name, tuple(groups), bars, gene) for name in names),
        caveats=(CAVEAT,),
    )


def _known(name: str, frequencies: Path) -> None:
    if name == "store":
        raise StoreError(f"{frequencies / 'chr1.parquet'} is damaged.")
    if name == "folder":
        raise InputError(f"{frequencies} is of another build.")
    if name == "slow":
        raise TooLongError("The question took longer than 10 seconds.")
    if name == "fault":
        raise KeyError(name)
    if "-" not in name and ":" not in name:
        raise InputError(
            f"{name!r} is no variant.",
            remedy="Write it as 1-55051215-G-GA, or read it with --input FILE.",
        )


def _variant(name: str, asked: tuple[str, ...], bars: Bars | None, gene: str) -> VariantEvidence:
    parts = (name.removeprefix("chr").split("-") + ["?"] * 4)[:4]
    made = VariantEvidence(
        name=name,
        chrom=name.split("-", maxsplit=1)[0],
        pos=int(parts[1]) if parts[1].isdigit() else 1,
        ref=parts[2],
        alt=parts[3],
        matched=name.removeprefix("chr"),
        gene=gene,
        bars=bars,
    )
    if name == SYMBOLIC:
        return replace(
            made,
            status=Status.NOT_COMPARED,
            verdict=Verdict.NOT_COMPARED,
            flags=("symbolic alleles are not compared",),
        )
    counts = SEEN.get(made.matched)
    if made.matched == ON_X:
        counts = dict.fromkeys(LABELS, (0, 3000, 0))
    if counts is None:
        groups = [_unknown(code) for code in LABELS]
        status = Status.COVERAGE_UNKNOWN
    else:
        groups = [
            _group(code, *told, bars, x=made.matched == ON_X) for code, told in counts.items()
        ]
        status = Status.FOUND if any(told[0] for told in counts.values()) else Status.NOT_SEEN
    order = list(Verdict)
    groups.sort(key=lambda one: (-(one.needed or 0), one.group))
    mine = [one for one in groups if not asked or one.group in asked]
    worst = min(mine, key=lambda one: order.index(one.verdict))
    top = max((one for one in groups if one.faf95), key=lambda o: o.faf95 or 0, default=None)
    return replace(
        made,
        status=status,
        groups=tuple(groups),
        everybody=_everybody(counts) if counts else None,
        grpmax=top.group if top else None,
        grpmax_af=top.af if top else None,
        fafmax95=top.faf95 if top else None,
        fafmax95_group=top.group if top else None,
        verdict=worst.verdict,
        criterion=worst.criterion,
        filters=("AC0",) if status is Status.NOT_SEEN else (),
        flags=("rare overall, and common in one group",) if made.matched == PRO82SER else (),
    )


def _everybody(counts: Mapping[str, tuple[int, int, int]]) -> GroupEvidence:
    sums = [sum(column) for column in zip(*counts.values(), strict=True)]
    return replace(_group("all", *sums, None, x=False), label="All", sampled="", counts=False)


def _unknown(code: str) -> GroupEvidence:
    return GroupEvidence(group=code, label=LABELS[code], verdict=Verdict.COVERAGE_UNKNOWN)


def _group(
    code: str, ac: int, an: int, homozygotes: int, bars: Bars | None, *, x: bool
) -> GroupEvidence:
    low, high = (float(end) for end in wilson(ac, an))
    faf95 = float(filtering_frequency(ac, an))
    made = GroupEvidence(
        group=code,
        label=LABELS.get(code, code),
        sampled=f"People called {code} in these tests.",
        counts=code not in ("asj", "fin", "oth"),
        ac=ac,
        an=an,
        nhomalt=homozygotes,
        nhemi=0 if x else None,
        af=ac / an,
        af_low=low,
        af_high=high,
        faf95=faf95,
        faf99=float(filtering_frequency(ac, an, confidence=0.99)),
    )
    if bars is None:
        return made
    held = faf95 if bars.statistic is Statistic.FAF else ac / an
    least = chromosomes_to_show_absence(bars.rare)
    verdict, criterion = Verdict.INDETERMINATE, ""
    if held >= bars.expected:
        verdict, criterion = Verdict.MORE_THAN_EXPECTED, "BS1"
    elif an < least:
        verdict = Verdict.NOT_EVALUABLE
    elif float(upper_frequency(ac, an)) < bars.rare:
        verdict, criterion = Verdict.RARE, "PM2_supporting"
    return replace(
        made,
        verdict=verdict,
        criterion=criterion,
        needed=max(0, round(least - an)),
        p_seen=1 - (1 - bars.rare) ** an,
    )


def install(modules: dict[str, types.ModuleType] = sys.modules) -> None:
    """Put it in the place of the engine."""
    for name in ENGINE:
        made = types.ModuleType(name)
        made.ask, made.source_of = ask, source_of  # type: ignore[attr-defined]
        modules[name] = made
