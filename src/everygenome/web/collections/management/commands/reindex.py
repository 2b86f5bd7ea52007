"""Make facets and search words anew."""

from typing import Any

from django.core.management.base import BaseCommand

from everygenome.web.collections.registry import collections
from everygenome.web.collections.seeds import look_again
from everygenome.web.collections.shelf import items_of, together
from everygenome.web.collections.storing import index
from everygenome.web.collections.telling import progress


class Command(BaseCommand):
    """`reindex`: what entries are found and narrowed by, made again from the entries."""

    help = "Make anew what entries are found and narrowed by: after an upgrade, or a restore."

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do it, one collection after the other."""
        shown = options["verbosity"] > 0
        with progress(shown=shown) as report:
            counts = {}
            for collection in collections():
                items = items_of(collection).order_by("pk")
                counts[collection.name] = total = items.count()
                with together(collection):
                    for count, item in enumerate(items.iterator(), 1):
                        index(item, collection)
                        report(collection.name, count, total)
        look_again()
        if shown:
            for name, count in counts.items():
                self.stdout.write(f"{name}: {count:,} entries.")
