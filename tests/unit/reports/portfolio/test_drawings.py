"""Charts for paper: text stays inside and apart, and nothing is drawn where there is nothing."""

import itertools

import pytest

from everygenome.charts.draw import to_svg
from everygenome.charts.letters import width
from everygenome.reports.portfolio.drawings import drawn_composition, drawn_peers, drawn_ratios
from tests.unit.charts.samples import composition_rows
from tests.unit.charts.test_portfolio_charts import AFRO, LIKE, OCEANIAN, PEERS

DRAWN = {
    "composition": (drawn_composition, composition_rows()),
    "ratios": (drawn_ratios, LIKE),
    "peers": (drawn_peers, PEERS),
}


def texts(made):
    return [row["text"] for row in made["datasets"]["letters"]]


@pytest.mark.parametrize("name", DRAWN)
def test_text_stays_inside_and_apart_and_each_mark_has_words(name):
    draw, rows = DRAWN[name]
    made = draw(rows)
    boxes = []
    for row in made["datasets"]["letters"]:
        assert row["size"] >= 12
        wide = width(row["text"], row["size"], bold=row["weight"] == "bold")
        left = row["x"] - wide * {"left": 0, "center": 0.5, "right": 1}[row["align"]]
        box = (left, row["y"] - row["size"] * 0.75, left + wide, row["y"])
        assert box[0] >= 0, row
        assert box[1] >= 0, row
        assert box[2] <= made["width"], row
        assert box[3] <= made["height"], row
        boxes.append((box, row["text"]))
    for (one, first), (other, second) in itertools.combinations(boxes, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, (first, second)
    marks = [row for layer in ("bars", "points") for row in made["datasets"].get(layer, ())]
    assert marks
    assert all(row["words"] for row in marks)
    assert to_svg(made).startswith("<svg")


def test_where_there_is_nothing_nothing_is_drawn():
    silent = [row | {"rows_with_others": 0} for row in composition_rows()]
    assert drawn_composition(silent) is None
    assert drawn_ratios([row | {"ratio": None} for row in LIKE]) is None
    assert drawn_peers(PEERS[-2:]) is None
    assert [draw([]) for draw, _ in DRAWN.values()] == [None] * 3


def test_figures_are_those_of_the_rows():
    assert "90.0%" in texts(drawn_composition(composition_rows()))
    told = texts(drawn_ratios(LIKE))
    assert "1.02 (0.950 to 1.10)" in told
    assert "none" in told
    ratios = drawn_ratios(LIKE)["datasets"]["points"]
    assert {row["group"] for row in ratios} == {
        *("European", AFRO, OCEANIAN, "South Asian", "Multiple"),
    }
    # Without a ratio like for like there is no lane; without a plain one, no diamond.
    assert [row["shape"] for row in ratios if row["group"] == "South Asian"] == ["circle"]


def test_a_panel_ends_at_a_scale_whose_half_is_round_too():
    rows = [row | {"observed_share": 0.045, "expected_share": 0.041} for row in PEERS[-3:-2]]
    assert {"0%", "3%", "6%"} <= set(texts(drawn_peers(rows)))
