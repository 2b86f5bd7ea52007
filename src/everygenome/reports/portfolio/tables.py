"""The table of a report: every figure of the answers, as text in cells."""

from collections.abc import Callable
from typing import TypeAlias

from everygenome.charts.rows import percent
from everygenome.reports.documents.model import Grid
from everygenome.reports.portfolio.asking import Row

_NONE = "–"


def figures(rows: list[Row], compared: list[Row], *, small: bool) -> Grid:
    """Every figure of each group in one line: what it holds, and how that compares.

    Args:
        rows: of `composition` with intervals.
        compared: of `standardised` for the portfolio; it says too how many publications name a
            group alone.
        small: the portfolio has too few publications to be compared: no ratios are shown.
    """
    beside = {row["group"]: row for row in compared}
    head, spans, widths = _WHO
    if not small:
        head, spans, widths = head + _RATIOS[0], spans + _RATIOS[1], widths + _RATIOS[2]
    cells = []
    for row in rows:
        other = beside.get(row["group"], {})
        line = _who(row, other)
        cells.append(line if small else line + _ratios(other))
    caption = (
        "Shares in percent. Share: of clear records, the group alone. Lowest–highest: what unclear "
        "records allow. With others: alone, or named among several. Interval: 95%; “–” where "
        "there is none."
    )
    if not small:
        first = compared[0] if compared else {}
        caption += (
            " Here, expected: shares like for like, balanced. As in the portfolio: like for like "
            "with subjects counted as in the portfolio; the shares and intervals behind it are "
            "in the data of the measure `standardised`. Plain: the share over that of the rest of "
            f"the field. Matched participations: {_told(first)}."
        )
    return Grid(
        head=head,
        rows=tuple(cells),
        caption=caption,
        numbers=frozenset(range(1, len(head))),
        quiet=_classes(rows),
        small=True,
        widths=widths,
        spans=spans,
    )


# Names of columns, what stands above them, and how wide they are.
_Columns: TypeAlias = tuple[tuple[str, ...], tuple[tuple[str, int], ...], tuple[float, ...]]
_WHO: _Columns = (
    (
        *("Group", "Publications", "Participations", "Share"),
        *("Interval", "Lowest–highest", "With others"),
    ),
    (("", 1), ("Who takes part", 6)),
    (14.2, 6.0, 8.4, 4.4, 7.1, 7.5, 5.4),
)
_RATIOS: _Columns = (
    (
        *("Here", "Expected", "Ratio", "Interval"),
        *("Ratio", "Interval"),
        *("Rest of field", "Ratio", "Interval"),
    ),
    (("Like for like", 4), ("As in the portfolio", 2), ("Plain", 3)),
    (4.4, 4.8, 4.4, 7.8, 4.4, 7.8, 4.6, 4.4, 7.8),
)


def _who(row: Row, other: Row) -> tuple[str, ...]:
    return (
        row["group"],
        _count(other.get("publications_of_group")),
        _count(row["value"]),
        _points(row["share"]),
        _between(row["share_low"], row["share_high"], _points),
        _between(row["share_min"], row["share_max"], _points),
        _points(row["share_with_others"]),
    )


def _ratios(row: Row) -> tuple[str, ...]:
    return (
        _points(row.get("balanced_observed_share")),
        _points(row.get("balanced_expected_share")),
        ratio(row.get("balanced_ratio")),
        _between(row.get("balanced_low"), row.get("balanced_high"), ratio),
        ratio(row.get("ratio")),
        _between(row.get("ratio_low"), row.get("ratio_high"), ratio),
        _points(row.get("field_share")),
        ratio(row.get("crude_ratio")),
        _between(row.get("crude_ratio_low"), row.get("crude_ratio_high"), ratio),
    )


def _told(first: Row) -> str:
    """How much could be compared, and by what."""
    return ", ".join(
        f"{words} {_share(first.get(name))}"
        for name, words in (
            ("matched_share", "all"),
            ("trait_share", "by trait"),
            ("parent_share", "by broader subject"),
            ("unmapped_share", "without a trait"),
        )
    )


def _points(share: float | None) -> str:
    """A share as a number of percent.

    >>> [_points(value) for value in (None, 0.0, 0.0004, 0.885, 0.9999, 1.0)]
    ['–', '0', '<0.1', '88.5', '>99.9', '100']
    """
    return _share(share).removesuffix("%")


def _classes(rows: list[Row]) -> frozenset[int]:
    return frozenset(place for place, row in enumerate(rows) if row["is_class"])


def _count(value: float | None) -> str:
    return _NONE if value is None else f"{value:,.0f}"


def _share(value: float | None) -> str:
    return _NONE if value is None else percent(value)


def ratio(value: float | None) -> str:
    """A ratio with two places, or as many as show its side of 1: no clear difference reads as none.

    >>> [ratio(value) for value in (None, 0.0, 0.0041, 0.282, 1.026, 12.34, 4321.0)]
    ['–', 'none', '0.0041', '0.28', '1.03', '12.3', '4,321']
    >>> [ratio(value) for value in (1.0, 1.004, 0.9971, 1.00002, 0.99999)]
    ['1.00', '1.004', '0.997', '>1', '<1']
    """
    if value is None:
        return _NONE
    if value == 0:
        return "none"
    if value < 0.1:
        return f"{value:#.2g}"
    if value != 1 and f"{value:.2f}" == "1.00":
        finer = f"{value:.3f}"
        return finer if finer != "1.000" else ">1" if value > 1 else "<1"
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:,.0f}"


def _between(low: float | None, high: float | None, form: Callable[[float | None], str]) -> str:
    return _NONE if low is None or high is None else f"{form(low)}–{form(high)}"
