"""The words of a report on variants. A dash is "not known", and never zero."""

import math
from collections.abc import Collection, Iterable

from everygenome.charts.figures import listed_words
from everygenome.charts.frequencies import percent
from everygenome.variants.frequency import upper_frequency
from everygenome.variants.result import Evidence, GroupEvidence, VariantEvidence
from everygenome.variants.verdict import Verdict

MISSING = "–"
UNSURE = (Verdict.COVERAGE_UNKNOWN, Verdict.NOT_EVALUABLE)
# Of a group, what a reader has to know first stands first.
BY_DOUBT = (
    *UNSURE,
    Verdict.INDETERMINATE,
    Verdict.RARE,
    Verdict.MORE_THAN_EXPECTED,
    Verdict.COMMON,
    Verdict.NO_BAR,
    Verdict.NOT_COMPARED,
)
_LONGEST_NAME, _HEAD, _TAIL = 48, 24, 8
_GROUPS_NAMED = 4
_MOST = 10**12


def name(text: str) -> str:
    """What a variant is called; one of many letters is shortened in the middle, and says so.

    Example:
        >>> name("1-55051215-G-GA"), name("1-5-G-" + "A" * 10_000)
        ('1-55051215-G-GA', '1-5-G-AAAAAAAAAAAAAAAAAA…AAAAAAAA (10,006 letters)')
    """
    if len(text) <= _LONGEST_NAME:
        return text
    return f"{text[:_HEAD]}…{text[-_TAIL:]} ({len(text):,} letters)"


def called(variant: VariantEvidence) -> str:
    """A variant with its gene, where that is known.

    Example:
        >>> called(VariantEvidence(name="1-5-G-A", chrom="1", pos=5, ref="G", alt="A", gene="X"))
        '1-5-G-A (X)'
    """
    shown = name(variant.name)
    return f"{shown} ({name(variant.gene)})" if variant.gene else shown


def group_name(evidence: Evidence, code: str) -> str:
    """A group of the source, by its name."""
    return evidence.source.groups.get(code) or code


def groups_named(names: Iterable[str]) -> str:
    """Groups in a sentence.

    Example:
        >>> groups_named(["Finnish", "Middle Eastern"])
        'Finnish and Middle Eastern'
    """
    return listed_words(list(names), most=_GROUPS_NAMED)


def label(group: GroupEvidence) -> str:
    """A group by its name, or its code where it has none."""
    return group.label or group.group


def labelled(group: GroupEvidence, asked: Collection[str]) -> str:
    """A group by its name, marked where the question is about it.

    Example:
        >>> labelled(GroupEvidence(group="sas", label="South Asian"), ("sas",))
        'South Asian (asked)'
    """
    return f"{label(group)}{' (asked)' if group.group in asked else ''}"


def background(evidence: Evidence) -> str:
    """Whom the question is about."""
    if not evidence.asked:
        return "unknown, or several"
    return groups_named(group_name(evidence, code) for code in evidence.asked)


def frequency(value: float | None) -> str:
    """A frequency as a percentage.

    Example:
        >>> frequency(4e-5), frequency(None), frequency(float("nan"))
        ('0.004%', '–', '–')
    """
    return MISSING if known(value) is None else percent(known(value) or 0.0)


def known(value: float | None) -> float | None:
    """A number; None where there is none, or it is none that can be shown.

    Example:
        >>> known(0.5), known(None), known(float("nan"))
        (0.5, None, None)
    """
    return value if value is not None and math.isfinite(value) else None


def bar(value: float) -> str:
    """A bar, also as one in so many chromosomes.

    Example:
        >>> bar(4e-5)
        '0.004% (1 in 25,000 chromosomes)'
        >>> bar(1e-300)
        'nearly 0 (less than 1 in 1,000,000,000,000 chromosomes)'
    """
    # More than there are in all people.
    if value * _MOST < 1:
        return f"nearly 0 (less than 1 in {_MOST:,} chromosomes)"
    return f"{percent(value)} (1 in {round(1 / value):,} chromosomes)"


def count(value: int | None) -> str:
    """A count.

    Example:
        >>> count(121422), count(0), count(None)
        ('121,422', '0', '–')
    """
    return MISSING if value is None else f"{value:,}"


def interval(low: float | None, high: float | None) -> str:
    """An interval of frequencies, as short as a table needs it.

    Example:
        >>> interval(5.8e-6, 1.85e-4), interval(0.0, 4e-4), interval(None, 0.1)
        ('0.00058–0.018%', '0–0.04%', '–')
    """
    low, high = known(low), known(high)
    if low is None or high is None:
        return MISSING
    return f"{percent(low).removesuffix('%')}–{percent(high)}"


def at_most(group: GroupEvidence) -> float | None:
    """The highest that the frequency can be, at 95%: what "rare" is judged by.

    None where nobody was looked at, it is not known how many were, or the counts contradict.

    Example:
        >>> round(at_most(GroupEvidence(group="afr", ac=0, an=2996)), 6)
        0.001
    """
    if group.ac is None or not group.an or group.ac > group.an:
        return None
    return min(1.0, float(upper_frequency(group.ac, group.an)))


def chance(value: float | None) -> str:
    """A chance, in few letters; never 0% for something, nor 100% for not all.

    Example:
        >>> chance(0.2153), chance(0.99999), chance(None)
        ('22%', '>99%', '–')
    """
    value = known(value)
    if value is None:
        return MISSING
    if 0 < value < 0.01:
        return "<1%"
    return ">99%" if 0.99 < value < 1 else f"{value:.0%}"


def needed(value: int | None) -> str:
    """Chromosomes that are still needed."""
    return MISSING if value is None else f"{value:,}" if value else "none"


def verdict(given: Verdict, criterion: str) -> str:
    """A verdict, with the code that it would support.

    Example:
        >>> verdict(Verdict.RARE, "PM2_supporting"), verdict(Verdict.NOT_EVALUABLE, "")
        ('rare (PM2, supporting)', 'not evaluable')
    """
    return f"{given} ({criterion.replace('_', ', ')})" if criterion else str(given)


def sentence(text: str) -> str:
    """Text that begins with a capital and ends with a full stop.

    Example:
        >>> sentence("few of this group covered here")
        'Few of this group covered here.'
    """
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) or not text else ".")


def flagged(groups: Iterable[GroupEvidence]) -> tuple[tuple[str, str], ...]:
    """Each flag of groups once, with the groups that it is of: ten lines alike say less than one.

    Example:
        >>> one, two = (GroupEvidence(group=code, flags=("few covered",)) for code in ("a", "b"))
        >>> flagged([one, two])
        (('Few covered', 'a, b.'),)
    """
    found: dict[str, list[str]] = {}
    for group in groups:
        for flag in group.flags:
            found.setdefault(flag, []).append(label(group))
    return tuple(
        (sentence(flag).rstrip("."), f"{', '.join(named)}.") for flag, named in found.items()
    )
