"""Offering an entry or a correction, without an account and without a cookie."""

import pytest

from tests.functional.web import database
from tests.functional.web.moderation import offers
from tests.functional.web.page import read

pytestmark = [pytest.mark.usefixtures("django")]


def test_the_form_says_what_comes_next_and_what_is_stored(web):
    response = web.get("/contribute/toolbox/")

    page = read(response)
    assert response.status_code == 200
    assert offers.heading(page) == "Suggest a tool"
    assert "answer within 7 days" in page.text
    assert "your e-mail address, encrypted with a key kept elsewhere" in page.text
    assert "CC0" in page.text
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies


def test_every_control_of_every_form_has_a_label_and_ids_are_unique(web):
    from everygenome.web.moderation.kinds import kinds

    checked = 0
    for kind in kinds():
        page = read(web.get(f"/contribute/{kind.name}/"))
        labels = {item["attrs"].get("for") for item in page.all("label")}
        ids = [item["attrs"]["id"] for item in page.elements if "id" in item["attrs"]]
        assert len(ids) == len(set(ids)), kind.name
        for item in page.all("input", "select", "textarea"):
            if item["attrs"].get("type") != "hidden":
                assert item["attrs"]["id"] in labels, (kind.name, item)
                checked += 1
        for item in page.elements:
            for described in item["attrs"].get("aria-describedby", "").split():
                assert described in ids, (kind.name, described)
    assert checked > 100


def test_no_field_of_an_entry_has_a_name_that_the_form_itself_uses():
    from everygenome.web.moderation.kinds import kinds

    ours = {"token", "website", "more", "send", "draft", "version", "act", "by"}
    for kind in kinds():
        names = {field.name for field in kind.schema}
        assert not names & ours
        assert not [name for name in names if "-" in name]


def test_a_newcomer_suggests_a_tool_and_sees_where_it_stands(web, outbox):
    response = offers.send(web, **{"by-note": "It is ours.", "by-credit": "Ada"})

    receipt = offers.receipt_of(web, response)
    (stored,) = offers.contributions()
    assert stored.state == "submitted"
    assert stored.proposed["name"] == "Lantern"
    assert stored.proposed["stages"] == ["analysis"]
    assert stored.proposed["sources"] == [
        {"title": "Its own page", "url": "https://lantern.example.org/about"}
    ]
    assert (stored.note, stored.credit, stored.contact) == ("It is ours.", "Ada", None)
    assert outbox == []
    page = read(web.get(offers.open_by(web, receipt)))
    assert offers.heading(page) == "Lantern: waiting for review"
    assert "Place in the queue: 1" in page.text
    assert "You sent it for review" in page.text
    assert not web.cookies


def test_the_receipt_code_is_shown_for_a_quarter_of_an_hour_and_stands_in_no_address(
    web, monkeypatch
):
    from django.core import signing

    response = offers.send(web)
    code = offers.receipt_of(web, response)
    shown = read(web.get(response["Location"]))

    assert code.replace("-", "") not in response["Location"].replace("-", "")
    assert "Write it down." in shown.text
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + 901)
    late = web.get(response["Location"])
    assert late.status_code == 410
    assert code not in late.content.decode()
    assert "was shown already" in read(late).text


def test_with_an_address_a_mail_with_a_link_goes_out(web, outbox):
    offers.send(web, **{"by-address": "ada@people.example"})

    (mail,) = outbox
    assert mail.to == ["ada@people.example"]
    (link,) = offers.links(mail)
    assert "May we write to you?" in read(web.get(link)).text


def test_what_is_wrong_stands_beside_its_field_and_at_the_top_and_nothing_is_lost(web):
    response = offers.send(
        web,
        name=None,
        url="javascript:alert(1)",
        note="A long story.",
        **{"by-address": "no address", "sources-0-url": "", "by-note": "Please hurry."},
    )

    page = read(response)
    assert response.status_code == 400
    assert offers.contributions() == []
    wrong = next(i for i in page.all("div") if i["attrs"].get("role") == "alert")
    targets = [i["attrs"]["href"] for i in page.all("a") if i["attrs"]["href"].startswith("#")]
    ids = {item["attrs"].get("id") for item in page.elements}
    for place in ("name", "url", "sources-0-url", "by-address"):
        assert f"#{place}" in targets
        assert place in ids
        assert f"{place}-wrong" in ids
    assert "Please fill in: Name." in wrong["text"]
    kept = offers.form_of(response)
    assert kept["purpose"] == [offers.TOOL["purpose"]]
    assert kept["url"] == ["javascript:alert(1)"]
    assert kept["note"] == ["A long story."]
    assert kept["audiences"] == ["researcher", "clinician"]
    assert kept["by-note"] == ["Please hurry."]
    assert kept["by-address"] == ["no address"]


