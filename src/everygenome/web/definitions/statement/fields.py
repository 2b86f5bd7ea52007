"""The questions of the worksheet."""

from everygenome.web.moderation.fields import (
    Choice,
    Day,
    Field,
    Lines,
    Number,
    Records,
    Table,
    Text,
)

COUNTS = "counts"
_TITLE = Text(
    name="title",
    label="Name of the study or dataset",
    help="It stands at the top of the statement.",
    required=True,
    longest=160,
)
_QUESTION = Lines(
    name="question",
    label="What the study asks",
    help="The question, in words that the people concerned would use.",
    required=True,
)
_POPULATION = Lines(
    name="population",
    label="For whom: the people it must serve",
    help="Who has the condition, will get the test, or will live with the answer: where, and of "
    "which groups.",
    required=True,
)
_CIRCUMSTANCES = Lines(
    name="circumstances",
    label="Under what circumstances",
    help="Where, when and how people are asked, and the data are used.",
)
_WHY = Lines(
    name="why",
    label="Why these people",
    help="Why it matters for this question that these people are in the data.",
)
_IMPACT = Lines(
    name="impact",
    label="With what impact",
    help="What changes, and for whom, if the data are as they should be; and if they are not.",
)
_DESCRIPTORS = Lines(
    name="descriptors",
    label="Words that describe people, and why these",
    help="For instance country of birth, ethnicity in a person's own words, genetic similarity to "
    "a reference panel. Say who chose the words, and who put people into groups.",
    required=True,
)
_REFERENCE = Lines(
    name="reference",
    label="Whom the data are compared with",
    help="For instance everybody with the condition in one country, with the source and its year.",
    required=True,
)
_COUNTS = Table(
    name=COUNTS,
    label="Counts of people by group",
    help="One group a line: its label, a comma, its count; such as South Asian,1204. With several "
    "descriptors: descriptor, label, count. You can paste lines of a CSV file.",
    longest=20_000,
)
_PEOPLE = Number(
    name="people",
    label="People in the data, in all",
    help="Shares are then of all of them. Left empty, they are of the sum of the groups.",
)
_SMALL = Choice(
    name="small",
    label="Counts under ten",
    help="A small count can show who somebody is. Hidden unless you choose otherwise.",
    choices={"hide": "hide them", "show": "show them as they are"},
)
_GAPS = Lines(
    name="gaps",
    label="Who is missing",
    help="Who is not in the data, or too few to say anything; and why, as far as you know.",
    required=True,
)
_ACTIONS = Records(
    name="actions",
    label="What will be done",
    help="Each with a date, so that others can ask.",
    most=12,
    fields=(
        Text(name="what", label="What", longest=400),
        Day(name="by", label="By when"),
        Text(name="who", label="Who does it", longest=160),
    ),
)
_CONTACT = Text(
    name="contact",
    label="Contact, or role",
    help="It is printed in the statement. A role will do.",
    longest=160,
)
_DATE = Day(name="date", label="Date of the statement")

PARTS: tuple[tuple[str, tuple[Field, ...]], ...] = (
    ("The study", (_TITLE, _QUESTION)),
    ("For whom, under what circumstances, why", (_POPULATION, _CIRCUMSTANCES, _WHY, _IMPACT)),
    ("Words for people", (_DESCRIPTORS, _REFERENCE)),
    ("Who is in the data", (_COUNTS, _PEOPLE, _SMALL)),
    ("Who is missing, and what will be done", (_GAPS, _ACTIONS)),
    ("About the statement", (_CONTACT, _DATE)),
)
