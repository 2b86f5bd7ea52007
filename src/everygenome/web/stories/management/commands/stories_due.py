"""`stories-due`: what a day brings for stories."""

from typing import Any

from django.core.management.base import BaseCommand

from everygenome.web.stories.due import due


class Command(BaseCommand):
    """End embargoes, destroy stories whose last day came, ask tellers again. Run it daily."""

    help = __doc__

    def handle(self, **_: Any) -> None:
        """Do it, and say how many of each."""
        self.stdout.write(f"Stories: {due()}")
