"""`stories-due`: what a day brings for stories."""

from typing import Any

from django.core.management.base import BaseCommand

from everygenome.errors import StoreError
from everygenome.web.stories.due import due


class Command(BaseCommand):
    """End embargoes, destroy stories whose last day came, ask tellers again. Run it daily."""

    help = __doc__

    def handle(self, **_: Any) -> None:
        """Do it, and say how many of each."""
        done = due()
        self.stdout.write(f"Stories: {done}")
        if done.failed:
            raise StoreError(
                f"{done.failed} could not be seen to; the log says which.",
                remedy="Check that the keys can be read, and run it again.",
            )
