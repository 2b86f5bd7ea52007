"""What is said of one variant, in sentences, for whoever has half a minute."""

from collections.abc import Callable, Iterator, Sequence

from everygenome.reports.variants import amounts, words
from everygenome.variants.bars import Statistic
from everygenome.variants.result import Evidence, GroupEvidence, Status, VariantEvidence
from everygenome.variants.verdict import Verdict

# Generic BA1: the frequency counted in a continental group (Ghosh 2018).
_GENERIC = 0.05
_STATUS = {
    Status.FOUND: "Found in the source.",
    Status.NOT_SEEN: "Not seen: no copy was found in those who were looked at there.",
    Status.NOT_COVERED: "Not covered: nobody was looked at there. That is not absence.",
    Status.COVERAGE_UNKNOWN: "No record, and nothing says how many were looked at there. That is "
    "not absence: it needs a table of the chromosomes looked at (AN) at every place.",
    Status.NOT_COMPARED: "Not compared with the source.",
}
_NOT_THE_PATIENT = (
    "PM2 (supporting) cannot be given for {groups}. This may leave a patient at uncertain "
    "significance. That is a fact about who was sampled, not about the patient: {why} of this "
    "background were looked at for “not seen” to mean “rare”."
)
_FEW, _UNTOLD = "too few people", "nobody knows whether enough people"


def asked_about(variant: VariantEvidence, evidence: Evidence) -> tuple[GroupEvidence, ...]:
    """The groups that the question is about; all, where the background is unknown or several."""
    if not evidence.asked:
        return variant.groups
    return tuple(one for one in variant.groups if one.group in evidence.asked)


def headline(variant: VariantEvidence, evidence: Evidence) -> str:
    """The verdict in a sentence, for the background that was asked for."""
    groups = asked_about(variant, evidence)
    given = variant.verdict
    mine = [one for one in groups if one.verdict is given]
    # What is too common elsewhere may be the verdict of the variant; it is said of whom.
    told = _said(variant, given, mine or [one for one in variant.groups if one.verdict is given])
    others = len(groups) - len(mine)
    if mine and others and given not in (Verdict.RARE, *words.UNSURE):
        unsure = sum(one.verdict in words.UNSURE for one in groups)
        if unsure:
            told += f" In {unsure} of {len(groups)} groups nothing can be told."
    return told


def by_verdict(variant: VariantEvidence, evidence: Evidence) -> Iterator[str]:
    """A sentence for each verdict beside the first, the most uncertain leading."""
    groups = asked_about(variant, evidence)
    for given in words.BY_DOUBT:
        mine = [one for one in groups if one.verdict is given]
        if mine and given is not variant.verdict:
            yield _said(variant, given, mine, bar=amounts.frequency)


def _said(
    variant: VariantEvidence,
    given: Verdict,
    groups: Sequence[GroupEvidence],
    *,
    bar: Callable[[float], str] = amounts.bar,
) -> str:
    """One verdict of some groups, in a sentence; `bar` writes a bar in long or in short."""
    where = words.groups_named(map(words.label, groups)) if groups else "what was asked for"
    bars = variant.bars
    rare = f"the bar, {bar(bars.rare)}" if bars else "the bar"
    one_x = " with one X" if bars and bars.absent_in_males else ""
    people = f" people{one_x}" if one_x else ""
    match given:
        case Verdict.COMMON:
            common = bars.common if bars and bars.common else _GENERIC
            told = (
                f"Common in {where}: {_reached(variant, groups, own=bool(bars and bars.common))}. "
                f"From {bar(common)} on, a variant is benign by itself."
            )
        case Verdict.MORE_THAN_EXPECTED:
            most = f" is {bar(bars.expected)}" if bars else " is lower"
            told = (
                f"More common than expected in {where}: {_reached(variant, groups)}. The highest "
                f"that fits the disease{most}."
            )
        case Verdict.COVERAGE_UNKNOWN:
            told = (
                f"Coverage unknown in {where}: nobody knows how many were looked at, so nothing "
                "can be told."
            )
        case Verdict.NOT_EVALUABLE if groups and all(one.an == 0 for one in groups):
            told = f"Not evaluable in {where}: nobody was looked at there. That is not absence."
        case Verdict.NOT_EVALUABLE:
            told = (
                f"Not evaluable in {where}: too few{people} were sampled. Even no copy at all "
                f"would not show that it is rarer than {rare}."
            )
        case Verdict.INDETERMINATE if bars and (bars.absent or bars.absent_in_males):
            told = (
                f"Indeterminate in {where}: enough{people} were sampled, but somebody{one_x} in "
                "the source has it, and the panel asks that nobody has."
            )
        case Verdict.RARE if bars and (bars.absent or bars.absent_in_males):
            told = (
                f"Rare in {where}: nobody{one_x} in the source has it, and so many{people} were "
                f"sampled there that this shows it to be below {rare}, with 95% confidence."
            )
        case Verdict.INDETERMINATE:
            told = (
                f"Indeterminate in {where}: enough were sampled, and the frequency can lie on "
                f"either side of {rare}."
            )
        case Verdict.RARE:
            told = f"Rare in {where}: below {rare}, with 95% confidence, in who was sampled."
        case Verdict.NO_BAR:
            told = "No bar was given for it, so neither “rare” nor “too common” can be told."
        case _:
            told = f"Not compared: {'; '.join(variant.flags) or 'see the flags'}."
    return told


