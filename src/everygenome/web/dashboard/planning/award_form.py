"""The award that an address is about: its numbers, its plan, and what the awardee states."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from everygenome.errors import InputError, NotFoundError, UsageError
from everygenome.queries.award import Award
from everygenome.queries.plans import Plan, read_table
from everygenome.queries.release import Release
from everygenome.reports.award.statements import QUESTIONS, Statements
from everygenome.reports.documents.model import Document
from everygenome.web.dashboard.planning.plan_form import seen
from everygenome.web.site.state import TEXT, View
from everygenome.web.site.turns import drawing

# Letters of each field, and of all together: an address holds no more.
MOST = {
    "title": 200,
    "publications": 1_500,
    "studies": 1_500,
    "grants": 1_500,
    "plan": 2_500,
    **dict.fromkeys(QUESTIONS, 1_000),
    "by": 200,
    "date": 40,
}
MOST_TOGETHER = 4_500
NUMBERS = ("publications", "studies", "grants")
EXTRA: Mapping[str, tuple[str, ...]] = {
    name: () if name in ("title", "by", "date") else TEXT for name in MOST
}
# Grant numbers hold blanks; the others do not.
_BETWEEN = {
    "grants": re.compile(r"[,;\n\t]+"),
    **dict.fromkeys(NUMBERS[:2], re.compile(r"[,;\s]+")),
}


class MistakeError(UsageError):
    """A field of the form that cannot be used.

    Attributes:
        name: of the field.
    """

    def __init__(self, name: str, what: str, *, remedy: str = "") -> None:
        super().__init__(what, remedy=remedy)
        self.name = name


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants reported.

    Attributes:
        title: of the award.
        numbers: PubMed numbers, accessions and grant numbers, by the name of their field.
        plan: what was planned, or None.
        statements: what the awardee states.
    """

    title: str
    numbers: Mapping[str, tuple[str, ...]]
    plan: Plan | None
    statements: Statements


def is_filled(view: View) -> bool:
    """Whether somebody has begun to fill in the form."""
    return any(view.get(name) for name in EXTRA)


def wanted(view: View) -> Wanted:
    """The form, read.

    Raises:
        MistakeError: a field is too long, or empty where it must not be, or holds no plan.
    """
    said = {name: seen(view.get(name)) for name in EXTRA}
    for name, text in said.items():
        if len(text) > MOST[name]:
            raise MistakeError(
                name,
                f"This field has {len(text):,} letters, and may have {MOST[name]:,}.",
                remedy="The command line takes more: everygenome report award --help",
            )
    together = sum(map(len, said.values()))
    if together > MOST_TOGETHER:
        raise MistakeError(
            "title",
            f"All fields together have {together:,} letters; an address holds {MOST_TOGETHER:,}.",
            remedy="The command line takes more: everygenome report award --help",
        )
    if not said["title"]:
        raise MistakeError(
            "title", "The award has no title.", remedy="It stands at the top of the report."
        )
    numbers = {
        name: tuple(part for one in _BETWEEN[name].split(said[name]) if (part := one.strip()))
        for name in NUMBERS
    }
    if not any(numbers.values()):
        raise MistakeError(
            "publications",
            "No study of the award is named.",
            remedy="Give at least one PubMed number, accession or grant number.",
        )
    answers = {name: said[name] for name in QUESTIONS if said[name]}
    statements = Statements(answers, said["by"], said["date"])
    return Wanted(said["title"], numbers, _plan(said["plan"]), statements)


def found(release: Release, view: View, asked: Wanted) -> Award:
    """What the release has of an award.

    Raises:
        MistakeError: the plan or the numbers cannot be used.
        BusyError: others have asked for as much.
    """
    try:
        # Strangers can think of awards without end, and a new one takes a second.
        with drawing():
            return release.award(
                **asked.numbers,
                plan=asked.plan,
                scheme=view.question.scheme,
                denominator=view.question.denominator,
            )
    except InputError as error:
        raise MistakeError("plan", error.what, remedy=error.remedy) from None
    except NotFoundError as error:
        if not asked.numbers["grants"]:
            raise
        told = "Leave the grant numbers out, and name publications or studies."
        raise MistakeError("grants", error.what, remedy=told) from None
    except UsageError as error:
        raise MistakeError("publications", error.what, remedy=error.remedy) from None


def document(award: Award, asked: Wanted) -> Document:
    """The report."""
    from everygenome.reports.award.report import award_document

    said = asked.statements
    return award_document(
        award,
        title=asked.title,
        statements=said if said.answers else None,
    )


def _plan(text: str) -> Plan | None:
    if not text:
        return None
    try:
        samples = read_table(text, source="The plan")
    except InputError as error:
        raise MistakeError("plan", error.what, remedy=error.remedy) from None
    if not samples:
        raise MistakeError(
            "plan", "The plan has no sample.", remedy="Write a line below the first."
        )
    return samples
