"""What a crosswalk is, and whether it fits a reference and a scheme."""

from collections import defaultdict
from dataclasses import dataclass

from everygenome.errors import UsageError
from everygenome.vocabulary.references.model import Descriptor, Reference
from everygenome.vocabulary.schemes import SCHEMES, Scheme


@dataclass(frozen=True, slots=True)
class CrosswalkRow:
    """One pair of groups: 0 <= low <= weight <= high <= 1, and a sentence that says why."""

    from_group: str
    to_group: str
    low: float
    weight: float
    high: float
    why: str


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """An explicit many-to-many map from reference groups to the groups of a scheme.

    Attributes:
        name: file name without its ending.
        title: one line for people, which says that this is an assumption.
        descriptor: what kind of groups it starts from.
        scheme: name of the scheme that it leads to.
        rows: the pairs; central weights of one `from_group` sum to 1.
        notes: caveats, as sentences for the reader.
    """

    name: str
    title: str
    descriptor: Descriptor
    scheme: str
    rows: tuple[CrosswalkRow, ...]
    notes: tuple[str, ...] = ()

    @property
    def leads_to(self) -> Scheme:
        """Where it leads: the scheme of its name, or one of the groups that it names."""
        named = SCHEMES.get(self.scheme)
        return named or Scheme(self.scheme, tuple({row.to_group: None for row in self.rows}), {})

    @property
    def by_from_group(self) -> dict[str, tuple[CrosswalkRow, ...]]:
        """The rows of each reference group, in the order of the file."""
        grouped: defaultdict[str, list[CrosswalkRow]] = defaultdict(list)
        for row in self.rows:
            grouped[row.from_group].append(row)
        return {group: tuple(rows) for group, rows in grouped.items()}


def check_fit(*, crosswalk: Crosswalk, reference: Reference, scheme: Scheme) -> None:
    """Refuse a crosswalk that does not belong to the reference and the scheme.

    Raises:
        UsageError: another scheme, another kind of descriptor, or other groups.
    """
    if crosswalk.scheme != scheme.name:
        raise UsageError(
            f"The crosswalk {crosswalk.name!r} leads to the scheme {crosswalk.scheme!r}, not to "
            f"{scheme.name!r}.",
            remedy="Choose a crosswalk and a scheme that belong together.",
        )
    if crosswalk.descriptor is not reference.descriptor:
        raise UsageError(
            f"The crosswalk {crosswalk.name!r} starts from {crosswalk.descriptor}, and the "
            f"reference {reference.name!r} counts people by {reference.descriptor}.",
            remedy="Choose a reference of the kind that the crosswalk starts from.",
        )
    held, covered = set(reference.groups), set(crosswalk.by_from_group)
    if held != covered:
        missing = "; ".join(sorted(held - covered)) or "none"
        extra = "; ".join(sorted(covered - held)) or "none"
        raise UsageError(
            f"The crosswalk {crosswalk.name!r} does not fit the reference {reference.name!r}: "
            f"groups without a row: {missing}; groups that the reference does not have: {extra}.",
            remedy="Give rows for every group of the reference, spelled as it spells them.",
        )
