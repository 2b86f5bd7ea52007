"""The questions of the form."""

from everygenome.audit.capability import Assumed
from everygenome.audit.documentation import QUESTIONS
from everygenome.audit.mapping.kinds import Kind
from everygenome.vocabulary.references import crosswalks, references
from everygenome.web.audit.kinds import Between
from everygenome.web.moderation.fields import (
    Choice,
    Field,
    Number,
    OneOf,
    Schema,
    Table,
    Text,
    Words,
)

_USUAL = Assumed()
COUNTS, KIND, REFERENCE, CROSSWALK = "counts", "kind", "reference", "crosswalk"
GOVERNED, EARLIER = "governed", "earlier"
CLASSES = ("missing", "refused", "several")
DESCRIBED = ("assigned_by", "method", "panel", "date", "why")
# The name of the data answers it already.
ASKED = tuple(question for question in QUESTIONS if question.key != "name")

_SOURCE = Text(
    name="source",
    label="Name of the data",
    help="It stands at the top of the audit.",
    longest=120,
)
_KIND = OneOf(
    name=KIND,
    label="What are the groups?",
    help="Each kind says something else of people. It is asked, since no program can tell it from "
    "the names.",
    required=True,
    choices={kind.value: kind.value for kind in Kind},
)
_COUNTS = Table(
    name=COUNTS,
    label="People in each group",
    help="Two columns: the name of the group, then how many people; one group a line, such as "
    "Africa,1204. Commas, semicolons or tabs between; you can paste from a spreadsheet. A name "
    "with a comma in it stands in quotation marks. Write Oceania,0 for a group that nobody is in. "
    "At most 200 groups.",
    longest=20_000,
    required=True,
)
_MISSING = Number(
    name="missing", label="People whose group is not recorded", help="Missing is not zero."
)
_REFUSED = Number(name="refused", label="People who declined to say")
_SEVERAL = Number(
    name="several",
    label="People of several groups",
    help="Those who gave more than one, if your list has no group for them.",
)
_ASSIGNED = Text(
    name="assigned_by",
    label="Who put people into groups",
    help="For instance: the people themselves, a clerk, a computer.",
)
_METHOD = Text(
    name="method",
    label="How",
    help="For instance: a list to choose from, own words, birth records, likeness of genomes.",
)
_PANEL = Text(name="panel", label="Against which panel", help="Where genomes were compared.")
_DATE = Text(name="date", label="When", longest=40)
_WHY = Text(name="why", label="Why people are grouped", longest=400)
_REFERENCE = Choice(
    name=REFERENCE,
    label="Population to compare with",
    help="Not chosen: the audit compares with nobody.",
    choices={one.name: one.title for one in references()},
)
_CROSSWALK = Choice(
    name=CROSSWALK,
    label="Crosswalk",
    help="Needed where the population is counted by another kind of group than yours: an "
    "assumption of how one stands for the other. It is never made for you: read it below, and "
    "choose it only if you would defend it.",
    choices={one.name: one.title for one in crosswalks()},
)
_GOVERNED = Words(
    name=GOVERNED,
    label="Groups of peoples who decide themselves about research",
    help="One a line, named as above. No shortfall is reckoned for them: fewer of them can be "
    "their own decision.",
    longest=120,
    most=200,
)
_SUPPRESS = OneOf(
    name="suppress",
    label="Hide counts below",
    help="A small count can show who somebody is.",
    choices={"5": "5", "10": "10", "20": "20"},
)
_ROUND = OneOf(
    name="round_to",
    label="Round the counts that are shown",
    choices={"1": "do not round", "5": "to 5", "10": "to 10"},
)
_EFFECT = Between(
    name="effect",
    label="Effect of one allele, in standard deviations of the trait",
    help=f"Left empty: {_USUAL.effect:g}.",
    below=1.4,
    such_as="0.1",
)
_ALPHA = Between(
    name="alpha",
    label="Level of significance (alpha)",
    help=f"Left empty: {_USUAL.alpha:g}, which is usual for whole genomes.",
    below=1,
    such_as="5e-8",
)

GROUPS = (_SOURCE, _KIND, _COUNTS)
NOBODY = (_MISSING, _REFUSED, _SEVERAL)
CAME_ABOUT = (_ASSIGNED, _METHOD, _PANEL, _DATE, _WHY)
COMPARED = (_REFERENCE, _CROSSWALK, _GOVERNED)
PROTECTED = (_SUPPRESS, _ROUND)
POWER = (_EFFECT, _ALPHA)
SAID: tuple[Field, ...] = tuple(
    Text(name=f"said-{question.key}", label=question.asks, longest=400) for question in ASKED
)
FORM = Schema((*GROUPS, *NOBODY, *CAME_ABOUT, *COMPARED, *PROTECTED, *POWER, *SAID))
USUAL = {"suppress": "10", "round_to": "1"}