def test_a_draft_may_lack_something_and_may_not_hold_something_wrong(web):
    first = offers.send(web, button="draft", purpose=None, stages=[], tasks=[])
    second = offers.send(web, button="draft", url="ftp://somewhere")
    third = web.post("/contribute/toolbox/", database.gate() | {"draft": "1"})

    (stored,) = offers.contributions()
    assert stored.state == "draft"
    assert "purpose" not in stored.proposed
    assert "Your draft is kept" in read(web.get(first["Location"])).text
    assert second.status_code == 400
    assert third.status_code == 400
    assert "nothing to keep yet" in read(third).text


def test_another_row_is_added_and_nothing_is_lost(web):
    form = database.gate() | offers.TOOL | {"by-note": "kept", "more": "sources"}

    response = web.post("/contribute/toolbox/", form)

    kept = offers.form_of(response)
    assert response.status_code == 200
    assert kept["sources-rows"] == ["2"]
    assert kept["sources-0-url"] == ["https://lantern.example.org/about"]
    assert kept["sources-1-url"] == [""]
    assert kept["by-note"] == ["kept"]
    again = web.post("/contribute/toolbox/", kept | {"more": "sources"})
    assert offers.form_of(again)["sources-rows"] == ["3"]
    assert offers.contributions() == []


def test_another_row_inside_a_record_and_of_something_that_is_no_record(web):
    form = database.gate() | {
        "name": "A biobank",
        "composition-rows": "1",
        "composition-0-descriptor": "census groups",
        "composition-0-parts-rows": "1",
        "composition-0-parts-0-label": "one",
    }
    inside = web.post("/contribute/datasets/", form | {"more": "composition-0-parts"})

    kept = offers.form_of(inside)
    assert kept["composition-0-parts-rows"] == ["2"]
    assert kept["composition-0-parts-0-label"] == ["one"]
    for odd in ("name", "composition-x-parts", "composition-99-parts", "-", "a-b-c", "composition"):
        answer = web.post("/contribute/datasets/", form | {"more": odd})
        assert answer.status_code == 200
        assert offers.form_of(answer)["name"] == ["A biobank"]


def test_what_may_be_here_already_is_shown_once(web):
    offers.entry()

    first = offers.send(web, name="TRACTOR")
    assert first.status_code == 400
    assert "This may be here already" in read(first).text
    assert offers.contributions() == []
    second = offers.send(web, name="TRACTOR", **{"by-another": "1"})
    assert second.status_code == 303
    assert len(offers.contributions()) == 1


def test_a_correction_holds_what_changed_and_what_was_there(web):
    offers.entry()
    response = web.get("/contribute/toolbox/tractor/")
    form = offers.form_of(response)

    assert form["purpose"] == [offers.STORED["purpose"]]
    assert form["populations_tested-0-sample_size"] == ["4309"]
    assert form["languages"] == ["English\nSpanish"]
    sent = web.post("/contribute/toolbox/tractor/", form | {"purpose": "Better.", "send": "1"})
    assert sent.status_code == 303
    (stored,) = offers.contributions()
    assert (stored.purpose, stored.subject) == ("edit", "tractor")
    assert stored.before == offers.STORED
    assert stored.proposed == offers.STORED | {"purpose": "Better."}
    page = read(web.get(offers.open_by(web, offers.receipt_of(web, sent))))
    assert "[taken out: Runs association studies" in page.text


def test_a_correction_in_which_nothing_differs_says_so(web):
    offers.entry()
    form = offers.form_of(web.get("/contribute/toolbox/tractor/"))

    response = web.post("/contribute/toolbox/tractor/", form | {"send": "1"})

    assert response.status_code == 400
    assert "Nothing differs from what the entry says now." in read(response).text
    assert offers.contributions() == []


def test_text_full_of_addresses_is_refused_and_fields_for_addresses_do_not_count(web):
    nine = " ".join(f"https://shop.example/{n}" for n in range(9))
    refused = offers.send(web, **{"by-note": nine})
    split = offers.send(web, note=nine[:100], **{"by-note": nine[100:]})
    many = {"sources-rows": "12"}
    for n in range(12):
        many |= {f"sources-{n}-title": "x", f"sources-{n}-url": f"https://a.example/{n}"}
    taken = offers.send(web, **many)

    assert refused.status_code == 400
    assert "looks like advertising" in read(refused).text
    assert split.status_code == 400
    assert taken.status_code == 303


