"""After a new release: tell each reader what they asked to be told, at most once.

A mail cannot be taken back, and its sending cannot be made one with a change in a database. So
one of the two comes first. Here it is the record: an alert's row says that it was told of the
release before its mail is handed over. Whatever kills the run between the two, nobody is sent
the same news twice; at worst one reader misses the news of one release, and hears of what
follows. The other order would send twice instead: to the reader an alert that repeats itself
is worse than one that is late. Where the server says plainly that it did not take the mail, the
record is set back, and the next run tries again.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from django import conf
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F

from everygenome.errors import EverygenomeError, MailError, NotFoundError, UsageError
from everygenome.queries.release import Release
from everygenome.web.alerts import asking, letters
from everygenome.web.alerts.models import Alert
from everygenome.web.alerts.refusing import FAULTS, for_good, not_taken
from everygenome.web.alerts.watching import keeps_step, news
from everygenome.web.site.findings import Finding, described, finding, question_of
from everygenome.web.site.releases import SHELF, Listed

# A server that refuses an address for good so many times in a row means it.
MOST_REFUSALS = 3
Say = Callable[[str], None]


@dataclass(slots=True)
class Outcome:
    """What a run did.

    Attributes:
        release: the current release.
        told: mails handed over (in a dry run: that would be).
        quiet: alerts whose news has not come.
        unreadable: alerts whose view this release cannot answer; they wait for one that can.
        failed: mails that the server did not take, or perhaps did not.
        erased: alerts that went: never confirmed, or refused for good.
    """

    release: str
    told: int = 0
    quiet: int = 0
    unreadable: int = 0
    failed: int = 0
    erased: int = 0

    def __str__(self) -> str:
        """One line."""
        return (
            f"Release {self.release}: {self.told} told, {self.quiet} without news, "
            f"{self.unreadable} that it cannot answer, {self.failed} failed, {self.erased} erased."
        )


def tell(*, dry_run: bool, say: Say) -> Outcome:
    """Go through all confirmed alerts once; see `everygenome.web.notify`."""
    listed = SHELF.listed()
    if listed.current is None:
        raise NotFoundError("The store holds no release yet.", remedy="Run `everygenome sync`.")
    base = conf.settings.SITE_URL
    if not base and not dry_run:
        raise UsageError(
            "Mails need the address of the site for their links.",
            remedy="Set EVERYGENOME_SITE_URL, such as https://monitor.example.org.",
        )
    outcome = Outcome(listed.current)
    if not dry_run:
        outcome.erased = asking.erase_unconfirmed()
    if listed.about(listed.current)["demonstration"]:
        # Made-up numbers are nobody's news.
        return outcome
    run = _Run(listed, SHELF.open(listed.current), base, outcome, say, dry_run=dry_run)
    waiting = Alert.objects.exclude(confirmed_at=None).exclude(told_release=listed.current)
    try:
        for key in waiting.order_by("told_release", "view", "pk").values_list("pk", flat=True):
            alert = Alert.objects.select_related("recipient").filter(pk=key).first()
            # It may have been stopped since.
            if alert is not None:
                run.one(alert)
    finally:
        run.close()
    if outcome.failed:
        raise MailError(
            f"{outcome} The mail server did not take every mail.",
            remedy="Run `everygenome notify` again: it sends what is left.",
        )
    return outcome


@dataclass(slots=True)
class _Run:
    """One run over the alerts, with what it has looked up."""

    listed: Listed
    release: Release
    base: str
    outcome: Outcome
    say: Say
    dry_run: bool
    _connection: BaseEmailBackend | None = None
    _found: dict[tuple[str, str], Finding] = field(default_factory=dict)

    def one(self, alert: Alert) -> None:
        """Tell one reader, if there is something to tell."""
        try:
            question = question_of(alert.view)
            after = self._finding(self.release, alert.view)
            before = self._before(alert)
        except EverygenomeError:
            self.outcome.unreadable += 1
            return
        if before.date > after.date:
            # The current release was set back to an earlier one: that is no news.
            self.outcome.quiet += 1
            return
        sentences = news(
            before,
            after,
            watch=alert.watch,
            group=alert.group,
            threshold=alert.threshold,
            unit=question.unit.value,
        )
        if before.demonstration or not sentences:
            self.outcome.quiet += 1
            if before.demonstration or keeps_step(alert.watch):
                self._record(alert, after)
            return
        message = letters.news(
            alert,
            sentences,
            before=before,
            after=after,
            described=described(question, self.release),
            base=self.base,
        )
        if self.dry_run:
            self.say(f"Alert {alert.pk} would be told: {sentences[0]}")
            self.outcome.told += 1
            return
        self._send(alert, after, message)

    def close(self) -> None:
        """Let go of the mail server."""
        connection, self._connection = self._connection, None
        if connection is not None:
            # A line that is broken cannot be closed politely.
            with suppress(*FAULTS):
                connection.close()

    def _finding(self, release: Release, view: str) -> Finding:
        key = (release.label.id, view)
        if key not in self._found:
            self._found[key] = finding(release, question_of(view))
        return self._found[key]

    def _before(self, alert: Alert) -> Finding:
        """What the reader knows: reckoned anew, so that a mended rule is not taken for news.

        Where the release is gone, it is what the reader was told then.
        """
        if self.listed.find(alert.told_release) is None:
            return Finding.of_dict(alert.told)
        return self._finding(SHELF.open(alert.told_release), alert.view)

    def _record(self, alert: Alert, after: Finding) -> bool:
        """Write down that an alert has come to a release; False where another run did so."""
        if self.dry_run:
            return True
        still = Alert.objects.filter(pk=alert.pk, told_release=alert.told_release)
        return bool(still.update(told_release=after.release, told=after.to_dict()))

    def _send(self, alert: Alert, after: Finding, message: EmailMessage) -> None:
        # First of all the server must be there: if not, nothing is recorded and nothing lost.
        message.connection = self._connected()
        if not self._record(alert, after):
            return
        try:
            message.send()
        except FAULTS as fault:
            if not_taken(fault):
                self._refused(alert, after, fault)
            else:
                # It may have been taken before the line broke, so it counts as told.
                self._failed(alert, type(fault).__name__)
        else:
            self.outcome.told += 1
            Alert.objects.filter(pk=alert.pk).update(refusals=0)

    def _refused(self, alert: Alert, after: Finding, refusal: Exception) -> None:
        """The mail was not taken: set the record back, for the next run to try again."""
        Alert.objects.filter(pk=alert.pk, told_release=after.release).update(
            told_release=alert.told_release,
            told=alert.told,
            refusals=F("refusals") + (1 if for_good(refusal) else 0),
        )
        gone = Alert.objects.filter(pk=alert.pk, refusals__gte=MOST_REFUSALS).exists()
        if gone:
            asking.stop(alert.key)
            self.outcome.erased += 1
        self._failed(alert, type(refusal).__name__)

    def _failed(self, alert: Alert, reason: str) -> None:
        # Not the server's own words: they repeat the address.
        self.say(f"Alert {alert.pk} could not be told ({reason}).")
        self.outcome.failed += 1
        self.close()

    def _connected(self) -> BaseEmailBackend:
        if self._connection is None:
            connection = get_connection()
            try:
                connection.open()
            except FAULTS as error:
                raise MailError(
                    f"{self.outcome} The mail server cannot be reached ({type(error).__name__}).",
                    remedy="Check EVERYGENOME_MAIL_URL, then run `everygenome notify` again: it "
                    "sends what is left.",
                ) from error
            self._connection = connection
        return self._connection
