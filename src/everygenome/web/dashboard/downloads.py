"""Downloads of what a figure shows: JSON whole, CSV with its caveats one link away, Parquet.

A CSV file begins with its header and holds nothing but rows, so that every program can
read it. Each row carries unit, stage, scheme, denominator, rule and release, whether it is
made up, and the names of its caveats. Their sentences are in the JSON file, to which the
`Link` header points (`rel="describedby"`, RFC 8288).
"""

from collections.abc import Callable

from everygenome.charts.draw import to_png, to_svg
from everygenome.queries.answer import Answer
from everygenome.queries.release import Release
from everygenome.reports import exports
from everygenome.reports.bundle import bundle as zipped
from everygenome.web.dashboard.figures import FIGURES
from everygenome.web.dashboard.figures.figure import Look, choices
from everygenome.web.dashboard.portfolios import directory
from everygenome.web.site.prepared import PANTRY, Prepared
from everygenome.web.site.state import View
from everygenome.web.site.turns import drawing

KINDS: dict[str, tuple[Callable[[Answer], bytes], str]] = {
    "json": (exports.to_json, "application/json"),
    "csv": (exports.to_csv, "text/csv; charset=utf-8; header=present"),
    "parquet": (exports.to_parquet, "application/vnd.apache.parquet"),
}
SUMMARY = "summary"
NAMES = (*FIGURES, SUMMARY, directory.NAME)
_LONGEST_LINK = 2_000
_OPEN = {"Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Allow-Origin": "*"}


def extra_of(name: str) -> dict[str, tuple[str, ...]]:
    """Choices of its own that a file's figure has."""
    if name == directory.NAME:
        return dict(directory.FILE_EXTRA)
    return dict(FIGURES[name].extra) if name in FIGURES else {}


def download(release: Release, view: View, name: str, kind: str) -> Prepared:
    """The rows of a figure as a file.

    Raises:
        NotFoundError: the release lacks a file without which it cannot be said.
        UsageError: the choices cannot be combined with this figure.
    """

    def make() -> Prepared:
        write, content_type = KINDS[kind]
        answer = _answer(release, view, name)
        headers = _OPEN | _attached(answer, name, kind)
        # A whole plan does not fit into a header.
        if kind != "json" and len(view.pinned()) < _LONGEST_LINK:
            beside = f"</data/{name}.json{view.pinned()}>"
            headers["Link"] = f'{beside}; rel="describedby"; type="application/json"'
        return Prepared.of(write(answer), content_type, headers=headers)

    return PANTRY.get(("data", name, kind, view.release, view.address()), make)


def points(release: Release, view: View) -> Prepared:
    """Every study as a point, in few bytes; see `queries.measures.point_bytes`.

    Raises:
        NotFoundError: the release lacks a file without which there are none.
    """
    chosen = choices(view) | {"reference": None, "unit": None, "denominator": None}

    def make() -> Prepared:
        return Prepared.of(release.points_binary(**chosen), "application/octet-stream")

    return PANTRY.get(("points", view.release, view.address()), make)


def bundle(release: Release, view: View, name: str, *, origin: str) -> Prepared:
    """Data, figure, settings, provenance, method and citation in one ZIP file.

    Raises:
        NotFoundError: the release lacks a file without which it cannot be said.
        UsageError: the choices cannot be combined with this figure.
    """

    def make() -> Prepared:
        figure = FIGURES[name]
        answer = figure.answer(release, view)
        with drawing():
            specification = figure.specification(answer, view, Look())
            made = zipped(
                answer,
                release.manifest,
                svg=to_svg(specification),
                png=to_png(specification),
                address=f"{origin}/data/{name}.json{view.pinned()}",
            )
        return Prepared.of(made, "application/zip", headers=_OPEN | _attached(answer, name, "zip"))

    return PANTRY.get(("bundle", name, view.release, view.address(), origin), make)


def _answer(release: Release, view: View, name: str) -> Answer:
    if name == directory.NAME:
        return directory.file_answer(release, view)
    if name == SUMMARY:
        return release.summary(**choices(view) | {"reference": None})
    return FIGURES[name].answer(release, view)


def _attached(answer: Answer, name: str, kind: str) -> dict[str, str]:
    mark = "-demonstration-not-real" if answer.release.demonstration else ""
    file_name = f"everygenome-{name}-{answer.release.id}{mark}.{kind}"
    return {"Content-Disposition": f'attachment; filename="{file_name}"'}
