"""Fields that entries of several collections have."""

from everygenome.web.moderation.fields import Records, Text, Web

SOURCES = Records(
    name="sources",
    label="Sources",
    help="Where a reader can check this.",
    most=20,
    fields=(
        Text(name="title", label="Title", longest=300, required=True),
        Web(name="url", label="Address", required=True),
    ),
)
