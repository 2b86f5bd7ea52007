"""`erase-account --email`: erase who an account belongs to."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from everygenome.web.people.accounts import by_address, erase


class Command(BaseCommand):
    """Erase name, address, passkeys and sessions; what was decided stays, by its number."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose."""
        parser.add_argument("--email", required=True)

    def handle(self, *, email: str, **_: Any) -> None:
        """Erase it."""
        account = by_address(email)
        erase(account=account, by=None)
        self.stdout.write(
            f"Account {account.pk}: name, address, passkeys and sessions are erased, and its "
            "roles have ended. What it decided stays, by its number. Backups hold it still: see "
            "to them, too."
        )
