"""After a release: who is told what, once, and what happens when the mail server misbehaves.

Between the releases of 12 July and 6 December 2019 the share of European went from 90.2% to
90.7%, and that of East Asian from 5.2% to 4.6%.
"""

import smtplib
from decimal import Decimal
from threading import Thread

import pytest

from everygenome.errors import MailError, NotFoundError, UsageError
from everygenome.store.folder import Store
from tests.fixtures.mail import FakeMailServer

pytestmark = [pytest.mark.usefixtures("django")]
SITE = "https://monitor.example.org"


@pytest.fixture
def store(tmp_path, real):
    """Two real releases in a store of their own; the later one is current."""
    (tmp_path / "releases").mkdir()
    for name in Store(real).ids():
        (tmp_path / "releases" / name).symlink_to(real / "releases" / name)
    return Store(tmp_path)


@pytest.fixture
def server():
    with FakeMailServer() as running:
        yield running


@pytest.fixture
def told(store, server):
    """Give it an alert's choices and it stores one as of the earlier release; `run` tells."""
    from django.test import override_settings
    from django.utils import timezone

    from everygenome.queries.release import open_release
    from everygenome.web.alerts.models import Recipient
    from everygenome.web.alerts.telling import tell
    from everygenome.web.site.findings import finding, question_of
    from everygenome.web.site.releases import SHELF

    class Readers:
        lines: list[str] = []  # noqa: RUF012

        def add(self, name="ada", *, view="", watch="changed", group="", threshold="0", **other):
            early = store.ids()[0]
            found = finding(open_release(early, store=store.root), question_of(view))
            reader, _ = Recipient.objects.get_or_create(address=f"{name}@reader.example")
            now = timezone.now()
            fresh = {"confirmed_at": now, "told_release": early, "told": found.to_dict()}
            return reader.alerts.create(
                view=view,
                watch=watch,
                group=group,
                threshold=Decimal(threshold),
                asked_at=now,
                **(fresh | other),
            )

        def run(self, **choices):
            return tell(say=self.lines.append, **({"dry_run": False} | choices))

    choices = {
        "STORE": store.root,
        "SITE_URL": SITE,
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": server.port,
        "EMAIL_TIMEOUT": 10,
    }
    Readers.lines = []
    with override_settings(**choices):
        SHELF.forget()
        yield Readers()
    SHELF.forget()
    Recipient.objects.all().delete()


def left():
    from everygenome.web.alerts.models import Alert

    return {item.recipient.address.partition("@")[0]: item for item in Alert.objects.all()}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("watch", "group", "threshold", "comes"),
    [
        ("above", "European", "90.5", True),
        ("above", "European", "90.2", False),
        ("above", "European", "91", False),
        ("below", "East Asian", "5", True),
        ("below", "East Asian", "4.5", False),
        ("below", "European", "95", False),
        ("moved", "European", "0.5", True),
        ("moved", "European", "0.6", False),
        ("moved", "East Asian", "0.6", True),
        ("changed", "", "0", True),
    ],
)
def test_is_told_when_what_it_waits_for_happens(told, server, watch, group, threshold, comes):
    told.add(watch=watch, group=group, threshold=threshold)
    outcome = told.run()
    assert (outcome.told, outcome.quiet) == ((1, 0) if comes else (0, 1))
    assert len(server.mails) == outcome.told


def test_the_mail_says_in_the_words_of_the_page_what_happened(told, server, store):
    early, late = store.ids()
    alert = told.add(watch="moved", group="European", threshold="0.5")
    told.run()
    (mail,) = server.mails
    assert mail.recipients == ("ada@reader.example",)
    message = mail.message
    assert message.get_content_type() == "text/plain"
    assert message["Subject"] == (
        "everygenome: the share of European moves by more than 0.5 percentage points"
    )
    stop = f"{SITE}/alerts/stop/{alert.key}/"
    assert message["List-Unsubscribe"].strip() == f"<{stop}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@monitor.example.org>")
    body = " ".join(message.get_content().split())
    for words in (
        "Participations in the discovery stage",
        "the release of 6 December 2019",
        "the release of 12 July 2019",
        "The share of European went up by 0.5 percentage points, from 90.2% to 90.7%.",
        "Now: Of every 100 clearly recorded participations, 91 were recorded as European, and 5 "
        "as East Asian.",
        "Each time a person's data are used in a study counts once.",
        f"{SITE}/composition/",
        f"{SITE}/changes/{early}/{late}/",
        f"Releases compared: {early} and {late}.",
        stop,
    ):
        assert words in body, words
    assert "&" not in message.get_content()


