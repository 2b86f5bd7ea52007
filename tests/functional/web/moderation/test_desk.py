"""The desk: who gets in, what a contribution's page shows, and what is done there."""

import pytest

from tests.functional.web import database
from tests.functional.web.moderation import standing
from tests.functional.web.page import read

pytestmark = [pytest.mark.usefixtures("django")]
PAGES = (
    "/desk/",
    "/desk/bulk/",
    "/desk/appeals/",
    "/desk/reports/",
    "/desk/holds/",
    "/desk/people/",
    "/desk/items/",
    "/desk/1/",
    "/desk/1/amend/",
    "/desk/1/decline/",
    "/desk/nothing/",
)


@pytest.fixture
def curator(web):
    return database.client(database.account("curator"))


def fields(page):
    return {i["attrs"].get("name"): i["attrs"].get("value") for i in page.all("input")}


def test_without_a_role_there_is_no_desk(web):
    from everygenome.web.people.accounts import end_role

    account = database.account("editor", "gone@staff.example")
    end_role(account=account, role="editor", reason="left", by=None)
    clients = (web, database.client(account))
    bodies = set()
    for address in PAGES:
        for client in clients:
            for send in (client.get, client.post):
                answer = send(address)
                assert answer.status_code == 404, (address, answer.status_code)
                bodies.add(read(answer).text)
    # What is there and what is not there look alike.
    assert len(bodies) == 1
    assert not web.cookies


@pytest.mark.parametrize(
    ("role", "rooms"),
    [
        ("reviewer", ["Queue", "Holds", "Published entries"]),
        ("curator", ["Queue", "Reports", "Holds", "Published entries"]),
        ("editor", ["Queue", "Appeals", "Reports", "Holds", "Published entries"]),
        ("panel", ["Queue", "Holds", "Published entries"]),
        ("administrator", ["Queue", "Reports", "Holds", "Published entries", "People"]),
    ],
)
def test_a_role_opens_its_own_rooms_and_no_other(web, role, rooms):
    client = database.client(database.account(role))
    answer = client.get("/desk/")
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex"
    links = [i for i in read(answer).all("a") if i["attrs"]["href"].startswith("/desk/")]
    # The menu comes first.
    found = {i["attrs"]["href"]: i["text"].split(" (")[0] for i in reversed(links)}
    every = {
        "/desk/": "Queue",
        "/desk/appeals/": "Appeals",
        "/desk/reports/": "Reports",
        "/desk/holds/": "Holds",
        "/desk/items/": "Published entries",
        "/desk/people/": "People",
    }
    assert [found[a] for a in every if a in found] == rooms
    for address, label in every.items():
        assert client.get(address).status_code == (200 if label in rooms else 404), address


