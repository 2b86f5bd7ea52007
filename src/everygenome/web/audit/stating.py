"""What an audit shows, as the beginning of a diverse data statement.

Only what the audit shows goes on: a statement hides counts by a simpler rule, and the two together
must not tell what one of them hides.
"""

import csv
import io
from collections.abc import Iterator

from everygenome.audit.documentation import NOT_STATED
from everygenome.audit.result import Audit

_LONGEST = 2000
_TITLE = 160


def statement_fields(audit: Audit) -> dict[str, str]:
    """Names and values of fields of the statement's worksheet."""
    name = audit.dimensions[0].name
    rows = [row for row in audit.groups.rows if not row.is_class]
    shown = [(row.values[name], row.count) for row in rows if row.count is not None]
    hidden = [row.values[name] for row in rows if row.count is None]
    total = audit.groups.total.count
    fields = {
        "title": audit.source[:_TITLE],
        "descriptors": _cut(" ".join(_descriptors(audit))),
        "reference": _cut(_reference(audit)),
        "counts": _lines(shown),
        # Rounded counts can add up to more than all people.
        "people": "" if total is None or sum(n for _, n in shown) > total else str(total),
        "gaps": _cut(
            "Counts of these groups are not shown, to protect people: " + "; ".join(hidden) + "."
        )
        if hidden
        else "",
    }
    return {name: value for name, value in fields.items() if value}


def _lines(shown: list[tuple[str, int]]) -> str:
    text = io.StringIO()
    # A semicolon anywhere would be taken for what stands between cells.
    between = "\t" if any(";" in label for label, _ in shown) else ","
    csv.writer(text, delimiter=between, lineterminator="\n").writerows(shown)
    return text.getvalue()


def _descriptors(audit: Audit) -> Iterator[str]:
    group = audit.dimensions[0]
    yield f"People are described by {group.kind}."
    for what, said in (
        ("Who put people into groups", group.assigned_by),
        ("How", group.method),
        ("Against which panel", group.panel),
        ("When", group.date),
        ("Why", group.why),
    ):
        if said != NOT_STATED:
            yield f"{what}: {said.rstrip('.')}."


def _reference(audit: Audit) -> str:
    if audit.expected is None:
        return ""
    found = audit.expected.reference
    return f"{found.title} ({found.date}). {found.citation}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