def test_a_view_is_told_of_as_it_is_counted(told, server):
    told.add(view="?view=1&unit=studies&stage=replication")
    told.run()
    body = " ".join(server.mails[0].message.get_content().split())
    assert "Studies in the replication stage" in body
    assert f"{SITE}/composition/?view=1&unit=studies&stage=replication" in body
    assert "studies more" in body


def test_nobody_is_told_twice(told, server, store):
    told.add("ada")
    told.add("bob", watch="above", group="European", threshold="90.5")
    assert told.run().told == 2
    assert told.run().told == 0
    assert len(server.mails) == 2
    assert {item.told_release for item in left().values()} == {store.ids()[1]}


def test_two_runs_at_once_tell_once(told, server):
    """The second run finds the row as it was before the first recorded it."""
    from everygenome.web.alerts.models import Alert

    alert = told.add()
    real = Alert.objects.get(pk=alert.pk)
    assert told.run().told == 1
    from django import conf

    from everygenome.web.alerts.telling import Outcome, _Run
    from everygenome.web.site.releases import SHELF

    listed = SHELF.listed()
    late = _Run(
        listed,
        SHELF.open(listed.current),
        conf.settings.SITE_URL,
        Outcome(listed.current),
        print,
        dry_run=False,
    )
    late.one(real)
    late.close()
    assert late.outcome.told == 0
    assert len(server.mails) == 1


def test_only_confirmed_alerts_are_told(told, server):
    told.add("ada", confirmed_at=None)
    assert told.run().told == 0
    assert server.mails == []


def test_a_dry_run_says_what_would_be_told_and_changes_nothing(told, server, store):
    told.add()
    outcome = told.run(dry_run=True)
    assert (outcome.told, server.mails) == (1, [])
    (line,) = told.lines
    assert "would be told: There are" in line
    assert "ada" not in line
    assert left()["ada"].told_release == store.ids()[0]


def test_a_line_is_crossed_from_one_release_to_the_next(told, server, store):
    """Quiet alerts about a line come along, so that the next crossing is seen."""
    told.add("ada", watch="above", group="European", threshold="99")
    told.add("bob", watch="moved", group="European", threshold="10")
    assert told.run().quiet == 2
    early, late = store.ids()
    assert left()["ada"].told_release == late
    # Drift adds up from what was told.
    assert left()["bob"].told_release == early


def test_a_release_that_is_gone_is_compared_as_it_was_told(told, server, store):
    early = store.ids()[0]
    told.add(watch="moved", group="European", threshold="0.5")
    (store.releases_folder / early).unlink()
    from everygenome.web.site.releases import SHELF

    SHELF.forget()
    assert told.run().told == 1
    assert "from 90.2% to 90.7%" in " ".join(server.mails[0].message.get_content().split())


def test_a_release_that_is_set_back_is_no_news(told, server, store):
    early, late = store.ids()
    told.add(told_release=late)
    store.point_to(early)
    from everygenome.web.site.releases import SHELF

    SHELF.forget()
    assert told.run().told == 0
    assert left()["ada"].told_release == late


def test_one_refusal_does_not_stop_the_others_and_is_tried_again(told, server, store):
    told.add("ada")
    told.add("bob")
    told.add("cyd")
    server.refuse = {"bob@reader.example": "451 later"}
    with pytest.raises(MailError, match="2 told, 0 without news") as failure:
        told.run()
    assert failure.value.exit_code == 5
    assert "reader.example" not in str(failure.value) + "".join(told.lines)
    assert {m.recipients[0][:3] for m in server.mails} == {"ada", "cyd"}
    assert left()["bob"].told_release == store.ids()[0]
    server.refuse = {}
    assert told.run().told == 1
    assert [m.recipients[0][:3] for m in server.mails].count("bob") == 1
    assert len(server.mails) == 3