def test_the_form_of_a_decision_needs_its_token(web):
    from django.test import Client

    one = standing.at("in review")
    client = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    client.force_login(
        database.account("curator"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    sent = {"version": one.version, "reason": "It does not fit."}
    assert client.post(f"/desk/{one.pk}/decline/", sent).status_code == 403
    token = fields(read(client.get(f"/desk/{one.pk}/")))["csrfmiddlewaretoken"]
    done = client.post(f"/desk/{one.pk}/decline/", sent | {"csrfmiddlewaretoken": token})
    assert (done.status_code, done["Location"]) == (303, f"/desk/{one.pk}/?done=decline")


def test_a_new_entry_is_shown_field_by_field_with_its_links(curator):
    one = standing.at(
        "in review",
        name="Beta",
        url="https://tool.example/beta",
        repository="https://code.example/beta",
        note="See https://bad.example/x.",
    )
    page = read(curator.get(f"/desk/{one.pk}/"))
    assert page.one("h1")["text"].strip() == "Beta"
    rows = [i["text"].strip() for i in page.all("th") if i["attrs"].get("scope") == "row"]
    assert rows[:3] == ["Name", "What it is for", "Address"]
    hosts = [i["text"].strip() for i in page.all("strong") if ".example" in i["text"]]
    assert hosts == ["tool.example", "code.example", "bad.example"]
    outside = [i for i in page.all("a") if i["attrs"]["href"].startswith("http")]
    assert {i["attrs"]["rel"] for i in outside} == {"nofollow noopener noreferrer"}
    assert "Look at this too Links (3)" in page.text


def test_a_correction_is_shown_as_words_taken_out_and_put_in(curator):
    standing.entry(maintainer="The Alpha team", note="Runs on Linux.")
    one = standing.at(
        "in review",
        subject="alpha",
        purpose="Counts who is missing.",
        maintainer="The Alpha team",
        note=None,
    )
    page = read(curator.get(f"/desk/{one.pk}/"))
    taken = [i["text"] for i in page.all("del")][1:]
    put_in = [i["text"] for i in page.all("ins")][1:]
    # In words for those who hear the page, and with a sign for those who see no colours.
    assert taken == ["− [taken out:] takes part.[end] ", "− [taken out:] Runs on Linux.[end] "]
    assert put_in == ["+ [put in:] is missing.[end] "]
    assert "Good to know" in page.text
    assert "Maintainer" not in page.text


def test_what_only_curators_set_is_not_shown_as_taken_out(curator):
    standing.entry(checked="page", seen_in=["Elsewhere"])
    one = standing.at("in review", subject="alpha", purpose="Counts who is missing.")
    page = read(curator.get(f"/desk/{one.pk}/"))
    assert "Also listed in" not in page.text
    assert "How it was checked" not in page.text


def test_an_entry_that_changed_in_between_is_shown_three_times(curator):
    standing.entry()
    one = standing.at("in review", subject="alpha", purpose="Counts who is missing.")
    standing.entry(purpose="Counts everybody.", cost="free")
    page = read(curator.get(f"/desk/{one.pk}/"))
    assert "The entry changed after this was begun." in page.text
    assert (
        "Field When it was begun Now Proposed What it is for Counts who takes part. "
        "Counts everybody. Counts who is missing. Cost empty free no change" in page.text
    )
    curator.post(
        f"/desk/{one.pk}/accept_and_publish/", {"version": one.version, "reason": "Right."}
    )
    from everygenome.web.collections.models import Item

    data = Item.objects.get(slug="alpha").data
    assert (data["purpose"], data["cost"]) == ("Counts who is missing.", "free")


def test_an_entry_that_is_gone_is_told(curator):
    item = standing.entry()
    one = standing.at("in review", subject="alpha", purpose="Counts who is missing.")
    type(item).objects.filter(pk=item.pk).update(standing="withdrawn")
    assert "The entry is not shown any more." in read(curator.get(f"/desk/{one.pk}/")).text


def test_what_may_be_the_same_is_listed(curator):
    standing.entry()
    one = standing.at("in review", name="alpha")
    page = read(curator.get(f"/desk/{one.pk}/"))
    same = [i["text"].strip() for i in page.all("a") if i["attrs"]["href"] == "/toolbox/alpha/"]
    assert same == ["Alpha"]


def test_a_button_is_shown_only_where_role_and_state_allow_it(web):
    expected = {
        ("reviewer", "submitted"): ["take"],
        ("reviewer", "in review"): ["review", "ask_changes", "decline", "put_back"],
        ("reviewer", "accepted"): [],
        ("curator", "in review"): [
            "accept_and_publish",
            "review",
            "ask_changes",
            "decline",
            "put_back",
        ],
        ("curator", "accepted"): ["publish"],
        ("curator", "published"): [],
        ("panel", "submitted"): ["hold", "send_back"],
        ("panel", "changes asked"): ["hold"],
        ("panel", "accepted"): ["hold", "send_back"],
        ("administrator", "in review"): [],
    }
    clients = {role: database.client(database.account(role)) for role in standing.ROLES}
    for (role, state), names in expected.items():
        one = standing.at(state, name=f"{role} {state}")
        page = read(clients[role].get(f"/desk/{one.pk}/"))
        found = [
            i["attrs"]["action"].split("/")[-2]
            for i in page.all("form")
            if i["attrs"].get("action", "").startswith(f"/desk/{one.pk}/")
        ]
        assert found == names, (role, state)


def test_an_action_that_no_role_allows_is_not_there(web):
    one = standing.at("in review")
    client = database.client(database.account("reviewer"))
    for name in ("publish", "accept_and_publish", "hold", "amend", "nothing", "save", "withdraw"):
        assert client.post(f"/desk/{one.pk}/{name}/", {"reason": "x"}).status_code == 404, name


def test_drafts_and_numbers_that_are_none_are_not_there(curator):
    number = standing.at("draft").pk
    for address in (f"/desk/{number}/", "/desk/0/", f"/desk/{'9' * 40}/", "/desk/9999999/"):
        assert curator.get(address).status_code == 404, address
        assert curator.post(f"{address}take/").status_code == 404, address


def test_what_was_taken_back_is_not_for_us_to_read(curator):
    one = standing.at("withdrawn", purpose="A secret purpose.")
    page = read(curator.get(f"/desk/{one.pk}/"))
    assert "A secret purpose." not in page.text
    assert "withdrew it. It is now: withdrawn by its contributor." in page.text


def test_a_decision_holds_the_chosen_sentence_and_the_own_words(curator):
    from everygenome.web.moderation.desk.sentences import REASONS

    one = standing.at("in review")
    sent = {"version": one.version, "canned": "2", "reason": "Page 3  has\x07 no source."}
    assert curator.post(f"/desk/{one.pk}/decline/", sent).status_code == 303
    one.refresh_from_db()
    assert one.state == "declined"
    assert one.decision_reason == REASONS["decline"][2] + "\nPage 3 has no source."
    page = read(curator.get(f"/desk/{one.pk}/?done=decline"))
    assert "Done: you declined it." in page.text
    assert "The curator (curator) declined it. It is now: declined." in page.text


@pytest.mark.parametrize(
    ("reason", "canned", "told"),
    [
        ("", "", "Please say why: the contributor reads it."),
        ("  ", "99", "Please say why: the contributor reads it."),
        ("", "-1", "Please say why: the contributor reads it."),
        ("x" * 2001, "", "Please use at most 2,000 characters; this has 2,001."),
        ("x" * 2000, "0", "Please say why in at most 2,000 characters."),
        ("<script>alert(1)</script>", "", "Please write plain text: this looks like HTML."),
    ],
)
def test_a_reason_that_cannot_be_stored_is_told_beside_its_box(curator, reason, canned, told):
    one = standing.at("in review")
    sent = {"version": one.version, "reason": reason, "canned": canned}
    answer = curator.post(f"/desk/{one.pk}/decline/", sent)
    page = read(answer)
    assert answer.status_code == 400
    (box,) = [i for i in page.all("textarea") if "aria-invalid" in i["attrs"]]
    assert box["attrs"]["id"] == "do-decline-reason"
    assert box["text"].strip() == reason.strip()
    wrong = [i["text"] for i in page.all("p") if i["attrs"].get("id") == "do-decline-wrong"]
    assert wrong[0].startswith(told)
    assert [i for i in page.all("a") if i["attrs"]["href"] == "#do-decline-reason"]
    one.refresh_from_db()
    assert one.state == "in review"


def test_whoever_was_slower_is_told_and_loses_no_word(curator):
    from everygenome.web.moderation.actions import reviewing

    one = standing.at("in review")
    reviewing.decline(contribution=one, by=standing.judge(), reason="It does not fit.")
    sent = {"version": one.version - 1, "reason": "My own long thoughts."}
    answer = curator.post(f"/desk/{one.pk}/review/", sent)
    assert answer.status_code == 409
    text = read(answer).text
    assert "Somebody else was quicker: it changed after you opened it." in text
    assert "My own long thoughts." in text
    one.refresh_from_db()
    assert (one.state, one.reviews.count()) == ("declined", 0)


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30, "1\0", "٣"])
def test_a_form_without_its_version_changes_nothing(curator, version):
    one = standing.at("in review")
    sent = {"version": version, "reason": "It does not fit."}
    assert curator.post(f"/desk/{one.pk}/decline/", sent).status_code == 409
    one.refresh_from_db()
    assert one.state == "in review"


