"""An audit: every table, the comparison, what the groups can show, and all that they rest on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from everygenome.audit.capability import Assumed, Capability
from everygenome.audit.comparing import Comparison
from everygenome.audit.composition import Table
from everygenome.audit.counts import Dimension
from everygenome.audit.earlier import Hidden
from everygenome.audit.standing import Expected


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What an audit found.

    Attributes:
        source: name of the file, or what the counts are called.
        dimensions: what people are described by; the group first.
        sets: which several groups people are in, where enough are to name it; without counts, as
            these would have to add up to what is shown of people of several groups.
        composition: people by each dimension, the group first.
        crossings: people by several dimensions at once.
        expected: what the reference leads to expect; None: there is no reference.
        comparison: with the reference.
        capabilities: what each group can show by itself.
        everybody: what all together could show, were they one group.
        assumed: what power rests on.
        repeated: rows whose identifier stands in an earlier row.
        threshold: counts below it are hidden.
        rounded_to: shown counts are multiples of this.
        hidden: how many counts are hidden, and why.
        all_said: whether each small count that is no part of another is said to be small.
        earlier: digests of the earlier reports that it was protected together with.
        governed: groups of peoples who decide themselves about research.
        documentation: question -> what is stated.
        notes: caveats, by id, as sentences.
    """

    source: str
    dimensions: tuple[Dimension, ...]
    sets: tuple[str, ...]
    composition: tuple[Table, ...]
    crossings: tuple[Table, ...]
    expected: Expected | None
    comparison: Comparison | None
    capabilities: Sequence[Capability]
    everybody: Capability
    assumed: Assumed
    repeated: int
    threshold: int
    rounded_to: int
    hidden: Mapping[Hidden, int]
    all_said: bool
    earlier: tuple[str, ...]
    governed: tuple[str, ...]
    documentation: Mapping[str, str]
    notes: Mapping[str, str]
    level: float = 0.95

    @property
    def groups(self) -> Table:
        """People by group."""
        return self.composition[0]
