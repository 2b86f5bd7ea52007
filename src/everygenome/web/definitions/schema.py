"""What a term consists of: several definitions side by side, and whose each of them is."""

from everygenome.web.collections.common import SOURCES
from everygenome.web.definitions import words
from everygenome.web.moderation.fields import (
    Choice,
    Day,
    Lines,
    Records,
    Schema,
    Text,
    Truth,
    Web,
    Words,
)

_SENSES = Records(
    name="senses",
    label="Definitions, and whose they are",
    help="Several may stand side by side: say who uses the word so, where, and what they advise.",
    required=True,
    most=12,
    fields=(
        Lines(name="definition", label="Definition", longest=900, required=True),
        Text(name="whose", label="Who defines it so", required=True),
        Text(name="where", label="Where", longest=80),
        Day(name="since", label="Since when"),
        Choice(name="context", label="Context", choices=words.CONTEXTS, required=True),
        Choice(name="status", label="Advice", choices=words.STATUSES, required=True),
        Text(name="status_why", label="Why this advice", longest=400),
        Web(name="source", label="Where it says so"),
    ),
)
_ALTERNATIVES = Records(
    name="alternatives",
    label="What to write instead",
    fields=(
        Text(name="term", label="Term", longest=120, required=True),
        Text(name="when", label="When", longest=300),
    ),
)

SCHEMA = Schema(
    (
        Text(name="term", label="Term", required=True, searched=3, longest=120),
        Words(name="aliases", label="Other spellings", help="One a line.", searched=3),
        Text(
            name="simple",
            label="In simple words",
            help="One plain sentence for everybody.",
            required=True,
            searched=2,
            longest=300,
        ),
        _SENSES,
        Lines(name="why_it_matters", label="Why it matters", longest=900, searched=1),
        _ALTERNATIVES,
        Lines(name="debate", label="The debate", longest=1500, searched=1),
        Truth(name="named_by_it", label="It names people", curated=True),
        Words(name="related", label="Related terms, by their name in addresses"),
        SOURCES,
    )
)
