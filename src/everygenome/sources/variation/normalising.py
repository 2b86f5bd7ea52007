"""The one way to write a variant: trimmed, and as far to the left as it can stand.

Source: Tan, Abecasis and Kang 2015, Bioinformatics 31:2202. By the same paper a variant stands as
far left as it can when its alleles end in different bases: so whether one could be moved is known
without a genome, and only those that can are looked up in it.
"""

from collections.abc import Callable

Bases = Callable[[int, int], str]
"""The bases of a chromosome from one position to another, both included, counted from 1."""

# Looked up at once, when alleles are moved.
_WINDOW = 200


def trimmed(pos: int, ref: str, alt: str) -> tuple[int, str, str]:
    """The shortest form, at least one base each: the end is trimmed first, then the start.

    Example:
        >>> trimmed(100, "GCACA", "GCA")
        (100, 'GCA', 'G')
    """
    shorter = min(len(ref), len(alt))
    end = 0
    while end < shorter - 1 and ref[-1 - end] == alt[-1 - end]:
        end += 1
    ref, alt = ref[: len(ref) - end], alt[: len(alt) - end]
    start = 0
    while start < shorter - end - 1 and ref[start] == alt[start]:
        start += 1
    return pos + start, ref[start:], alt[start:]


def movable(ref: str, alt: str) -> bool:
    """Whether trimmed alleles end in the same base: then they may stand further left.

    Example:
        >>> movable("A", "AA"), movable("GA", "G")
        (True, False)
    """
    return len(ref) != len(alt) and ref[-1] == alt[-1]


def left_aligned(pos: int, ref: str, alt: str, bases: Bases) -> tuple[int, str, str]:
    """Trimmed, and moved to the left as far as the genome allows.

    Args:
        pos, ref, alt: as in a VCF, capital letters.
        bases: looks the genome up.

    Example:
        >>> genome = "GCAAAAT"
        >>> left_aligned(6, "A", "AA", lambda first, last: genome[first - 1 : last])
        (2, 'C', 'CA')
    """
    pos, ref, alt = trimmed(pos, ref, alt)
    before, at = "", pos
    while ref[-1] == alt[-1] and ref != alt:
        if min(len(ref), len(alt)) == 1:
            if pos == 1:
                break
            if not before:
                first = max(1, at - _WINDOW)
                before, at = bases(first, at - 1), first
            pos -= 1
            ref, alt = before[-1] + ref, before[-1] + alt
            before = before[:-1]
        ref, alt = ref[:-1], alt[:-1]
    return trimmed(pos, ref, alt)
