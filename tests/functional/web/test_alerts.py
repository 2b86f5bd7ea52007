"""Alerts: what a reader asks for, confirms, is told and stops, without a cookie or a log-in."""

import itertools
import re
import time
from datetime import timedelta

import pytest

from tests.functional.web.page import read

pytestmark = [pytest.mark.usefixtures("django")]
SITE = "https://monitor.example.org"
ADDRESS = "ada@reader.example"


@pytest.fixture
def outbox(django):
    """Mails that were sent; the tables are emptied afterwards."""
    from django.core import mail
    from django.test import override_settings

    from everygenome.web.alerts.models import Recipient
    from everygenome.web.people.models import Attempt

    mail.outbox = []
    backend = "django.core.mail.backends.locmem.EmailBackend"
    with override_settings(EMAIL_BACKEND=backend, SITE_URL=SITE):
        yield mail.outbox
    Recipient.objects.all().delete()
    Attempt.objects.all().delete()


@pytest.fixture
def client(get, outbox):
    """A reader's program, over the demonstration catalogue."""
    return get.__self__


def fill(client, query="", **changes):
    """Open the form, fill it in, and send it; the answer."""
    page = read(client.get(f"/alerts/{query}"))
    (token,) = [i["attrs"]["value"] for i in page.all("input") if i["attrs"]["name"] == "token"]
    (form,) = page.all("form")
    filled = {"token": token, "watch": "changed", "address": ADDRESS} | changes
    headers = filled.pop("headers", {})
    return client.post(form["attrs"]["action"], filled, headers=headers)


def link(mail, what):
    (found,) = set(re.findall(rf"{SITE}(/alerts/{what}/\S+)", mail.body))
    return found


def alerts():
    from everygenome.web.alerts.models import Alert

    return list(Alert.objects.order_by("pk"))


def test_an_alert_begins_when_the_link_is_opened_and_the_button_pressed(client, outbox):
    sent = fill(client, "?view=1&unit=studies")
    assert (sent.status_code, sent["Location"]) == (303, "/alerts/sent/")
    (mail,) = outbox
    assert mail.to == [ADDRESS]
    assert "Studies in the discovery stage" in mail.body
    confirm = link(mail, "confirm")
    # Opening is not confirming: programs open links in mails to look at them.
    page = read(client.get(confirm))
    assert page.one("h1")["text"] == "Begin this alert?"
    assert alerts()[0].confirmed_at is None
    assert read(client.post(confirm)).one("h1")["text"] == "Your alert has begun"
    first = alerts()[0].confirmed_at
    assert first is not None
    client.post(confirm)
    assert alerts()[0].confirmed_at == first
    assert (alerts()[0].view, alerts()[0].watch) == ("?view=1&unit=studies", "changed")
    assert len(outbox) == 1


def test_nobody_is_given_a_cookie_and_nothing_may_be_kept_on_the_way(client, outbox):
    answers = [client.get("/alerts/"), fill(client), client.get("/alerts/sent/")]
    confirm = link(outbox[0], "confirm")
    answers += [client.get(confirm), client.post(confirm)]
    stop = f"/alerts/stop/{alerts()[0].key}/"
    answers += [client.get(stop), client.post(stop), client.get("/alerts/confirm/x/")]
    for answer in answers:
        assert "Set-Cookie" not in answer
        assert not answer.cookies
        if answer.status_code != 303:
            assert answer["Cache-Control"] == "no-store"
            assert "ETag" not in answer


def test_the_address_is_shown_on_no_page(client, outbox):
    pages = [fill(client, watch="above")]
    assert pages[0].status_code == 400
    fill(client)
    confirm = link(outbox[0], "confirm")
    pages += [client.get("/alerts/sent/"), client.get(confirm), client.post(confirm)]
    stop = f"/alerts/stop/{alerts()[0].key}/"
    pages += [client.get(stop), client.post(stop), client.get(stop)]
    for page in pages:
        assert ADDRESS.encode() not in page.content
        assert b"ada" not in page.content


def test_the_same_is_said_and_a_mail_goes_whether_the_address_was_known_or_not(client, outbox):
    fill(client)
    client.post(link(outbox[0], "confirm"))
    again, new = fill(client), fill(client, address="new@reader.example")
    for answer in (again, new):
        assert (answer.status_code, answer["Location"]) == (303, "/alerts/sent/")
    assert len(outbox) == 3
    assert "You have this alert already" in outbox[1].subject
    assert "Please confirm" in outbox[2].subject


