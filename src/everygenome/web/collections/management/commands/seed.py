"""Load the project's own first entries."""

from typing import Any

from django.core.management.base import BaseCommand

from everygenome.web.collections.seeds import seed
from everygenome.web.collections.telling import progress, sentence


class Command(BaseCommand):
    """`seed`: load the entries that come with the software; again, only what changed in them."""

    help = "Load the entries that come with the software. Doing it again changes nothing."

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load them, and tell what came of it."""
        with progress(shown=options["verbosity"] > 0) as report:
            done = seed(report)
        if options["verbosity"] > 0:
            for loaded in done:
                self.stdout.write(sentence(loaded))
