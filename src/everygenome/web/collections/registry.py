"""What a collection says of itself; everything else follows from it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from everygenome.web.moderation.fields import Choice, Choices, Schema

if TYPE_CHECKING:
    from everygenome.web.collections.listing import Asked
    from everygenome.web.collections.models import Item
    from everygenome.web.moderation.kinds import Kind

# In a facet's values: the entry says nothing about it.
NOT_STATED = "not-stated"
PER_PAGE = 30


def _nothing(*_: Any) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetOf:
    """A way to narrow a list.

    Attributes:
        name: in addresses.
        label: for people.
        values: an entry's data -> its values; none: "not stated".
        labels: value -> how it is shown, in the order of showing; others show as they are.
    """

    name: str
    label: str
    values: Callable[[Mapping[str, Any]], Iterable[str]]
    labels: Mapping[str, str]

    def shown(self, value: str) -> str:
        """How a value is shown."""
        return "not stated" if value == NOT_STATED else self.labels.get(value, value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """A collection.

    Attributes:
        name: in addresses, such as `toolbox`.
        title: as a heading.
        lead: what it is, in a sentence or two.
        one, many: what an entry is called: "a tool", "tools".
        schema: its fields.
        title_of: an entry's data -> its title.
        summary_of: an entry's data -> one sentence for lists, feeds and search engines.
        warned: an entry's data -> what to know before its summary is read, such as that it speaks
            of death; empty: nothing.
        json_ld: an entry and the site's address -> schema.org's description of it.
        facets: ways to narrow its list.
        page: the template of an entry's page.
        list_page: the template of its list.
        context: an entry -> what its page's template needs besides.
        list_context: the entries of a list's page, what was asked, and the site's address -> what
            the list's template needs besides.
        per_page: entries of a page of its list.
        links: other pages of the collection: (address, words).
        reviewers, target_days: see `moderation.kinds`.
        licence: of its data, for files.
        matters: fields of which a page says that they are not reported, where they are not.
        exports: name of a file of one entry, such as `codemeta.json` -> an entry and the site's
            address -> its text.
        portable: an entry's data -> what of it goes into files, which cannot be called back.
        app: the label of the app that holds its seeds, where it is not its name.
        seeds: their file in that app.
        kept: whether browsers, and others on the way, may keep an entry's page; not where it shows
            what can be withdrawn, such as the title of a story.
        apart: its entries can be withdrawn for ever: see `shelf`.
        stored: called with an entry that was stored, in the same transaction.
        is_closed: a name and what a file tells of it -> whether the entry was taken away, or is
            somebody's own, so that no file brings it back or changes it.
        imports: format, such as `codemeta` -> the text of a file -> entries, as far as it tells.
    """

    name: str
    title: str
    lead: str
    one: str
    many: str
    schema: Schema
    title_of: Callable[[Mapping[str, Any]], str]
    summary_of: Callable[[Mapping[str, Any]], str]
    json_ld: Callable[["Item", str], Mapping[str, Any]]
    facets: tuple[FacetOf, ...] = ()
    warned: Callable[[Mapping[str, Any]], str] = lambda _data: ""
    page: str = "collections/item.html"
    list_page: str = "collections/list.html"
    context: Callable[["Item"], Mapping[str, Any]] = lambda _item: {}
    list_context: Callable[[list["Item"], "Asked", str], Mapping[str, Any]] = _nothing
    per_page: int = PER_PAGE
    links: tuple[tuple[str, str], ...] = ()
    reviewers: int = 1
    target_days: int = 7
    licence: str = "CC0-1.0"
    matters: tuple[str, ...] = ()
    exports: Mapping[str, Callable[["Item", str], str]] = field(default_factory=dict)
    imports: Mapping[str, Callable[[str], list[Mapping[str, Any]]]] = field(default_factory=dict)
    portable: Callable[[Mapping[str, Any]], Mapping[str, Any]] = dict
    app: str = ""
    seeds: str = "seeds.yaml"
    kept: bool = True
    apart: bool = False
    stored: Callable[["Item"], None] = lambda _item: None
    is_closed: Callable[[str, Mapping[str, Any]], bool] = lambda _slug, _data: False


def facets_of(schema: Schema) -> tuple[FacetOf, ...]:
    """The facets that fields of a schema are marked as."""
    return tuple(
        FacetOf(
            name=field.name,
            label=field.label,
            values=lambda data, name=field.name: _listed(data.get(name)),
            labels=field.choices if isinstance(field, Choice | Choices) else {},
        )
        for field in schema
        if field.facet
    )


def _listed(value: Any) -> list[str]:
    if value is None:
        return []
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


_collections: dict[str, Collection] = {}


def register(collection: Collection, kind: "Kind | None" = None) -> None:
    """Make a collection known, to readers and to moderation; once, when the site starts.

    Args:
        collection: the collection.
        kind: as moderation knows it, where that is not what all collections have in common.
    """
    from everygenome.web.collections.kind import kind_for
    from everygenome.web.moderation import kinds

    _collections[collection.name] = collection
    kinds.register(kind or kind_for(collection))


def collection_of(name: str) -> Collection:
    """The collection of a name.

    Raises:
        KeyError: there is none.
    """
    return _collections[name]


def collections() -> tuple[Collection, ...]:
    """All collections."""
    return tuple(_collections.values())
