"""What changed between two answers, and why. Asked the other way round, the mirror image."""

from collections.abc import Iterator
from dataclasses import dataclass

from everygenome.sources.variation.builds import CHROMOSOMES
from everygenome.variants.result import Status
from everygenome.variants.watching.model import Said, Source, State, Told
from everygenome.variants.watching.reasons import Reason, of_counts, of_groups, of_variant

WHOLE = ""


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
        code: set(of_counts(told, tells, before, after))
        for code, (told, tells) in pairs.items()
        if _differs(told, tells)
    }
    if (
        _differs(before.whole, after.whole)
        or before.status is not after.status
        or set(before.filters) != set(after.filters)
    ):
        why = {one for reasons in changed.values() for one in reasons}
        why |= set(of_variant(before, after))
        if _differs(before.whole, after.whole):
            why |= set(of_groups(before, after))
        if not why:
            why = set(of_counts(before.whole, after.whole, before, after))
        yield change(WHOLE, before.whole, after.whole, why)
    for code, why in changed.items():
        yield change(code, *pairs[code], why)


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
