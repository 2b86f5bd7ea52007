"""What is said of each kind of entity that has a portfolio."""

from dataclasses import dataclass

from everygenome.queries.entities import Entity
from everygenome.web.site.several import PLURALS
from everygenome.web.site.state import View


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind, in words.

    Attributes:
        one: what one of them is called.
        many: what several are called.
        title: the heading of the list of all.
        lead: what the list is.
        verb: how the publications of one belong to it.
        divided: between whom its fractional counts divide; empty where there is nothing to divide.
        unsaid: why a release may know none of them.
    """

    one: str
    many: str
    title: str
    lead: str
    verb: str
    divided: str
    unsaid: str


KINDS = {
    "funder": Kind(
        one="funder",
        many="funders",
        title="Funders",
        lead="Who paid for published genetic studies, as their grant lists say, and who takes part "
        "in what they paid for.",
        verb="funded by",
        divided="funders",
        unsaid="This release was made without grant lists, so it knows no funders.",
    ),
    "cohort": Kind(
        one="cohort",
        many="cohorts",
        title="Cohorts",
        lead="Named collections of people whose data are used in many studies, as the records "
        "name them. A study that names none may have used one all the same.",
        verb="using the cohort",
        divided="cohorts",
        unsaid="This release does not say which cohorts its studies used.",
    ),
    "journal": Kind(
        one="journal",
        many="journals",
        title="Journals",
        lead="Where genetic studies were published, under the name that the catalogue writes, and "
        "who takes part in what each journal published.",
        verb="published in",
        divided="",
        unsaid="This release was built before journals were read.",
    ),
    "country": Kind(
        one="country",
        many="countries",
        title="Countries of recruitment",
        lead="Where people were asked to take part, as the records say. That is not where they "
        "come from, and not their ancestry.",
        verb="that recruited in",
        divided="countries",
        unsaid="",
    ),
}
LEVELS = {
    "institute": "institute",
    "agency": "agency",
    "country": "all funders of one country",
}


def home(kind: str) -> str:
    """The path of the list of a kind."""
    return f"/{PLURALS[kind]}/"


def page_of(entity: Entity, view: View) -> str:
    """The page of an entity, in the release that is shown and with no other choice."""
    return f"{home(entity.kind)}{entity.id}/{view.release_only()}"
