"""`rotate-keys`: seal contact details anew with the newest key."""

from typing import Any

from django.core.management.base import BaseCommand

from everygenome.web.people.rotating import rotate


class Command(BaseCommand):
    """Seal contact details anew, so that an old key can be thrown away."""

    help = __doc__

    def handle(self, **_: Any) -> None:
        """Do it, and say how many."""
        self.stdout.write(str(rotate()))
