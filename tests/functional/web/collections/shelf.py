"""An invented shelf of tools, the same each time; and what pages show of a list."""

import re
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


def fill():
    """Empty every collection, and put the shelf into the toolbox."""
    from everygenome.web.collections.models import Item
    from everygenome.web.collections.seeds import look_again

    Item.objects.all().delete()
    made = [put(f"tool-{number:02}", tool(number)) for number in range(SIZE)]
    look_again()
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
