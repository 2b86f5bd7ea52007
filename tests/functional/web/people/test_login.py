"""Log in by a mailed code: for those with an account, and nobody learns who has one."""

import re

import pytest

from tests.functional.web import database
from tests.functional.web.page import read

pytestmark = [pytest.mark.usefixtures("django")]
LOGIN, CODE = "/people/login/", "/people/login/code/"


def ask(web, address: str):
    return web.post(LOGIN, {**database.gate(), "email": address})


def mailed(outbox) -> str:
    return re.search(r"^[B-Z]{4}-[B-Z]{4}$", outbox[-1].body, re.MULTILINE)[0]


@pytest.fixture
def curator(web):
    return database.account("curator", "Ada@staff.example")


def test_a_code_goes_to_the_address_and_opens_the_desk(web, outbox, curator):
    page = web.get(LOGIN)
    assert page.status_code == 200
    assert not page.cookies
    answer = ask(web, "ada@STAFF.example")
    assert (answer.status_code, answer.url) == (302, CODE)
    (mail,) = outbox
    # To the address as the account has it.
    assert mail.to == ["Ada@staff.example"]
    assert mail.subject == "everygenome: your log-in code"
    assert "within 10 minutes" in mail.body
    assert "ada@staff.example" in read(web.get(CODE)).text
    code = mailed(outbox).lower().replace("-", " ")
    answer = web.post(CODE, {"code": code})
    assert (answer.status_code, answer.url) == (302, "/desk/")
    assert web.get("/people/passkeys/").status_code == 200
    # Who is logged in has no business on the log-in page.
    assert web.get(LOGIN).url == "/desk/"
    curator.refresh_from_db()
    assert curator.last_login is not None


def test_the_session_cookie_lasts_twelve_hours_and_is_for_this_site_only(web, outbox, curator):
    ask(web, curator.email)
    answer = web.post(CODE, {"code": mailed(outbox)})
    cookie = answer.cookies["sessionid"]
    assert (cookie["max-age"], cookie["samesite"]) == (43_200, "Lax")
    assert cookie["secure"] is True
    assert cookie["httponly"] is True


def test_an_unknown_address_gets_the_same_answer_and_a_mail_without_a_code(web, outbox, curator):
    known, unknown = database.client(), database.client()
    answers = [ask(known, curator.email), ask(unknown, "Bob@staff.example")]
    assert [(a.status_code, a.url) for a in answers] == [(302, CODE)] * 2
    pages = [
        read(client.get(CODE)).text.replace(address, "ADDRESS")
        for client, address in ((known, "Ada@staff.example"), (unknown, "Bob@staff.example"))
    ]
    assert pages[0] == pages[1]
    assert [mail.to for mail in outbox] == [["Ada@staff.example"], ["Bob@staff.example"]]
    assert "No account that can be used belongs to it" in outbox[1].body
    assert not re.search(r"[B-Z]{4}-[B-Z]{4}", outbox[1].body)
    for code in ("", " ", "BCDF-GHJK", "None"):
        assert unknown.post(CODE, {"code": code}).status_code in (302, 303, 400)
    assert unknown.get("/desk/").status_code == 404


def test_an_account_that_was_closed_is_as_unknown_as_any(web, outbox, curator):
    curator.is_active = False
    curator.save()
    ask(web, curator.email)
    assert "No account that can be used" in outbox[0].body


def test_an_account_that_is_closed_while_logging_in_gets_no_further(web, outbox, curator):
    ask(web, curator.email)
    type(curator).objects.update(is_active=False)
    answer = web.post(CODE, {"code": mailed(outbox)})
    assert answer.url == "/people/login/?why=ended"
    assert web.get("/desk/").status_code == 404


def test_three_wrong_codes_end_it_and_the_right_one_comes_too_late(web, outbox, curator):
    ask(web, curator.email)
    for _ in range(2):
        page = web.post(CODE, {"code": "BBBB-BBBB"})
        assert page.status_code == 400
        assert 'aria-invalid="true"' in page.text
        assert "BBBB" not in page.text
    answer = web.post(CODE, {"code": "BBBB-BBBB"})
    assert answer.url == "/people/login/?why=attempts"
    assert "wrong three times" in read(web.get(answer.url)).text
    assert web.post(CODE, {"code": mailed(outbox)}).url == "/people/login/?why=ended"
    assert web.get("/desk/").status_code == 404


def test_a_code_works_for_ten_minutes(web, outbox, curator, monkeypatch):
    ask(web, curator.email)
    from allauth.account.internal.flows import code_verification

    now = code_verification.time.time()
    monkeypatch.setattr(code_verification, "time", Clock(now + 601))
    assert web.post(CODE, {"code": mailed(outbox)}).url == "/people/login/?why=ended"


class Clock:
    def __init__(self, now):
        self.now = now

    def time(self):
        return self.now


def test_a_code_works_in_the_browser_that_asked_for_it_only(web, outbox, curator):
    ask(web, curator.email)
    other = database.client()
    assert other.post(CODE, {"code": mailed(outbox)}).url == "/people/login/?why=ended"


def test_five_codes_an_hour_for_an_address_from_wherever(web, outbox, curator):
    for number in range(5):
        client = database.client()
        client.defaults["REMOTE_ADDR"] = f"192.0.2.{number}"
        assert ask(client, curator.email).status_code == 302
    client.defaults["REMOTE_ADDR"] = "192.0.2.99"
    refused = ask(client, "ADA@staff.example")
    assert refused.status_code == 429
    assert len(outbox) == 5
    # Not known: just the same.
    for number in range(5):
        client.defaults["REMOTE_ADDR"] = f"198.51.100.{number}"
        assert ask(client, "bob@staff.example").status_code == 302
    assert ask(client, "bob@staff.example").status_code == 429