def test_an_address_that_is_refused_for_good_three_times_is_erased(told, server):
    told.add("ada")
    server.refuse = {"ada@reader.example": "550 nobody here"}
    for refusals in (1, 2):
        with pytest.raises(MailError):
            told.run()
        assert left()["ada"].refusals == refusals
    with pytest.raises(MailError, match="1 erased"):
        told.run()
    assert left() == {}


def test_a_refusal_for_now_is_forgotten_when_a_mail_is_taken(told, server):
    told.add("ada", refusals=2)
    told.run()
    assert left()["ada"].refusals == 0


def test_a_line_that_breaks_after_the_mail_was_sent_sends_it_once(told, server):
    """Taken or not, we cannot know: at most once means that it counts as told."""
    told.add("ada")
    server.hang_up = True
    with pytest.raises(MailError, match="1 failed"):
        told.run()
    server.hang_up = False
    assert told.run().told == 0
    assert len(server.mails) == 1


def test_a_run_that_is_killed_while_it_sends_sends_nobody_twice(told, server, monkeypatch):
    told.add("ada")
    told.add("bob")

    class Killed(BaseException):
        pass

    sent = smtplib.SMTP.sendmail

    def killed(self, sender, recipients, *rest, **more):
        sent(self, sender, recipients, *rest, **more)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(smtplib.SMTP, "sendmail", killed)
        with pytest.raises(Killed):
            told.run()
    assert told.run().told == 1
    assert sorted(m.recipients[0][:3] for m in server.mails) == ["ada", "bob"]


def test_a_server_that_is_not_there_loses_nothing(told, server, store):
    from django.test import override_settings

    told.add("ada")
    with override_settings(EMAIL_PORT=1), pytest.raises(MailError, match="cannot be reached"):
        told.run()
    assert left()["ada"].told_release == store.ids()[0]
    assert told.run().told == 1


def test_a_view_that_the_release_cannot_answer_waits(told, server, store):
    told.add("ada", view="")
    from everygenome.web.alerts.models import Alert

    Alert.objects.update(view="?view=1&trait=EFO_9999999")
    outcome = told.run()
    assert (outcome.unreadable, outcome.told) == (1, 0)
    assert left()["ada"].told_release == store.ids()[0]


def test_made_up_numbers_are_nobodys_news(told, server, demonstration, store):
    from django.test import override_settings

    from everygenome.web.site.releases import SHELF

    told.add("ada")
    with override_settings(STORE=demonstration):
        SHELF.forget()
        assert told.run().told == 0
    SHELF.forget()
    # Asked for over the demonstration: the first real release is where it begins.
    from everygenome.web.alerts.models import Alert

    made_up = Alert.objects.get().told | {"demonstration": True, "date": "2019-01-01"}
    Alert.objects.update(told=made_up, told_release="2019-01-01-00000000")
    outcome = told.run()
    assert (outcome.told, outcome.quiet) == (0, 1)
    assert left()["ada"].told_release == store.ids()[1]
    assert server.mails == []


def test_needs_a_release_and_the_address_of_the_site(told, tmp_path):
    from django.test import override_settings

    from everygenome.web.site.releases import SHELF

    with override_settings(SITE_URL=""), pytest.raises(UsageError, match="address of the site"):
        told.run()
    with override_settings(STORE=tmp_path / "nothing"):
        SHELF.forget()
        with pytest.raises(NotFoundError, match="no release yet"):
            told.run()
    SHELF.forget()


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("smtps://me:w%40rd@mail.example", ("mail.example", 465, "me", "w@rd", True, False)),
        ("smtp+starttls://me:word@m.example", ("m.example", 587, "me", "word", False, True)),
        ("smtp://localhost:2525", ("localhost", 2525, "", "", False, False)),
        ("smtp://me:word@127.0.0.1/", ("127.0.0.1", 25, "me", "word", False, False)),
    ],
)
def test_the_mail_server_is_read_from_its_address(tmp_path, address, expected):
    from everygenome.settings import Settings
    from everygenome.web.settings.mail import mail

    found = mail(Settings(store=tmp_path, mail_url=address))
    read = (found.host, found.port, found.user, found.password, found.use_ssl, found.use_tls)
    assert read == expected
    assert found.backend.endswith("smtp.EmailBackend")