def test_an_address_is_stored_once_in_whatever_case(client, outbox):
    from everygenome.web.alerts.models import Recipient

    fill(client)
    fill(client, "?view=1&unit=studies", address="ADA@Reader.Example")
    assert Recipient.objects.count() == 1
    assert len(alerts()) == 2


def test_what_is_asked_for_twice_before_it_is_confirmed_is_stored_once(client, outbox):
    fill(client)
    fill(client)
    assert len(alerts()) == 1
    assert all("Please confirm" in mail.subject for mail in outbox)


def test_stopping_erases_the_row_and_with_the_last_alert_the_address(client, outbox):
    from everygenome.web.alerts.models import Recipient

    fill(client)
    fill(client, watch="above", group="European", threshold="90")
    one, two = alerts()
    page = read(client.get(f"/alerts/stop/{one.key}/"))
    assert "Stop this alert?" in page.text
    assert len(alerts()) == 2
    client.post(f"/alerts/stop/{one.key}/")
    assert [item.pk for item in alerts()] == [two.pk]
    assert Recipient.objects.count() == 1
    client.post(f"/alerts/stop/{two.key}/")
    assert Recipient.objects.count() == 0
    # Doing it again does no harm, and tells nothing.
    for answer in (client.post(f"/alerts/stop/{two.key}/"), client.get("/alerts/stop/guess/")):
        assert answer.status_code == 200
        assert read(answer).one("h1")["text"] == "You will get no more of these mails"


def test_one_press_erases_everything_of_an_address(client, outbox):
    from everygenome.web.alerts.models import Recipient

    fill(client)
    fill(client, "?view=1&unit=studies")
    client.post(f"/alerts/stop/{alerts()[0].key}/", {"every": "1"})
    assert (alerts(), Recipient.objects.count()) == ([], 0)


def test_a_mail_program_stops_an_alert_unseen(client, outbox):
    """RFC 8058: a POST without a token, a cookie or an origin of ours."""
    from django.test import Client

    fill(client)
    (mail,) = outbox
    headers = mail.message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = headers["List-Unsubscribe"].strip("<>").removeprefix(SITE)
    strict = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    answer = strict.post(address, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert alerts() == []


def test_the_link_that_confirms_expires_after_a_week(client, outbox, monkeypatch):
    fill(client)
    confirm = link(outbox[0], "confirm")
    now = time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 7 * 86400 + 5)
    for answer in (client.get(confirm), client.post(confirm)):
        assert answer.status_code == 404
        assert read(answer).one("h1")["text"] == "This link does not work any more"
    assert alerts()[0].confirmed_at is None


@pytest.mark.parametrize("token", ["x", "x:y:z", "%00", "a" * 5000, "..%2f..", "é"])
def test_a_made_up_link_confirms_nothing(client, outbox, token):
    fill(client)
    assert client.post(f"/alerts/confirm/{token}/").status_code == 404
    assert client.post(f"/alerts/confirm/{alerts()[0].key}/").status_code == 404
    assert alerts()[0].confirmed_at is None


def test_what_nobody_confirms_is_erased_after_seven_days(client, outbox):
    from django.utils import timezone

    from everygenome.web.alerts.asking import erase_unconfirmed
    from everygenome.web.alerts.models import Alert, Recipient

    fill(client)
    fill(client, "?view=1&unit=studies", address="kept@reader.example")
    client.post(link(outbox[1], "confirm"))
    week = timezone.now() + timedelta(days=7, seconds=5)
    assert erase_unconfirmed(timezone.now() + timedelta(days=6, hours=23)) == 0
    assert erase_unconfirmed(week) == 1
    assert [item.address for item in Recipient.objects.all()] == ["kept@reader.example"]
    # The next reader's request erases what is late, even if no command ever runs.
    fill(client)
    Alert.objects.filter(confirmed_at=None).update(asked_at=timezone.now() - timedelta(days=8))
    fill(client, address="third@reader.example")
    left = {item.address for item in Recipient.objects.all()}
    assert left == {"kept@reader.example", "third@reader.example"}


