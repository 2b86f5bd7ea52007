"""Find a tool by need, in three steps."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from everygenome.web.collections.models import Item, Standing
from everygenome.web.collections.registry import collection_of
from everygenome.web.site.pages import page
from everygenome.web.site.words import visible
from everygenome.web.toolbox.mapped import GROUPS
from everygenome.web.toolbox.needs import ANYONE, Need, counts, plural, shelf
from everygenome.web.toolbox.words import AUDIENCES, TASKS

PEOPLE = {
    ANYONE: "anyone, or it does not matter",
    **{group: group for group in GROUPS},
}
_STEPS = {"audience": AUDIENCES, "task": TASKS, "people": PEOPLE}


def _tools() -> list[tuple[str, Mapping[str, Any]]]:
    found = Item.objects.filter(collection="toolbox", standing=Standing.PUBLISHED)
    return [(item.address, item.data) for item in found.order_by("sort", "pk")]


def _link(**words: str) -> str:
    return "/toolbox/find/?" + urlencode(words) if words else "/toolbox/find/"


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """I am a ..., doing ..., with ...: each step a click, and the address says all of it."""
    chosen, messages = _read(request)
    tools = _tools()
    context: dict[str, Any] = {
        "here": "toolbox",
        "collection": collection_of("toolbox"),
        "messages": messages,
        "audience": AUDIENCES.get(chosen.get("audience", "")),
        "task": TASKS.get(chosen.get("task", "")),
        "people": chosen.get("people"),
        "anyone": chosen.get("people") == ANYONE,
        "start": _link(),
    }
    if "audience" not in chosen:
        context["audiences"] = [
            (_link(audience=word), label, sum(n for *_, n in counts(tools, word)))
            for word, label in AUDIENCES.items()
        ]
    elif "task" not in chosen:
        audience = chosen["audience"]
        context["tasks"] = [
            (_link(audience=audience, task=word), label, count)
            for word, label, count in counts(tools, audience)
        ]
    else:
        first_two = {name: chosen[name] for name in ("audience", "task")}
        context |= {
            "groups": [
                (_link(**first_two, people=word), label, word == chosen.get("people"))
                for word, label in PEOPLE.items()
            ],
            "back_to_tasks": _link(audience=chosen["audience"]),
            "who": plural(chosen["audience"]),
            "whole": "/toolbox/?"
            + urlencode({"audiences": chosen["audience"], "tasks": chosen["task"]}),
        }
        if "people" in chosen:
            context["shelf"] = shelf(tools, Need(**first_two, people=chosen["people"]))
    return page(request, "toolbox/find", context)


def _read(request: HttpRequest) -> tuple[dict[str, str], list[str]]:
    """The steps that the address takes, each only after the one before it."""
    chosen: dict[str, str] = {}
    messages = []
    for name, known in _STEPS.items():
        word = request.GET.get(name, "")
        if not word:
            break
        if word not in known:
            messages.append(f"“{visible(word)}” is not known here. Please choose from the list.")
            break
        chosen[name] = word
    return chosen, messages
