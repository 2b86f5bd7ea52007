"""What readers see of a story. What its teller decides beside it stands in `consent`."""

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
)
from everygenome.web.stories import words

LONGEST_STORY = 40_000
TITLE = Text(
    name="title",
    label="Title",
    help="A few words. Readers see them first.",
    required=True,
    searched=3,
    longest=150,
)
TEXT = Lines(
    name="text",
    label="Your story",
    help="In your own words, in any language. An empty line begins a new paragraph.",
    longest=LONGEST_STORY,
    searched=1,
)
URL = Web(
    name="url",
    label="Address of the work",
    help="Where it is published. Readers open it there; nothing of it is copied to this site.",
)
AUTHOR = Text(
    name="author",
    label="Who made it",
    help="As the work itself names them. Several: with semicolons.",
    searched=2,
)
OUTLET = Text(name="outlet", label="Where it was published", searched=1)
PUBLISHED = Day(name="date", label="When it was published")
TRANSCRIPT = Lines(
    name="transcript",
    label="What is said, in writing",
    help="Every word that is said, and what is seen or heard that matters. People who cannot hear "
    "or see read this. It can come later: we cannot publish without it.",
    longest=LONGEST_STORY * 2,
    searched=1,
)
SUMMARY = Lines(
    name="summary",
    label="In a sentence or two",
    help="For people who decide whether to read it. Plain words.",
    longest=600,
    searched=2,
)
FORMAT = Choice(name="format", label="Format", choices=words.FORMATS, required=True, facet=True)
THEMES = Choices(
    name="themes", label="Themes", help="Up to a few.", choices=words.THEMES, facet=True
)
REGION = Choice(name="region", label="Part of the world", choices=words.REGIONS, facet=True)
LANGUAGE = Choice(
    name="language", label="Language", choices=words.LANGUAGES, required=True, facet=True
)
NOTES = Choices(
    name="notes",
    label="It speaks of",
    help="Readers see this before the story, so that they can choose not to read it now.",
    choices=words.NOTES,
)
NOTE_ELSE = Text(name="note", label="Something else that readers should know first")
# Files are added one by one; each is named by a random word in its story's vault.
MEDIA = Records(
    name="media",
    label="Pictures and recordings",
    curated=True,
    most=6,
    fields=(
        Text(name="id", label="File", longest=16, required=True),
        Text(name="small", label="Small picture", longest=16),
        Text(name="kind", label="Kind", longest=10, required=True),
        Text(name="type", label="Type", longest=40, required=True),
        Number(name="size", label="Bytes", required=True),
        Number(name="small_size", label="Bytes of the small picture"),
        Number(name="width", label="Width in pixels"),
        Number(name="height", label="Height in pixels"),
        Number(name="seconds", label="Seconds", whole=False),
        Lines(name="alt", label="What it shows", longest=500),
        Text(name="credit", label="Who made it"),
    ),
)
TRANSLATIONS = Records(
    name="translations",
    label="Translations",
    help="If you have any. Say who made each, and who checked it.",
    most=6,
    fields=(
        Choice(name="language", label="Language", choices=words.LANGUAGES, required=True),
        Text(name="title", label="Title", longest=150, required=True, searched=3),
        Lines(name="text", label="Text", longest=LONGEST_STORY, required=True, searched=1),
        Choice(name="made_by", label="Translated by", choices=words.MADE_BY, required=True),
        Text(name="checked_by", label="Checked by"),
    ),
)
BY = Text(name="by", label="Told by", searched=2)
LICENCE = Choice(name="licence", label="Licence", choices=words.LICENCES, required=True, facet=True)
QUOTING = Choice(
    name="quoting", label="Quoting", choices={"yes": "may be quoted", "no": "please do not quote"}
)
TOLD = (TITLE, TEXT, URL, AUTHOR, OUTLET, PUBLISHED, MEDIA, TRANSCRIPT, SUMMARY, FORMAT, THEMES,
        REGION, LANGUAGE, NOTES, NOTE_ELSE, TRANSLATIONS)  # fmt: skip
# The order of the facets on the list is theirs here.
SHOWN = Schema((*TOLD, BY, LICENCE, QUOTING))
