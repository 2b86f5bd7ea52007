"""Ratios, subjects, maps, people, studies and comparisons: what is drawn for each number."""

import hashlib
from importlib import resources

import pytest

from everygenome.charts import findings
from everygenome.charts.bars import countries_chart
from everygenome.charts.comparison import comparison_chart
from everygenome.charts.draw import to_svg
from everygenome.charts.heat import heat_chart
from everygenome.charts.history import history_chart
from everygenome.charts.map import map_chart
from everygenome.charts.people import people_chart
from everygenome.charts.ratio import ratio_chart
from everygenome.charts.shapes import world
from everygenome.charts.studies import studies_chart
from everygenome.charts.trend import trend_chart
from everygenome.charts.words import CHARTS, text_alternative
from everygenome.vocabulary.countries import COUNTRIES
from tests.unit.charts import samples


def told(chart):
    return " ".join(row["text"] for row in chart["datasets"]["letters"])


def words(chart, layer):
    return [row["words"] for row in chart["datasets"][layer]]


def test_a_ratio_of_zero_stands_under_none_and_not_at_minus_infinity():
    chart = ratio_chart(samples.ratio_rows(), title="x")
    european, african_american, indigenous = chart["datasets"]["points"]
    assert indigenous["x"] < min(european["x"], african_american["x"])
    assert indigenous["fill"] == "#ffffff"
    assert indigenous["words"].startswith("Indigenous and Oceanian: none; 0% against 10.0%")
    assert "none" in told(chart)


def test_equal_multiples_are_equal_distances():
    rows = [
        row | {"ratio": ratio, "ratio_low": None, "ratio_high": None}
        for row, ratio in zip(samples.ratio_rows(), (4, 1, 0.25), strict=False)
    ]
    four, one, quarter = (r["x"] for r in ratio_chart(rows, title="x")["datasets"]["points"])
    assert four - one == pytest.approx(one - quarter, abs=0.11)


def test_what_cannot_be_compared_is_named():
    assert "Cannot be compared with this reference: Multiple and Not reported." in told(
        ratio_chart(samples.ratio_rows(), title="x")
    )


def test_a_cell_tells_nobody_from_no_figure_from_only_with_others():
    rows = samples.traits_rows()
    rows[0] |= {"rows": 0, "share": 0.0}
    rows[1] |= {"share": None}
    chart = heat_chart(rows, title="x")
    first = words(chart, "bars")[:4]
    assert first == [
        "All traits, European: named only together with other groups",
        "All traits, African American or Afro-Caribbean: no figure",
        "All traits, Indigenous and Oceanian: no discovery study in the catalogue names this group",
        "All traits, Multiple: 0%",
    ]
    assert [cell in told(chart).split() for cell in ("none", "?", "0")] == [True] * 3


def test_the_shade_is_the_square_root_of_the_share():
    rows = [
        {
            "trait": "All",
            "group": name,
            "is_class": False,
            "share": share,
            "rows": 1,
            "rows_with_others": 1,
        }
        for name, share in (("A", 0.64), ("B", 0.16))
    ]
    fills = [row["fill"] for row in heat_chart(rows, title="x")["datasets"]["bars"]]
    assert fills[0] == "#0b4f8a"
    assert fills[1] == "#85a7c4"  # half of the way from white


def test_a_country_without_any_is_told_and_has_a_colour_of_its_own():
    chart = map_chart(samples.countries_rows(), title="x", coverage=0.344)
    shapes = {row["words"]: row["fill"] for row in chart["datasets"]["paths"]}
    grey = shapes["France: none counted"]
    assert "United Kingdom: 75 million participations, 82.4%, 750 for each 1,000 people" in shapes
    assert list(shapes.values()).count(grey) > 150
    assert shapes["Kosovo: 7 participations, <0.1%, less than 0.1 for each 1,000 people"] != grey
    assert shapes["Somaliland: no ISO country code, so it cannot be counted"] == grey
    assert "none counted" in told(chart)
    assert "This counts 34.4% of participations" in told(chart)


