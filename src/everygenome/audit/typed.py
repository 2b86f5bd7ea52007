"""Counts that somebody typed, instead of a file."""

from collections.abc import Iterable, Mapping

from everygenome.audit.classes import Class, is_reserved
from everygenome.audit.mapping.kinds import Kind
from everygenome.audit.mapping.model import GROUP, NOT_STATED, plain
from everygenome.audit.model import Counts, Dimension
from everygenome.errors import UsageError


def from_counts(
    rows: Iterable[tuple[str, int]],
    *,
    kind: Kind,
    missing: int = 0,
    refused: int = 0,
    several: int = 0,
    assigned_by: str = NOT_STATED,
    method: str = NOT_STATED,
    panel: str = NOT_STATED,
    date: str = NOT_STATED,
    why: str = NOT_STATED,
    documentation: Mapping[str, str] | None = None,
    source: str = "counts",
) -> Counts:
    """Counts that somebody typed.

    Args:
        rows: a group and its people, in the order that is kept; 0 is a group of nobody.
        kind: what kind of thing the groups are.
        missing, refused, several: people of whom no single group is known.
        assigned_by, method, panel, date, why: of the groups; see `Dimension`.
        documentation: what is said of the dataset.
        source: what to call the counts.

    Raises:
        UsageError: no group, a group without a name, twice, or called like a class or the sum of
            all groups; a count that is no whole number of 0 or more; or nobody at all.

    Example:
        >>> made = from_counts([("Africa", 12), ("Asia", 0)], kind=Kind.WORLD_REGION, missing=3)
        >>> dict(made.people), made.dimensions[0].groups, made.total
        ({('Africa',): 12, ('Missing',): 3}, ('Africa', 'Asia'), 15)
    """
    typed = [(plain(group), people) for group, people in rows]
    classes = ((Class.MISSING, missing), (Class.REFUSED, refused), (Class.SEVERAL, several))
    for place, (group, people) in enumerate(typed, start=1):
        if not group or is_reserved(group) or group in [name for name, _ in typed[: place - 1]]:
            raise UsageError(
                f"Line {place} has no group of its own: its name is empty, stands above already, "
                "or is that of people without a single group, or of all groups together.",
                remedy="Give each group one line; people whose group is missing, who declined or "
                "who are in several groups are counted apart.",
            )
        _check_count(people, of=f"line {place}")
    for name, people in classes:
        _check_count(people, of=f"“{name}”")
    counter: dict[tuple[str, ...], int] = {
        (str(name),): people for name, people in (*typed, *classes) if people
    }
    if not counter:
        raise UsageError("Nobody is counted.", remedy="Give at least one group with people.")
    dimension = Dimension(
        name=GROUP,
        kind=kind,
        column="",
        groups=tuple(group for group, _ in typed),
        assigned_by=assigned_by,
        method=method,
        panel=panel,
        date=date,
        why=why,
    )
    return Counts(
        dimensions=(dimension,),
        people=counter,
        rows=len(typed),
        documentation=dict(documentation or {}),
        source=source,
    )


def _check_count(people: object, *, of: str) -> None:
    if isinstance(people, bool) or not isinstance(people, int) or people < 0:
        raise UsageError(
            f"The count of {of} is not a whole number of 0 or more.",
            remedy="Type the number of people in plain digits, such as 1204.",
        )