@pytest.mark.parametrize(
    "changes",
    [
        {"token": ""},
        {"token": "alerts:1abc:forged"},
        {"headers": {"origin": "https://evil.example"}},
        {"headers": {"origin": "null"}},
    ],
)
def test_what_was_not_sent_from_a_form_of_ours_is_refused(client, outbox, changes):
    answer = fill(client, **changes)
    assert answer.status_code == 403
    assert "not sent from a form of this site" in answer.content.decode()
    assert (outbox, alerts()) == ([], [])


@pytest.mark.parametrize("origin", ["http://localhost", SITE])
def test_a_browser_that_says_where_the_form_was_is_believed(client, outbox, origin):
    assert fill(client, headers={"origin": origin}).status_code == 303
    assert len(outbox) == 1


def test_a_form_that_was_open_for_a_day_is_refused(client, outbox, monkeypatch):
    page = read(client.get("/alerts/"))
    token = next(i["attrs"]["value"] for i in page.all("input") if i["attrs"]["name"] == "token")
    from django.utils import timezone

    later = timezone.now() + timedelta(hours=24, seconds=5)
    monkeypatch.setattr("everygenome.web.people.gate.timezone.now", lambda: later)
    sent = client.post("/alerts/", {"token": token, "watch": "changed", "address": ADDRESS})
    assert sent.status_code == 403


def test_a_program_that_fills_in_everything_is_told_the_same_and_nothing_happens(client, outbox):
    answer = fill(client, website="https://spam.example")
    assert (answer.status_code, answer["Location"]) == (303, "/alerts/sent/")
    assert (outbox, alerts()) == ([], [])


def test_one_address_is_sent_a_few_mails_a_day_and_the_page_says_the_same(client, outbox):
    for number in range(7):
        client.defaults["REMOTE_ADDR"] = f"198.51.100.{number}"
        assert fill(client)["Location"] == "/alerts/sent/"
    assert len(outbox) == 5


def test_one_client_may_send_the_form_a_few_times_an_hour(client, outbox):
    from django.utils import timezone

    from everygenome.web.people.models import Attempt

    client.defaults["REMOTE_ADDR"] = "198.51.100.7"
    codes = [fill(client, address=f"a{n}@reader.example").status_code for n in range(11)]
    assert codes == [303] * 10 + [429]
    client.defaults["REMOTE_ADDR"] = "198.51.100.8"
    assert fill(client).status_code == 303
    Attempt.objects.update(at=timezone.now() - timedelta(minutes=61))
    client.defaults["REMOTE_ADDR"] = "198.51.100.7"
    assert fill(client, address="later@reader.example").status_code == 303


def test_the_whole_site_sends_so_many_an_hour(client, outbox, monkeypatch):
    monkeypatch.setattr("everygenome.web.people.limits.ALL_AN_HOUR", 2)
    codes = []
    for number in range(3):
        client.defaults["REMOTE_ADDR"] = f"203.0.113.{number}"
        codes.append(fill(client, address=f"b{number}@reader.example").status_code)
    assert codes == [303, 303, 429]


def test_who_is_refused_uses_up_nothing_of_the_others(client, outbox, monkeypatch):
    monkeypatch.setattr("everygenome.web.people.limits.ALL_AN_HOUR", 12)
    client.defaults["REMOTE_ADDR"] = "198.51.100.7"
    codes = [fill(client, address=f"c{n}@reader.example").status_code for n in range(15)]
    assert codes == [303] * 10 + [429] * 5
    client.defaults["REMOTE_ADDR"] = "198.51.100.8"
    assert fill(client).status_code == 303


