"""What changed between two answers, and why. Asked the other way round, the mirror image."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from everygenome.sources.variation.builds import CHROMOSOMES
from everygenome.variants.result import Status
from everygenome.variants.watching.model import Said, Source, State, Told

WHOLE = ""


class Reason(StrEnum):
    """Why a verdict changed, as the counts tell it. Each has its opposite."""

    FOUND = "found for the first time"
    GONE = "no record any more"
    MORE_COPIES = "new copies were seen"
    FEWER_COPIES = "fewer copies are counted"
    MORE_CHROMOSOMES = "more chromosomes were looked at"
    FEWER_CHROMOSOMES = "fewer chromosomes were looked at"
    NUMBER_KNOWN = "it is now known how many were looked at"
    NUMBER_UNKNOWN = "it is not known any more how many were looked at"
    COPIES_KNOWN = "the copies can be counted now"
    COPIES_UNKNOWN = "the copies cannot be counted any more"
    FAILS_FILTER = "it now fails a filter of the source"
    PASSES_FILTER = "it does not fail the source's filters any more"
    OTHER_FILTER = "it fails other filters of the source"
    MORE_GROUPS = "there are groups that were not asked about before"
    FEWER_GROUPS = "groups that were asked about are not there any more"
    OTHER_GROUPS = "other groups are asked about"
    RULES = "the counts are the same: settings of the groups, or this software, changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change of what is said of a variant.

    Attributes:
        place: of the variant; group: code of the group; empty: for all that were asked about.
        before, after: what was said; status_before, status_after: of the variant.
        reasons: why, in the order of `Reason`; never empty.
    """

    place: str
    group: str
    before: Told
    after: Told
    status_before: Status
    status_after: Status
    reasons: tuple[Reason, ...]

    @property
    def became_evaluable(self) -> bool:
        """Nothing could be told, and now it can."""
        return self.after.evaluable and not self.before.evaluable

    @property
    def no_longer_evaluable(self) -> bool:
        """Something could be told, and now it cannot."""
        return self.before.evaluable and not self.after.evaluable


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two answers side by side.

    Attributes:
        before, after: where they are from.
        changes: in the order of the genome; of a variant, first that of the whole.
        compared: variants that both speak of; recounted: of these, those with other counts and no
            change.
        new, gone: variants that only the later, or the earlier, answer speaks of.
        groups_new, groups_gone: groups that only one of them speaks of.
    """

    before: Source
    after: Source
    changes: tuple[Change, ...] = ()
    compared: int = 0
    recounted: int = 0
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    groups_new: tuple[str, ...] = ()
    groups_gone: tuple[str, ...] = ()

    @property
    def is_same(self) -> bool:
        """Nothing that somebody would have to read changed."""
        return not (self.changes or self.new or self.gone or self.groups_new or self.groups_gone)

    @property
    def variants_changed(self) -> int:
        """Variants of which something else is said, whole or in a group."""
        return len({change.place for change in self.changes})


def compare(before: State, after: State) -> Comparison:
    """Compare what was said with what is said.

    Args:
        before, after: answers to the same question, from sources of the same build.

    Returns:
        What changed: verdicts, criteria, whether the source says anything, and its filters.
        `compare(b, a)` is the mirror image of `compare(a, b)`.
    """
    both = sorted(before.said.keys() & after.said.keys(), key=_in_genome)
    changes: list[Change] = []
    recounted = 0
    for place in both:
        found = tuple(_changes(place, before.said[place], after.said[place]))
        changes += found
        recounted += not found and _recounted(before.said[place], after.said[place])
    groups_before, groups_after = _groups(before), _groups(after)
    return Comparison(
        before=before.source,
        after=after.source,
        changes=tuple(changes),
        compared=len(both),
        recounted=recounted,
        new=tuple(sorted(after.said.keys() - before.said.keys(), key=_in_genome)),
        gone=tuple(sorted(before.said.keys() - after.said.keys(), key=_in_genome)),
        groups_new=tuple(sorted(groups_after - groups_before)) if both else (),
        groups_gone=tuple(sorted(groups_before - groups_after)) if both else (),
    )


def _changes(place: str, before: Said, after: Said) -> Iterator[Change]:
    def change(group: str, told: Told, tells: Told, why: set[Reason]) -> Change:
        return Change(
            place=place,
            group=group,
            before=told,
            after=tells,
            status_before=before.status,
            status_after=after.status,
            reasons=tuple(one for one in Reason if one in (why or {Reason.RULES})),
        )

    shared = sorted(before.groups.keys() & after.groups.keys())
    pairs = {code: (before.groups[code], after.groups[code]) for code in shared}
    changed = {
        code: set(_reasons(told, tells, before, after))
        for code, (told, tells) in pairs.items()
        if _differs(told, tells)
    }
    if (
        _differs(before.whole, after.whole)
        or before.status is not after.status
        or set(before.filters) != set(after.filters)
    ):
        why = {one for reasons in changed.values() for one in reasons}
        why |= set(_of_variant(before, after))
        if _differs(before.whole, after.whole):
            why |= set(_of_groups(before, after))
        if not why:
            why = set(_reasons(before.whole, after.whole, before, after))
        yield change(WHOLE, before.whole, after.whole, why)
    for code, why in changed.items():
        yield change(code, *pairs[code], why)


def _reasons(told: Told, tells: Told, before: Said, after: Said) -> Iterator[Reason]:
    """Why what is said of a group changed: the variant came or went, or its counts are others."""
    was, is_now = before.status is Status.FOUND, after.status is Status.FOUND
    if was != is_now:
        yield Reason.FOUND if is_now else Reason.GONE
    elif told.ac is None or tells.ac is None:
        if told.ac != tells.ac and told.an is not None and tells.an is not None:
            yield Reason.COPIES_KNOWN if told.ac is None else Reason.COPIES_UNKNOWN
    elif told.ac != tells.ac:
        yield Reason.MORE_COPIES if tells.ac > told.ac else Reason.FEWER_COPIES
    if told.an is None or tells.an is None:
        if told.an != tells.an and was == is_now:
            yield Reason.NUMBER_KNOWN if told.an is None else Reason.NUMBER_UNKNOWN
    elif told.an != tells.an:
        yield Reason.MORE_CHROMOSOMES if tells.an > told.an else Reason.FEWER_CHROMOSOMES


def _of_variant(before: Said, after: Said) -> Iterator[Reason]:
    was, is_now = before.status is Status.FOUND, after.status is Status.FOUND
    if was != is_now:
        yield Reason.FOUND if is_now else Reason.GONE
    failed, fails = set(before.filters), set(after.filters)
    # Without a record there is nothing that could fail a filter.
    if failed != fails and was and is_now:
        if not failed:
            yield Reason.FAILS_FILTER
        elif not fails:
            yield Reason.PASSES_FILTER
        else:
            yield Reason.OTHER_FILTER


def _of_groups(before: Said, after: Said) -> Iterator[Reason]:
    old, new = set(before.groups), set(after.groups)
    if old < new:
        yield Reason.MORE_GROUPS
    elif new < old:
        yield Reason.FEWER_GROUPS
    elif new != old:
        yield Reason.OTHER_GROUPS


def _differs(told: Told, tells: Told) -> bool:
    return (told.verdict, told.criterion) != (tells.verdict, tells.criterion)


def _recounted(before: Said, after: Said) -> bool:
    """Whether counts of everybody, or of a group that both speak of, are others."""
    shared = before.groups.keys() & after.groups.keys()
    pairs = [(before.whole, after.whole)]
    pairs += [(before.groups[code], after.groups[code]) for code in shared]
    return any((told.ac, told.an) != (tells.ac, tells.an) for told, tells in pairs)


def _groups(state: State) -> set[str]:
    return {code for said in state.said.values() for code in said.groups}


def _in_genome(place: str) -> tuple[int, str, int, str]:
    """Order of the genome: chromosome, position, alleles."""
    contig, _, rest = place.partition("-")
    pos, _, alleles = rest.partition("-")
    rank = CHROMOSOMES.index(contig) if contig in CHROMOSOMES else len(CHROMOSOMES)
    return rank, contig, int(pos) if pos.isascii() and pos.isdigit() else 0, alleles
