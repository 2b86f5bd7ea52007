"""Figures in words and in few letters, for sentences and for labels."""

_SMALL_NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
)


def number(value: float | None) -> str:
    """A count in words that can be read aloud.

    Example:
        >>> [number(x) for x in (None, 0, 0.02, 8223, 166093, 2083151, 334891170)]
        ['not known', '0', 'less than 0.1', '8,223', '166,093', '2.1 million', '335 million']
    """
    if value is None:
        return "not known"
    for size, name in ((1e9, "billion"), (1e6, "million")):
        if value >= size:
            digits = f"{value / size:.1f}" if value < 100 * size else f"{value / size:.0f}"
            return f"{digits.removesuffix('.0')} {name}"
    if 0 < value < 0.1:
        return "less than 0.1"
    return f"{value:,.0f}" if value == int(value) or value >= 10 else f"{value:.1f}"


def compact(value: float | None) -> str:
    """A count in few letters, for a cell or a scale.

    Example:
        >>> [compact(x) for x in (None, 0, 850, 8223, 166093, 2083151, 334891170, 4.13e9)]
        ['?', '0', '850', '8.2k', '166k', '2.1M', '335M', '4.1B']
    """
    if value is None:
        return "?"
    for size, letter in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
        # 999,960 is a million to three figures, and not "1000k".
        if value >= size * 0.9995:
            digits = f"{value / size:.1f}" if value < 9.95 * size else f"{value / size:.0f}"
            return f"{digits.removesuffix('.0')}{letter}"
    if 0 < value < 0.1:
        return "<0.1"
    return f"{value:.0f}" if value == int(value) or value >= 10 else f"{value:.1f}"


def times(ratio: float | None) -> str:
    """A ratio in words.

    Example:
        >>> [times(x) for x in (None, 0.0, 0.00195, 0.222, 1.0, 7.41, 23.4)]
        ['no figure', 'none', '0.002 times', '0.22 times', '1 times', '7.4 times', '23 times']
        >>> [times(x) for x in (0.00004, 99.6, 1234.5)]
        ['<0.001 times', '100 times', '1,234 times']
    """
    if ratio is None:
        return "no figure"
    # Beyond these ends two figures would be written as powers of ten.
    if 0 < ratio < 0.001:
        return "<0.001 times"
    if ratio >= 99.5:
        return f"{ratio:,.0f} times"
    return "none" if ratio == 0 else f"{ratio:.{1 if ratio < 0.01 else 2}g} times"


def points(difference: float | None) -> str:
    """A difference of two shares (-1 to 1) in percentage points, with its sign.

    Example:
        >>> [points(x) for x in (None, 0.146, -0.0301, 0.0, 0.00002)]
        ['no figure', '+14.6', '−3.0', '0', '+<0.1']
    """
    if difference is None:
        return "no figure"
    if difference == 0:
        return "0"
    sign = "+" if difference > 0 else "−"
    size = abs(difference) * 100
    return f"{sign}{'<0.1' if size < 0.05 else f'{size:.1f}'}"


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


def counting_word(count: int) -> str:
    """A small number as a word, at the start of a sentence.

    Example:
        >>> counting_word(10), counting_word(12)
        ('Ten', '12')
    """
    return _SMALL_NUMBERS[count].capitalize() if count < len(_SMALL_NUMBERS) else f"{count:,}"


def listed_words(names: list[str], *, most: int = 4) -> str:
    """Names as a list in a sentence.

    Example:
        >>> listed_words(["A"]), listed_words(["A", "B", "C"]), listed_words(list("ABCDEF"))
        ('A', 'A, B and C', 'A, B, C, D and 2 more')
    """
    if len(names) > most + 1:
        return f"{', '.join(names[:most])} and {len(names) - most:,} more"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
