"""Frequencies of a variant and verdicts of a file, as pictures."""

import itertools

import pytest

from everygenome.charts.draw import to_svg
from everygenome.charts.evaluable import evaluable_chart, judged
from everygenome.charts.frequencies import frequency_chart
from everygenome.charts.letters import width
from everygenome.charts.theme import THEMES
from everygenome.charts.verdicts import VERDICTS, look
from everygenome.variants.verdict import Verdict

NONE = {"group": "Middle Eastern", "ac": 0, "an": 6062, "af": 0.0, "low": 0.0, "high": 4.94e-4}
SOME = {"group": "South Asian", "ac": 90, "an": 91_092, "af": 9.9e-4, "low": 8.2e-4, "high": 1.2e-3}
UNKNOWN = {"group": "Amish", "ac": None, "an": None, "af": None, "low": None, "high": None}
ROWS = [
    UNKNOWN | {"verdict": "coverage unknown"},
    NONE | {"verdict": "not evaluable"},
    SOME | {"verdict": "more common than expected"},
    SOME | {"group": "Everybody together", "verdict": ""},
]
BARS = [(4e-5, "0.004%: rare below"), (2e-4, "0.02%: too common"), (1e-3, "0.1%: benign")]
FILE = [
    {"group": "Finnish", "verdicts": {"rare": 60, "not evaluable": 30, "common": 10}},
    {"group": "Amish", "verdicts": {"coverage unknown": 99, "indeterminate": 1}},
]
LOOKS = list(itertools.product(THEMES.values(), (False, True)))
every_look = pytest.mark.parametrize(("theme", "narrow"), LOOKS)


def letters(chart):
    return [row["text"] for row in chart["datasets"]["letters"]]


def drawn(narrow=False, theme=THEMES["light"]):
    look_of = {"title": "A", "theme": theme, "narrow": narrow}
    return frequency_chart(ROWS, bars=BARS, **look_of), evaluable_chart(FILE, **look_of)


def test_every_verdict_has_a_look_and_what_is_not_told_is_hollow():
    assert set(VERDICTS) == {verdict.value for verdict in Verdict}
    assert len({one.letter for one in VERDICTS.values()}) == len(VERDICTS)
    assert len({(one.shape, one.hollow) for one in VERDICTS.values()}) == len(VERDICTS)
    assert [name for name, one in VERDICTS.items() if not one.hollow] == [
        *("common", "more common than expected", "indeterminate", "rare"),
    ]
    assert look("something new").hollow


def test_a_group_without_a_copy_has_no_mark_and_says_up_to():
    chart, _ = drawn()
    assert [row["group"] for row in chart["datasets"]["points"] if "af" in row] == [
        *("South Asian", "Everybody together"),
    ]
    bar = next(row for row in chart["datasets"]["bars"] if row["group"] == "Middle Eastern")
    assert bar["fill"] == THEMES["light"].ground
    assert bar["words"] == "Middle Eastern: no copy in 6,062 chromosomes, at most 0.049%"
    assert "none seen, up to 0.049%: not evaluable" in letters(chart)


def test_a_group_of_unknown_number_is_named_and_has_neither_mark_nor_bar():
    chart, _ = drawn()
    assert "Amish" in letters(chart)
    assert "coverage unknown: number looked at not known" in letters(chart)
    assert "Amish" not in {row.get("group") for row in chart["datasets"]["bars"]}
    assert chart["datasets"]["points"][0]["words"].startswith("Amish: coverage unknown")


def test_all_together_has_no_verdict():
    chart, _ = drawn()
    assert letters(chart).count("0.099%") == 1
    assert "0.099%: more common than expected" in letters(chart)


def test_equal_steps_are_equal_multiples_and_lines_have_words():
    chart, _ = drawn()
    lines = [row for row in chart["datasets"]["strokes"] if row["thick"] == 1.3]
    places = [row["x"] for row in lines]
    assert len(places) == 3
    # From 4e-5 to 2e-4 is five times, as from 2e-4 to 1e-3.
    assert places[1] - places[0] == pytest.approx(places[2] - places[1], abs=0.2)
    assert len({tuple(row["dash"]) for row in lines}) == 3
    assert [text for text in letters(chart) if ":" in text][:3] == [words for _, words in BARS]


def test_nothing_known_of_any_group_is_told_without_a_scale():
    chart = frequency_chart([ROWS[0]], title="A")
    assert "coverage unknown: number looked at not known" in letters(chart)
    assert "bars" not in chart["datasets"]
    assert to_svg(chart).startswith("<svg")


def test_a_file_is_judged_by_what_is_filled():
    _, chart = drawn()
    assert judged(FILE[0]) == 0.7
    parts = [row for row in chart["datasets"]["bars"] if "group" in row]
    assert [(row["verdict"], row["variants"]) for row in parts] == [
        *(("common", 10), ("rare", 60), ("not evaluable", 30)),
        *(("indeterminate", 1), ("coverage unknown", 99)),
    ]
    assert [row["fill"] == THEMES["light"].ground for row in parts] == [
        *(False, False, True, False, True),
    ]
    assert {"70.0% judged", "1.0% judged", "R: rare", "N: not evaluable"} <= set(letters(chart))


@every_look
def test_text_stays_inside_and_apart(theme, narrow):
    for chart in drawn(narrow=narrow, theme=theme):
        boxes = []
        for row in chart["datasets"]["letters"]:
            wide = width(row["text"], row["size"], bold=row["weight"] == "bold")
            left = row["x"] - wide * {"left": 0, "center": 0.5, "right": 1}[row["align"]]
            boxes.append((left, row["y"] - row["size"] * 0.75, left + wide, row["y"], row["text"]))
            assert left >= 0, row
            assert left + wide <= chart["width"], row
            assert 0 <= row["y"] <= chart["height"], row
        for one, two in itertools.combinations(boxes, 2):
            apart = one[2] <= two[0] or two[2] <= one[0] or one[3] <= two[1] or two[3] <= one[1]
            assert apart, (one, two)


@every_look
def test_each_mark_has_words(theme, narrow):
    for chart in drawn(narrow=narrow, theme=theme):
        svg = to_svg(chart)
        for layer in ("bars", "points"):
            for row in chart["datasets"].get(layer, []):
                assert "None" not in row["words"]
                assert "nan" not in row["words"]
        assert 'role="img"' in svg
        assert "style=" not in svg


def test_no_record_is_no_zero():
    for chart in (frequency_chart([], title="A"), evaluable_chart([], title="A")):
        assert "That is not a share of zero." in " ".join(letters(chart))
