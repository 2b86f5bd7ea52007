"""`invite --email --name --role --reason`: make an account with a role."""

from argparse import ArgumentParser
from typing import Any

from django import conf
from django.core.management.base import BaseCommand

from everygenome.web.people.accounts import invite
from everygenome.web.people.roles import ROLES


class Command(BaseCommand):
    """Make an account, or give another role to the one that has the address."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, and why."""
        for name in ("email", "name", "role", "reason"):
            parser.add_argument(f"--{name}", required=True)

    def handle(self, *, email: str, name: str, role: str, reason: str, **_: Any) -> None:
        """Make it. No mail is sent: people hear of it from a person."""
        account = invite(email=email, name=name, role=role, reason=reason, by=None)
        self.stdout.write(
            f"Account {account.pk} is {ROLES[role].label.lower()} now. No mail was sent: tell "
            f"them to log in with {account.email} at {conf.settings.LINK_BASE}/people/login/."
        )
