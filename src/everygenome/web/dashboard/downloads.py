"""Downloads of what the page shows: JSON whole, CSV with its caveats one link away.

A CSV file begins with its header and holds nothing but rows, so that every program can
read it. Each row carries unit, stage, scheme, denominator, rule and release, whether it is
made up, and the names of its caveats. Their sentences are in the JSON file, to which the
`Link` header points (`rel="describedby"`, RFC 8288).
"""

from typing import Any

from everygenome.queries.answer import Answer
from everygenome.reports import exports
from everygenome.web.site.prepared import PANTRY, Prepared
from everygenome.web.site.releases import SHELF


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
                exports.to_json(answer),
                "application/json",
                headers={"Content-Disposition": disposition},
            )
        beside = f"</data/{name}.json?release={release_id}>"
        return Prepared.of(
            exports.to_csv(answer),
            "text/csv; charset=utf-8; header=present",
            headers={
                "Content-Disposition": disposition,
                "Link": f'{beside}; rel="describedby"; type="application/json"',
            },
        )

    return PANTRY.get(("data", release_id, name, kind), make)