@pytest.mark.parametrize("key", ["%00", "a%00b", "a%20b", "é"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_cannot_be_a_key_is_not_looked_up(client, key, method):
    """PostgreSQL takes no NUL in a text."""
    assert getattr(client, method)(f"/alerts/stop/{key}/").status_code == 404


@pytest.mark.parametrize(
    ("remote", "forwarded", "client"),
    [
        ("198.51.100.7", "", "198.51.100.7"),
        ("198.51.100.7", "203.0.113.1", "198.51.100.7"),
        ("127.0.0.1", "203.0.113.1", "203.0.113.1"),
        ("127.0.0.1", "made up, 203.0.113.1", "203.0.113.1"),
        ("127.0.0.1", "", None),
        ("127.0.0.1", "made up", None),
        ("::1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::9", "", "2001:db8:1:2::/64"),
        ("::ffff:198.51.100.7", "", "198.51.100.7"),
        ("", "", None),
    ],
)
def test_a_client_is_known_by_its_network(remote, forwarded, client):
    from django.test import RequestFactory

    from everygenome.web.people.limits import client_of

    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    assert client_of(RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote)) == client


def test_traces_hold_neither_address_and_go_after_a_day(client, outbox):
    from django.utils import timezone

    from everygenome.web.people.limits import forget
    from everygenome.web.people.models import Attempt

    client.defaults["REMOTE_ADDR"] = "198.51.100.7"
    fill(client)
    assert Attempt.objects.count() == 3
    for row in Attempt.objects.all():
        assert re.fullmatch("[0-9a-f]{64}", row.who)
    Attempt.objects.update(at=timezone.now() - timedelta(hours=25))
    forget()
    assert Attempt.objects.count() == 0


HOSTILE = [
    "ada",
    "@reader.example",
    "ada@",
    "ada@localhost",
    "ada@[127.0.0.1]",
    "ada@reader.example\nBcc: all@victim.example",
    "ada@reader.example\r\nBcc: all@victim.example",
    "ada@reader.example%0ABcc: all@victim.example",
    "ada@reader.example, eve@victim.example",
    "Ada <ada@reader.example>",
    '"ada\\\n"@reader.example',
    '"a b"@reader.example',
    "ada\x00@reader.example",
    "ada\u202e@reader.example",
    "ädа@reader.example",
    "ada@reader\u2028.example",
    "ada@faß.example",
    "ada@xn--zzzzzzzzzz9999999",
    "ada@" + "a" * 64 + ".example",
    "a" * 65 + "@" + "b" * 200 + ".example",
    "ada@reader..example",
    "ada@-reader.example",
    "<script>@reader.example",
]


@pytest.mark.parametrize("address", HOSTILE)
def test_what_is_no_address_is_sent_nothing(client, outbox, address):
    answer = fill(client, address=address)
    assert answer.status_code == 400
    assert (outbox, alerts()) == ([], [])
    page = read(answer)
    assert any(i["attrs"].get("aria-invalid") for i in page.all("input"))
    assert "victim" not in answer.content.decode()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (" ada@reader.example ", "ada@reader.example"),
        ("Ada.L+gwas@Reader.Example", "Ada.L+gwas@reader.example"),
        ("o'neill@reader.example", "o'neill@reader.example"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("ada@例え.テスト", "ada@xn--r8jz45g.xn--zckzah"),
        ("ada@ＲＥＡＤＥＲ.example", "ada@reader.example"),
    ],
)
def test_domains_of_any_script_are_written_to(client, outbox, given, kept):
    assert fill(client, address=given).status_code == 303
    assert outbox[0].to == [kept]
    assert outbox[0].message()["To"] == kept


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"watch": ""}, "watch-changed"),
        ({"watch": "never"}, "watch-changed"),
        ({"watch": "above", "threshold": "5"}, "group"),
        ({"watch": "above", "group": "Martian", "threshold": "5"}, "group"),
        ({"watch": "above", "group": "European"}, "threshold"),
        ({"watch": "above", "group": "European", "threshold": "101"}, "threshold"),
        ({"watch": "below", "group": "European", "threshold": "-1"}, "threshold"),
        ({"watch": "below", "group": "European", "threshold": "nan"}, "threshold"),
        ({"watch": "below", "group": "European", "threshold": "1e1"}, None),
        ({"watch": "moved", "group": "European", "threshold": "0"}, "threshold"),
        ({"watch": "moved", "group": "European", "threshold": "1.23"}, "threshold"),
        ({"watch": "changed", "group": "Martian"}, "group"),
        ({"address": ""}, "address"),
    ],
)
def test_what_is_missing_or_impossible_is_told_beside_its_field(client, outbox, changes, wrong):
    answer = fill(client, **changes)
    if wrong is None:
        assert answer.status_code == 303
        return
    assert answer.status_code == 400
    page = read(answer)
    assert f"#{wrong}" in [item["attrs"].get("href") for item in page.all("a")]
    assert (outbox, alerts()) == ([], [])


def test_a_choice_that_is_not_known_is_told_and_not_watched(client, outbox):
    page = read(client.get("/alerts/?view=1&trait=EFO_9999999&unit=studies"))
    assert "EFO_9999999" in page.text
    assert "left out" in page.text
    fill(client, "?view=1&trait=EFO_9999999&unit=studies")
    assert alerts()[0].view == "?view=1&unit=studies"