def test_ten_an_hour_for_a_client(web, outbox):
    web.defaults["REMOTE_ADDR"] = "192.0.2.1"
    codes = [ask(web, f"a{number}@b.example").status_code for number in range(11)]
    assert codes == [302] * 10 + [429]


def test_fifteen_guesses_an_hour_for_an_address_whatever_a_session_says(web, outbox, curator):
    from everygenome.web.people import limits

    ask(web, curator.email)
    for _ in range(15):
        assert limits.guess_allowed("ada@staff.example")
    assert web.post(CODE, {"code": mailed(outbox)}).status_code == 429


def test_a_form_from_elsewhere_or_from_a_program_sends_nothing(web, outbox, curator):
    assert web.post(LOGIN, {"email": curator.email}).status_code == 403
    far = {**database.gate(), "email": curator.email}
    assert web.post(LOGIN, far, headers={"origin": "https://evil.example"}).status_code == 403
    assert web.post(LOGIN, {**far, "website": "x"}).url == CODE
    assert outbox == []


@pytest.mark.parametrize("address", ["", "no address", "a\0b@c.example", "a" * 10_000, "\udcff@x"])
def test_what_is_no_address_is_told_beside_the_field(web, outbox, address):
    page = ask(web, address.encode("utf-8", "replace").decode())
    assert page.status_code == 400
    found = read(page)
    (field,) = [one for one in found.all("input") if one["attrs"].get("id") == "email"]
    assert field["attrs"]["aria-invalid"] == "true"
    assert field["attrs"]["aria-describedby"] == "email-note email-wrong"
    assert outbox == []


@pytest.mark.parametrize("address", ["Ada@staff.example", "bob@staff.example"])
def test_a_mail_server_that_fails_is_told_whoever_asks(web, curator, address):
    from django.test import override_settings

    backend = "django.core.mail.backends.smtp.EmailBackend"
    with override_settings(EMAIL_BACKEND=backend, EMAIL_HOST="127.0.0.1", EMAIL_PORT=1):
        page = ask(web, address)
    assert page.status_code == 503
    assert "could not be sent" in read(page).text


def test_the_second_form_is_guarded_by_djangos_own_check(web, outbox, curator):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    ask(strict, curator.email)
    assert strict.post(CODE, {"code": mailed(outbox)}).status_code == 403
    page = read(strict.get(CODE))
    (token,) = [i for i in page.all("input") if i["attrs"].get("name") == "csrfmiddlewaretoken"]
    sent = {"code": mailed(outbox), "csrfmiddlewaretoken": token["attrs"]["value"]}
    assert strict.post(CODE, sent).url == "/desk/"
    # Logging out, too; and it takes away both cookies.
    assert strict.post("/people/logout/").status_code == 403
    token = strict.cookies["csrftoken"].value
    gone = strict.post("/people/logout/", {"csrfmiddlewaretoken": token})
    assert gone.url == "/"
    assert {name: c.value for name, c in gone.cookies.items()} == {"sessionid": "", "csrftoken": ""}


def test_whoever_has_no_role_now_can_log_in_and_out_and_nothing_else(web, outbox, curator):
    curator.roles_held.all().delete()
    ask(web, curator.email)
    answer = web.post(CODE, {"code": mailed(outbox)})
    assert answer.url == "/people/passkeys/"
    assert "You have no role now" in read(web.get(answer.url)).text
    assert web.get("/desk/").status_code == 404
    assert web.post("/people/logout/").url == "/"


def test_log_out_needs_a_button(web):
    assert web.get("/people/logout/").status_code == 405


def test_it_leads_back_to_pages_of_this_site_only(web, outbox, curator):
    ask(web, curator.email)
    answer = web.post(f"{CODE}?next=https://evil.example/", {"code": mailed(outbox)})
    assert answer.url == "/desk/"


def test_erasing_an_account_logs_it_out_everywhere_and_forgets_its_address(web, outbox, curator):
    from django.contrib.sessions.models import Session

    from everygenome.web.people import accounts

    ask(web, curator.email)
    web.post(CODE, {"code": mailed(outbox)})
    assert any("Ada@staff" in str(s.get_decoded()) for s in Session.objects.all())
    accounts.erase(account=curator, by=None)
    assert not any("Ada@staff" in str(s.get_decoded()) for s in Session.objects.all())
    assert web.get("/people/passkeys/").status_code == 302


OTHERS = """
signup reauthenticate reauthenticate/code email confirm-email password/change password/set
password/reset inactive login/code/confirm confirm-email/x password/reset/key/done 2fa
2fa/totp/activate 2fa/recovery-codes 2fa/webauthn passkeys/reauthenticate mfa/authenticate
"""


@pytest.mark.parametrize("prefix", ["/people/", "/accounts/", "/"])
def test_no_other_page_of_the_library_is_there(web, prefix):
    for name in OTHERS.split():
        assert web.get(f"{prefix}{name}/").status_code == 404, name


PUBLIC = """
/ /portfolios/ /changes/ /alerts/ /badge/ /about/privacy/ /about/counting/ /about/method/ 
/api/v1/docs /changes/feed.atom /nothing/ /people/login/ /health
"""


@pytest.mark.parametrize("path", PUBLIC.split())
def test_readers_get_no_cookie_and_no_page_depends_on_one(web, path):
    page = web.get(path)
    assert not page.cookies
    if path != "/people/login/":
        assert "Cookie" not in page.headers.get("Vary", "")


def test_accounts_and_no_cookie_of_a_reader_matter_to_public_pages(web):
    account = database.account("editor")
    logged_in = database.client(account)
    for path in PUBLIC.split()[:8]:
        assert "Cookie" not in logged_in.get(path).headers.get("Vary", "")
