"""An entry as its page shows it: fields in order, each with who said it, and holds on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from everygenome.web.collections.models import Fact, Item, Speaker
from everygenome.web.collections.registry import NOT_STATED, Collection
from everygenome.web.moderation.fields import Field, Lines, Records, Web
from everygenome.web.moderation.models import Hold

_WIDEST = 6  # columns of a table that can still be read on a telephone, with scrolling


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of a field.

    Attributes:
        field: the field.
        value: as stored; None where the entry holds nothing.
        fact: who said it; None where that is not known, and within records.
    """

    field: Field
    value: Any
    fact: Fact | None = None

    @property
    def words(self) -> str:
        """As text."""
        return "" if self.value is None else self.field.words(self.value)

    @property
    def kind(self) -> str:
        """How it is drawn: text, lines, web, doi, list, links, one, table, records or missing."""
        if self.value is None:
            return "missing"
        if isinstance(self.field, Records):
            return _kind_of_records(self.field)
        if isinstance(self.value, list):
            return "list"
        if self.field.name == "doi":
            return "doi"
        return self.field.widget if self.field.widget in ("lines", "web") else "text"

    @property
    def source(self) -> str:
        """Where it was read, if that is an address."""
        source = self.fact.source if self.fact else ""
        return source if source.startswith(("https://", "http://")) else ""

    @property
    def is_news(self) -> bool:
        """Somebody said it since the entry was first collected."""
        return self.fact is not None and self.fact.said_by != Speaker.SEED

    @property
    def parts(self) -> list[str]:
        """The members of a list, as text."""
        return [self.field.words([part]) for part in self.value]

    @property
    def doi(self) -> str:
        """The address of a DOI, however it was written; empty where it is none."""
        bare = str(self.value).strip().split("doi.org/")[-1].removeprefix("doi:").strip()
        return f"https://doi.org/{bare}" if bare.startswith("10.") else ""

    @property
    def rows(self) -> list[list["Cell"]]:
        """The records, each as all its fields."""
        found = [self.value] if isinstance(self.value, Mapping) else self.value
        fields = [f for f in self.field.fields if any(f.name in row for row in found)]
        return [[Cell(field, row.get(field.name)) for field in fields] for row in found]

    @property
    def links(self) -> list[tuple[str, str]]:
        """Records of a title and an address."""
        return [(row["url"], row.get("title") or row["url"]) for row in self.value]


def _kind_of_records(field: Records) -> str:
    if {f.name for f in field.fields} == {"title", "url"}:
        return "links"
    if field.single:
        return "one"
    narrow = not any(isinstance(f, Lines | Records) for f in field.fields)
    return "table" if narrow and len(field.fields) <= _WIDEST else "records"


def cells(item: Item, collection: Collection, *, without: Iterable[str] = ()) -> list[Cell]:
    """The fields of an entry in their order; those that matter also where they are missing.

    Args:
        item: the entry.
        collection: its collection.
        without: fields that the page shows elsewhere.
    """
    facts = {fact.field: fact for fact in item.facts.all()}
    return [
        Cell(field, item.data.get(field.name), facts.get(field.name))
        for field in collection.schema
        if field.name not in without
        and (field.name in item.data or field.name in collection.matters)
    ]


def home(item: Item, collection: Collection) -> str:
    """Where the thing itself is on the web, if the entry says so."""
    found = next((f for f in collection.schema if isinstance(f, Web) and f.name == "url"), None)
    return item.data.get(found.name, "") if found else ""


def in_lead(item: Item, collection: Collection) -> list[str]:
    """Fields that the head of the page shows: title, summary and address."""
    shown = {item.title, collection.summary_of(item.data), home(item, collection)} - {""}
    return [
        field.name
        for field in collection.schema
        if isinstance(item.data.get(field.name), str) and item.data[field.name] in shown
    ]


def told(item: Item, collection: Collection) -> list[Cell]:
    """Every field of which somebody said something, for "who said what"."""
    return [cell for cell in cells(item, collection) if cell.fact and cell.value is not None]


def holds(item: Item, collection: Collection) -> list[Hold]:
    """The panel's holds on an entry, or on a category that it is in, the newest first."""
    subjects = [item.subject]
    for facet in collection.facets:
        values = list(facet.values(item.data)) or [NOT_STATED]
        subjects += [f"{collection.name}:{facet.name}:{value}" for value in values]
    return list(Hold.objects.filter(subject__in=subjects).order_by("-placed_at", "-pk"))