def test_bytes_that_are_no_text_make_no_fault(curator):
    one = standing.at("in review")
    for body in (b"version=2&reason=%ff%fe%00", b"reason=%00", b"\xff\xfe", b"canned=%F0%9F"):
        answer = curator.post(
            f"/desk/{one.pk}/decline/", body, content_type="application/x-www-form-urlencoded"
        )
        assert answer.status_code in (303, 400, 409), body
    for query in ("?show=%00&kind=%ff", "?done=%00", "?kind=" + "x" * 5000):
        assert curator.get(f"/desk/{query}").status_code == 200
        assert curator.get(f"/desk/{one.pk}/{query}").status_code == 200


def test_next_and_previous_follow_the_queue(curator):
    from django.utils import timezone

    from everygenome.web.moderation.models import Contribution

    made = [standing.at("submitted", name=name) for name in ("One", "Two", "Three")]
    for days, one in zip((3, 9, 6), made, strict=True):
        at = timezone.now() - timezone.timedelta(days=days)
        Contribution.objects.filter(pk=one.pk).update(submitted_at=at)
    one, two, three = (item.pk for item in made)
    order = [two, three, one]
    for place, number in enumerate(order):
        page = read(curator.get(f"/desk/{number}/"))
        found = {i["attrs"].get("rel"): i["attrs"]["href"] for i in page.all("a")}
        assert found.get("prev") == (f"/desk/{order[place - 1]}/" if place else None)
        assert found.get("next") == (f"/desk/{order[place + 1]}/" if place < 2 else None)