def test_a_form_from_elsewhere_is_shown_again_with_its_text(web):
    response = offers.send(web, token="made-up", **{"by-note": "kept"})

    page = read(response)
    assert response.status_code == 403
    assert "Nothing is lost" in page.text
    kept = offers.form_of(response)
    assert kept["name"] == ["Lantern"]
    assert kept["by-note"] == ["kept"]
    token = next(i for i in page.all("input") if i["attrs"].get("name") == "token")
    assert token["attrs"]["value"] != "made-up"
    other = web.post(
        "/contribute/toolbox/",
        database.gate() | offers.TOOL | {"send": "1"},
        headers={"origin": "https://elsewhere.example"},
    )
    assert other.status_code == 403
    assert offers.contributions() == []


def test_a_program_is_told_the_same_and_nothing_is_stored(web):
    response = offers.send(web, website="https://shop.example")

    assert len(offers.receipt_of(web, response)) == 24
    assert offers.contributions() == []


def test_a_form_that_comes_too_quickly_is_shown_again_and_taken_later(web):
    from django.core import signing
    from django.utils import timezone

    now = int(timezone.now().timestamp())
    token = signing.Signer(salt="everygenome.people.gate").sign(str(now))
    response = offers.send(web, token=token)

    page = read(response)
    assert response.status_code == 400
    assert "press the button once more" in page.text
    # It keeps its token: whoever presses again was there for longer.
    shown = next(i for i in page.all("input") if i["attrs"].get("name") == "token")
    assert shown["attrs"]["value"] == token
    assert offers.contributions() == []


def test_too_many_from_one_network_are_told_so_and_keep_their_text(web):
    for number in range(10):
        made = web.post(
            "/contribute/toolbox/",
            database.gate() | offers.TOOL | {"name": f"Tool {number}", "send": "1"},
            headers={"x-forwarded-for": "203.0.113.9"},
        )
        assert made.status_code == 303
    response = web.post(
        "/contribute/toolbox/",
        database.gate() | offers.TOOL | {"send": "1"},
        headers={"x-forwarded-for": "203.0.113.9"},
    )

    assert response.status_code == 429
    assert offers.form_of(response)["name"] == ["Lantern"]
    assert len(offers.contributions()) == 10


@pytest.mark.parametrize(
    "proof",
    [
        {"proof": "mail", "by-address": "me@tractor.example.org"},
        {"proof": "mail", "by-address": "me@example.org"},
        {"proof": "file", "where": "https://tractor.example.org/.well-known/everygenome.txt"},
        {"proof": "line", "where": "https://github.com/someone/tractor#readme"},
    ],
)
def test_a_maintainer_claims_an_entry_with_a_proof(web, proof, outbox):
    offers.entry()
    response = web.post("/contribute/toolbox/tractor/claim/", database.gate() | proof)

    assert response.status_code == 303
    (stored,) = offers.contributions()
    assert (stored.purpose, stored.subject, stored.state) == ("claim", "tractor", "submitted")
    assert stored.proposed == offers.STORED
    assert stored.note.startswith("Proof: ")
    # The address stands nowhere but in its sealed record.
    assert "me@" not in stored.note
    assert len(outbox) == (1 if "by-address" in proof else 0)


@pytest.mark.parametrize(
    ("sent", "place"),
    [
        ({}, "proof"),
        ({"proof": "oath"}, "proof"),
        ({"proof": "mail"}, "by-address"),
        ({"proof": "mail", "by-address": "me@github.com"}, "by-address"),
        ({"proof": "mail", "by-address": "me@badtractor.example.com"}, "by-address"),
        ({"proof": "file"}, "where"),
        ({"proof": "line", "where": "javascript:1"}, "where"),
    ],
)
def test_a_claim_without_a_proof_is_shown_again(web, sent, place):
    offers.entry()
    response = web.post("/contribute/toolbox/tractor/claim/", database.gate() | sent)

    assert response.status_code == 400
    assert f"{place}-wrong" in response.content.decode()
    assert offers.contributions() == []


def test_the_page_of_a_claim_shows_the_line_to_publish(web):
    offers.entry()
    page = read(web.get("/contribute/toolbox/tractor/claim/"))

    assert page.one("pre")["text"] == "We look after http://localhost/toolbox/tractor/"
    assert "tractor.example.org" in page.text


