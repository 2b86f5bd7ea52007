"""What can be chosen in the gap finder, and what its states mean."""

from enum import StrEnum

from everygenome.errors import UsageError
from everygenome.queries.measures.gap_matrix import gap_groups
from everygenome.queries.question import Question
from everygenome.vocabulary.terms import Stage, Unit

LIMITS = range(1, 1001)


class State(StrEnum):
    """What can be said of a subject and a group."""

    NONE = "none"
    FEW = "few"
    SOME = "some"
    GOVERNED = "governed"

    @property
    def meaning(self) -> str:
        """One sentence for the public."""
        return _MEANINGS[self]


_MEANINGS = {
    State.NONE: "No discovery study in the catalogue names this group.",
    State.FEW: "Few discovery studies in the catalogue name this group, alone or with others: "
    "one or two, unless chosen otherwise.",
    State.SOME: "Some discovery studies in the catalogue name this group: more than few.",
    State.GOVERNED: "Peoples counted in this group have declined genetic research, or govern it "
    "themselves; few studies are no gap for others to fill.",
}
STATES = list(State)
# What a reader asks for, and the states that show it.
SHOWN = {
    "gaps": (State.NONE, State.FEW),
    "all": tuple(STATES),
    **{state.value: (state,) for state in STATES},
}


class Order(StrEnum):
    """How rows are ordered; what lacks the value comes last, except for `last_year`."""

    STUDIES_OF_TRAIT = "studies_of_trait"
    LAST_YEAR = "last_year"
    SHORTFALL = "shortfall"
    TRAIT = "trait"
    SHARE = "share"


LARGEST_FIRST = (Order.STUDIES_OF_TRAIT, Order.SHORTFALL)


def checked(
    question: Question,
    *,
    group: str | None,
    state: str,
    order: str,
    limit: int,
    numbers: tuple[int, ...],
) -> Order:
    """The order, once every choice is known to be one.

    Raises:
        UsageError: a choice that there is not; the message lists those there are.
    """
    if question.stage is not Stage.DISCOVERY:
        raise UsageError(
            f"Gaps are looked for among discovery studies, not in {question.stage.value}.",
            remedy="Leave the stage out.",
        )
    if question.unit is not Unit.PARTICIPATIONS:
        raise UsageError(
            f"Gaps are counted in studies, and their shares in participations, not in "
            f"{question.unit.value}.",
            remedy="Leave the unit out.",
        )
    known = gap_groups(question.grouping)
    if group is not None and group not in known:
        raise UsageError(
            f"There is no group {group!r} to look for.", remedy=f"Use {', '.join(known)}."
        )
    if state not in SHOWN:
        raise UsageError(f"{state!r} is no state.", remedy=f"Use {', '.join(SHOWN)}.")
    if limit not in LIMITS:
        raise UsageError(f"{limit} rows cannot be shown.", remedy="Use a number from 1 to 1000.")
    if min(numbers) < 0:
        raise UsageError(
            f"{min(numbers)} is no number of studies.", remedy="Use 0 or a larger number."
        )
    try:
        return Order(order)
    except ValueError:
        raise UsageError(
            f"{order!r} is no order of gaps.", remedy=f"Use {', '.join(Order)}."
        ) from None
