"""Operations that are not a measure of one release: what there is, what words mean, history."""

from collections.abc import Mapping
from typing import Any

from django import conf

from everygenome.queries.changes import KINDS
from everygenome.queries.difference import difference
from everygenome.queries.history import as_released
from everygenome.vocabulary.flags import QUARANTINE_FLAGS, ROW_FLAGS
from everygenome.web.api.answers import Told
from everygenome.web.api.choices import PARAMETERS, question_of
from everygenome.web.api.chosen import Chosen, choose, identifier
from everygenome.web.api.measures import ALL, meaning, text_of, told
from everygenome.web.api.operation import Operation, Work
from everygenome.web.api.options import options_of
from everygenome.web.api.parameters import Parameter
from everygenome.web.api.problems import ProblemError, shown
from everygenome.web.api.vocabulary import LISTS
from everygenome.web.site.releases import SHELF
from everygenome.web.site.turns import turn

_NAMED = "Identifier or date of a release."
_ID = Parameter("id", _NAMED, example="current")
_BEFORE = Parameter("before", f"{_NAMED} The earlier one.", example="current")
_AFTER = Parameter("after_release", f"{_NAMED} The later one.", example="current")
_LIMIT = Parameter("limit", "Studies of a page.", "integer", default=50, least=1, most=1000)
_PAGE = Parameter("after", "Where the page begins: the Link header of the page before holds it.")
_CHANGE = Parameter("change", "Only studies that changed so.", valid=KINDS)
_LIST = Parameter("name", "Which list.", valid=tuple(LISTS), example="units")


def _releases(_chosen: Chosen | None, _values: Mapping[str, Any]) -> Work:
    known = SHELF.listed()
    body = {
        "current": known.current,
        "instead_of": known.instead_of,
        "releases": list(known.releases),
    }
    return Work(lambda: Told(body), state=known.fingerprint)


def _release(_chosen: Chosen | None, values: Mapping[str, Any]) -> Work:
    found = choose(values["id"])
    manifest = found.release.manifest
    sentences = QUARANTINE_FLAGS | ROW_FLAGS
    flags = [
        {"name": name, "rows": rows, "meaning": sentences.get(name, "")}
        for name, rows in sorted(manifest.flags.items())
    ]
    body = manifest.model_dump(mode="json") | {"flags": flags}
    return Work(lambda: Told(body), named=(found.id,), pinned=found.pinned)


def _measures(_chosen: Chosen | None, _values: Mapping[str, Any]) -> Work:
    body = [
        {
            "name": name,
            "meaning": meaning(name),
            "path": f"/api/v1/measures/{name}",
            "options": [
                {"name": item.name, "meaning": item.description, "schema": item.schema()}
                for item in options_of(measure)
            ],
        }
        for name, measure in ALL.items()
    ]
    return Work(lambda: Told({"measures": body}))


def _vocabulary(_chosen: Chosen | None, values: Mapping[str, Any]) -> Work:
    name = values["name"]
    if name not in LISTS:
        raise ProblemError(
            404, f"There is no list {shown(name)}.", parameter="name", valid=tuple(LISTS)
        )
    return Work(lambda: Told({"name": name, "items": LISTS[name]()}))


def _history(_chosen: Chosen | None, values: Mapping[str, Any]) -> Work:
    question = question_of(choose("current").release, values)

    def make() -> Told:
        with turn():
            return told(as_released(question, store=conf.settings.STORE, opener=SHELF.open))

    return Work(make, state=SHELF.listed().fingerprint)


def _difference(_chosen: Chosen | None, values: Mapping[str, Any]) -> Work:
    ids = (identifier(values["before"]), identifier(values["after_release"]))

    def make() -> Told:
        with turn():
            found = difference(
                *ids,
                store=conf.settings.STORE,
                change=values["change"],
                limit=values["limit"],
                start=values["after"],
                opener=SHELF.open,
            )
        return Told(found.to_dict(), after=found.next)

    pinned = ids == (values["before"], values["after_release"])
    return Work(make, named=ids, pinned=pinned)


OPERATIONS = (
    Operation(
        "releases",
        "/releases",
        "The releases",
        "All releases, newest first, with what became of each file's rows; the identifier of the "
        "current one; and, where that is damaged and an earlier one stands for it, its "
        "identifier as `instead_of`.",
        _releases,
        tables=False,
        of_release=False,
        tag="Releases",
    ),
    Operation(
        "release",
        "/releases/{id}",
        "One release",
        "What a release says of itself: its files with their fingerprints, its tables with their "
        "rows, and the flags that rows carry.",
        _release,
        in_path=(_ID,),
        tables=False,
        of_release=False,
        tag="Releases",
    ),
    Operation(
        "history",
        "/history",
        "History as released",
        "One question asked of every release: what the catalogue showed on each day. This answer "
        "is about several releases; its coverage names those used and those left out, and its head "
        f"the newest.\n\n{text_of(as_released)}",
        _history,
        own=tuple(item for item in PARAMETERS if item.name != "reference"),
        of_release=False,
        example={"unit": "studies"},
        tag="Comparisons",
    ),
    Operation(
        "difference",
        "/diffs/{before}/{after_release}",
        "What changed between two releases",
        "Studies added, removed and changed, page by page, and how the share of each group moved "
        "in each unit (discovery, broad groups, recorded). This answer is about two releases, and "
        "names both.",
        _difference,
        own=(_CHANGE, _LIMIT, _PAGE),
        in_path=(_BEFORE, _AFTER),
        tables=False,
        of_release=False,
        tag="Comparisons",
    ),
    Operation(
        "measures",
        "/measures",
        "The measures",
        "Every measure with what it means and the options that it has of its own.",
        _measures,
        tables=False,
        of_release=False,
    ),
    Operation(
        "vocabulary",
        "/vocabulary/{name}",
        "What the words mean",
        "The words that every number carries: what each means, and what it rests on.",
        _vocabulary,
        in_path=(_LIST,),
        tables=False,
        of_release=False,
        tag="Vocabulary",
    ),
)