def test_small_countries_are_circles_and_smaller_ones_are_counted_in_words():
    chart = map_chart(samples.countries_rows(), title="x", coverage=0.344)
    (singapore,) = chart["datasets"]["points"]
    assert singapore["iso3"] == "SGP"
    assert "1 more too small to be drawn is in the table." in told(chart)


def test_the_map_s_colours_step_by_tens():
    chart = map_chart(samples.countries_rows(), title="x", measure="value")
    for step in ("less than 1,000", "1,000 to 10,000", "10 million or more"):
        assert step in told(chart)


def test_shapes_are_the_file_they_say_and_each_code_is_known():
    folder = resources.files("everygenome.charts").joinpath("world")
    digest = hashlib.sha256(folder.joinpath("countries-110m.json").read_bytes()).hexdigest()
    assert digest == "2516c915867c7baf18ddec727aec46c315541a07cfb3d79a6559b05d5e94eee8"
    drawn = world(908)
    codes = [shape.iso3 for shape in drawn.shapes if shape.iso3]
    assert len(codes) == len(set(codes)) == 175
    assert set(codes) | set(drawn.places) <= set(COUNTRIES)
    assert set(codes).isdisjoint(drawn.places)
    assert [shape.name for shape in drawn.shapes if not shape.iso3] == ["N. Cyprus", "Somaliland"]


def test_no_country_crosses_the_whole_map():
    for shape in world(908).shapes:
        steps = [piece.split("L") for piece in shape.path.replace("Z", "").split("M") if piece]
        for ring in steps:
            xs = [float(point.split(",")[0]) for point in ring]
            assert max(xs) - min(xs) < 500, shape.name


def test_people_are_a_range_from_floor_to_ceiling():
    chart = people_chart(samples.people_rows(), title="x")
    assert words(chart, "bars")[0] == ("Everyone: at least 2.1 million people, at most 208 million")
    assert words(chart, "points")[0] == "Everyone, publication estimate: 41.7 million people"
    assert "no record names it alone" in told(chart)
    assert "This release gives no cohort estimate." in told(chart)
    bar, point = chart["datasets"]["bars"][0], chart["datasets"]["points"][0]
    assert bar["x"] < point["x"] < bar["x2"]


def test_every_study_is_in_one_cell_and_the_shade_is_shared():
    chart = studies_chart(samples.studies_rows(), title="x")
    cells = chart["datasets"]["bars"]
    assert cells[0]["words"] == (
        "European, from January 2001: 1 study of 100 to 1,000 participations"
    )
    by_count = {}
    for cell in cells:
        by_count.setdefault(cell["words"].split(": ")[1].split(" ")[0], set()).add(cell["fill"])
    assert {len(fills) for fills in by_count.values()} == {1}
    assert "No panel: no study of Indigenous and Oceanian." in told(chart)


def test_a_comparison_shows_both_shares_and_their_difference():
    chart = comparison_chart(samples.comparison_rows(), title="x", names=("then", "now"))
    assert words(chart, "points")[:3] == [
        "European, then: 90.0%",
        "European, now: 45.0%",
        "European, difference: −45.0 points (−46.0 to −44.0)",
    ]
    then, now, _ = chart["datasets"]["points"][:3]
    assert (then["fill"], now["fill"]) == ("#ffffff", "#0b4f8a")


def test_history_as_released_stands_beside_history_rebuilt():
    chart = history_chart(samples.released_rows(), samples.trend_rows(), title="x")
    mine = [row for row in chart["datasets"]["points"] if row["group"] == "European"]
    assert mine[0]["words"] == "European, rebuilt for 2001: 90.0%"
    assert mine[-1]["words"] == "European, as released on 2019-12-06: 90.0%"
    assert {row["shape"] for row in mine} == {"circle", "square"}
    assert max(r["x"] for r in mine if r["shape"] == "circle") < min(
        r["x"] for r in mine if r["shape"] == "square"
    )


