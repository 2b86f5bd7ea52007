"""Sentences made of figures: the same words whatever group is the largest."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]
_UNCLEAR_NAMES = {"Other": "recorded only as “other”"}
_SMALL_NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
)


def of_hundred(share: float) -> str:
    """A share (0-1) as a number out of 100; never 0 for something nor 100 for not all.

    Example:
        >>> [of_hundred(x) for x in (0.0, 0.004, 0.014, 0.907, 0.997, 1.0)]
        ['none', 'fewer than 1', '1', '91', 'more than 99', 'all 100']
    """
    if share == 0:
        return "none"
    if share == 1:
        return "all 100"
    if share < 0.005:
        return "fewer than 1"
    if share >= 0.995:
        return "more than 99"
    return str(round(share * 100))


def described(group: str) -> str:
    """How a sentence names people in a group.

    Example:
        >>> described("East Asian"), described("Other")
        ('recorded as East Asian', 'recorded only as “other”')
    """
    return _UNCLEAR_NAMES.get(group, f"recorded as {group}")


def number(value: float | None) -> str:
    """A count in words that can be read aloud.

    Example:
        >>> [number(x) for x in (None, 0, 8223, 166093, 2083151, 334891170, 4.13e9)]
        ['not known', '0', '8,223', '166,093', '2.1 million', '335 million', '4.1 billion']
    """
    if value is None:
        return "not known"
    for size, name in ((1e9, "billion"), (1e6, "million")):
        if value >= size:
            digits = f"{value / size:.1f}" if value < 100 * size else f"{value / size:.0f}"
            return f"{digits} {name}"
    return f"{value:,.0f}"


def counting_word(count: int) -> str:
    """A small number as a word, at the start of a sentence.

    Example:
        >>> counting_word(10), counting_word(12)
        ('Ten', '12')
    """
    return _SMALL_NUMBERS[count].capitalize() if count < len(_SMALL_NUMBERS) else f"{count:,}"


def trend_finding(rows: Sequence[Row]) -> str:
    """What the trend shows, as a title: the largest group, and how its share moved.

    Example:
        >>> year = lambda y, a, b: [
        ...     {"year": y, "group": "A", "is_class": False, "share": a},
        ...     {"year": y, "group": "B", "is_class": False, "share": b}]
        >>> trend_finding([*year(2001, 0.7, 0.3), *year(2002, 0.9, 0.1)])
        'A was the largest group in every year, with 70% to 90% of what was clearly recorded'
        >>> trend_finding([*year(2001, 0.4, 0.6), *year(2002, 0.9, 0.1)])
        'A was the largest group in 1 of 2 years; in 2002 it was A, with 90%'
    """
    years: dict[int, dict[str, float]] = {}
    for row in rows:
        if row["share"] is not None and not row["is_class"]:
            years.setdefault(row["year"], {})[row["group"]] = row["share"]
    years = {year: shares for year, shares in years.items() if any(shares.values())}
    if not years:
        return "No year has a figure"
    firsts = {year: max(shares, key=lambda g: shares[g]) for year, shares in years.items()}
    last = max(years)
    led = Counter(firsts.values())
    largest = max(led, key=lambda group: (led[group], group == firsts[last]))
    if len(years) == 1:
        return f"{largest} was the largest group in {last}, with {years[last][largest]:.0%}"
    if set(led) == {largest}:
        shares = [held[largest] for held in years.values()]
        return (
            f"{largest} was the largest group in every year, with {min(shares):.0%} to "
            f"{max(shares):.0%} of what was clearly recorded"
        )
    return (
        f"{largest} was the largest group in {led[largest]} of {len(years)} years; in {last} it "
        f"was {firsts[last]}, with {years[last][firsts[last]]:.0%}"
    )


def composition_finding(rows: Sequence[Row]) -> str:
    """What the composition shows, as a title.

    Example:
        >>> composition_finding([{"group": "A", "is_class": False, "share": 0.9, "rows": 4},
        ...                      {"group": "B", "is_class": False, "share": 0.1, "rows": 1}])
        'A holds 90 of every 100; B comes next with 10'
    """
    named = [row for row in rows if row["share"] and not row["is_class"]]
    ordered = sorted(named, key=lambda row: -row["share"])
    if not ordered:
        return "No record names a group"
    told = f"{ordered[0]['group']} holds {of_hundred(ordered[0]['share'])} of every 100"
    if len(ordered) == 1:
        return told
    return f"{told}; {ordered[1]['group']} comes next with {of_hundred(ordered[1]['share'])}"
