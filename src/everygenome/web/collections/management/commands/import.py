"""Import entries from a file."""
# ruff: noqa: N999 - the file is named as its command is

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from everygenome.errors import InputError, UsageError
from everygenome.web.collections import importing, reading
from everygenome.web.collections.registry import Collection, collections
from everygenome.web.collections.seeds import look_again
from everygenome.web.collections.telling import sentence
from everygenome.web.moderation.fields import Choices, Words

_BY_NAME = {
    "citation.cff": "citation-cff",
    "codemeta.json": "codemeta",
    "biotools.json": "biotools",
}


class Command(BaseCommand):
    """`import FILE --collection NAME`: entries as others describe them; locked facts stay."""

    help = "Import entries from CITATION.cff, codemeta.json, bio.tools JSON, or JSON of ours."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which file, and what it is."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--collection", required=True, help="such as toolbox")
        parser.add_argument("--format", default="", help="taken from the file's name if not given")
        parser.add_argument(
            "--set",
            action="append",
            default=[],
            metavar="FIELD=VALUE",
            help="a field of new entries of which the file says nothing; a list: a,b",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import it, and tell what came of it."""
        collection = _collection(options["collection"])
        path: Path = options["file"]
        form = options["format"] or _BY_NAME.get(path.name.lower(), importing.JSON)
        known = importing.formats(collection)
        if form not in known:
            raise UsageError(
                f"{collection.title} cannot be imported as {form}.",
                remedy=f"Formats: {', '.join(known)}.",
            )
        text = reading.text_of(path)
        try:
            rows = importing.told(text, collection, form)
        except InputError as error:
            raise InputError(f"{path.name}: {error.what}", remedy=error.remedy) from error
        also = _also(options["set"], collection)
        done = importing.load(rows, collection, name=path.name, also=also)
        if done.new:
            look_again()
        if options["verbosity"] > 0:
            self.stdout.write(sentence(done))


def _collection(name: str) -> Collection:
    found = {collection.name: collection for collection in collections()}
    if name not in found:
        raise UsageError(
            f"There is no collection {name!r}.", remedy=f"Collections: {', '.join(found)}."
        )
    return found[name]


def _also(given: list[str], collection: Collection) -> dict[str, Any]:
    fields = {field.name: field for field in collection.schema}
    made: dict[str, Any] = {}
    for item in given:
        name, is_set, value = item.partition("=")
        if not is_set or name not in fields:
            raise UsageError(
                f"--set {item!r} names no field.", remedy=f"Fields: {', '.join(fields)}."
            )
        many = isinstance(fields[name], Choices | Words)
        made[name] = [part.strip() for part in value.split(",")] if many else value
    return made