def _reached(variant: VariantEvidence, groups: Sequence[GroupEvidence], *, own: bool = True) -> str:
    """What was held against the bar, in the group where it is largest.

    Args:
        variant: what is known of it.
        groups: those with the verdict.
        own: the bar is the gene's or model's; the generic one is of the frequency counted.
    """
    faf = own and not (variant.bars and variant.bars.statistic is Statistic.AF)
    held = {one: one.faf95 if faf else one.af for one in groups}
    known = [(value, one) for one, value in held.items() if value]
    if not known:
        return "the frequency reaches the bar"
    value, top = max(known, key=lambda pair: pair[0])
    beside = f" in {words.label(top)}" if len(groups) > 1 else ""
    told = amounts.frequency(value)
    if faf:
        return f"the frequency{beside} is at least {told} (FAF95)"
    return f"the frequency counted{beside} is {told}"


def looked_at(variant: VariantEvidence) -> str:
    """Whether the source says anything of it."""
    ours = variant.everybody
    if variant.status is Status.FOUND and ours and ours.ac is not None and ours.an is not None:
        copies = "1 copy" if ours.ac == 1 else f"{ours.ac:,} copies"
        return f"Found: {copies} in {ours.an:,} chromosomes of everybody together."
    return _STATUS[variant.status]


def lacking(variant: VariantEvidence, evidence: Evidence) -> list[GroupEvidence]:
    """Groups of which nothing can be told until more are looked at, the most needed first.

    Where it is too common already, absence is no question.
    """
    short = [one for one in asked_about(variant, evidence) if one.verdict in words.UNSURE]
    return sorted((one for one in short if one.needed), key=lambda one: -(one.needed or 0))


def to_show_absence(variant: VariantEvidence, evidence: Evidence) -> str:
    """What it would take: chromosomes until absence could be told; empty where none are needed."""
    short = lacking(variant, evidence)
    if not short:
        return ""
    told = "; ".join(f"{words.label(one)} {one.needed:,}" for one in short)
    men = variant.bars is not None and variant.bars.absent_in_males
    more = "chromosomes of people with one X" if men else "chromosomes"
    return f"To tell absence, more {more} would have to be looked at there: {told}."


def unsure(variant: VariantEvidence, evidence: Evidence) -> str:
    """What follows for the patient where PM2 cannot be given; empty where it can."""
    groups = [one for one in asked_about(variant, evidence) if one.verdict in words.UNSURE]
    if not groups:
        return ""
    few = any(one.verdict is Verdict.NOT_EVALUABLE for one in groups)
    return not_the_patient(words.groups_named(map(words.label, groups)), few=few)


def not_the_patient(groups: str, *, few: bool = True) -> str:
    """That PM2 cannot be given, and why this says nothing of the patient.

    Args:
        groups: for whom, in words.
        few: too few were looked at; else nobody knows how many were.
    """
    return _NOT_THE_PATIENT.format(groups=groups, why=_FEW if few else _UNTOLD)
