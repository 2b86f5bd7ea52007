"""What a dataset or biobank consists of."""

from collections.abc import Mapping
from typing import Any

from everygenome.vocabulary.ancestry import CATEGORIES
from everygenome.vocabulary.countries import COUNTRIES
from everygenome.web.collections.common import SOURCES
from everygenome.web.datasets import words
from everygenome.web.moderation.fields import (
    Choice,
    Choices,
    Day,
    Lines,
    Number,
    Records,
    Schema,
    Text,
    Truth,
    Web,
)
from everygenome.web.moderation.fields.records import Errors

NOT_PUBLISHED = "not published"

_PARTICIPANTS = Records(
    name="participants",
    label="People",
    help="Each count with what it counts and its date.",
    fields=(
        Number(name="count", label="People", least=1, required=True),
        Choice(name="what", label="What is counted", choices=words.COUNTED, required=True),
        Day(name="as_of", label="As of"),
        Web(name="source", label="Where it says so", required=True),
    ),
)
_COMPOSITION = Records(
    name="composition",
    label="Who is in it",
    help="By the word that the dataset itself uses; nothing is translated silently.",
    single=True,
    fields=(
        Text(name="descriptor", label="What it counts by, in its own words", required=True),
        Records(
            name="parts",
            label="Parts",
            required=True,
            most=60,
            fields=(
                Text(name="label", label="Its label", longest=120, required=True),
                Number(name="count", label="People", least=0),
                Number(name="share", label="Share", most=1, whole=False),
                Choice(
                    name="group",
                    label="Ancestry category that it maps to",
                    choices={c.label: c.label for c in CATEGORIES},
                ),
            ),
        ),
        Day(name="as_of", label="As of"),
        Web(name="source", label="Where it says so", required=True),
    ),
)
_ACCESS = Records(
    name="access",
    label="How researchers get access",
    single=True,
    fields=(
        Choice(name="route", label="Route", choices=words.ROUTES, required=True),
        Lines(name="how", label="How", longest=600),
        Text(name="wait", label="Typical wait, as published"),
        Text(name="cost", label="Cost"),
        Web(name="source", label="Where it says so"),
    ),
)
_PUBLICATIONS = Records(
    name="publications",
    label="Publications",
    fields=(
        Text(name="title", label="Title", longest=400, required=True),
        Text(name="doi", label="DOI", longest=120),
    ),
)


class _Datasets(Schema):
    """The fields, and how two of them go together."""

    def clean(self, values: Mapping[str, Any]) -> tuple[dict[str, Any], Errors]:
        """As every schema; files may say "not published" where a composition would stand."""
        if values.get("composition") == NOT_PUBLISHED:
            kept = {name: value for name, value in values.items() if name != "composition"}
            values = kept | {"composition_published": False}
        made, errors = super().clean(values)
        if "composition" in made and made.get("composition_published") is False:
            errors["composition_published"] = ["Below it says who is in it. Please choose yes."]
        return made, errors


SCHEMA = _Datasets(
    (
        Text(name="name", label="Name", required=True, searched=3, longest=160),
        Text(
            name="about",
            label="What it is",
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
            name="countries",
            label="Countries of recruitment",
            choices={c.iso3: c.name for c in COUNTRIES.values()},
            searched=1,
        ),
        Choice(
            name="region",
            label="Region",
            choices=words.REGIONS,
            required=True,
            facet=True,
            searched=1,
        ),
        _PARTICIPANTS,
        Truth(
            name="composition_published",
            label="Who is in it was published",
            help="“No” only if you looked and it is not published.",
        ),
        _COMPOSITION,
        _ACCESS,
        Lines(name="consent", label="What people agreed to", longest=900, searched=1),
        Lines(name="governance", label="Who decides", longest=900, searched=1),
        Truth(name="communities_decide", label="Communities concerned have a seat"),
        _PUBLICATIONS,
        Text(
            name="gwas_catalog_cohort",
            label="Its label in the GWAS Catalog's cohort column",
            curated=True,
            longest=60,
        ),
        Lines(name="note", label="Good to know", longest=600, searched=1),
        SOURCES,
    )
)