def test_other_wording_is_suggested_and_shown_as_a_difference(curator):
    one = standing.at("in review", name="Beta")
    address = f"/desk/{one.pk}/amend/"
    page = read(curator.get(address))
    given = fields(page)
    assert given["name"] == "Beta"
    sent = standing.TOOL | {
        "name": "Beta",
        "purpose": "Counts who takes part, and who does not.",
        "version": given["version"],
        "reason": "Plainer words.",
    }
    wrong = curator.post(address, sent | {"url": "javascript:alert(1)"})
    assert wrong.status_code == 400
    assert "Please give a whole address that begins with https://" in read(wrong).text
    same = curator.post(address, sent | {"purpose": standing.TOOL["purpose"]})
    assert same.status_code == 400
    assert "Nothing differs from what was sent." in read(same).text
    assert curator.post(address, sent | {"more": "sources"}).status_code == 200
    one.refresh_from_db()
    assert one.amended is None
    done = curator.post(address, sent)
    assert (done.status_code, done["Location"]) == (303, f"/desk/{one.pk}/?done=amend")
    one.refresh_from_db()
    assert (one.state, one.decision_reason) == ("changes asked", "Plainer words.")
    assert one.amended["purpose"] == "Counts who takes part, and who does not."
    assert one.proposed["purpose"] == "Counts who takes part."
    page = read(curator.get(f"/desk/{one.pk}/"))
    assert "Other wording that was suggested" in page.text
    assert curator.get(address).status_code == 404


def test_a_form_of_wording_that_is_outdated_changes_nothing(curator):
    one = standing.at("in review")
    sent = standing.TOOL | {"purpose": "Other.", "reason": "Plainer.", "version": 1}
    assert curator.post(f"/desk/{one.pk}/amend/", sent).status_code == 409
    one.refresh_from_db()
    assert one.amended is None


def test_names_of_strangers_are_text_and_nothing_else(curator):
    from everygenome.web.moderation.models import Contribution

    one = standing.at("in review")
    # Past the checks of the forms, as if they had let it through.
    evil = "<img src=x onerror=alert(1)>"
    proposed = one.proposed | {"name": evil, "url": "https://x.example/\"onclick='"}
    Contribution.objects.filter(pk=one.pk).update(proposed=proposed, note=evil, credit=evil)
    for address in ("/desk/", f"/desk/{one.pk}/"):
        html = curator.get(address).content.decode()
        assert "<img" not in html
        assert "&lt;img src=x onerror=alert(1)&gt;" in html
        assert not [i for i in read(curator.get(address)).elements if "onclick" in i["attrs"]]


def test_the_examples_of_the_desk_hold(django):
    import doctest

    from everygenome.web.moderation.desk import addresses, sentences

    assert doctest.testmod(addresses) == (0, 1)
    for name, said in sentences.REASONS.items():
        assert 8 <= len(said) <= 12, name
        assert len(set(said)) == len(said), name
        assert all(len(s) < 110 for s in said), name
