"""Which tables of an audit are published, and which of their cells may be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from everygenome.audit.before import bound
from everygenome.audit.counts import Class, Counts
from everygenome.audit.disclosure import Cell, KnownTooWellError, Tables, protected
from everygenome.audit.earlier import Earlier, Hidden
from everygenome.audit.tabulating import View, tables_of, views_of
from everygenome.errors import UsageError

# A table of all dimensions together is made where it is no longer than this, unless asked for.
_CROSSED = 1_000
_MOST_CELLS = 20_000


@dataclass(frozen=True, slots=True)
class Shown:
    """A count as it is published: the number, or why there is none."""

    count: int | None
    hidden: Hidden | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The tables of an audit, protected together.

    Attributes:
        views: the tables, each by its dimensions, without the total.
        values: dimension -> its values in order: groups of the map, then classes that occur.
        threshold: counts below it are hidden.
        rounded_to: shown counts are rounded to multiples of this; 1 rounds nothing.
        hidden: how many cells are hidden, and why.
        all_said: whether each small cell that is no part of another is said to be small.
        left_out: the table of all dimensions together was left out, as it could not be protected
            beside an earlier report.
        cells: every cell and what is shown of it.
    """

    views: tuple[View, ...]
    values: Mapping[str, tuple[str, ...]]
    threshold: int
    rounded_to: int
    hidden: Mapping[Hidden, int]
    all_said: bool
    left_out: bool
    cells: Mapping[Cell, Shown] = field(repr=False)

    def of(self, *cell: tuple[str, str]) -> Shown:
        """What is shown of a cell. A combination that nobody has is 0, and shown."""
        return self.cells.get(tuple(cell), Shown(0))

    @property
    def total(self) -> Shown:
        """Everybody."""
        return self.cells[()]


def publish(
    counts: Counts,
    *,
    suppress: int = 10,
    round_to: int = 1,
    crossed: bool | None = None,
    earlier: Sequence[Earlier] = (),
) -> Published:
    """Protect all tables that an audit publishes, as one set.

    Tables: each dimension by itself, the group by each other one, and all together.

    Args:
        counts: the people.
        suppress: counts from 1 to one less than this are hidden; 5, 10 or 20 are usual.
        round_to: 1, or 5 or 10: shown counts are rounded to the nearest multiple.
        crossed: with the table of all dimensions together; None makes it where it is short.
        earlier: what was published before of the same data.

    Raises:
        UsageError: a threshold below 2, a rounding below 1, tables that are too long, or an earlier
            report beside which these cannot be published.
    """
    if suppress < 2:
        raise UsageError(
            f"Counts below {suppress} cannot be hidden.", remedy="Choose 5, 10, 20, or 2 or more."
        )
    if not 1 <= round_to <= suppress:
        raise UsageError(
            f"Counts cannot be rounded to multiples of {round_to} where those below {suppress} are "
            "hidden: somebody would be rounded to nobody.",
            remedy=f"Choose 5 or 10, and no more than {suppress}; or leave it out.",
        )
    views = views_of(counts, crossed=crossed, most=_CROSSED)
    try:
        tables, hidden, all_said = _decided(counts, views, earlier, suppress)
    except KnownTooWellError:
        if not earlier:
            raise
        if crossed or views == views_of(counts, crossed=False, most=_CROSSED):
            raise UsageError(
                "The earlier report tells too much for these tables to be published beside it: a "
                "small count could be worked out from both.",
                remedy="Publish the tables of the earlier report and no others: take fewer "
                "dimensions with --by, and leave out --crossed.",
            ) from None
        fewer = publish(
            counts, suppress=suppress, round_to=round_to, crossed=False, earlier=earlier
        )
        return replace(fewer, left_out=True)
    own = {frozenset(view) for view in ((), *views)}
    cells = {
        cell: Shown(None, hidden[cell]) if cell in hidden else Shown(_rounded(int(count), round_to))
        for cell, count in zip(tables.cells, tables.counts, strict=True)
        if frozenset(name for name, _ in cell) in own
    }
    return Published(
        views=views,
        values={one.name: _values(counts, tables, one.name) for one in counts.dimensions},
        threshold=suppress,
        rounded_to=round_to,
        hidden={
            reason: sum(shown.hidden is reason for shown in cells.values()) for reason in Hidden
        },
        all_said=all_said,
        left_out=False,
        cells=cells,
    )


def _decided(
    counts: Counts, views: tuple[View, ...], earlier: Sequence[Earlier], suppress: int
) -> tuple[Tables, dict[Cell, Hidden], bool]:
    """The tables, which of their cells are hidden and why, and whether all small ones are said."""
    before = bound(counts, views, earlier, threshold=suppress)
    tables = tables_of(counts, (*views, *before.views), also=before.also)
    if len(tables.cells) > _MOST_CELLS:
        raise UsageError(
            f"These tables have {len(tables.cells):,} cells together.",
            remedy="Take fewer dimensions with --by, or fewer and wider groups in the map.",
        )
    if before.nothing_new:
        again = dict.fromkeys(before.hide, Hidden.BESIDE)
        return tables, again | dict.fromkeys(before.small, Hidden.SMALL), earlier[0].all_said
    made = protected(
        tables,
        threshold=suppress,
        told=before.told,
        hide=before.hide,
        said=before.small,
        large=before.large,
    )
    hidden = made.within | made.unsaid | made.other
    found = {
        cell: Hidden.SMALL if small else Hidden.BESIDE
        for cell, small, beside in zip(tables.cells, made.small, hidden, strict=True)
        if small or beside
    }
    return tables, found, made.all_said


def _values(counts: Counts, tables: Tables, name: str) -> tuple[str, ...]:
    """Groups in the order of the map, with those that nobody is in; then classes that occur."""
    dimension = next(one for one in counts.dimensions if one.name == name)
    there = {dict(cell)[name] for cell in tables.cells if len(cell) == 1 and cell[0][0] == name}
    return (*dimension.groups, *(one.value for one in Class if one.value in there))


def _rounded(count: int, to: int) -> int:
    return (count + to // 2) // to * to