def test_countries_left_out_are_counted():
    chart = countries_chart(samples.countries_rows(), title="x", top=2, coverage=None)
    assert "4 more countries are in the table." in told(chart)
    assert "is not known" in told(chart)
    assert len(chart["datasets"]["bars"]) == 2


ROWS = {
    "comparison": (samples.comparison_rows(),),
    "composition": (samples.composition_rows(),),
    "concentration": (samples.concentration_rows(),),
    "countries": (samples.countries_rows(),),
    "heat": (samples.traits_rows(),),
    "history": (samples.released_rows(),),
    "map": (samples.countries_rows(),),
    "people": (samples.people_rows(),),
    "ratio": (samples.ratio_rows(),),
    "studies": (samples.studies_rows(),),
    "trend": (samples.trend_rows(),),
}


@pytest.mark.parametrize("name", CHARTS)
def test_each_chart_has_a_sentence_for_those_who_do_not_see_it(name):
    told = text_alternative(name, *ROWS[name])
    assert told.endswith("; every number is in the table.")
    assert told.count(".  ") == 0
    assert "No record fits these choices" not in told
    assert "No record fits these choices" in text_alternative(name, [])


def test_findings_are_true_whichever_group_leads():
    swapped = [
        row | {"share": 0.6 if row["group"] == "Indigenous and Oceanian" else 0.2, "rows": 1}
        for row in samples.composition_rows()
        if not row["is_class"]
    ]
    assert findings.composition_finding(swapped) == (
        "Of every 100 clearly recorded participations, 60 were recorded as Indigenous and "
        "Oceanian, and 20 as European"
    )
    assert findings.ratio_finding(samples.ratio_rows()) == (
        "European has 7.4 times as large a share of participations as of the population; 2 of 3 "
        "groups compared have a clearly smaller one"
    )


NAMED_BY_NONE = "No record that fits these choices names a group alone"


def test_a_record_that_names_no_group_is_not_no_record():
    unclear = {"group": "Not reported", "is_class": True, "share": None, "year": 2019, "rows": 9}
    silent = {"group": "European", "is_class": False, "share": 0.0, "year": 2019, "value": 0}
    rows = [unclear, silent]
    assert findings.composition_finding(rows) == NAMED_BY_NONE
    assert findings.trend_finding(rows) == NAMED_BY_NONE
    assert findings.history_finding([row | {"release_date": "2019-12-06"} for row in rows]) == (
        NAMED_BY_NONE
    )
    assert findings.studies_finding([row | {"studies": 0} for row in rows]) == NAMED_BY_NONE
    assert findings.heat_finding([row | {"trait": "Cancer"} for row in rows]) == NAMED_BY_NONE


def test_a_finding_says_what_its_shares_are_of():
    rows = [
        {"group": "European", "is_class": False, "share": 0.84, "year": 2019, "value": 84},
        {"group": "Other", "is_class": False, "share": 0.16, "year": 2019, "value": 16},
    ]
    assert findings.composition_finding(rows) == (
        "Of every 100 clearly recorded participations, 84 were recorded as European, and 16 only "
        "as “other”"
    )
    assert findings.composition_finding(rows, unit="publications") == (
        "Of every 100 clearly recorded publications, 84 include people recorded as European, and "
        "16 only as “other”"
    )
    assert findings.composition_finding(rows[:1], unit="associations") == (
        "Of every 100 clearly recorded associations, 84 come from studies of people recorded as "
        "European"
    )
    assert findings.trend_finding(rows, unit="studies", denominator="all") == (
        "European was the largest group in 2019, with 84% of studies, clear or not"
    )


def test_a_label_with_forbidden_characters_does_not_end_the_process():
    rows = samples.trend_rows()
    for row in rows:
        row["group"] += "\x00\x08\x1f\ud800\uffff 😀 \\u0001"
    svg = to_svg(trend_chart(rows, title="a\x0bb"))
    assert "a\ufffdb" in svg
    assert "😀" in svg
    assert "\\u0001" in svg
    svg.encode()
