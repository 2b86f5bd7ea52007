"""Fields: what an entry consists of, said once; forms, checks, differences and files follow."""

from everygenome.web.moderation.fields.bound import Bound
from everygenome.web.moderation.fields.changes import Change
from everygenome.web.moderation.fields.one import (
    Choice,
    Choices,
    Day,
    Field,
    Lines,
    Number,
    OneDay,
    OneOf,
    Table,
    Text,
    Tick,
    Truth,
    Web,
    Words,
)
from everygenome.web.moderation.fields.records import Records
from everygenome.web.moderation.fields.schema import Schema

__all__ = [
    "Bound",
    "Change",
    "Choice",
    "Choices",
    "Day",
    "Field",
    "Lines",
    "Number",
    "OneDay",
    "OneOf",
    "Records",
    "Schema",
    "Table",
    "Text",
    "Tick",
    "Truth",
    "Web",
    "Words",
]
