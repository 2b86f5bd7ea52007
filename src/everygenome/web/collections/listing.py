"""A list of entries: what an address asks for, the entries, and counts that agree with them.

The state of a list is its address, in a fixed order. Within a facet any of the chosen values will
do; across facets all must hold. Beside each value stands how many entries the list would show if
that value alone were chosen in its facet: exactly what a click shows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.http import QueryDict

from everygenome.web.collections import search
from everygenome.web.collections.models import Facet, Item
from everygenome.web.collections.registry import NOT_STATED, Collection, FacetOf
from everygenome.web.collections.shelf import database_of, shown_of
from everygenome.web.site.words import visible

_LONGEST_QUERY = 200
SORTS = {"title": "A to Z", "changed": "changed last"}


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet: its word, how it is shown, its count, its link, and whether chosen."""

    word: str
    label: str
    count: int
    link: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks of a list.

    Attributes:
        collection: the collection.
        query: words to search for.
        chosen: facet -> values.
        sort: a word of `SORTS`.
        page: from 1.
        messages: what was not understood.
    """

    collection: Collection
    query: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "title"
    page: int = 1
    messages: tuple[str, ...] = ()

    def address(self, **changes: Any) -> str:
        """The query of this list with some choices changed, in a fixed order; begins with "?"."""
        made: dict[str, Any] = {"q": self.query}
        made |= {f.name: list(self.chosen.get(f.name, ())) for f in self.collection.facets}
        made |= {"sort": "" if self.sort == "title" else self.sort, "page": ""} | changes
        made = {name: value for name, value in made.items() if value}
        return "?" + urlencode(made, doseq=True) if made else ""

    @property
    def is_narrowed(self) -> bool:
        """Something was searched for or chosen."""
        return bool(self.query or self.chosen)

    def items(self, *, without: str = "") -> QuerySet[Item]:
        """The entries, not yet in order; with `without`, whatever is chosen in that facet."""
        found = shown_of(self.collection)
        for name, values in self.chosen.items():
            if name != without:
                found = found.filter(
                    pk__in=Facet.objects.using(found.db)
                    .filter(name=name, value__in=values)
                    .values("item")
                )
        return search.matching(found, self.query) if self.query else found

    def ordered(self) -> QuerySet[Item]:
        """The entries in their order: the same on every page and every engine."""
        if self.sort == "changed":
            return self.items().order_by("-changed_at", "-pk")
        first = ("behind",) if self.query else ()
        return self.items().order_by(*first, "sort", "pk")

    def values_of(self, facet: FacetOf) -> list[Value]:
        """The values of a facet that would show anything, in the order of its labels."""
        rows = Facet.objects.using(database_of(self.collection)).filter(
            name=facet.name, item__in=self.items(without=facet.name).values("pk")
        )
        counts = dict(rows.values_list("value").annotate(Count("item", distinct=True)))
        chosen = self.chosen.get(facet.name, ())
        order = {word: place for place, word in enumerate((*facet.labels, NOT_STATED))}
        known = sorted(
            {*counts, *chosen},
            key=lambda word: (
                order.get(word, len(facet.labels) - 0.5),
                facet.shown(word).casefold(),
            ),
        )
        return [
            Value(
                word,
                facet.shown(word),
                counts.get(word, 0),
                self.address(**{facet.name: [] if chosen == (word,) else [word]}),
                word in chosen,
            )
            for word in known
        ]


def read(given: QueryDict, collection: Collection) -> Asked:
    """Read an address; what is not known is left out and told."""
    messages: list[str] = []
    facets = {facet.name: facet for facet in collection.facets}
    chosen: dict[str, tuple[str, ...]] = {}
    for name in given:
        if name in facets:
            words = tuple(dict.fromkeys(word for word in given.getlist(name) if word))
            known = _known(collection, facets[name], words)
            messages += [
                f"Nothing here has the {facets[name].label.lower()} “{visible(word)}”, so it was "
                "left out."
                for word in words
                if word not in known
            ]
            if known:
                chosen[name] = known
        elif name not in ("q", "sort", "page") and name:
            messages.append(f"“{visible(name)}” is no choice of this list, so it was left out.")
    sort = given.get("sort", "")
    if sort and sort not in SORTS:
        messages.append(f"“{visible(sort)}” is no order of this list; it is from A to Z.")
    page = given.get("page", "")
    query = " ".join(given.get("q", "").replace("\0", " ").split())[:_LONGEST_QUERY]
    return Asked(
        collection,
        query,
        chosen,
        sort if sort in SORTS else "title",
        int(page) if page.isdecimal() and 0 < len(page) < 6 and int(page) else 1,
        tuple(messages),
    )


def _known(collection: Collection, facet: FacetOf, words: tuple[str, ...]) -> tuple[str, ...]:
    free = [word for word in words if word not in facet.labels and word != NOT_STATED]
    stored = set(
        Facet.objects.using(database_of(collection))
        .filter(
            name=facet.name,
            value__in=[w.replace("\0", "") for w in free],
            item__collection=collection.name,
        )
        .values_list("value", flat=True)
    )
    return tuple(
        word for word in words if word in facet.labels or word == NOT_STATED or word in stored
    )