def test_records_within_records_come_back_from_the_form_unchanged(web):
    from everygenome.web.collections.models import Speaker
    from everygenome.web.collections.storing import Saying, store
    from everygenome.web.datasets.collection import COLLECTION

    held = {
        "name": "A biobank",
        "composition_published": False,
        "communities_decide": True,
        "composition": {
            "descriptor": "census groups",
            "parts": [
                {"label": "one", "count": 0, "share": 0.25},
                {"label": "two", "count": 12_000},
            ],
            "as_of": "2025-03",
            "source": "https://biobank.example.org/",
        },
    }
    saying = Saying(speaker=Speaker.SEED, why="for a test")
    store(COLLECTION, held, slug="a-biobank", saying=saying)
    form = offers.form_of(web.get("/contribute/datasets/a-biobank/"))

    read_back = COLLECTION.schema.clean(COLLECTION.schema.read(_query(form)))[0]

    assert form["composition-0-parts-rows"] == ["3"]
    assert read_back == held


def _query(form):
    from django.http import QueryDict

    query = QueryDict(mutable=True)
    for name, values in form.items():
        query.setlist(name, values)
    return query


@pytest.mark.slow
def test_every_seeded_entry_comes_back_from_its_form_unchanged(seeded, web):
    from everygenome.web.collections.models import SHOWN, Item

    asked = 0
    for name in set(Item.objects.values_list("collection", flat=True)):
        items = Item.objects.filter(collection=name, standing__in=SHOWN).order_by("sort", "id")
        for item in items[:12]:
            path = f"/contribute/{name}/{item.slug}/"
            form = offers.form_of(web.get(path))
            response = web.post(path, form | {"send": "1"})
            assert "Nothing differs" in read(response).text, path
            asked += 1
    assert asked


def test_a_link_of_a_sent_page_that_we_did_not_make_leads_nowhere(web):
    assert web.get("/contributions/sent/made-up/").status_code == 404
    assert web.get("/contributions/sent/a:b:c/").status_code == 404


def claimed(web, **proof):
    """A claim that is in review, and its curator."""
    from everygenome.web.moderation.actions import reviewing

    offers.entry()
    web.post("/contribute/toolbox/tractor/claim/", database.gate() | proof)
    (stored,) = offers.contributions()
    curator = database.account("curator")
    return reviewing.take(contribution=stored, by=curator), curator


def test_a_claim_by_mail_counts_once_its_owner_opened_our_mail(web, outbox):
    from everygenome.web.moderation.actions import reviewing
    from everygenome.web.moderation.refused import RefusedError
    from everygenome.web.people import contacts

    claim, curator = claimed(web, proof="mail", **{"by-address": "me@tractor.example.org"})
    accept = {"contribution": claim, "by": curator, "reason": "Shown."}
    with pytest.raises(RefusedError, match="proves nothing"):
        reviewing.accept_and_publish(**accept)
    page = read(database.client(curator).get(f"/desk/{claim.pk}/"))
    assert "Accept and publish" not in [b["text"].strip() for b in page.all("button")]
    contacts.confirm(claim.contact)
    assert reviewing.accept_and_publish(**accept).state == "published"


def test_after_a_claim_the_page_says_so_and_corrections_are_the_maintainers(web, outbox):
    from everygenome.web.collections.models import Item
    from everygenome.web.moderation.actions import reviewing
    from everygenome.web.people import contacts

    mail = {"by-address": "me@tractor.example.org"}
    claim, curator = claimed(web, proof="mail", **mail)
    contacts.confirm(claim.contact)
    before = Item.objects.get(slug="tractor").version
    reviewing.accept_and_publish(contribution=claim, by=curator, reason="Shown.")
    item = Item.objects.get(slug="tractor")
    assert item.version == before + 1
    assert item.facts.get(field="looked-after").said_by == "maintainer"
    text = read(web.get("/toolbox/tractor/")).text
    assert "Its maintainer looks after this entry, since" in text
    assert "let me speak for it" not in text
    assert web.get("/toolbox/tractor/history/").status_code == 200
    assert database.client(curator).get("/desk/items/toolbox/tractor/").status_code == 200
    for address, speaker in ((mail, "maintainer"), ({"by-address": "x@y.example"}, "contributor")):
        form = offers.form_of(web.get("/contribute/toolbox/tractor/"))
        form |= {"purpose": f"By a {speaker}.", "send": "1"} | address
        assert web.post("/contribute/toolbox/tractor/", form).status_code == 303
        sent = offers.contributions()[-1]
        taken = reviewing.take(contribution=sent, by=curator)
        reviewing.accept_and_publish(contribution=taken, by=curator, reason="Right.")
        assert item.facts.get(field="purpose").said_by == speaker
