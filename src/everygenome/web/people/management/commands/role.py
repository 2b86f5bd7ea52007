"""`role give|end --email --role --reason`: give or end a role."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from everygenome.web.people.accounts import by_address, end_role, give_role
from everygenome.web.people.roles import ROLES

_ACTS = {"give": give_role, "end": end_role}


class Command(BaseCommand):
    """Give an account a role, or end one."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What, whose, which and why."""
        parser.add_argument("act", choices=list(_ACTS))
        for name in ("email", "role", "reason"):
            parser.add_argument(f"--{name}", required=True)

    def handle(self, *, act: str, email: str, role: str, reason: str, **_: Any) -> None:
        """Do it, and say which roles there are now."""
        account = by_address(email)
        _ACTS[act](account=account, role=role, reason=reason, by=None)
        now = [ROLES[name].label.lower() for name in account.roles]
        self.stdout.write(f"Account {account.pk} has now: {', '.join(now) or 'no role'}.")