def test_a_link_may_fill_in_the_group(client):
    page = read(client.get("/alerts/?group=East%20Asian&watch=below"))
    chosen = [item["text"] for item in page.all("option") if "selected" in item["attrs"]]
    assert [text.strip() for text in chosen] == ["East Asian"]
    checked = [i["attrs"]["id"] for i in page.all("input") if "checked" in i["attrs"]]
    assert checked == ["watch-below"]


def test_an_address_may_have_twenty_alerts(client, outbox, monkeypatch):
    monkeypatch.setattr("everygenome.web.alerts.asking.MOST_PER_ADDRESS", 2)
    for unit in ("studies", "publications", "associations"):
        fill(client, f"?view=1&unit={unit}")
    assert len(alerts()) == 2
    assert "no more alerts" in outbox[2].subject


def test_a_mail_that_cannot_be_sent_leaves_nothing_behind(client, outbox, monkeypatch):
    from everygenome.web.alerts.models import Recipient

    def broken(*_args, **_named):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", broken)
    answer = fill(client)
    assert answer.status_code == 503
    assert "The mail could not be sent" in read(answer).text
    assert (alerts(), Recipient.objects.count()) == ([], 0)


def test_every_field_that_is_stored_is_declared_and_told_on_the_form(client):
    from django.apps import apps

    from everygenome.web.people.declared import Fate

    text = read(client.get("/alerts/")).text
    models = [*apps.get_app_config("alerts").get_models(), apps.get_model("people", "Attempt")]
    assert len(models) == 3
    for model in models:
        fields = {item.name for item in model._meta.get_fields() if item.concrete}
        assert set(model.declared) == fields, model.__name__
        for name, (fate, sentence) in model.declared.items():
            assert isinstance(fate, Fate)
            assert (fate is Fate.KEEP) == (name == "id")
            if name != "id":
                assert sentence in text


@pytest.mark.parametrize(
    "wrong",
    [
        {"watch": "above", "group": "", "threshold": 5},
        {"watch": "above", "group": "European", "threshold": 101},
        {"watch": "moved", "group": "European", "threshold": 0},
        {"watch": "changed", "group": "European", "threshold": 0},
        {"watch": "never", "group": "", "threshold": 0},
    ],
)
def test_the_database_itself_refuses_what_cannot_be(outbox, wrong):
    from django.db import IntegrityError, transaction
    from django.utils import timezone

    from everygenome.web.alerts.models import Recipient

    reader = Recipient.objects.create(address=ADDRESS)
    with pytest.raises(IntegrityError), transaction.atomic():
        reader.alerts.create(asked_at=timezone.now(), told={}, told_release="r", **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recipient.objects.create(address=ADDRESS.upper())


def test_no_change_of_the_tables_is_missing(django):
    from django.core.management import call_command

    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_pages_are_well_formed(client, outbox):
    fill(client)
    confirm = link(outbox[0], "confirm")
    stop = f"/alerts/stop/{alerts()[0].key}/"
    answers = [client.get(path) for path in ("/alerts/", "/alerts/sent/", confirm, stop)]
    answers += [fill(client, address="x"), client.get("/alerts/confirm/x/")]
    for answer in answers:
        page = read(answer)
        assert page.unclosed == []
        assert page.all("style") == []
        assert len(page.all("main", "h1")) == 2
        names = [item["attrs"]["id"] for item in page.elements if "id" in item["attrs"]]
        assert len(names) == len(set(names))
        labels = [item["attrs"]["for"] for item in page.all("label")]
        for item in page.all("input", "select"):
            if item["attrs"].get("type") != "hidden" and item["attrs"]["name"] != "release":
                assert item["attrs"]["id"] in labels
        for item in page.elements:
            for name in item["attrs"].get("aria-describedby", "").split():
                assert name in names
            assert "style" not in item["attrs"]
        levels = [int(item["tag"][1]) for item in page.all("h1", "h2", "h3")]
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_without_a_release_there_is_nothing_to_watch(site, tmp_path, incomplete):
    assert site(tmp_path / "nothing")("/alerts/").status_code == 503
    assert site(incomplete)("/alerts/").status_code == 404
