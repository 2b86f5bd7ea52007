"""The tables of an audit's report."""

from everygenome.audit.comparing import Comparison
from everygenome.audit.composition import Table
from everygenome.audit.earlier import Hidden
from everygenome.audit.result import Audit
from everygenome.audit.tabulating import RECORDED
from everygenome.reports.audit import words
from everygenome.reports.documents.model import Grid


def composition_grid(audit: Audit, table: Table) -> Grid:
    """People by one dimension."""
    name = table.by[0]
    rows: list[tuple[str, ...]] = [
        (
            row.values[name],
            words.people(row.count, row.hidden, audit.threshold),
            words.percent(row.share),
            words.between(row.low, row.high),
            words.between(row.low_together, row.high_together),
            words.percent(row.share_of_all),
            words.percent(row.at_most),
        )
        for row in table.rows
    ]
    quiet = {place for place, row in enumerate(table.rows) if row.is_class}
    for title, shown in ((RECORDED, table.recorded), ("Everybody", table.total)):
        if shown is not None:
            quiet.add(len(rows))
            count = words.people(shown.count, shown.hidden, audit.threshold)
            rows.append((title, count, *["–"] * 5))
    level = f"{audit.level:.0%}"
    return Grid(
        head=(
            words.label(name).capitalize(),
            "People",
            "Share",
            f"{level}, by itself",
            f"{level}, all at once",
            "Of everybody",
            "At most",
        ),
        rows=tuple(rows),
        caption=f"People by {words.label(name)}. Shares are of those for whom it is recorded, with "
        "intervals by Wilson (each by itself) and Goodman (all read together); “of everybody” is "
        "of all people, and “at most” what it would be if all who are not recorded were in the "
        "group.",
        numbers=frozenset(range(1, 7)),
        quiet=frozenset(quiet),
        small=True,
    )


def comparison_grid(audit: Audit, made: Comparison) -> Grid:
    """The groups beside the reference."""
    through = audit.expected is not None and audit.expected.crosswalk is not None
    return Grid(
        head=(
            "Group",
            "People",
            "Share",
            "Reference",
            "Ratio",
            "If 5 points off",
            "People short",
        ),
        rows=tuple(
            (
                row.group,
                words.people(row.count, _hidden(audit, row.group), audit.threshold),
                words.percent(row.share),
                words.percent(row.reference_share)
                + (f" ({words.between(row.reference_low, row.reference_high)})" if through else ""),
                words.ratio(row),
                words.if_off(row),
                words.needed(row),
            )
            for row in made.rows
        ),
        caption="Each group beside its share of the reference: ratio 1 is the same share, 0.5 half "
        "of it, with the interval from both; what it would be with a reference share five points "
        "higher or lower; and how many people more of this group, all others as they are, would "
        "bring its share to that of the reference.",
        numbers=frozenset(range(1, 6)),
        small=True,
        widths=(4, 2, 1.6, 3.4 if through else 2, 4, 2.8, 3),
    )


def _hidden(audit: Audit, group: str) -> Hidden | None:
    name = audit.dimensions[0].name
    return next((r.hidden for r in audit.groups.rows if r.values[name] == group), None)


def crossing_grid(audit: Audit, table: Table) -> Grid:
    """People by several dimensions."""
    heads = tuple(words.label(name).capitalize() for name in table.by)
    return Grid(
        head=(*heads, "People", f"Of the {heads[0].lower()}", f"{audit.level:.0%} interval"),
        rows=tuple(
            (
                *(row.values[name] for name in table.by),
                words.people(row.count, row.hidden, audit.threshold),
                words.percent(row.share),
                words.between(row.low, row.high),
            )
            for row in table.rows
        ),
        caption=f"People by {' and '.join(words.label(name) for name in table.by)}. Combinations "
        "that nobody is in are left out.",
        numbers=frozenset(range(len(heads), len(heads) + 3)),
        small=True,
    )


def capability_grid(audit: Audit) -> Grid:
    """What each group can show by itself."""
    assumed = audit.assumed
    rows = [*audit.capabilities, audit.everybody]
    hidden = {one.group: _hidden(audit, one.group) for one in audit.capabilities}
    return Grid(
        head=(
            "Group",
            "People",
            "Rarest allele seen",
            *(f"{frequency:.0%}" for frequency in assumed.frequencies),
            "r²",
        ),
        rows=tuple(
            (
                one.group,
                words.people(one.people, hidden.get(one.group), audit.threshold),
                words.frequency(one.rarest),
                *(words.percent(power) for power in one.power.values()),
                f"{one.imputation_r2:g}",
            )
            for one in rows
        ),
        caption="The rarest allele that is seen at least once with a chance of "
        f"{assumed.seen:.0%}, and the power to find, at {assumed.alpha:g}, an effect of "
        f"{assumed.effect:g} standard deviations for each allele, by the frequency of the allele. "
        "r² is the share of the signal that imputation keeps. “Everybody” is as if all were one "
        "group.",
        numbers=frozenset(range(1, 4 + len(assumed.frequencies))),
        quiet=frozenset({len(rows) - 1}),
        spans=(("", 3), ("Power", len(assumed.frequencies)), ("", 1)),
        small=True,
    )
