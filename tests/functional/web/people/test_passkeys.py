"""Passkeys without a browser, as far as that goes; tests/browser/test_login.py has one."""

import json

import pytest

from tests.functional.web import database
from tests.functional.web.page import read

pytestmark = [pytest.mark.usefixtures("django")]
LIST, ADD, LOGIN = "/people/passkeys/", "/people/passkeys/add/", "/people/passkeys/login/"


@pytest.fixture
def curator(web):
    return database.account("curator")


@pytest.fixture
def desk(curator):
    """A browser in which somebody logged in just now."""
    client = database.client(curator)
    just_now(client, curator)
    return client


def just_now(client, account, *, ago=0):
    import time

    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": time.time() - ago}]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()


def passkey(account, name="my phone"):
    from allauth.mfa.models import Authenticator

    data = {"name": name, "credential": {}}
    return Authenticator.objects.create(user=account, type="webauthn", data=data)


def test_who_is_not_logged_in_is_asked_to(web):
    for path in (LIST, f"{LIST}?done=added"):
        assert web.get(path).url.startswith("/people/login/")
    for path in (ADD, f"{LIST}1/remove/"):
        assert web.get(path).url == LIST
        assert web.post(path).url == LIST


def test_the_list_shows_ones_own_names_as_text(desk, curator):
    passkey(curator, "<b>phone</b>")
    passkey(database.account("editor"), "of somebody else")
    page = desk.get(LIST)
    assert "<b>phone</b>" in read(page).text
    assert "somebody else" not in page.text
    assert page["Cache-Control"] == "no-store"


def test_after_a_quarter_of_an_hour_it_says_to_log_in_anew(desk, curator):
    one = passkey(curator)
    just_now(desk, curator, ago=901)
    assert "within a quarter of an hour" in read(desk.get(LIST)).text
    for path in (ADD, f"{LIST}{one.pk}/remove/"):
        answer = desk.get(path)
        assert (answer.status_code, answer.url) == (303, LIST)
        assert desk.post(path).status_code == 303
    one.delete()
    just_now(desk, curator, ago=890)
    assert desk.get(ADD).status_code == 200


def test_the_options_ask_for_a_passkey_that_checks_its_person(desk, curator):
    page = read(desk.get(ADD))
    (script,) = [one for one in page.all("script") if one["attrs"].get("id") == "passkey-options"]
    assert script["attrs"]["type"] == "application/json"
    asked = json.loads(script["text"])["publicKey"]
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert asked["authenticatorSelection"]["residentKey"] == "required"
    assert asked["rp"] == {"id": "localhost", "name": "localhost"}
    assert asked["user"]["displayName"] == "The curator"


def test_removing_asks_first_and_leaves_those_of_others(desk, curator):
    from allauth.mfa.models import Authenticator

    one, other = passkey(curator), passkey(database.account("editor"))
    assert desk.get(f"{LIST}{other.pk}/remove/").status_code == 404
    assert desk.post(f"{LIST}{other.pk}/remove/").status_code == 404
    assert desk.get(f"{LIST}{10**30}/remove/").status_code == 404
    assert "Remove this passkey?" in read(desk.get(f"{LIST}{one.pk}/remove/")).text
    assert desk.post(f"{LIST}{one.pk}/remove/").url == f"{LIST}?done=removed"
    assert list(Authenticator.objects.all()) == [other]


_RESPONSE = {"clientDataJSON": "e30", "attestationObject": "oA"}
_SIGNED = {
    "clientDataJSON": "e30",
    "authenticatorData": "AA",
    "signature": "AA",
    "userHandle": "MQ",
}
BROKEN = [
    "",
    "no JSON",
    "null",
    "1",
    "[]",
    "{}",
    '"text"',
    "[" * 5000,
    "[1" + ",1" * 20_000 + "]",
    json.dumps({"id": "a", "rawId": "a", "type": "public-key"}),
    json.dumps({"id": 1, "rawId": [], "type": {}, "response": "x"}),
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": _RESPONSE}),
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": _SIGNED}),
    json.dumps({"id": "\0", "rawId": "\0", "response": {**_SIGNED, "userHandle": "AP8"}}),
    json.dumps(
        {"id": "AA", "rawId": "AA", "response": {**_SIGNED, "authenticatorData": "A" * 200}}
    ),
]


@pytest.mark.parametrize("credential", BROKEN, ids=range(len(BROKEN)))
def test_what_is_no_passkey_is_refused_without_a_fault(web, desk, credential):
    from allauth.mfa.models import Authenticator

    desk.get(ADD)
    assert desk.post(ADD, {"name": "x", "credential": credential}).status_code == 400
    web.get(LOGIN, headers={"accept": "application/json"})
    answer = web.post(LOGIN, {"credential": credential})
    assert (answer.status_code, answer.url) == (303, "/people/login/?why=passkey")
    assert "was not accepted" in read(web.get(answer.url)).text
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("name", ["a" * 61, "a\0b"])
def test_a_name_that_is_too_long_is_told(desk, name):
    page = desk.post(ADD, {"name": name, "credential": "{}"})
    assert page.status_code == 400
    assert 'aria-invalid="true"' in page.text


def test_the_question_is_given_to_programs_and_counted(web):
    assert web.get(LOGIN).url == "/people/login/"
    ask = {"accept": "application/json"}
    answer = web.get(LOGIN, headers=ask)
    told = answer.json()
    assert told["options"]["publicKey"]["userVerification"] == "required"
    assert len(told["csrf"]) == 64
    assert "no-store" in answer["Cache-Control"]
    assert [web.get(LOGIN, headers=ask).status_code for _ in range(60)] == [200] * 59 + [429]


def test_an_answer_without_djangos_token_is_refused(web):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    told = strict.get(LOGIN, headers={"accept": "application/json"}).json()
    assert strict.post(LOGIN, {"credential": "{}"}).status_code == 403
    sent = {"credential": "{}", "csrfmiddlewaretoken": told["csrf"]}
    assert strict.post(LOGIN, sent).url == "/people/login/?why=passkey"
