"""The map of gaps as pages: the two tables, and what stands behind one cell of them."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from everygenome.vocabulary.ancestry import CATEGORIES, NOT_REPORTED
from everygenome.web.collections.models import SHOWN, Item
from everygenome.web.collections.registry import collection_of
from everygenome.web.site.pages import page
from everygenome.web.site.words import visible
from everygenome.web.toolbox import gaps
from everygenome.web.toolbox.needs import plural
from everygenome.web.toolbox.words import AUDIENCES, STAGES, TASKS

GROUPS = tuple(c.label for c in CATEGORIES if c.label != NOT_REPORTED)
_PEOPLE = {group: f"tested with {group} people, or with data of theirs" for group in GROUPS} | {
    gaps.OTHER_WORDS: "tested with people for whom no category was given",
    gaps.NOT_REPORTED: "that do not say with whom they were tested",
}


@require_safe
def gap_map(request: HttpRequest) -> HttpResponse:
    """Where there are tools, and where there are none; with the words of a cell, that cell."""
    # The lists show retired tools too, and each number here is the number of a list.
    tools = list(
        Item.objects.filter(collection="toolbox", standing__in=SHOWN).order_by("sort", "pk")
    )
    asked = {name: request.GET.get(name, "") for name in ("stage", "audience", "task", "people")}
    known = {"stage": STAGES, "audience": AUDIENCES, "task": TASKS, "people": _PEOPLE}
    messages = [
        f"“{visible(word)}” is not known here, so this is the whole map."
        for name, word in asked.items()
        if word and word not in known[name]
    ]
    context: dict[str, Any] = {"here": "toolbox", "collection": collection_of("toolbox")}
    if not messages and (found := _cell(asked, tools)):
        return page(request, "toolbox/gap", context | found)
    data = [item.data for item in tools]
    context |= {
        "messages": messages,
        "audiences": list(AUDIENCES.values()),
        "stages": gaps.by_stage(data),
        "groups": [*GROUPS, *gaps.BESIDES.values()],
        "tasks": gaps.by_people(data, GROUPS),
        "count": len(tools),
    }
    return page(request, "toolbox/gaps", context)


def _cell(asked: Mapping[str, str], tools: list[Item]) -> dict[str, Any]:
    """What the page of one cell needs; nothing where no cell was asked for."""
    stage, audience, task, people = asked.values()
    if stage and audience:
        words = {"stages": stage, "audiences": audience}
        found = [item for item in tools if gaps.at_stage(item.data, stage, audience)]
        said = f"for {plural(audience)}, at the stage “{STAGES[stage].lower()}”"
        near = [
            ("/toolbox/?" + urlencode({"stages": stage}), "All tools of this stage"),
            (
                "/toolbox/?" + urlencode({"audiences": audience}),
                f"All tools for {plural(audience)}",
            ),
        ]
    elif task and people:
        words = {"tasks": task}
        found = [item for item in tools if gaps.tested(item.data, task, people)]
        said = f"for {TASKS[task]}, {_PEOPLE[people]}"
        near = [("/toolbox/?" + urlencode(words), f"All tools for {TASKS[task]}")]
    else:
        return {}
    return {
        "found": found,
        "said": said,
        "near": near,
        "suggest": "/contribute/toolbox/?" + urlencode(words),
    }
