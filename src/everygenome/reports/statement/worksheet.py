"""What a study fills in for its diverse data statement."""

from dataclasses import dataclass

from everygenome.reports.statement.counts import Count


@dataclass(frozen=True, slots=True)
class Action:
    """What will be done; each part may be empty.

    Attributes:
        what: in a sentence.
        by: the date, as it was written.
        who: a person, role or group.
    """

    what: str = ""
    by: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worksheet:
    """A worksheet that is filled in; a text that is empty was not answered.

    Attributes:
        title: of the study or dataset.
        question: what it asks.
        population: whom it must serve: for whom.
        circumstances: where, when and how the data are collected and used.
        why: why these people matter for this question.
        impact: what changes, for whom, if the data are as they should be, or are not.
        descriptors: the words that people are described by, who chose them, and why.
        reference: the population that the data are compared with, and its source.
        gaps: who is missing.
        counts: of people in the data, by descriptor and group.
        people: in the data in all; None where the counts themselves are all there is.
        show_small: counts under ten are shown as they are.
        actions: what will be done.
        contact: a name or role; may be empty.
        date: of the statement, as it was written.
    """

    title: str
    question: str
    population: str
    descriptors: str
    reference: str
    gaps: str
    circumstances: str = ""
    why: str = ""
    impact: str = ""
    counts: tuple[Count, ...] = ()
    people: int | None = None
    show_small: bool = False
    actions: tuple[Action, ...] = ()
    contact: str = ""
    date: str = ""
