"""Downloads of what the page shows: JSON whole, CSV with its caveats one link away.

A CSV file begins with its header and holds nothing but rows, so that every program can
read it. Each row carries unit, stage, grouping, denominator, rule and release, and whether
it is made up; the caveats are in the JSON file, to which the `Link` header points
(`rel="describedby"`, RFC 8288).
"""

import csv
import io
from typing import Any

from everygenome.queries.answer import Answer
from everygenome.web.dashboard.prepared import PANTRY, Prepared
from everygenome.web.dashboard.releases import SHELF

# A spreadsheet would run a cell that begins with one of these.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def download(release_id: str, name: str, kind: str) -> Prepared:
    """A measure of a release as a file.

    Raises:
        NotFoundError: the release lacks a file without which it cannot be said.
    """

    def make() -> Prepared:
        release = SHELF.open(release_id)
        choices: dict[str, Any] = {"bands": True} if name == "trend" else {}
        answer: Answer = getattr(release, name)(**choices)
        mark = "-demonstration-not-real" if answer.release.demonstration else ""
        disposition = f'attachment; filename="everygenome-{name}-{release_id}{mark}.{kind}"'
        if kind == "json":
            return Prepared.of(
                answer.to_json(indent=1).encode(),
                "application/json",
                headers={"Content-Disposition": disposition},
            )
        beside = f"</data/{name}.json?release={release_id}>"
        return Prepared.of(
            to_csv(answer).encode(),
            "text/csv; charset=utf-8; header=present",
            headers={
                "Content-Disposition": disposition,
                "Link": f'{beside}; rel="describedby"; type="application/json"',
            },
        )

    return PANTRY.get(("data", release_id, name, kind), make)


def to_csv(answer: Answer) -> str:
    """The rows of an answer as CSV text (RFC 4180), safe to open in a spreadsheet."""
    told = {
        "unit": answer.unit,
        "stage": answer.stage,
        "scheme": answer.scheme,
        "denominator": answer.denominator,
        "rule": answer.rule,
        "release": answer.release.id,
        "demonstration": answer.release.demonstration,
    }
    names = [*answer.table.column_names, *(k for k in told if k not in answer.table.column_names)]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(names)
    for row in answer.rows:
        writer.writerow([_cell((told | row)[name]) for name in names])
    return text.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return "" if value is None else value
