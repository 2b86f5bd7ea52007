"""Counts of people by group as tables: with shares, and with small counts hidden."""

from collections.abc import Iterable
from dataclasses import dataclass

from everygenome.reports.statement.counts import Count

SMALL = 10


@dataclass(frozen=True, slots=True)
class Row:
    """A group as it is shown.

    Attributes:
        label: of the group.
        count: of people; None where it is hidden.
        share: of `Table.base`; None where it is hidden, or there is nobody.
        why_hidden: "small"; "beside", where it or another that is hidden with it is small; or
            empty.
        rest: not a group that was given, but those whom no group counts.
    """

    label: str
    count: int | None
    share: float | None
    why_hidden: str = ""
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The groups of a descriptor.

    Attributes:
        descriptor: may be empty.
        rows: the groups, in the order in which they were given.
        base: how many people the shares are of; None where even that is hidden.
        of_people: the base was stated, and is not the sum of the groups.
        overlap: the groups hold more people than there are, so some are in several.
    """

    descriptor: str
    rows: tuple[Row, ...]
    base: int | None
    of_people: bool
    overlap: bool

    @property
    def hides(self) -> bool:
        """Some count is hidden."""
        return any(row.why_hidden for row in self.rows)


def tables(
    counts: Iterable[Count], *, people: int | None = None, show_small: bool = False
) -> tuple[Table, ...]:
    """The counts as tables, one for each descriptor, with shares and with small counts hidden.

    Args:
        counts: of people by group.
        people: in the data in all, as stated; else shares are of the sum of the groups.
        show_small: hide nothing.
    """
    by_descriptor: dict[str, list[Count]] = {}
    for one in counts:
        by_descriptor.setdefault(one.descriptor, []).append(one)
    return tuple(
        _table(descriptor, found, people, show_small=show_small)
        for descriptor, found in by_descriptor.items()
    )


def _table(descriptor: str, found: list[Count], people: int | None, *, show_small: bool) -> Table:
    total = sum(one.count for one in found)
    base = total if people is None else people
    numbers = [(one.label, one.count, False) for one in found]
    overlap = total > base
    if total < base:
        numbers.append(("In none of these groups", base - total, True))
    counts = [count for _, count, _ in numbers]
    hidden, all_hidden = ({}, False) if show_small else _hidden(counts, adds_up=not overlap)
    return Table(
        descriptor,
        tuple(
            Row(
                label,
                None if place in hidden else count,
                None if place in hidden or all_hidden or not base else count / base,
                hidden.get(place, ""),
                rest,
            )
            for place, (label, count, rest) in enumerate(numbers)
        ),
        None if all_hidden else base,
        people is not None,
        overlap,
    )


def _hidden(counts: list[int], *, adds_up: bool) -> tuple[dict[int, str], bool]:
    """Which counts are hidden and how, by place; and whether their sum has to be hidden too.

    Where the groups add up to a base that is shown, a hidden count could be worked out from the
    others. So the next smallest are hidden beside it, and none of them is said to be small, until
    what is left open could be many things. This is a guard against a glance, not a proof.
    """
    small = [place for place, count in enumerate(counts) if 0 < count < SMALL]
    others = sorted({count for count in counts if count >= SMALL})
    if not small or not adds_up or not _only_choice(counts, small):
        return dict.fromkeys(small, "small"), False
    hidden = list(small)
    for other in others:
        # Of two that are as large as each other, neither stays: which one does would tell.
        hidden += [place for place, count in enumerate(counts) if count == other]
        if sum(counts[one] for one in hidden) >= 2 * SMALL:
            return dict.fromkeys(hidden, "beside"), False
    return dict.fromkeys(hidden, "small" if hidden == small else "beside"), True


def _only_choice(counts: list[int], small: list[int]) -> bool:
    """Whether the sum of small counts says what they are: each is 1 to 9."""
    total = sum(counts[place] for place in small)
    return len(small) == 1 or total == len(small) or total == (SMALL - 1) * len(small)
