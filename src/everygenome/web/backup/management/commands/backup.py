"""`backup FILE`: the site's database and sealed files, without the keys of stories."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from everygenome.web.backup.making import backup


class Command(BaseCommand):
    """Write a backup that holds no key of a story: what is withdrawn cannot come back from it."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **_: Any) -> None:
        """Write it, and say how large it is."""
        size = backup(file)
        self.stdout.write(f"{file}: {size / 1e6:,.1f} MB. The keys of stories are not in it.")
