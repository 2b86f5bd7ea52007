"""The tables of a report on variants."""

from collections.abc import Callable, Collection, Sequence

from everygenome.reports.documents.model import Grid
from everygenome.reports.variants import amounts, words
from everygenome.reports.variants.pictures import EVERYBODY
from everygenome.reports.variants.verdicts import asked_about, lacking
from everygenome.variants.bars import Bars
from everygenome.variants.result import (
    Evidence,
    GroupEvidence,
    VariantEvidence,
)

# A longer list stands in the other forms of the answer.
LONGEST = 500
_Column = tuple[str, Callable[[GroupEvidence], str]]


def groups_grid(variant: VariantEvidence, asked: Collection[str] = ()) -> Grid:
    """What each group says of one variant; the groups that were asked for are marked."""
    everybody = variant.everybody
    groups = [*variant.groups, *([everybody] if everybody is not None else [])]
    columns = [*_COUNTS]
    men = variant.bars is not None and variant.bars.absent_in_males
    if men:
        columns.append(("AN, one X", lambda one: amounts.count(one.an_xy)))
    if any(one.nhemi is not None for one in groups):
        columns.append(("With one X or Y", lambda one: amounts.count(one.nhemi)))
    columns += _FREQUENCIES
    rows = [tuple(cell(one) for _, cell in columns) for one in variant.groups]
    names = [_group(one, asked) for one in variant.groups]
    verdicts = [words.verdict(one.verdict, one.criterion) for one in variant.groups]
    still = [amounts.needed(one.needed) for one in variant.groups]
    if everybody is not None:
        rows.append(tuple(cell(everybody) for _, cell in columns))
        names.append(EVERYBODY)
        verdicts.append(amounts.MISSING)
        still.append(amounts.MISSING)
    apart = any(not one.counts for one in variant.groups)
    return Grid(
        head=("Group", "Verdict", "Needed", *(name for name, _ in columns)),
        rows=tuple(
            (name, given, more, *row)
            for name, given, row, more in zip(names, verdicts, rows, still, strict=True)
        ),
        caption=f"{words.called(variant)} by group, the most uncertain first. Copies (AC) and "
        "chromosomes looked at (AN) are of this place. AF: AC/AN, with Wilson's 95% interval. At "
        "most: by which “rare” is judged (95%). Seen: the chance that at least one copy was seen, "
        "were it as common as the bar. Needed: more chromosomes until absence could be told"
        f"{'; both are of people with one X' if men else ''}. A "
        "dash is “not known”, never zero."
        + (" *: left out of grpmax and the largest FAF." if apart else ""),
        numbers=frozenset(range(2, len(columns) + 3)),
        quiet=frozenset({len(names) - 1}) if everybody is not None else frozenset(),
        small=True,
        widths=(13, 13, 7.5, *(_WIDTHS[name] for name, _ in columns)),
    )


def _af(one: GroupEvidence) -> str:
    return "none" if one.ac == 0 and one.an else amounts.frequency(one.af)


_COUNTS: tuple[_Column, ...] = (
    ("AC", lambda one: amounts.count(one.ac)),
    ("AN", lambda one: amounts.count(one.an)),
    ("Two copies", lambda one: amounts.count(one.nhomalt)),
)
_FREQUENCIES: tuple[_Column, ...] = (
    ("AF", _af),
    ("Interval", lambda one: amounts.interval(one.af_low, one.af_high)),
    ("At most", lambda one: amounts.frequency(amounts.at_most(one))),
    ("FAF95", lambda one: amounts.frequency(one.faf95)),
    ("FAF99", lambda one: amounts.frequency(one.faf99)),
    ("Seen", lambda one: amounts.chance(one.p_seen)),
)
_WIDTHS = {
    **{"AN, one X": 8, "AC": 5.5, "AN": 8, "Two copies": 6.5, "With one X or Y": 6.5, "AF": 8},
    **{"Interval": 13, "At most": 8, "FAF95": 8, "FAF99": 8, "Seen": 5.5},
}


