"""What an entry consists of."""

from everygenome.web.collections.common import SOURCES
from everygenome.web.moderation.fields import Schema, Text

SCHEMA = Schema(
    (
        Text(name="claim", label="Name", required=True, searched=3),
        SOURCES,
    )
)
