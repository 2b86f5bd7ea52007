"""What an audit found, in sentences for everybody."""

from collections.abc import Iterator

from everygenome.audit.comparing import Compared
from everygenome.audit.counts import Class
from everygenome.audit.documentation import NOT_STATED
from everygenome.audit.earlier import Hidden
from everygenome.audit.result import Audit
from everygenome.charts.figures import counting_word, listed_words, times
from everygenome.reports.audit import words

_MOST = 4


def findings(audit: Audit) -> tuple[str, ...]:
    """The findings, most important first; none tells a hidden count."""
    return tuple(_findings(audit))


def _findings(audit: Audit) -> Iterator[str]:
    yield _who(audit)
    if (largest := _largest(audit)) is not None:
        yield largest
    if audit.comparison is not None:
        yield from _beside(audit)
    yield from _unclear(audit)
    if (shows := _shows(audit)) is not None:
        yield shows
    hidden = sum(audit.hidden.values())
    if hidden:
        yield (
            f"{hidden} {'count is' if hidden == 1 else 'counts are'} not shown, to protect people "
            "in small groups."
        )
    silent = sum(answer == NOT_STATED for answer in audit.documentation.values())
    if silent:
        yield (
            f"Of {len(audit.documentation)} questions about how the data came about, {silent} "
            f"{'is' if silent == 1 else 'are'} not answered."
        )


def _who(audit: Audit) -> str:
    table = audit.groups
    group = words.label(audit.dimensions[0].name)
    total = words.people(table.total.count, table.total.hidden, audit.threshold)
    if table.recorded is None or table.recorded.count is None or not table.total.count:
        if table.total.count is None and table.total.hidden is not Hidden.SMALL:
            return "How many people the dataset holds is hidden, to protect small groups."
        return f"The dataset holds {total} people."
    if table.recorded.count == table.total.count:
        return f"The dataset holds {total} people; for all of them a {group} is recorded."
    share = words.percent(table.recorded.count / table.total.count)
    return (
        f"The dataset holds {total} people; for {table.recorded.count:,} of them ({share}) a "
        f"{group} is recorded."
    )


def _largest(audit: Audit) -> str | None:
    name = audit.dimensions[0].name
    rows = [row for row in audit.groups.rows if not row.is_class]
    shown = [row for row in rows if row.share is not None]
    # A hidden one could be larger than all that are shown.
    if not shown or len(shown) < len(rows):
        return None
    most = max(shown, key=lambda row: row.share or 0)
    return (
        f"The largest group is {most.values[name]}: {words.percent(most.share)} of those whose "
        "group is recorded."
    )


def _beside(audit: Audit) -> Iterator[str]:
    if audit.comparison is None or audit.expected is None:
        return
    rows = audit.comparison.rows
    title = audit.expected.reference.title
    nobody = [row.group for row in rows if row.count == 0 and (row.reference_share or 0) > 0]
    fewer = [row for row in rows if words.verdict(row) == "fewer" and row.count]
    more = [row for row in rows if words.verdict(row) == "more"]
    about = f"Beside the reference ({title}), "
    if fewer:
        yield f"{about}fewer than expected: {_ratios(fewer)}."
    if more:
        yield f"{about}more than expected: {_ratios(more)}."
    if not fewer and not more:
        yield (
            f"{about}no group that is in the data stands clearly above or below its share, where "
            "a reference five points off is allowed for."
        )
    if nobody:
        yield (
            f"Nobody in the data is recorded in {counting_word(len(nobody)).lower()} "
            f"{'group' if len(nobody) == 1 else 'groups'} that the reference leads to expect: "
            f"{listed_words(nobody, most=_MOST * 2)}."
        )


def _ratios(rows: list[Compared]) -> str:
    ordered = sorted(rows, key=lambda row: row.ratio or 0)
    told = [f"{row.group} ({times(row.ratio)})" for row in ordered]
    return listed_words(told, most=_MOST * 2)


def _unclear(audit: Audit) -> Iterator[str]:
    name = audit.dimensions[0].name
    meant = {
        Class.MISSING.value: "nothing is recorded",
        Class.REFUSED.value: "people declined to say",
        Class.SEVERAL.value: "several groups are recorded",
        Class.UNMAPPED.value: "what is recorded is not in the map",
    }
    told = [
        f"for {words.percent(row.share_of_all)} {meant[row.values[name]]}"
        for row in audit.groups.rows
        if row.is_class and row.share_of_all
    ]
    if told:
        sentence = listed_words(told)
        yield f"{sentence[0].upper()}{sentence[1:]}; any of them could be in any group."


def _shows(audit: Audit) -> str | None:
    shown = [one for one in audit.capabilities if one.rarest is not None]
    if len(shown) < 2 or len(shown) < sum(one.people != 0 for one in audit.capabilities):
        return None
    best, worst = (f(shown, key=lambda one: one.rarest or 0) for f in (min, max))
    return (
        f"By itself, {best.group} is large enough to show, with a chance of "
        f"{audit.assumed.seen:.0%}, alleles as rare as {words.frequency(best.rarest)}; "
        f"{worst.group} only from {words.frequency(worst.rarest)} on."
    )
