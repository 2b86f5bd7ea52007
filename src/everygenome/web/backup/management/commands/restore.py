"""`restore FILE`: bring a backup back."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from everygenome.web.backup.restoring import restore


class Command(BaseCommand):
    """Bring a backup back into a site that holds nothing; what was withdrawn since stays so."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which, and whether over what is there."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--over", action="store_true")

    def handle(self, *, file: Path, over: bool, **_: Any) -> None:
        """Do it, and say what came back."""
        restored = restore(file, over=over)
        self.stdout.write(f"The site is as it was at {restored.made}. Stories: {restored.done}")
        doubted = restored.doubted
        self.stdout.write(
            "Everybody is logged out. To look at, because the backup does not hold their last "
            f"words: {doubted.hidden} stories that nobody reads now (/desk/stories/). Drafts of "
            f"their tellers again: {doubted.returned}."
        )
