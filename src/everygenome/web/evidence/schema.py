"""What an evidence card and a case study consist of."""

from everygenome.vocabulary.terms import Denominator, Stage, Unit
from everygenome.web.collections.common import SOURCES
from everygenome.web.evidence import words
from everygenome.web.moderation.fields import (
    Choice,
    Choices,
    Day,
    Lines,
    Number,
    Records,
    Schema,
    Text,
    Words,
)

_NUMBERS = Records(
    name="numbers",
    label="Numbers",
    help="Each with what it counts, its unit and its date.",
    fields=(
        Text(name="what", label="What it counts", required=True),
        Text(name="value", label="Value", longest=60, required=True),
        Text(name="unit", label="Unit", longest=80),
        Text(name="group", label="Group", longest=120),
        Day(name="as_of", label="As of"),
        Text(name="table", label="Where in the source"),
    ),
)
# Which of our own figures stands beside a published one; or why none can.
LIVE = Records(
    name="live",
    label="Today's figure beside it",
    single=True,
    curated=True,
    fields=(
        Lines(name="cannot", label="Why it cannot be computed", longest=600),
        Choice(name="measure", label="Measure", choices={"composition": "Composition"}),
        Text(name="group", label="Group"),
        Choice(name="unit", label="Unit", choices={u.value: u.value for u in Unit}),
        Choice(name="stage", label="Stage", choices={s.value: s.value for s in Stage}),
        Choice(
            name="denominator", label="Denominator", choices={d.value: d.value for d in Denominator}
        ),
        Text(name="scheme", label="Scheme", longest=20),
        Number(name="from_year", label="From year", least=1900, most=2100),
        Number(name="to_year", label="To year", least=1900, most=2100),
        Text(name="country", label="Countries of recruitment", longest=60),
        Number(name="published", label="Published", least=0, most=100, whole=False),
        Day(name="published_as_of", label="Published as of"),
        Choice(name="match", label="How well the rule matches", choices=words.MATCHES),
        Lines(name="difference", label="How the published rule differs", longest=900),
    ),
)

SCHEMA = Schema(
    (
        Choice(name="kind", label="Kind", choices=words.KINDS, required=True, facet=True),
        Text(
            name="claim",
            label="Claim",
            help="One plain sentence, with its date. A case study has a title instead.",
            searched=3,
            longest=400,
        ),
        Text(name="title", label="Title of a case study", searched=3),
        _NUMBERS,
        Lines(name="rule", label="How it was counted", longest=900),
        LIVE,
        Lines(name="tried", label="What was tried", longest=1500, searched=1),
        Lines(name="happened", label="What happened", longest=1500, searched=1),
        Lines(name="did_not_work", label="What did not work", longest=1500, searched=1),
        Lines(name="would_do", label="What they would do now", longest=1500, searched=1),
        Text(name="population", label="Whom it is about", longest=300, searched=1),
        Lines(name="studies", label="What it rests on", longest=600),
        Choices(
            name="progress_plus",
            label="Who is affected (PROGRESS-Plus)",
            choices=words.PROGRESS,
            facet=True,
        ),
        Choice(name="certainty", label="Certainty", choices=words.CERTAINTY, facet=True),
        Lines(name="certainty_why", label="Why this certainty", longest=600),
        Choice(
            name="read_in",
            label="Where it was read",
            choices=words.READ_IN,
            curated=True,
            facet=True,
        ),
        Day(name="date_searched", label="Searched"),
        Day(name="next_review", label="Next review"),
        Lines(name="limits", label="What it does not say", longest=900),
        Choices(name="themes", label="Theme", choices=words.THEMES, required=True, facet=True),
        Words(name="tools", label="Tools: names of entries in the toolbox", curated=True),
        SOURCES,
    )
)
