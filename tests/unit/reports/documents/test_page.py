"""A document as a web page: its structure, and that no text becomes a part of it."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from everygenome.errors import EverygenomeError
from everygenome.reports.documents.model import Callout, Columns, Paragraph, SideBySide
from everygenome.reports.documents.page import to_html
from tests.unit.reports.documents.samples import HOSTILE, document, grid, hostile, picture, report

VOID = {"meta", "br", "img", "link", "input"}
TEXT = re.compile(r"\s+")


class Page(HTMLParser):
    """Elements in order, the text, and whether every element is closed where it should be."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.open, self.text = [], [], []
        self.feed(html.decode())
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.text.append(data)

    def all(self, tag):
        return [attrs for name, attrs in self.elements if name == tag]

    def tags(self):
        return [name for name, _ in self.elements]


def test_a_report_has_the_parts_that_it_was_given():
    page = Page(to_html(report()))
    assert page.all("html") == [{"lang": "en-GB"}]
    assert [page.tags().count(name) for name in ("h1", "h2", "h3")] == [1, 4, 1]
    assert [page.tags().count(name) for name in ("figure", "svg", "table", "caption")] == [
        *(4, 4, 2, 2),
    ]
    assert len(page.all("tr")) == 2 + 6 + 60
    scopes = [item.get("scope") for item in page.all("th")]
    assert (scopes.count("col"), scopes.count("row")) == (6, 66)
    assert page.all("a") == [{"href": "https://everygenome.example/a?b=1&c=2"}]
    assert page.tags().count("aside") == 2


# A specification whose drawing has definitions that its marks refer to.
SHADED = {
    "data": {"values": [{"a": 1}, {"a": 2}]},
    "mark": {
        "type": "bar",
        "clip": True,
        "color": {
            "gradient": "linear",
            "stops": [{"offset": 0, "color": "#fff"}, {"offset": 1, "color": "#000"}],
        },
    },
    "encoding": {"x": {"field": "a", "type": "quantitative"}},
}


def test_a_picture_is_one_image_with_words_and_identifiers_of_its_own():
    shaded = picture(specification=SHADED)
    # The same chart twice would have the same identifiers.
    page = Page(to_html(document(shaded, shaded, picture("trend"))))
    assert [(svg["role"], svg["aria-label"]) for svg in page.all("svg")] == [
        ("img", "A chart of composition."),
        ("img", "A chart of composition."),
        ("img", "A chart of trend."),
    ]
    found = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    used = re.findall(r"url\(#([^)]+)\)", str(page.elements))
    assert len(found) == len(set(found)) == 3 + 2 * 3
    assert to_html(document(shaded)) == to_html(document(shaded))
    assert set(used) == {name for name in found if name.startswith("picture-")}


def test_columns_and_parts_beside_each_other_have_elements_and_identifiers_of_their_own():
    made = document(
        SideBySide(((picture(),), (picture("trend"),))),
        Columns((Paragraph("x"),)),
        grid(spans=(("", 1), ("Both", 2))),
    )
    page = Page(to_html(made))
    named = [item.get("class") for item in page.all("div")]
    assert (named.count("beside"), named.count("columns")) == (1, 1)
    found = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert len(found) == len(set(found))
    scopes = [item.get("scope") for item in page.all("th")]
    assert scopes.count("colgroup") == 1
    assert page.all("html") == [{"lang": "en-GB"}]
    compact = Page(to_html(document(Paragraph("x"), compact=True)))
    assert compact.all("html") == [{"lang": "en-GB", "class": "compact"}]


def test_what_scrolls_can_be_reached_with_the_keyboard_and_has_a_name():
    page = Page(to_html(report()))
    found = {attrs.get("id") for _, attrs in page.elements}
    regions = [item for item in page.all("div") if item.get("role") == "region"]
    assert len(regions) == 6
    for region in regions:
        assert region["tabindex"] == "0"
        assert region["aria-labelledby"] in found
    assert len({region["aria-labelledby"] for region in regions}) == 6


def test_nothing_runs_and_nothing_is_fetched():
    html = to_html(report(demonstration=True))
    page = Page(html)
    assert not {"script", "link", "img", "iframe", "object", "image", "use"} & set(page.tags())
    for _, attrs in page.elements:
        assert not [name for name in attrs if name.startswith("on") or name in ("style", "src")]
    style = re.search(rb"<style>(.*?)</style>", html, re.DOTALL)[1]
    assert b"url(" not in style
    assert b"@import" not in style
    digest = base64.b64encode(hashlib.sha256(style).digest()).decode()
    policy = next(item["content"] for item in page.all("meta") if "http-equiv" in item)
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text):
    calm, page = Page(to_html(hostile("calm"))), Page(to_html(hostile(text)))
    # An empty line has no element; all else is as it is for a calm text.
    if text:
        assert page.tags() == calm.tags()
        # Long cells have a class of their own.
        names = [[set(attrs) - {"class"} for _, attrs in it.elements] for it in (page, calm)]
        assert names[0] == names[1]
    shown = TEXT.sub(" ", "".join(page.text))
    expected = re.sub("[\x00\x07\x1b\ud800\uffff\u202e\u2066]", "�", TEXT.sub(" ", text)).strip()
    assert not text or shown.count(expected) >= 15


def test_demonstration_is_said_and_callouts_say_what_they_are():
    page = Page(to_html(document(Callout("It was made up.", "demonstration"), demonstration=True)))
    assert "Demonstration data, not real" in page.text
    assert page.all("aside")[1]["class"] == "callout made-up"
    assert "Demonstration" in page.text
    assert "Demonstration data, not real" not in Page(to_html(document(Paragraph("x")))).text


def test_colours_can_be_read_on_their_ground():
    html = to_html(document()).decode()
    for sheet in (html, html[html.index("prefers-color-scheme: dark") :]):
        found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", sheet[: sheet.index("}")]))
        pairs = [
            (ink, ground) for ink in ("ink", "quiet", "mark") for ground in ("ground", "panel")
        ]
        for ink, ground in [*pairs, ("banner-ink", "banner")]:
            assert contrast(found[ink], found[ground]) >= 4.5


def test_a_chart_that_cannot_be_drawn_or_holds_a_foreign_part_is_refused():
    with pytest.raises(EverygenomeError, match="The chart 'x' cannot be drawn"):
        to_html(document(picture(title="x", specification={"mark": 3})))
    image = {
        "data": {"values": [{}]},
        "mark": {"type": "image", "url": "data:image/png;base64,AAAA", "width": 5, "height": 5},
    }
    link = {"data": {"values": [{}]}, "mark": {"type": "rect", "href": "https://x.example"}}
    for foreign in (image, link):
        with pytest.raises(EverygenomeError, match="The chart 'x' "):
            to_html(document(picture(title="x", specification=foreign)))


def contrast(one, other):
    lights = sorted((luminance(one), luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * p for weight, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
