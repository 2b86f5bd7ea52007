"""Badges: numbers of the whole field as small pictures, and a refusal of anything smaller."""

import itertools
import re
from xml.etree import ElementTree

import pytest

from everygenome.web.badges.drawing import badge
from everygenome.web.badges.numbers import GROUPS
from tests.functional.web.page import read

pytestmark = [pytest.mark.usefixtures("django")]
SVG = "{http://www.w3.org/2000/svg}"


def told(response):
    """The letters of a badge, and its title."""
    root = ElementTree.fromstring(response.content)
    assert root.tag == SVG + "svg"
    title = root.find(SVG + "title").text
    assert root.get("aria-label") == title
    return [item.text for item in root.iter(SVG + "text")], title


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("path", "letters"),
    [
        ("release", ["GWAS Catalog release", "6 December 2019"]),
        ("participations", ["GWAS participations", "335 million"]),
        ("studies", ["GWAS studies", "8,223"]),
        ("share", ["European, of GWAS participations", "90.7%"]),
        ("share?group=East%20Asian", ["East Asian, of GWAS participations", "4.6%"]),
    ],
)
def test_says_a_number_of_the_whole_field(site, real, path, letters):
    name, _, query = path.partition("?")
    response = site(real)(f"/badge/{name}.svg?{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
    found, title = told(response)
    assert found == letters
    assert "6 December 2019" in title
    assert letters[1] in title


def test_an_earlier_release_has_badges_of_its_own_that_never_change(site, real):
    response = site(real)("/badge/release.svg?release=2019-07-12")
    assert told(response)[0][1] == "12 July 2019"
    assert response["Cache-Control"] == "public, max-age=86400"


@pytest.mark.parametrize(
    "query",
    ["trait_parent=Cancer", "trait=EFO_1", "country=JPN", "funder=x", "from_year=2019", "cohort=x"],
)
def test_a_selection_has_no_badge_and_the_reason_is_one(get, query):
    response = get(f"/badge/share.svg?{query}")
    assert response.status_code == 422
    found, title = told(response)
    assert found == ["everygenome", "no badge for a selection"]
    assert "no room for what must be known" in title
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "status", "reason"),
    [
        ("share.svg?group=Martian", 404, "no such group"),
        ("share.svg?group=Not%20reported", 404, "no such group"),
        ("share.svg?group=" + "x" * 5000, 404, "no such group"),
        ("release.svg?group=European", 422, "no such choice"),
        ("share.svg?unit=studies", 422, "no such choice"),
        ("share.svg?<script>=1", 422, "no such choice"),
        ("share.svg?release=1999-01-01", 404, "no such release"),
    ],
)
def test_what_is_not_understood_is_refused_and_not_ignored(get, path, status, reason):
    response = get("/badge/" + path)
    assert response.status_code == status
    assert told(response)[0] == ["everygenome", reason]
    assert b"<script" not in response.content


def test_a_release_without_its_ancestry_file_has_no_share(site, incomplete, tmp_path):
    assert told(site(incomplete)("/badge/share.svg"))[0][1] == "not in this release"
    assert told(site(tmp_path / "nothing")("/badge/share.svg"))[0][1] == "no numbers yet"


def test_demonstration_data_say_so_in_letters_and_aloud(get):
    found, title = told(get("/badge/studies.svg"))
    assert found[0] == "demo, not real: GWAS studies"
    assert title.startswith("Demonstration data, not real.")


def test_may_stand_on_any_page_and_be_kept_for_an_hour(get):
    response = get("/badge/studies.svg")
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "public, max-age=3600"
    assert response["Content-Security-Policy"].startswith("default-src 'none'")
    assert "Set-Cookie" not in response
    again = get("/badge/studies.svg", headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert get("/badge/studies.svg").content == response.content


def test_letters_are_text_with_enough_contrast_on_any_page():
    drawn = badge("label", "12 < 13 & “x”", title='a "quoted" title & more')
    root = ElementTree.fromstring(drawn)
    assert [item.text for item in root.iter(SVG + "text")] == ["label", "12 < 13 & “x”"]
    rim, label, value, letters = re.findall(r'fill="(#\w{6})"', drawn)
    assert min(contrast(letters, label), contrast(letters, value)) >= 4.5
    # Light and dark pages of ours and of the places where badges are shown most.
    assert min(contrast(rim, page) for page in ("#ffffff", "#161b1f", "#0d1117")) >= 3
    assert "style" not in drawn


@pytest.mark.parametrize("text", ["90.7%", "African American or Afro-Caribbean", "Wm" * 9, ""])
def test_the_ground_is_wider_than_the_letters(text):
    root = ElementTree.fromstring(badge(text, text, title="t"))
    ends = [float(i.get("x")) + float(i.get("textLength")) for i in root.iter(SVG + "text")]
    starts = [float(i.get("x")) for i in root.iter(SVG + "text")]
    assert ends[0] < starts[1]
    assert ends[1] < float(root.get("width"))


def test_the_page_shows_every_badge_with_what_to_copy(get):
    page = read(get("/badge/"))
    pictures = [item["attrs"]["src"] for item in page.all("img")]
    assert len(pictures) == 4 + len(GROUPS)
    for path in pictures:
        assert get(path).status_code == 200
    copied = [item["attrs"]["value"] for item in page.all("input")]
    assert copied == ["http://localhost" + path for path in pictures]
    areas = page.all("textarea")
    for address, markdown, html in zip(copied, areas[::2], areas[1::2], strict=True):
        assert f"]({address})]" in markdown["text"]
        assert f'src="{address}"' in html["text"]
    for item in (*page.all("input"), *areas):
        assert "readonly" in item["attrs"]
        assert item["attrs"]["id"] in [label["attrs"]["for"] for label in page.all("label")]
    assert page.unclosed == []
    assert page.all("style") == []
    levels = [int(item["tag"][1]) for item in page.all("h1", "h2", "h3")]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_addresses_to_copy_are_those_of_the_public_site(get):
    from django.test import override_settings

    with override_settings(SITE_URL="https://monitor.example.org"):
        page = read(get("/badge/"))
    first = page.all("input")[0]["attrs"]["value"]
    assert first == "https://monitor.example.org/badge/release.svg"
