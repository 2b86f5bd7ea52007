"""What a contributor's form sent: read, checked, and ready to be shown again with nothing lost."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.http import QueryDict

from everygenome.web.moderation.fields import Field, Lines, Records, Schema, Text, Words
from everygenome.web.moderation.fields.records import Errors, cleaned_row
from everygenome.web.moderation.kinds import Kind
from everygenome.web.moderation.models import LONGEST_REASON
from everygenome.web.people.addresses import cleaned


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail(Field):
    """An e-mail address."""

    widget: ClassVar[str] = "mail"

    def clean(self, value: Any) -> str | None:
        """As it can be written to."""
        return cleaned(value) if isinstance(value, str) and value.strip() else None


# Of the sender, beside the fields of an entry, which have any name without a hyphen.
NOTE = Lines(
    name="by-note",
    label="Note for the reviewers",
    help="Anything that helps them to check it. It is not published.",
    longest=LONGEST_REASON,
)
CREDIT = Text(
    name="by-credit",
    label="Name to thank you by",
    help="Published in the history of the entry. Any name you like, or none.",
    longest=120,
)
ADDRESS = Mail(
    name="by-address",
    label="Your e-mail address",
    help="So that we can tell you what was decided. It is never published. Without it, keep the "
    "receipt code that you get after sending.",
)
OWN = Schema((NOTE, CREDIT, ADDRESS))
ANOTHER = "by-another"
MOST_LINKS = 8
_LINK = re.compile(r"https?://\S*|www\.\S*", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A form that was sent.

    Attributes:
        values: the fields as they were sent, with their mistakes.
        data: the fields that can be stored, cleaned.
        note, credit, address: of whoever sent it, cleaned.
        errors: what is wrong, by place on the form.
    """

    values: Mapping[str, Any]
    data: Mapping[str, Any]
    note: str = ""
    credit: str = ""
    address: str = ""
    errors: Errors = field(default_factory=dict)


def read(kind: Kind, form: QueryDict, *, base: Mapping[str, Any], draft: bool) -> Posted:
    """Read a form that was sent.

    Args:
        kind: the kind of entry.
        form: what was sent.
        base: what the entry holds: fields that are on no contributor's form stay as they are.
        draft: what is missing may come later; what is wrong may not.
    """
    sent = kind.schema.read(form)
    kept = {f.name: base[f.name] for f in kind.schema if f.curated and f.name in base}
    data, errors = kind.schema.clean(kept | sent)
    if draft:
        errors = {place: found for place, found in errors.items() if _given(sent, place)}
        if not errors and not any(sent.values()):
            errors[""] = ["There is nothing to keep yet. Please fill in something first."]
    by, wrong = cleaned_row(OWN.fields, OWN.read(form))
    errors |= wrong
    links = sum(
        len(_LINK.findall(text))
        for text in (by.get(NOTE.name, ""), *_free(kind.schema.fields, data))
    )
    if links > MOST_LINKS:
        errors.setdefault("", []).append(
            f"There are {links} web addresses in the text, which looks like advertising. Please "
            f"keep to {MOST_LINKS} or fewer. Fields that ask for an address do not count."
        )
    return Posted(
        values=sent,
        data=data,
        note=by.get(NOTE.name, ""),
        credit=by.get(CREDIT.name, ""),
        address=by.get(ADDRESS.name, ""),
        errors=errors,
    )


def with_one_more(kind: Kind, form: QueryDict, place: str) -> dict[str, Any]:
    """The fields as they were sent, with one more empty row of records than was shown."""
    values = kind.schema.read(form)
    holder: Any = values
    fields: Iterable[Field] = kind.schema.offered
    steps = place.split("-")
    for depth in range(0, len(steps), 2):
        found = next((f for f in fields if f.name == steps[depth]), None)
        if not isinstance(found, Records):
            break
        rows = holder[found.name] = list(holder.get(found.name) or [])
        if depth == len(steps) - 1:
            shown = form.get(f"{place}-rows", "")
            wanted = int(shown) if shown.isdecimal() and len(shown) < 4 else 0
            # The form adds an empty row by itself.
            rows += [{} for _ in range(min(wanted, found.most - 1) - len(rows))]
            break
        number = int(steps[depth + 1]) if steps[depth + 1].isdecimal() else 0
        # Rows that held nothing were left out when the form was read.
        rows.append({}) if not rows else None
        holder, fields = rows[min(number, len(rows) - 1)], found.fields
    return values


def _given(values: Mapping[str, Any], place: str) -> bool:
    """Whether a place of a form holds anything."""
    found: Any = values
    for step in place.split("-"):
        try:
            found = found[int(step)] if isinstance(found, list) else found.get(step)
        except (ValueError, IndexError, AttributeError):
            return True
    return bool(found)


def _free(fields: Iterable[Field], data: Mapping[str, Any]) -> list[str]:
    """The free texts of an entry: all but what is asked for as an address."""
    found: list[str] = []
    for one in fields:
        value = data.get(one.name)
        if value is None:
            continue
        if isinstance(one, Records):
            rows = [value] if isinstance(value, Mapping) else value
            found += [text for row in rows for text in _free(one.fields, row)]
        elif isinstance(one, Text | Lines | Words):
            found.append(one.words(value))
    return found
