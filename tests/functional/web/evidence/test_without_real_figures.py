"""Made-up data are never compared; and where nothing can be counted, the card says why."""

import pytest

from everygenome.store.folder import Store
from tests.functional.web.evidence.cards import card
from tests.functional.web.page import read

pytestmark = [pytest.mark.usefixtures("django")]
PAGES = ("/evidence/a-card/", "/evidence/", "/evidence/live/")


@pytest.fixture
def a_card(rolled_back):
    from everygenome.web.collections.models import Item

    Item.objects.all().delete()
    return card(rule={})


def test_demonstration_data_are_marked_and_not_compared(a_card, get):
    for address in PAGES:
        text = read(get(address)).text
        assert "63.6%" in text
        assert "demonstration data, not real" in text.lower()
        assert "percentage points" not in text
    row = get("/evidence/live/figures.json").json()["claims"][0]
    assert row["demonstration_data"] is True
    assert row["difference"] is None
    assert row["today_percent"] == pytest.approx(63.6, abs=0.05)


def test_an_empty_store_has_no_figure_and_says_so(a_card, site, tmp_path):
    over = site(Store(tmp_path / "nothing").root)
    for address in PAGES:
        answer = over(address)
        assert answer.status_code == 200
        assert "There is no release here to count in." in read(answer).text
        assert "78%" in read(answer).text
    row = over("/evidence/live/figures.json").json()["claims"][0]
    assert (row["today_percent"], row["published_percent"]) == (None, 78)
    assert over("/evidence/live/figures.csv").status_code == 200


def test_a_release_without_the_file_says_which(a_card, site, incomplete):
    over = site(incomplete)
    for address in PAGES:
        answer = over(address)
        assert answer.status_code == 200
        assert "cannot answer this." in read(answer).text
        assert "ancestry" in read(answer).text


def test_a_store_that_cannot_be_read_takes_no_card_away(a_card, site, tmp_path):
    broken = tmp_path / "store"
    broken.mkdir()
    (broken / "releases").write_text("not a folder")
    answer = site(broken)("/evidence/a-card/")
    assert answer.status_code == 200
    assert "No figure today." in read(answer).text
    assert str(tmp_path) not in answer.content.decode()


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ({"group": None}, "The rule on this card is not complete: it has no group."),
        ({"group": None, "stage": None}, "it has no group, no stage."),
        ({"group": "Martian < 3 '\" & more"}, "has no group of the name that the rule gives."),
        ({"scheme": "nonsense"}, "There is no scheme 'nonsense'."),
        ({"country": "XXQ"}, "XXQ"),
        ({"from_year": 2050, "to_year": 2060}, "No record of the release fits the rule."),
        ({"from_year": 2019, "to_year": 2001}, "hold no year."),
        ({"from_year": 1900}, "1900 is no year of publication."),
    ],
)
def test_a_rule_that_nothing_answers_says_so(a_card, get, rule, told):
    card("wrong", rule=rule)
    for address in ("/evidence/wrong/", "/evidence/", "/evidence/live/"):
        answer = get(address)
        assert answer.status_code == 200
        assert told in read(answer).text
        assert "Traceback" not in answer.content.decode()


def test_a_published_figure_is_never_needed(a_card, get):
    card("bare", rule={"published": None, "published_as_of": None, "difference": None})
    text = read(get("/evidence/bare/")).text
    assert "As published" not in text
    assert "63.6% European" in text


def test_no_claims_at_all(rolled_back, get):
    from everygenome.web.collections.models import Item

    Item.objects.all().delete()
    assert read(get("/evidence/live/")).text.count("There are none here.") == 2
    assert get("/evidence/live/figures.json").json()["claims"] == []
    assert get("/evidence/live/figures.csv").content.startswith(b"id,address,claim,")


@pytest.mark.parametrize(
    "query",
    ["?release=x", "?q=%00", "?view=9&group=" + "A" * 10_000, "?%ff=%fe", "?page=-1&sort=%F0%9F"],
)
def test_hostile_addresses_end_in_no_fault(a_card, get, query):
    for address in (*PAGES, "/evidence/live/figures.csv", "/evidence/live/figures.json"):
        answer = get(address + query)
        assert answer.status_code == 200, (address, query)
        assert "Traceback" not in answer.content.decode()


@pytest.mark.parametrize("name", ["figures.xml", "figures.csv/", "%00", "x" * 10_000])
def test_unknown_files_are_not_there(a_card, get, name):
    assert get(f"/evidence/live/{name}").status_code == 404
