"""Whatever is sent, the answer is in words beside the field, and nothing that was typed is lost."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.functional.web.page import read
from tests.functional.web.variants.engine import PRO82SER
from tests.functional.web.variants.form import PAGE, asked, file_at, linked
from tests.functional.web.variants.test_variants import HCM, values

FILES = ("json", "csv", "html", "pdf")
pytestmark = [pytest.mark.usefixtures("django")]


def wrong(page):
    """What is said to be wrong: the message beside each field, by its id."""
    return {
        e["attrs"]["id"].removesuffix("-wrong"): e["text"]
        for e in page.elements
        if e["attrs"].get("class") == "error"
    }


@pytest.mark.parametrize(
    ("variants", "told"),
    [
        ("", "Please fill in: Variants."),
        (" \n\t\n", "Please fill in: Variants."),
        ("1-5-A-\x00", "Line 1 holds a control character (U+0000), which no variant has."),
        ("ok-1\n1-5-A-\u202eT", "Line 2 holds right-to-left override (U+202E)"),
        ("1–5–A–T", "Line 1 holds “–”, en dash (U+2013)"),
        ("1-5-A-Т", "“Т”, cyrillic capital letter te (U+0422)"),
        ("1-5-A-" + "T" * 10_000, "Line 1 has 10,006 letters, and a page takes 500."),
        ("\n".join(f"1-{n}-A-T" for n in range(10_000)), "These are 10,000 lines"),
        ("\n".join(["1-5-A-T"] * 101), "These are 101 lines"),
        ("<script>alert(1)</script>", "is no variant"),
        ("1&5", "“&”, ampersand (U+0026)"),
        ("nonsense", "“nonsense” is no variant."),
    ],
)
def test_variants_that_are_none(web, variants, told):
    answer = asked(web, variants, frequency="0.01", bar="frequency", gene="MYH7")
    page = read(answer)
    assert answer.status_code == 400
    assert told.replace("“nonsense”", "'nonsense'") in wrong(page)["variants"]
    assert page.unclosed == []
    assert "<script>alert" not in answer.content.decode()
    # Nothing is lost, but letters that no page can hold.
    lines = variants.replace("\x00", "�").replace("\u202e", "�").strip()
    assert values(page, "variants") == [lines]
    assert values(page, "frequency") == ["0.01"]
    assert values(page, "gene") == ["MYH7"]


def test_a_remedy_for_the_command_line_stays_there(web):
    assert "--input" not in read(asked(web, "nonsense")).text


@pytest.mark.parametrize(
    ("fields", "place", "told"),
    [
        ({"background": "groups"}, "groups", "Please tick at least one group"),
        ({"background": "unknown", "groups": ["afr"]}, "groups", "Groups are ticked, but"),
        ({"groups": ["<b>"], "background": "groups"}, "groups", "has no group “<b>”"),
        ({"background": "human"}, "background", "Please choose one of the list."),
        ({"frequencies": "../../etc"}, "frequencies", "Please choose one of the list."),
        ({"bar": "frequency"}, "frequency", "Please give the frequency, such as 0.0001."),
        ({"bar": "frequency", "frequency": "100%"}, "frequency", "Every frequency is below 1."),
        ({"bar": "none", "frequency": "0.1"}, "bar", "There is a frequency below"),
        ({"bar": "frequency", "frequency": "0.1", "penetrance": "1"}, "bar", "a disease model"),
        ({"bar": "model"}, "inheritance", "A disease model needs: Inheritance."),
        (HCM | {"prevalence": ""}, "prevalence", "needs: People with the disease, of all."),
        (HCM | {"genetic": "0.1"}, "genetic", "Only a recessive model has this share."),
        (HCM | {"inheritance": "recessive"}, "genetic", "Share of all cases from this gene"),
        (HCM | {"prevalence": "1", "penetrance": "0.001"}, "prevalence", "allow every frequency"),
        (HCM | {"contribution": "0/500"}, "contribution", "above 0 and up to 1"),
        ({"gene": "<img src=x onerror=alert(1)>"}, "gene", "this looks like HTML"),
        ({"gene": "G" * 41}, "gene", "at most 40 characters"),
    ],
)
def test_choices_that_contradict_or_lack_something(web, fields, place, told):
    answer = asked(web, PRO82SER, **fields)
    page = read(answer)
    assert answer.status_code == 400
    assert told in (wrong(page).get(place) or page.text)
    assert values(page, "variants") == [PRO82SER]
    assert "onerror=alert(1)>" not in answer.content.decode()


@pytest.mark.parametrize(
    "text",
    ["0", "-1", "1.1", "nan", "inf", "1e999", "0,5", "1/0", "5/1", "٠.٥", "half", "1_0", "1 in",
     "1.2.3", "0x1", "200%", "/", "9" * 400, "1/" + "9" * 400],
)  # fmt: skip
def test_shares_that_are_none(web, text):
    answer = asked(web, PRO82SER, bar="frequency", frequency=text)
    assert answer.status_code == 400
    assert "Please give a share above 0 and up to 1" in wrong(read(answer))["frequency"]
    assert values(read(answer), "frequency") == [text]


@pytest.mark.parametrize(
    ("text", "bar"),
    [
        ("0.0001", "0.01%"), ("1e-4", "0.01%"), ("1/10000", "0.01%"), ("1 in 10,000", "0.01%"),
        ("0.01%", "0.01%"), (" .0001 ", "0.01%"),
    ],
)  # fmt: skip
def test_shares_as_people_write_them(web, text, bar):
    page = read(asked(web, PRO82SER, bar="frequency", frequency=text))
    assert f"Rare (PM2, supporting) {bar} (1 in " in page.text


def test_counted_cases_take_the_upper_end_of_their_interval(web):
    page = read(asked(web, PRO82SER, **(HCM | {"contribution": "104/6179"})))
    # 0.01683 counted, and 0.0200 at the upper end.
    assert "More common than expected (BS1) 0.004% (1 in 24,9" in page.text
    assert "one allele at most 104/6179 of cases" in page.text


def test_what_the_frequencies_cannot_answer_is_no_fault_of_the_reader(web, caplog):
    for name in ("store", "folder"):
        answer = asked(web, name, gene="MYH7")
        assert answer.status_code == 503
        assert "The frequencies cannot be read just now. Nothing is lost" in read(answer).text
        assert "nowhere" not in answer.content.decode()
        assert values(read(answer), "gene") == ["MYH7"]
    answer = asked(web, "slow")
    assert answer.status_code == 503
    assert "takes longer than a page may" in read(answer).text


def test_a_form_that_is_too_large_is_not_read(web):
    answer = asked(web, "x" * 1_100_000)
    assert answer.status_code == 413
    assert web.get(PAGE + "?" + "&".join(f"a{n}=1" for n in range(1500))).status_code == 400


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written(web, method):
    assert web.generic(method, PAGE).status_code == 405


def test_names_are_text_in_every_form(web):
    name = "9-1-<b>A</b>-=1+1"
    answer = linked(web, name, frequency="0.01")
    assert answer.status_code == 200
    assert b"<b>A" not in answer.content
    assert name in read(answer).one("h1")["text"]
    made = {form: linked(web, name, at=file_at(form), frequency="0.01") for form in FILES}
    assert {answer.status_code for answer in made.values()} == {200}
    assert b"<b>A" not in made["html"].content
    # A spreadsheet would reckon with the allele.
    assert b"9,1,<b>A</b>,'=1+1," in made["csv"].content
    assert made["json"].json()["variants"][0]["name"] == name


def test_a_busy_site_says_so_and_keeps_what_was_typed(web, monkeypatch):
    from everygenome.web.site import turns

    monkeypatch.setattr(turns, "_WAIT_SECONDS", 0.01)
    with turns.drawing(), turns.drawing():
        answer = asked(web, PRO82SER, gene="TNNI3")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert values(read(answer), "gene") == ["TNNI3"]


_TEXT = st.text(max_size=40) | st.sampled_from(["model", "groups", "1/0", "afr", "\x00", PRO82SER])
_NAMES = st.sampled_from(
    ["variants", "gene", "groups", "background", "bar", "frequency", "frequencies", "prevalence",
     "inheritance", "contribution", "genetic", "penetrance", "population", "ask", "groups-of"]
)  # fmt: skip


@given(st.dictionaries(_NAMES, _TEXT, max_size=8))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_sent_is_answered_in_words(web, fields):
    for answer in (web.post(PAGE, fields), web.get(PAGE, fields)):
        assert answer.status_code in (200, 400)
        page = read(answer)
        assert page.unclosed == []
        assert len(page.all("h1")) == 1
