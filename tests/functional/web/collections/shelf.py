"""An invented shelf of tools, the same each time; and what pages show of a list."""

import re
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from tests.functional.web.page import read

SIZE = 66
_WORDS = ("imputation", "ancestry", "consent", "scores", "panel", "variants", "recruitment")


def tool(number, **changes):
    """The fields of the tool of a number: kinds, stages and so on in turn."""
    from everygenome.web.toolbox.schema import SCHEMA

    def of(field, *places):
        words = list(SCHEMA[field].choices)
        return [words[place % len(words)] for place in places]

    made = {
        "name": f"Tool {number:02} for {_WORDS[number % 7]}",
        "purpose": f"Helps with {_WORDS[(number * 3 + 1) % 7]} in setting {number}.",
        "url": f"https://tool{number}.example.org/",
        "kind": of("kind", number % 4)[0],
        "stages": of("stages", number, number * number),
        "audiences": of("audiences", number * 2, number + 3),
        "tasks": of("tasks", number, number * 5 + 1),
        "sources": [{"title": f"Paper {number}", "url": f"https://doi.org/10.5555/{number}"}],
    } | ({"checked": of("checked", number)[0]} if number % 3 else {})
    return {name: value for name, value in (made | changes).items() if value is not None}


def put(slug, data, *, collection="toolbox", speaker="seed", **saying):
    """Store an entry; what came of it."""
    from everygenome.web.collections.models import Speaker
    from everygenome.web.collections.registry import collection_of
    from everygenome.web.collections.storing import Saying, store

    where = collection_of(collection)
    cleaned, errors = where.schema.clean(data)
    assert errors == {}
    said = Saying(**{"speaker": Speaker(speaker), "why": "For a test.", **saying})
    return store(where, cleaned, slug=slug, saying=said)[0]


# What the shelf's rows were when they were first stored, model by model.
_ROWS = {}


def fill():
    """Empty every collection, and put the shelf into the toolbox.

    The first time, each tool is stored as the site stores one; from then on all rows that this
    made are stored again at once, with numbers of their own and as of now.
    """
    from everygenome.web.collections.models import Item
    from everygenome.web.collections.seeds import look_again

    Item.objects.all().delete()
    if not _ROWS:
        made = [put(f"tool-{number:02}", tool(number)) for number in range(SIZE)]
        _remember([item.pk for item in made])
    else:
        made = _again()
    look_again()
    return made


def _remember(numbers):
    from django.utils import timezone

    from everygenome.web.collections.models import Facet, Fact, Item, Searched

    _ROWS["at"] = timezone.now()
    _ROWS[Item] = list(Item.objects.filter(pk__in=numbers).order_by("pk"))
    _ROWS[Item.history.model] = list(Item.history.filter(id__in=numbers).order_by("history_id"))
    for model in (Facet, Fact, Searched):
        _ROWS[model] = list(model.objects.filter(item__in=numbers).order_by("pk"))


def _again():
    from django.db import connection
    from django.utils import timezone

    from everygenome.web.collections.models import Facet, Fact, Item, Searched

    later = timezone.now() - _ROWS["at"]

    def copied(row, **changes):
        fields = {
            field.attname: getattr(row, field.attname)
            for field in row._meta.concrete_fields
            if not field.primary_key
        }
        moved = {n: v + later for n, v in fields.items() if isinstance(v, datetime)}
        return type(row)(**(fields | moved | changes))

    made = Item.objects.bulk_create([copied(row) for row in _ROWS[Item]])
    numbers = {old.pk: new.pk for old, new in zip(_ROWS[Item], made, strict=True)}
    versions = Item.history.model
    versions.objects.bulk_create([copied(row, id=numbers[row.id]) for row in _ROWS[versions]])
    for model in (Facet, Fact, Searched):
        rows = [copied(row, item_id=numbers[row.item_id]) for row in _ROWS[model]]
        model.objects.bulk_create(rows)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            # As `search.put`: an entry that was deleted may have had the number.
            cursor.executemany(
                "DELETE FROM collections_fts WHERE rowid = %s", [(n,) for n in numbers.values()]
            )
            cursor.executemany(
                "INSERT INTO collections_fts (rowid, title, words) VALUES (%s, %s, %s)",
                [(numbers[row.item_id], row.title, row.words) for row in _ROWS[Searched]],
            )
    return made


def count_of(page):
    """How many entries a list says that it shows."""
    (said,) = [e["text"] for e in page.all("h2") if e["attrs"].get("id") == "found-heading"]
    return 0 if said.startswith("None") else int(re.match(r"[\d,]+", said)[0].replace(",", ""))


def facet_links(page):
    """The links that narrow a list: (address, count beside it, chosen)."""
    found = []
    inside = False
    for element in page.elements:
        if element["tag"] == "nav":
            inside = element["attrs"].get("class") == "facets"
        if inside and element["tag"] == "a":
            count = re.search(r"([\d,]+)\s+[a-z ]+$", element["text"].strip())[1]
            chosen = element["attrs"].get("aria-current") == "true"
            found.append((element["attrs"]["href"], int(count.replace(",", "")), chosen))
        if element["tag"] == "h2":
            inside = False
    return found


def titles(page):
    """The entries that a list shows, in order."""
    return [" ".join(element["text"].split()) for element in page.all("h3")]


def choices(address):
    """The query of an address."""
    return parse_qs(urlsplit(address).query)


def get(web, address):
    """A page that is there, read."""
    answer = web.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return read(answer)
