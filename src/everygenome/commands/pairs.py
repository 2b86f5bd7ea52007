"""Options that give a number for each group: "African=120"."""

import math
from collections.abc import Iterable

from everygenome.errors import UsageError


def numbers(given: Iterable[str] | None, option: str, *, whole: bool = False) -> dict[str, float]:
    """Group -> number.

    Raises:
        UsageError: no name, no number, or a group twice.

    Example:
        >>> numbers(["African=661", "South Asian = 489"], "--have", whole=True)
        {'African': 661.0, 'South Asian': 489.0}
    """
    found: dict[str, float] = {}
    for pair in given or ():
        name, _, told = (part.strip() for part in pair.rpartition("="))
        if not name or (value := _number(told, whole=whole)) is None:
            raise UsageError(
                f"{option} {pair!r} is no group and number.",
                remedy=f'Write {option} "African=120".',
            )
        if name in found:
            raise UsageError(f"{option} gives “{name}” twice.", remedy="Give each group once.")
        found[name] = value
    return found


def for_each(given: Iterable[str] | None, option: str, groups: Iterable[str]) -> dict[str, float]:
    """Group -> number, where a number alone stands for all groups that are not named.

    Raises:
        UsageError: as `numbers`, a group that there is not, or two numbers for all.

    Example:
        >>> for_each(["100", "B=120"], "--cost", ["A", "B"])
        {'A': 100.0, 'B': 120.0}
    """
    groups = tuple(groups)
    alone = [one for one in given or () if "=" not in one]
    if len(alone) > 1:
        raise UsageError(
            f"{option} is given for all groups twice.", remedy='Name the group: "African=120".'
        )
    found: dict[str, float] = {}
    for one in alone:
        value = _number(one.strip(), whole=False)
        if value is None:
            raise UsageError(
                f"{option} {one!r} is no number.", remedy=f'Write {option} "African=120", or 100.'
            )
        found = dict.fromkeys(groups, value)
    named = numbers([one for one in given or () if "=" in one], option)
    if strange := sorted(set(named) - set(groups)):
        raise UsageError(
            f"{option} names “{strange[0]}”, which is no group.",
            remedy=f"Use one of: {'; '.join(groups)}.",
        )
    return found | named


def _number(told: str, *, whole: bool) -> float | None:
    try:
        value = float(told)
    except ValueError:
        return None
    if not math.isfinite(value) or value < 0 or "_" in told or (whole and value != int(value)):
        return None
    return value
