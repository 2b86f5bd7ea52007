"""The right of reply: read from a file, shown letter by letter, and checked."""

import shutil
from datetime import date

import pytest

from everygenome.errors import StoreError
from everygenome.web.dashboard.portfolios.replies import Reply, faults, reply_to
from tests.functional.web.page import read

TRUST = "demonstration-trust"
GOOD = '''organisation = "Demonstration Trust"
received = 2026-03-01
text = """
We fund <b>what</b> is asked of us.

Second paragraph & "more"."""
link = "https://trust.example/answer"
about_release = "2025-06-30"
'''
BAD = {
    "no TOML": ("organisation = ", "it is no TOML"),
    "lacking": ('organisation = "X"\n', "it lacks received, it lacks text"),
    "unknown": (GOOD + 'html = "<b>"\n', "it has 'html'"),
    "a text as day": (GOOD.replace("2026-03-01", '"2026-03-01"'), "received is no day"),
    "a moment": (GOOD.replace("2026-03-01", "2026-03-01T10:00:00"), "received is no day"),
    "long": (GOOD.replace("We fund", "x" * 2001), "text has"),
    "unseen": (GOOD.replace("We fund", "We\\u202efund"), "letters that cannot be seen"),
    "script": (GOOD.replace("https://trust.example/answer", "javascript:alert(1)"), "no address"),
    "plain http": (GOOD.replace("https://trust", "http://trust"), "no address"),
    "number": (GOOD.replace('"Demonstration Trust"', "7"), "organisation is no text"),
    "large": (GOOD + "#" * 70_000, "bytes"),
}


def _put(store, text, *, kind="funder", name=TRUST, ending="toml"):
    path = store / "replies" / kind / f"{name}.{ending}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_a_reply_is_read_whole(tmp_path):
    _put(tmp_path, GOOD)
    assert reply_to(tmp_path, "funder", TRUST) == Reply(
        "Demonstration Trust",
        date(2026, 3, 1),
        'We fund <b>what</b> is asked of us.\n\nSecond paragraph & "more".',
        "https://trust.example/answer",
        "2025-06-30",
    )
    assert reply_to(tmp_path, "funder", "nobody") is None
    assert reply_to(tmp_path, "nothing", TRUST) is None
    assert reply_to(tmp_path, "funder", "../../etc/passwd") is None
    assert list(faults(tmp_path)) == []
    assert list(faults(tmp_path / "nowhere")) == []


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_reply_is_refused_with_what_to_mend(what, tmp_path):
    text, told = BAD[what]
    path = _put(tmp_path, text)
    with pytest.raises(StoreError, match=told) as caught:
        reply_to(tmp_path, "funder", TRUST)
    assert str(path) in str(caught.value)
    assert caught.value.remedy
    assert list(faults(tmp_path)) == [str(caught.value)]


def test_files_in_the_wrong_place_are_told(tmp_path):
    _put(tmp_path, GOOD, kind="trait")
    _put(tmp_path, GOOD, ending="txt")
    _put(tmp_path, GOOD, name=".hidden")
    assert len(list(faults(tmp_path))) == 3


@pytest.fixture
def own(site, demonstration, tmp_path):
    """A site over a store that may be written to."""
    shutil.copytree(demonstration, tmp_path / "store", ignore=shutil.ignore_patterns("web"))
    return site(tmp_path / "store"), tmp_path / "store"


@pytest.mark.slow
def test_a_reply_shows_at_once_escaped_and_in_the_report(own, monkeypatch):
    from django import conf

    get, store = own
    address = f"/funders/{TRUST}/"
    first = read(get(address))
    assert "No reply has been received." in first.text
    assert "Write to whoever runs this site." in first.text
    before = get(f"/reports/funder/{TRUST}.md").content.decode()
    _put(store, GOOD)
    monkeypatch.setattr(conf.settings, "CONTACT", "reply@example.org")
    _put(store, GOOD, kind="journal", name="demonstration-letters")
    response = get(address)
    html = response.content.decode()
    assert "We fund &lt;b&gt;what&lt;/b&gt; is asked of us." in html
    page = read(response)
    assert (
        "Demonstration Trust replied on 1 March 2026, about the release of 2025-06-30" in page.text
    )
    assert "The reply is shown whole and unedited" in page.text
    assert 'Second paragraph & "more".' in page.text
    (link,) = [a for a in page.all("a") if a["attrs"]["href"] == "https://trust.example/answer"]
    assert link["attrs"]["rel"] == "external nofollow ugc"
    after = get(f"/reports/funder/{TRUST}.md").content.decode()
    assert "Second paragraph" in after
    assert "Second paragraph" not in before
    assert "mailto:reply@example.org" in get("/journals/demonstration-letters/").content.decode()
    assert "2,000 letters" in read(get("/about/reply/?release=current")).text
    (store / "replies" / "funder" / f"{TRUST}.toml").unlink()
    assert "No reply has been received." in read(get(address)).text


def test_a_reply_that_cannot_be_read_is_told_on_the_page_and_in_the_log(own, monkeypatch):
    from everygenome.web.dashboard.portfolios import replying

    get, store = own
    heard = []
    monkeypatch.setattr(replying, "_log", lambda form, *told: heard.append(form % told))
    _put(store, "organisation = ")
    response = get(f"/funders/{TRUST}/")
    assert response.status_code == 200
    assert "There is a reply, and it cannot be shown just now." in read(response).text
    assert str(store) not in response.content.decode()
    assert "it is no TOML" in heard[0]
    heard.clear()
    replying.tell_faults()
    assert len(heard) == 1
