"""The words of an audit's report."""

from everygenome.audit.comparing import Compared, NoRatio, NoShortfall
from everygenome.audit.earlier import Hidden
from everygenome.charts.figures import compact, number, times
from everygenome.charts.ratio import ratio_words

_NO_RATIO = {
    NoRatio.HIDDEN: "hidden",
    NoRatio.NOT_IN_REFERENCE: "not in the reference",
    NoRatio.NOBODY_IN_REFERENCE: "nobody in the reference",
    NoRatio.NOBODY_RECORDED: "nobody is recorded",
}
_NO_SHORTFALL = {
    NoShortfall.HIDDEN: "hidden",
    NoShortfall.NO_REFERENCE: "–",
    NoShortfall.GOVERNED: "declined, or governed by the community",
}


def label(name: str) -> str:
    """A dimension as readers see it.

    Example:
        >>> label("age_band")
        'age band'
    """
    return name.replace("_", " ")


def people(count: int | None, hidden: Hidden | None, threshold: int) -> str:
    """A count, or what is said instead of it.

    Example:
        >>> people(1204, None, 10), people(None, Hidden.SMALL, 10), people(None, Hidden.BESIDE, 10)
        ('1,204', 'fewer than 10', 'hidden')
    """
    if count is not None:
        return f"{count:,}"
    return f"fewer than {threshold}" if hidden is Hidden.SMALL else "hidden"


def percent(share: float | None) -> str:
    """A share; a dash where there is none. Never 0% for something, nor 100% for not all.

    Example:
        >>> percent(0.0004), percent(0.1234), percent(None)
        ('0.04%', '12.3%', '–')
    """
    if share is None:
        return "–"
    if share in (0, 1):
        return f"{share:.0%}"
    if share < 0.01:
        return "<0.01%" if share < 0.0001 else f"{share:.2%}"
    return ">99.9%" if 0.9995 <= share < 1 else f"{share:.1%}"


def between(low: float | None, high: float | None) -> str:
    """An interval of shares."""
    return "–" if low is None or high is None else f"{percent(low)} to {percent(high)}"


def ratio(row: Compared) -> str:
    """A ratio with its interval, or why there is none."""
    if row.no_ratio is not None:
        return _NO_RATIO[row.no_ratio]
    return ratio_words(row.ratio, row.ratio_low, row.ratio_high)


def if_off(row: Compared) -> str:
    """What the ratio would be were the reference five points off, from more to less."""
    if row.ratio is None:
        return "–"
    if row.ratio == 0:
        return "none"
    more = times(row.ratio_if_more).removesuffix(" times")
    if row.ratio_if_less is None:
        return f"{more} or more"
    return f"{more} to {times(row.ratio_if_less).removesuffix(' times')}"


def needed(row: Compared) -> str:
    """People still needed, or why that is not said."""
    if row.no_shortfall is not None:
        return _NO_SHORTFALL[row.no_shortfall]
    return "none" if not row.shortfall else f"{number(_up(row.shortfall))}"


def verdict(row: Compared) -> str | None:
    """How a group stands to its reference: "fewer", "more", "alike"; None: it cannot be said.

    It is said only where a reference five points off, or another end of the interval, would say
    the same.
    """
    if row.ratio is None or row.ratio_low is None:
        return None
    if row.ratio_high is not None and row.ratio_high < 1:
        less = row.ratio_if_less
        # A reference share of less than five points could be nothing: it is then told as it is.
        return "fewer" if less is None or less < 1 else "alike"
    if row.ratio_low > 1:
        return "more" if row.ratio_if_more is not None and row.ratio_if_more > 1 else "alike"
    return "alike"


def frequency(value: float | None) -> str:
    """An allele frequency, as one in so many chromosomes.

    Example:
        >>> frequency(0.001497)
        '0.15% (1 in 668)'
    """
    if value is None:
        return "–"
    digits = f"{100 * value:.2g}"
    return f"{digits}% (1 in {compact(round(1 / value)) if value < 1e-6 else f'{1 / value:,.0f}'})"


def _up(value: float) -> int:
    return int(-(-value // 1))