@pytest.mark.parametrize(
    "wrong",
    [
        {"mail_url": "http://me:word@mail.example"},
        {"mail_url": "smtp://"},
        {"mail_url": "smtp://me:word@mail.example"},
        {"mail_url": "smtps://me:word@mail.example:port"},
        {"mail_url": "smtps://me:word@mail.example/folder"},
        {"mail_from": "word"},
        {"mail_from": "a@b.example\nBcc: word@c.example"},
    ],
)
def test_wrong_settings_of_mail_are_told_without_repeating_them(tmp_path, wrong):
    from everygenome.settings import Settings
    from everygenome.web.settings.mail import mail

    with pytest.raises(UsageError) as told_:
        mail(Settings(store=tmp_path, **wrong))
    assert "me:word" not in str(told_.value)
    assert "c.example" not in str(told_.value)


def test_mails_are_printed_where_no_server_is_named(tmp_path, monkeypatch):
    from everygenome.settings import Settings
    from everygenome.web.settings.mail import mail

    for name in ("EVERYGENOME_MAIL_URL", "EVERYGENOME_MAIL_FROM"):
        monkeypatch.delenv(name, raising=False)
    found = mail(Settings(store=tmp_path, site_url="https://monitor.example.org/"))
    assert found.backend.endswith("console.EmailBackend")
    assert found.sender == "everygenome <everygenome@monitor.example.org>"


@pytest.mark.parametrize(
    "address", ["monitor.example.org", "https://x/y", "https://x?y", "ftp://x"]
)
def test_an_address_of_the_site_that_links_cannot_begin_with_is_refused(monkeypatch, address):
    from everygenome.settings import SettingError, settings

    monkeypatch.setenv("EVERYGENOME_SITE_URL", address)
    settings.cache_clear()
    with pytest.raises(SettingError, match="EVERYGENOME_SITE_URL"):
        settings()
    settings.cache_clear()


@pytest.fixture
def provider(told):
    """A provider that takes mails over HTTP, as Postmark does."""
    from django.test import override_settings

    from tests.functional.web.people.test_mail_settings import Provider

    with Provider() as running:
        thread = Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        address = f"http://127.0.0.1:{running.server_port}/"
        anymail = {"POSTMARK_SERVER_TOKEN": "k", "POSTMARK_API_URL": address}
        backend = "anymail.backends.postmark.EmailBackend"
        with override_settings(EMAIL_BACKEND=backend, ANYMAIL=anymail):
            yield running
        running.shutdown()
        thread.join()


def test_a_provider_is_handed_the_mails_too(told, provider, store):
    told.add("ada")
    assert told.run().told == 1
    assert [body["To"] for _, _, body in provider.taken] == ["ada@reader.example"]
    assert left()["ada"].told_release == store.ids()[1]


def test_a_provider_that_says_no_is_asked_again(told, provider, store):
    told.add("ada")
    told.add("bob")
    provider.status = 422
    with pytest.raises(MailError, match="2 failed") as failure:
        told.run()
    assert "reader.example" not in str(failure.value) + "".join(told.lines)
    assert {alert.told_release for alert in left().values()} == {store.ids()[0]}
    # A full account or a wrong key is no address that is refused.
    assert {alert.refusals for alert in left().values()} == {0}
    provider.status = 200
    assert told.run().told == 2


def test_a_provider_with_a_fault_may_have_taken_it(told, provider, store):
    told.add("ada")
    provider.status = 502
    with pytest.raises(MailError, match="1 failed"):
        told.run()
    assert left()["ada"].told_release == store.ids()[1]
    provider.status = 200
    assert told.run().told == 0


def test_a_provider_that_is_not_there_loses_nothing(told, provider, store):
    from django.test import override_settings

    told.add("ada")
    nowhere = {"POSTMARK_SERVER_TOKEN": "k", "POSTMARK_API_URL": "http://127.0.0.1:1/"}
    with override_settings(ANYMAIL=nowhere), pytest.raises(MailError, match="1 failed"):
        told.run()
    assert left()["ada"].told_release == store.ids()[0]
    assert told.run().told == 1
