"""`scrub --to FILE`: a copy of the database without personal details."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from everygenome.web.people.scrub import scrub


class Command(BaseCommand):
    """Write a copy of the whole database that holds nothing about anybody, as a SQLite file."""

    help = __doc__
    # A function, so it can come from a caller only.
    stealth_options = ("progress",)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The new file."""
        parser.add_argument("--to", type=Path, required=True)

    def handle(self, *, to: Path, **options: Any) -> None:
        """Write it, and say what is in it."""
        given = options.get("progress")
        counts = scrub(to=to, **({"progress": given} if given else {}))
        left_out = sum(1 for count in counts.values() if count == 0)
        self.stdout.write(
            f"{sum(counts.values())} rows of {len(counts) - left_out} tables are in {to}; "
            f"{left_out} tables are empty."
        )
