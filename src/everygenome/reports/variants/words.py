"""The words of a report on variants: what things are called, and what is said of them."""

from collections.abc import Collection, Iterable

from everygenome.charts.figures import listed_words
from everygenome.variants.result import Evidence, GroupEvidence, VariantEvidence
from everygenome.variants.verdict import Verdict

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
