"""The method of each measure, generated from its own code."""

from typing import Any

from everygenome.errors import NotFoundError
from everygenome.reports.method import method, methods
from everygenome.web.dashboard.pages.page import Asked, Page


def _index(_asked: Asked) -> dict[str, Any]:
    return {"methods": methods()}


def _one(asked: Asked) -> dict[str, Any]:
    name = dict(asked.named)["measure"]
    known = {item.name for item in methods()}
    if name not in known:
        raise NotFoundError(
            f"There is no measure {name[:60]!r}.", remedy=f"There are {', '.join(sorted(known))}."
        )
    found = method(name)
    return {"title": f"Method: {found.name}", "method": found}


METHOD = (
    Page(
        name="methods",
        path="/about/method/",
        title="Methods",
        controls=(),
        more=_index,
        template="dashboard/methods",
    ),
    Page(
        name="method",
        path="/about/method/{measure}/",
        title="Method",
        controls=(),
        more=_one,
        template="dashboard/method",
    ),
)
