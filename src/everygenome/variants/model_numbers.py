"""Numbers of a disease model as people write them: 0.002, "1/500", or counted cases, "104/6179"."""

import math
import re
from dataclasses import dataclass

from everygenome.variants.disease import upper_share

# More people than live need eleven digits.
_RATIO = re.compile(r"(\d[\d,]{0,14})\s*/\s*(\d[\d,]{0,14})")
AS_SHARE = 'Write a share above 0 and up to 1, such as 0.002, or "1/500" between quotes.'
AS_CASES = (
    'Write a share above 0 and up to 1, such as 0.02, or counted cases between quotes: "104/6179".'
)


@dataclass(frozen=True, slots=True)
class Contribution:
    """The largest share that one allele has, and the cases that it was counted in."""

    share: float
    counted: str = ""


def share_of(told: object) -> float | None:
    """A share above 0 and up to 1; None where nothing of that kind is written.

    Example:
        >>> share_of("1/500"), share_of(0.002), share_of("0.2%"), share_of("500")
        (0.002, 0.002, None, None)
    """
    if isinstance(told, str):
        ratio = _RATIO.fullmatch(told.strip())
        if ratio:
            one, of = (int(part.replace(",", "")) for part in ratio.groups())
            value = one / of if of else math.nan
        else:
            value = _number(told)
    elif isinstance(told, int | float) and not isinstance(told, bool):
        # TOML's whole numbers have no end, and floats do.
        value = float(told) if told <= 1 else math.nan
    else:
        return None
    return value if 0 < value <= 1 else None


def contribution_of(told: object) -> Contribution | None:
    """The share of an allele: as it is written, or from counted cases.

    Of counted cases the upper end of the Wald interval at 95% is taken: chance may have shown too
    few of the allele, and a bar that is too low would call its cause too common.

    Source: Whiffin et al. 2017, Genetics in Medicine 19:1151 (Table 1).

    Example:
        >>> contribution_of("104/6179").counted, round(contribution_of("104/6179").share, 4)
        ('104 of 6,179', 0.02)
    """
    ratio = _RATIO.fullmatch(told.strip()) if isinstance(told, str) else None
    if ratio is None:
        share = share_of(told)
        return None if share is None else Contribution(share)
    cases, of = (int(part.replace(",", "")) for part in ratio.groups())
    # Of no case at all, the interval is 0 to 0: it says nothing of what was missed.
    if not 0 < cases <= of:
        return None
    return Contribution(upper_share(cases, of), f"{cases:,} of {of:,}")


def _number(text: str) -> float:
    try:
        return math.nan if "_" in text else float(text)
    except ValueError:
        return math.nan
