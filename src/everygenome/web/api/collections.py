"""The collections: entries by the same words as their lists' pages, one entry, and its history.

They are of no release, and are answered also where there is none.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Count, Max
from django.http import QueryDict

from everygenome.queries.question import SEPARATOR
from everygenome.web.api import cursors, entries
from everygenome.web.api.answers import Told
from everygenome.web.api.chosen import Chosen
from everygenome.web.api.operation import Operation, Work
from everygenome.web.api.parameters import Parameter
from everygenome.web.api.problems import ProblemError, shown
from everygenome.web.collections.listing import SORTS, Asked
from everygenome.web.collections.listing import read as read_list
from everygenome.web.collections.models import Item, Standing
from everygenome.web.collections.registry import NOT_STATED, Collection, FacetOf, collections
from everygenome.web.collections.shelf import items_of
from everygenome.web.moderation.models import Event

Begin = Callable[[Chosen | None, Mapping[str, Any]], Work]
# The collections that the API tells: an entry that the examples show, and words that find it.
# Another one has to be added here on purpose: not every collection is for programs.
_EXAMPLES = {
    "toolbox": ("gwas-diversity-monitor", "gwas diversity monitor"),
    "definitions": ("ancestry", "ancestry"),
    "evidence": ("african-genomes-new-variants-2020", "426 genomes ethnolinguistic"),
    "datasets": ("1000-genomes", "1000 genomes project"),
}
_Q = "Words to search for: an entry is found if each of them begins a word of it."
_SORT = Parameter("sort", "The order.", valid=tuple(SORTS), default="title")
_LIMIT = Parameter("limit", "How many on a page.", "integer", default=50, least=1, most=200)
_CURSOR = Parameter(
    "cursor",
    "Where the page begins: `next` of the page before, which its Link header holds too.",
    longest=cursors.LONGEST,
)
_GONE = {"410": "The entry was withdrawn; nothing of it is shown any more."}


def operations() -> tuple[Operation, ...]:
    """Three operations for each collection that is told."""
    told = [collection for collection in collections() if collection.name in _EXAMPLES]
    return tuple(made for collection in told for made in _operations(collection))


def _operations(collection: Collection) -> tuple[Operation, ...]:
    name, one, many = collection.name, collection.one, collection.many
    slug, words = _EXAMPLES[name]
    entry = Parameter("id", f"The name of {one} in addresses.", example=slug)
    common: dict[str, Any] = {
        "tables": False,
        "of_release": False,
        "tag": "Collections",
        "defines": entries.definitions(collection),
    }
    return (
        Operation(
            name,
            f"/{name}",
            collection.title,
            f"{collection.lead}\n\nPage by page, searched and narrowed by the same words as on "
            f"the page of the collection. `count` is of all {many} found, and beside each value "
            "of a facet stands how many there would be if it alone were chosen in its facet.",
            _list(collection),
            own=(
                Parameter("q", _Q),
                *(_facet(facet) for facet in collection.facets),
                _SORT,
                _LIMIT,
                _CURSOR,
            ),
            example={"q": words},
            answer=entries.answer(collection, "List"),
            **common,
        ),
        Operation(
            f"{name}_entry",
            f"/{name}/{{id}}",
            f"{collection.title}: one entry",
            f"All that is known of {one}, with who said it, when, and where it was read.",
            _entry(collection),
            in_path=(entry,),
            answer=entries.answer(collection, "One"),
            problems=_GONE,
            **common,
        ),
        Operation(
            f"{name}_history",
            f"/{name}/{{id}}/history",
            f"{collection.title}: history of an entry",
            f"Every version of {one}, the newest first: who made it, in public words, and why.",
            _history(collection),
            own=(_LIMIT, _CURSOR),
            in_path=(entry,),
            answer=entries.answer(collection, "History"),
            problems=_GONE,
            **common,
        ),
    )


def _facet(facet: FacetOf) -> Parameter:
    # Where a facet has no list of values, those are known that an entry has.
    valid = (*facet.labels, NOT_STATED) if facet.labels else ()
    return Parameter(facet.name, f"Only with this: {facet.label}.", valid=valid, several=True)


def _list(collection: Collection) -> Begin:
    def begin(_chosen: Chosen | None, values: Mapping[str, Any]) -> Work:
        asked = _asked(collection, values)
        found = asked.ordered().select_related("successor").prefetch_related("facts")
        if values["cursor"] is not None:
            found = found.filter(cursors.beyond(asked, values["cursor"]))

        def make() -> Told:
            items = list(found[: values["limit"] + 1])
            page = items[: values["limit"]]
            following = cursors.after(asked, page[-1]) if len(items) > len(page) else None
            facets = {
                facet.name: [
                    {"value": value.word, "label": value.label, "count": value.count}
                    for value in asked.values_of(facet)
                ]
                for facet in collection.facets
            }
            return _told(
                collection,
                {"count": asked.items().count(), "items": [entries.told(item) for item in page]},
                following,
                facets=facets,
            )

        return Work(make, state=_state(collection))

    return begin


def _entry(collection: Collection) -> Begin:
    def begin(_chosen: Chosen | None, values: Mapping[str, Any]) -> Work:
        item = _found(collection, values["id"])
        head = {"collection": collection.name, "licence": collection.licence}
        return Work(lambda: Told(head | entries.told(item)), state=_state(collection))

    return begin


def _history(collection: Collection) -> Begin:
    def begin(_chosen: Chosen | None, values: Mapping[str, Any]) -> Work:
        item = _found(collection, values["id"])
        rows = item.history.order_by("-version", "-pk")
        if values["cursor"] is not None:
            (version,) = cursors.read(values["cursor"], "version", int)
            rows = rows.filter(version__lt=min(version, 2**31 - 1))

        def make() -> Told:
            some = list(rows[: values["limit"] + 1])
            page = some[: values["limit"]]
            more = len(some) > len(page)
            following = cursors.written("version", page[-1].version) if more else None
            versions = [entries.told_version(row) for row in page]
            said = {"id": item.slug, "count": item.history.count(), "versions": versions}
            return _told(collection, said, following)

        return Work(make, state=_state(collection))

    return begin


def _told(
    collection: Collection, said: Mapping[str, Any], following: str | None, **last: Any
) -> Told:
    head = {"collection": collection.name, "licence": collection.licence}
    return Told(head | dict(said) | {"next": following} | last, after=following, within="cursor")


def _asked(collection: Collection, values: Mapping[str, Any]) -> Asked:
    """The list that is asked for, read as its page reads it.

    Raises:
        ProblemError: a facet has no such value (422).
    """
    given = QueryDict(mutable=True)
    given["sort"] = values["sort"]
    if values["q"] is not None:
        given["q"] = values["q"]
    for facet in collection.facets:
        if values[facet.name] is not None:
            given.setlist(facet.name, values[facet.name].split(SEPARATOR))
    asked = read_list(given, collection)
    if asked.messages:
        for facet in collection.facets:
            chosen = asked.chosen.get(facet.name, ())
            unknown = [word for word in given.getlist(facet.name) if word not in chosen]
            if unknown:
                raise ProblemError(
                    422,
                    f"No entry here has {shown(unknown[0])} in `{facet.name}`.",
                    parameter=facet.name,
                )
    return asked


def _found(collection: Collection, slug: str) -> Item:
    """An entry that can be shown.

    Raises:
        ProblemError: there never was one (404), or it was withdrawn (410).
    """
    known = items_of(collection).filter(slug=slug)
    item = known.select_related("successor").prefetch_related("facts").first()
    if item is None:
        raise ProblemError(404, f"There is no entry {shown(slug)} here.", parameter="id")
    if item.standing == Standing.WITHDRAWN:
        raise ProblemError(410, "This entry was withdrawn.", parameter="id")
    return item


def _state(collection: Collection) -> Any:
    """What any answer about a collection depends on beside the question.

    A fact that is locked or opened leaves its entry's time alone, so these are counted too.
    """
    entry = items_of(collection)
    found = entry.aggregate(newest=Max("changed_at"), count=Count("pk"))
    locks = Event.objects.filter(action="lock_fact", subject__startswith=f"{collection.name}/")
    return [found["newest"], found["count"], locks.count()]
