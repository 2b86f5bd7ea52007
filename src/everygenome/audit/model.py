"""What a count of a cohort holds: dimensions, and people by their groups and classes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from everygenome.audit.mapping.kinds import Kind
from everygenome.audit.mapping.model import NOT_STATED


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """One thing that people are counted by.

    Attributes:
        name: `group`, `sex`, `age_band`, or another name in lower case.
        kind: what kind of thing its groups are.
        column: the column of the file; empty where there is no file.
        groups: in the order of the map, without classes; also those that nobody is in.
        assigned_by, method, panel, date, why: as stated, or "not stated".
    """

    name: str
    kind: Kind
    column: str
    groups: tuple[str, ...]
    assigned_by: str = NOT_STATED
    method: str = NOT_STATED
    panel: str = NOT_STATED
    date: str = NOT_STATED
    why: str = NOT_STATED


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """A cohort as counts: nothing in here is about one person, but small counts can be.

    Attributes:
        dimensions: `group` first, then as they were asked for.
        people: a group or class for each dimension -> people; combinations of nobody are absent.
        rows: rows of the file, or lines of the list.
        repeated: rows whose identifier stands in an earlier row; 0 where none was given.
        documentation: what the map says of the dataset.
        source: the name of the file.
        sets: of people in the class Several of `group`: their groups, such as "African; Asian" (in
            the order of the map, classes last) -> people.
    """

    dimensions: tuple[Dimension, ...]
    people: Mapping[tuple[str, ...], int]
    rows: int
    repeated: int = 0
    documentation: dict[str, str] = field(default_factory=dict)
    source: str
    sets: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "people", MappingProxyType(dict(self.people)))
        object.__setattr__(self, "sets", MappingProxyType(dict(self.sets)))

    @property
    def total(self) -> int:
        """All people, of groups and of classes."""
        return sum(self.people.values())
