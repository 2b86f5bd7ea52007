"""The examples of the API, made from the demonstration catalogue.

    python -m tests.functional.web.api.examples

writes them anew; a test compares what is kept with what the API answers.
"""

import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

ITEMS = 2
# When a release was built or an entry stored says nothing about an answer.
_THEN = "2026-01-01T00:00:00Z"
NOT_THE_SAME_TWICE = dict.fromkeys(("built_at", "made_at", "changed_at", "at"), _THEN)

TERM = {
    "term": "Ancestry",
    "simple": "Who somebody descends from, as far as that is known.",
    "senses": [
        {
            "definition": "The people from whom somebody descends.",
            "whose": "Made up for this example",
            "context": "everyday",
            "status": "not-assessed",
        }
    ],
    "sources": [{"title": "Made up for this example", "url": "https://example.org/"}],
}


def made(get: Callable[[str], Any]) -> dict[str, Any]:
    """An answer of every operation, with its lists cut short."""
    from everygenome.web.api.docs import address_of
    from everygenome.web.api.routes import OPERATIONS

    found = {}
    for operation in OPERATIONS:
        response = get(address_of(operation))
        if response.status_code != 200:
            raise ValueError((operation.name, response.status_code, response.content[:500]))
        found[operation.name] = cut(response.json())
    return found


def put_a_term() -> None:
    """A definition for the examples, where the project has none of its own yet."""
    from everygenome.web.collections.models import Item
    from tests.functional.web.collections.shelf import put

    if not Item.objects.filter(collection="definitions", slug="ancestry").exists():
        put("ancestry", TERM, collection="definitions")


def cut(value: Any) -> Any:
    """A value whose lists have at most two items."""
    if isinstance(value, dict):
        return {k: NOT_THE_SAME_TWICE.get(k, cut(item)) for k, item in value.items()}
    if isinstance(value, list):
        return [cut(item) for item in value[:ITEMS]]
    return value


def main() -> None:
    """Write the examples where the API keeps them."""
    from tests.functional.web.stores import demonstration_store

    with tempfile.TemporaryDirectory() as scratch:
        store = demonstration_store(Path(scratch))
        os.environ.update(
            EVERYGENOME_STORE=str(store),
            EVERYGENOME_RATE_LIMIT="0",
            DJANGO_SETTINGS_MODULE="everygenome.web.settings",
        )
        import django

        django.setup()
        from django.core.management import call_command
        from django.test import Client

        call_command("migrate", interactive=False, verbosity=0)
        call_command("seed", verbosity=0)
        put_a_term()

        from everygenome.web import api

        found = made(Client(headers={"host": "localhost"}).get)
        path = Path(str(api.__file__)).with_name("examples.json")
        path.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