def _group(one: GroupEvidence, asked: Collection[str]) -> str:
    return f"{words.labelled(one, asked)}{'' if one.counts else '*'}"


def overview_grid(evidence: Evidence) -> Grid:
    """A line for each variant."""
    shown = evidence.variants[:LONGEST]
    return Grid(
        head=(
            "Variant",
            "Verdict",
            "In the source",
            "Not evaluable or unknown in",
            "Most needed",
            "Largest FAF95",
            "Flags",
        ),
        rows=tuple(_overview(variant, evidence) for variant in shown),
        caption=f"{_many(len(shown), evidence)}. Background: {words.background(evidence)}. Most "
        "needed: more chromosomes, in the group where most are lacking, until absence could be "
        "told. Largest FAF95: of groups that count for it.",
        small=True,
        widths=(18, 15, 11, 13, 16, 17, 26),
    )


def _overview(variant: VariantEvidence, evidence: Evidence) -> tuple[str, ...]:
    groups = asked_about(variant, evidence)
    unsure = sum(one.verdict in words.UNSURE for one in groups)
    short = lacking(variant, evidence)
    return (
        words.called(variant),
        words.verdict(variant.verdict, variant.criterion),
        variant.status.value,
        f"{unsure} of {len(groups)} groups" if groups else amounts.MISSING,
        f"{short[0].needed:,} ({words.label(short[0])})" if short else _none_needed(groups),
        fafmax(variant, evidence),
        "; ".join(variant.flags) or amounts.MISSING,
    )


def _none_needed(groups: Sequence[GroupEvidence]) -> str:
    known = [one for one in groups if one.needed is not None]
    return "none" if groups and len(known) == len(groups) else amounts.MISSING


def fafmax(variant: VariantEvidence, evidence: Evidence) -> str:
    """The largest filtering frequency, and of which group."""
    if variant.fafmax95 is None:
        return amounts.MISSING
    code = variant.fafmax95_group
    beside = f" ({words.group_name(evidence, code)})" if code else ""
    return f"{amounts.frequency(variant.fafmax95)}{beside}"


def _many(shown: int, evidence: Evidence) -> str:
    total = max(evidence.shown_of, len(evidence.variants))
    if shown == total:
        return f"{shown:,} variants"
    return f"{shown:,} of {total:,} variants; the tables of the answer (csv, parquet) have all"


def bars_grid(bars: Bars, *, of: str = "") -> Grid:
    """What the frequency was held against; `of` says which variant, where there are several."""
    rows = [
        (
            "Rare (PM2, supporting)" if bars.states_rare else "Rare (no PM2 is stated)",
            amounts.bar(bars.rare),
            _rare(bars),
        ),
        (
            "More common than expected (BS1)",
            amounts.bar(bars.expected),
            f"It reaches the highest that fits the disease, by {bars.statistic.value}.",
        ),
    ]
    if bars.common is not None:
        told = f"It is benign by itself, by {bars.statistic.value}."
        rows.append(("Common (BA1)", amounts.bar(bars.common), told))
    else:
        told = (
            "It is benign by itself, by the frequency counted in a continental group with AN of "
            "2,000 or more; named exceptions apart."
        )
        rows.append(("Common (BA1, generic)", "above 5%", told))
    return Grid(
        head=("Verdict", "Bar", "What it means"),
        rows=tuple(rows),
        caption=f"The bars{f' of {of}' if of else ''}, as shares of chromosomes.",
        small=True,
        widths=(4, 4, 9),
    )


def _rare(bars: Bars) -> str:
    if bars.absent or bars.absent_in_males:
        whom = " in males (those with one X)" if bars.absent_in_males else ""
        return f"No copy at all was seen{whom}, where so many were looked at that this shows it."
    return "It is below this, with 95% confidence, in who was sampled."
