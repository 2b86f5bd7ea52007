"""Crosswalks: how the groups of a reference are taken to stand for ancestry groups.

A census ethnic group is not a genetic ancestry, and a world region is neither. A
crosswalk is an assumption, written down: for each pair of groups the share of people
taken across, as a central weight with a low and a high one, and why. The built-in ones are
assumptions of ours for readers who want a comparison, not facts. To hold another
view, copy the file from `data/`, edit it, and read it with `read_crosswalk`.
"""

import difflib
import math
from dataclasses import dataclass
from functools import cache
from importlib import resources

from everygenome.errors import NotFoundError
from everygenome.vocabulary.references.crosswalk_files import parse_crosswalk
from everygenome.vocabulary.references.crosswalk_model import Crosswalk, CrosswalkRow, check_fit
from everygenome.vocabulary.references.model import Reference
from everygenome.vocabulary.schemes import SCHEMES, Scheme

_FOLDER = resources.files("everygenome.vocabulary.references").joinpath("data")
_SCHEME_OF = {
    "un_subregions_to_broad": "broad",
    "un_subregions_to_monitor": "monitor",
    "census_england_wales_5_to_broad": "broad",
    "census_england_wales_19_to_broad": "broad",
}


@cache
def crosswalk(name: str) -> Crosswalk:
    """A built-in crosswalk.

    Raises:
        NotFoundError: no such name; the remedy names those nearest to it, or all.

    Example:
        >>> crosswalk("un_subregions_to_broad").scheme
        'broad'
    """
    if name not in _SCHEME_OF:
        near = difflib.get_close_matches(name, _SCHEME_OF, n=2, cutoff=0.5) or _SCHEME_OF
        raise NotFoundError(
            f"There is no built-in crosswalk {name!r}.", remedy=f"Use {', '.join(near)}."
        )
    file_name = f"{name}.csv"
    text = _FOLDER.joinpath(file_name).read_text("utf-8")
    return parse_crosswalk(text, name=name, source=file_name, scheme=SCHEMES[_SCHEME_OF[name]])


def crosswalks() -> tuple[Crosswalk, ...]:
    """Every built-in crosswalk."""
    return tuple(crosswalk(name) for name in _SCHEME_OF)


@dataclass(frozen=True, slots=True)
class ExpectedShare:
    """Share (0-1) of the reference taken to stand for a group: low <= central <= high."""

    low: float
    central: float
    high: float


def expected_shares(
    reference: Reference, crosswalk: Crosswalk, scheme: Scheme
) -> dict[str, ExpectedShare]:
    """Share of the reference population in each group of a scheme, with its bounds.

    The bounds are sharp: of all weights that lie between low and high and sum to 1 within
    each reference group, none gives a group less than `low` or more than `high`, and some
    reach them. They hold for one group at a time: not all groups can be low at once.

    Returns:
        Group to share, for every group of the scheme, in its order. A group to which the
        crosswalk takes nobody has 0, 0, 0: it has no ratio.

    Raises:
        UsageError: the crosswalk is for another scheme, another kind of descriptor, or
            other groups than the reference has.

    Example:
        >>> from everygenome.vocabulary.references import reference
        >>> from everygenome.vocabulary.schemes import BROAD
        >>> world = expected_shares(
        ...     reference("un_wpp2024_subregions"), crosswalk("un_subregions_to_broad"), BROAD
        ... )
        >>> f"{sum(share.central for share in world.values()):.6f}"
        '1.000000'
    """
    check_fit(crosswalk=crosswalk, reference=reference, scheme=scheme)
    parts: dict[str, list[ExpectedShare]] = {group: [] for group in scheme.groups}
    shares = reference.shares
    for from_group, rows in crosswalk.by_from_group.items():
        for row in rows:
            parts[row.to_group].append(_part(row, rows=rows, share=shares[from_group]))
    return {
        group: ExpectedShare(
            math.fsum(part.low for part in of_group),
            math.fsum(part.central for part in of_group),
            math.fsum(part.high for part in of_group),
        )
        for group, of_group in parts.items()
    }


def _part(row: CrosswalkRow, *, rows: tuple[CrosswalkRow, ...], share: float) -> ExpectedShare:
    """What one row contributes: a reference group's share times its least and most weight."""
    others = [other for other in rows if other is not row]
    # What the other targets cannot take must come here; what they must take cannot.
    least = max(row.low, 1 - math.fsum(other.high for other in others))
    most = min(row.high, 1 - math.fsum(other.low for other in others))
    # The sums may miss the central weight by a rounding error.
    low, high = min(least, row.weight), max(most, row.weight)
    return ExpectedShare(share * low, share * row.weight, share * high)
