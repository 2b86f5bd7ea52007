"""Ask whether the addresses of the toolbox still answer."""

import time
from typing import Any

from django import conf
from django.core.management.base import BaseCommand, CommandError, CommandParser

from everygenome.web.collections.telling import progress
from everygenome.web.toolbox.links.round import LIMIT, Manners, check


class Command(BaseCommand):
    """`check-links`: those that were not asked for longest, politely."""

    help = "Ask whether the addresses in the toolbox still answer."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many."""
        parser.add_argument("--limit", type=int, default=LIMIT, help="addresses at most")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Ask them, and say what came of it."""
        if options["limit"] < 1:
            raise CommandError("--limit is 1 or more.")
        with progress(shown=options["verbosity"] > 0) as report:
            done = check(
                limit=options["limit"],
                contact=conf.settings.CONTACT,
                manners=Manners(time.sleep, time.monotonic),
                progress=report,
            )
        self.stdout.write(
            f"{done.asked} asked: {done.answered} answered, {done.missed} missed; "
            f"{done.skipped} not asked, as their host wishes; {len(done.failing)} failing."
        )
        for url in done.failing:
            self.stdout.write(f"failing: {url}")
