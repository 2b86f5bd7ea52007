"""What holds for every chart: it fits, it can stand in a page, and each mark has words."""

import itertools
import re
import xml.etree.ElementTree as ET

import pytest

from everygenome.charts.draw import to_png, to_svg
from everygenome.charts.letters import width
from everygenome.charts.theme import THEMES
from tests.unit.charts.samples import CHARTS

TITLE = "European holds 90 of every 100; African American or Afro-Caribbean comes next with 7"
CAPTION = "Composition: participations, discovery, broad groups, shares of recorded. Release 2019."
every_chart = pytest.mark.parametrize("name", CHARTS)
every_look = pytest.mark.parametrize(
    ("theme", "narrow"),
    list(itertools.product(THEMES, (False, True))),
    ids=lambda value: {True: "narrow", False: "wide"}.get(value, value),
)
WORDLESS = {"letters", "rules", "strokes", "lines", "areas", "ground"}


def drawn(name, *, theme="light", narrow=False, empty=False, title=TITLE):
    chart, rows, options = CHARTS[name]
    rows = tuple([] for _ in rows) if empty else rows
    look = {"theme": THEMES[theme], "narrow": narrow}
    return chart(*rows, title=title, caption=CAPTION, **look, **options)


def tags(svg):
    return [(item.tag.rpartition("}")[2], item) for item in ET.fromstring(svg).iter()]


@every_look
@every_chart
def test_it_may_stand_in_a_page(name, theme, narrow):
    svg = to_svg(drawn(name, theme=theme, narrow=narrow))
    names = {tag for tag, _ in tags(svg)}
    assert names <= {"svg", "g", "path", "rect", "line", "text", "tspan", "defs", "clipPath"}
    attributes = {key for _, item in tags(svg) for key in item.attrib}
    assert attributes.isdisjoint({"style", "class", "href", "{http://www.w3.org/1999/xlink}href"})
    assert not any(key.startswith("on") for key in attributes)
    assert "url(" not in svg
    assert "http" not in svg.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert len(svg.encode()) < 130_000


@every_look
@every_chart
def test_each_mark_has_words_and_nothing_else_speaks(name, theme, narrow):
    chart = drawn(name, theme=theme, narrow=narrow)
    expected = [
        row["words"]
        for layer, rows in chart["datasets"].items()
        if layer not in WORDLESS
        for row in rows
    ]
    root, *rest = tags(to_svg(chart))
    assert root[1].attrib["role"] == "img"
    assert root[1].attrib["aria-label"].startswith(TITLE)
    spoken = [item.attrib["aria-label"] for _, item in rest if "aria-label" in item.attrib]
    assert spoken == expected
    assert len(spoken) >= 3
    assert all(re.search(r"\w[:,] .*\w", words) for words in spoken), spoken
    assert not any("undefined" in words or "None" in words or "nan" in words for words in spoken)


@every_look
@every_chart
def test_text_stays_inside_and_apart(name, theme, narrow):
    chart = drawn(name, theme=theme, narrow=narrow)
    boxes = []
    for row in chart["datasets"]["letters"]:
        wide = width(row["text"], row["size"], bold=row["weight"] == "bold")
        if row["angle"]:
            box = (row["x"] - row["size"] * 0.8, row["y"] - wide, row["x"], row["y"])
        else:
            left = row["x"] - wide * {"left": 0, "center": 0.5, "right": 1}[row["align"]]
            box = (left, row["y"] - row["size"] * 0.75, left + wide, row["y"])
        assert box[0] >= 0, row
        assert box[1] >= 0, row
        assert box[2] <= chart["width"], row
        assert box[3] <= chart["height"], row
        boxes.append((box, row["text"]))
    for (one, first), (other, second) in itertools.combinations(boxes, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, (first, second)


@every_chart
def test_an_empty_selection_says_so(name):
    chart = drawn(name, empty=True, narrow=True)
    told = " ".join(row["text"] for row in chart["datasets"]["letters"])
    assert "No record fits these choices. That is not a share of zero." in told
    assert "No record fits these choices" in chart["description"]
    assert to_svg(chart).startswith("<svg")


@every_chart
def test_a_telephone_gets_a_narrow_picture(name):
    assert drawn(name, narrow=True)["width"] == 340
    assert drawn(name)["width"] == 940


@every_chart
def test_a_page_may_keep_the_title_to_itself(name):
    bare, titled = drawn(name, title=""), drawn(name)
    assert bare["height"] < titled["height"]
    assert bare["description"].startswith("Composition: participations")
    assert titled["description"].startswith(f"{TITLE}. Composition: participations")


@every_chart
def test_hostile_names_stay_text(name):
    title = '<script>alert("1")</script> & <img src=x onerror=alert(1)> \x00\x1b[31m'
    found = {tag for tag, _ in tags(to_svg(drawn(name, title=title)))}
    assert found.isdisjoint({"script", "img"})


def test_two_pictures_in_one_page_share_no_identifier():
    pictures = [to_svg(drawn(name)) for name in CHARTS]
    names = [re.findall(r' id="([^"]+)"', svg) for svg in pictures]
    assert len(set(itertools.chain(*names))) == sum(map(len, names))


def test_the_same_specification_gives_the_same_bytes():
    chart = drawn("trend", narrow=True)
    assert to_svg(chart) == to_svg(chart)
    assert to_png(chart, scale=1) == to_png(chart, scale=1)


def test_identifiers_of_the_drawing_program_are_made_ours():
    clipped = {
        "description": "a > b",
        "data": {"values": [{"x": 1, "y": 2}, {"x": 9, "y": 4}]},
        "mark": {"type": "line", "clip": True},
        "encoding": {
            "x": {"field": "x", "type": "quantitative", "scale": {"domain": [0, 5]}},
            "y": {"field": "y", "type": "quantitative"},
        },
    }
    one, other = to_svg(clipped), to_svg(clipped | {"description": "c"})
    (name,) = set(re.findall(r' id="([^"]+)"', one))
    assert f"url(#{name})" in one
    assert name not in other
    assert 'aria-label="a &gt; b"' in one


@every_chart
def test_a_group_has_one_colour_in_all_charts(name):
    points = drawn(name)["datasets"].get("points", [])
    colours = {row["stroke"] for row in points if row.get("group") == "Indigenous and Oceanian"}
    assert colours <= {THEMES["light"].colours[2]}
