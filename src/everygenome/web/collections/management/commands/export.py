"""Write everything public of all collections as files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from everygenome.web.collections.exported import export
from everygenome.web.collections.telling import progress


class Command(BaseCommand):
    """`export FOLDER`: JSON and CSV of every collection, with every version of every entry."""

    help = "Write every collection and its history as JSON and CSV files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("folder", type=Path, help="an empty folder, a new or a former one")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write them, and tell how many."""
        with progress(shown=options["verbosity"] > 0) as report:
            counts = export(options["folder"], settings.LINK_BASE.rstrip("/"), report)
        if options["verbosity"] > 0:
            for name, count in counts.items():
                self.stdout.write(f"{name}: {count:,} entries.")
