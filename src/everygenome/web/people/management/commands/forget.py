"""`forget`: delete what was kept long enough."""

from typing import Any

from django.core.management.base import BaseCommand

from everygenome.web.people.forgetting import forget


class Command(BaseCommand):
    """Delete contact details that are due, drafts never sent, old links, traces and sessions."""

    help = __doc__

    def handle(self, **_: Any) -> None:
        """Delete them, and say how many."""
        self.stdout.write(str(forget()))
