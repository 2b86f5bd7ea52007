"""What an entry of the toolbox consists of."""

from everygenome.vocabulary.ancestry import CATEGORIES
from everygenome.web.collections.common import SOURCES
from everygenome.web.moderation.fields import (
    Choice,
    Choices,
    Day,
    Lines,
    Number,
    Records,
    Schema,
    Text,
    Web,
    Words,
)
from everygenome.web.toolbox import openness, words

_POPULATIONS = Records(
    name="populations_tested",
    label="Populations tested",
    help="With whose data it was tried, as its source says. Not reported is shown as such.",
    fields=(
        Text(name="population", label="Population, in the source's words", required=True),
        Choice(
            name="group", label="Ancestry category", choices={c.label: c.label for c in CATEGORIES}
        ),
        Number(name="sample_size", label="People", least=1),
        Web(name="source", label="Where it says so", required=True),
    ),
)
_ADOPTION = Records(
    name="adoption",
    label="Who uses it, and what changed",
    fields=(
        Text(name="who", label="Who uses it", required=True),
        Lines(name="what_changed", label="What changed", longest=600, required=True),
        Text(name="reported_by", label="Who reports it", required=True),
        Day(name="when", label="When"),
        Web(name="source", label="Where it says so"),
    ),
)
_LICENCE = Records(
    name="licence",
    label="Licence",
    help="An SPDX identifier such as MIT, or: none stated, conflict, other.",
    single=True,
    fields=(
        Text(name="id", label="Licence", longest=60, required=True),
        Text(name="note", label="What was seen, and where", longest=300),
    ),
)
_RELEASE = Records(
    name="latest_release",
    label="Latest release",
    single=True,
    fields=(
        Text(name="version", label="Version", longest=60, required=True),
        Day(name="date", label="Date"),
    ),
)
_RELATIONS = Records(
    name="relations",
    label="Relations to other entries",
    fields=(
        Choice(name="kind", label="Relation", choices=words.RELATIONS, required=True),
        Text(name="to", label="The other entry's name in its address", longest=100, required=True),
    ),
)

SCHEMA = Schema(
    (
        Text(name="name", label="Name", required=True, searched=3, longest=160),
        Text(
            name="purpose",
            label="What it is for",
            help="One plain sentence.",
            required=True,
            searched=2,
            longest=300,
        ),
        Web(name="url", label="Address"),
        Choice(
            name="kind", label="Kind", choices=words.KINDS, required=True, facet=True, searched=1
        ),
        Choices(
            name="stages",
            label="Stage",
            choices=words.STAGES,
            required=True,
            facet=True,
            searched=1,
        ),
        Choices(
            name="audiences",
            label="Audience",
            choices=words.AUDIENCES,
            required=True,
            facet=True,
            searched=1,
        ),
        Choices(
            name="tasks",
            label="Helps with",
            choices=words.TASKS,
            required=True,
            facet=True,
            searched=1,
        ),
        _POPULATIONS,
        _LICENCE,
        Text(name="reuse", label="What the licence lets you do", longest=300),
        Text(name="maintainer", label="Maintainer", searched=1),
        Words(name="languages", label="Languages it can be used in"),
        Text(name="cost", label="Cost"),
        Text(name="doi", label="DOI", longest=120),
        Web(name="repository", label="Repository"),
        _RELEASE,
        Day(name="last_commit_seen", label="Newest change seen in its repository", curated=True),
        Day(name="archived_on", label="Archived by its makers on", curated=True),
        Text(name="region", label="Region"),
        _ADOPTION,
        openness.FIELD,
        _RELATIONS,
        Words(name="evidence", label="Evidence: names of entries in Evidence", curated=True),
        Choice(
            name="checked",
            label="How it was checked",
            choices=words.CHECKED,
            curated=True,
            facet=True,
        ),
        Words(name="seen_in", label="Also listed in", curated=True),
        Lines(name="note", label="Good to know", longest=600, searched=1),
        SOURCES,
    )
)
