"""Which share of a reference is taken to stand for each group of a dataset."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from everygenome.audit.counts import Dimension
from everygenome.errors import UsageError
from everygenome.vocabulary.references import (
    Crosswalk,
    ExpectedShare,
    Reference,
    crosswalk,
    crosswalks,
    expected_shares,
    read_crosswalk,
    read_reference,
    reference,
)
from everygenome.vocabulary.schemes import SCHEMES


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a reference leads to expect.

    Attributes:
        reference: the population.
        crosswalk: how its groups are taken to stand for those of the dataset; None: they are the
            same groups.
        shares: group -> share of the reference, with bounds.
    """

    reference: Reference
    crosswalk: Crosswalk | None
    shares: Mapping[str, ExpectedShare]


def find_reference(named: str) -> Reference:
    """A built-in reference population by its name, or one from a CSV file.

    Raises:
        NotFoundError: no such name.
        InputError: the file is no such table.
    """
    path = Path(named)
    if path.suffix.lower() == ".csv" or path.is_file():
        return read_reference(path)
    return reference(named)


def expect(found: Reference, dimension: Dimension, *, through: str | None = None) -> Expected:
    """What a reference leads to expect of the groups of a dataset.

    Args:
        found: the reference.
        dimension: the groups, and what kind of descriptor they are.
        through: a crosswalk: the name of a built-in one, or a CSV file. Needed where the reference
            describes people in another way than the dataset.

    Raises:
        UsageError: the kinds differ and no crosswalk is given; or no group is in both; or the
            crosswalk leaves a group of the dataset out while it leads to one that is not there.
        InputError: the crosswalk's file cannot be used.
    """
    if through is not None:
        return _through(found, dimension, through)
    if dimension.kind.descriptor is not found.descriptor:
        fitting = [one.name for one in crosswalks() if set(one.by_from_group) == set(found.groups)]
        also = f" Built in, to be read before it is used: {', '.join(fitting)}." if fitting else ""
        raise UsageError(
            f"The reference {found.name!r} counts people by {found.descriptor}, and the map says "
            f"that “{dimension.column}” is {dimension.kind}: these describe different things, so "
            "their shares cannot be divided by each other.",
            remedy="Choose a reference of the same kind, or give a crosswalk with --crosswalk that "
            f"says, with low and high weights, how one is taken to stand for the other.{also}",
        )
    shares = found.shares
    if not set(shares) & set(dimension.groups):
        raise UsageError(
            f"No group of the map is a group of the reference {found.name!r}.",
            remedy=f"Name the groups in the map as the reference does: {_few(list(shares))}.",
        )
    exact = {group: ExpectedShare(share, share, share) for group, share in shares.items()}
    return Expected(reference=found, crosswalk=None, shares=exact)


def _through(found: Reference, dimension: Dimension, through: str) -> Expected:
    path = Path(through)
    is_file = path.suffix.lower() == ".csv" or path.is_file()
    given = read_crosswalk(path, reference=found) if is_file else crosswalk(through)
    shares = {
        group: share
        for group, share in expected_shares(found, given, given.leads_to).items()
        # Groups of a scheme to which the crosswalk takes nobody are not expected.
        if group in dimension.groups or share.high > 0
    }
    missing = [group for group in dimension.groups if group not in shares]
    strange = [group for group in shares if group not in dimension.groups]
    if missing and strange and given.scheme not in SCHEMES:
        raise UsageError(
            f"The crosswalk {given.name!r} leads to no group “{missing[0]}” of the map, and to "
            f"“{strange[0]}”, which the map does not have.",
            remedy="Name the groups alike in both.",
        )
    if not set(shares) & set(dimension.groups):
        raise UsageError(
            f"The crosswalk {given.name!r} leads to no group of the map.",
            remedy=f"Name the groups in the map as it does: {_few(list(shares))}.",
        )
    return Expected(reference=found, crosswalk=given, shares=shares)


def _few(names: list[str], most: int = 8) -> str:
    rest = len(names) - most
    return "; ".join(names[:most]) + (f"; and {rest} more" if rest > 0 else "")
