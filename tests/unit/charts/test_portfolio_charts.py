"""Portfolios: what is drawn and said of them, beside what is expected of their subjects."""

import itertools

import pytest

from everygenome.charts.findings.portfolios import (
    directory_finding,
    like_for_like_finding,
    peers_finding,
    simulated_finding,
)
from everygenome.charts.like_for_like import like_for_like_chart
from everygenome.charts.peers import peers_chart
from everygenome.charts.rows import percent
from everygenome.charts.simulated import simulated_chart
from everygenome.charts.theme import THEMES
from tests.unit.charts import test_every_chart as every

AFRO = "African American or Afro-Caribbean"
OCEANIAN = "Indigenous and Oceanian"


def compared(group, observed, expected, *, low=None, high=None, plain=1.2, named=12, **more):
    ratio = None if observed is None or not expected else observed / expected
    return {
        "group": group,
        "is_class": group in ("Multiple", "Not reported"),
        "observed_share": observed,
        "expected_share": expected,
        "ratio": ratio,
        "ratio_low": low,
        "ratio_high": high,
        "crude_ratio": plain,
        "publications_of_group": named,
        **more,
    }


LIKE = [
    compared("European", 0.9, 0.88, low=0.95, high=1.1),
    compared(AFRO, 0.06, 0.002, low=9.0, high=60.0, plain=20.0),
    compared(OCEANIAN, 0.0, 0.01, low=0.0, high=0.5, plain=0.0, named=0),
    compared("South Asian", 0.002, 0.1, plain=None),
    compared("Multiple", 0.01, 0.02, low=0.0, high=1.5),
    compared("Greater Middle Eastern", 0.01, 0.0, plain=1.4, named=2),
    compared("Other", None, None, plain=None, named=3),
    compared("African", None, None, plain=None, named=0),
    compared("Not reported", None, None, plain=None, named=None),
]


def by_year(year, group, observed, expected, low=None, high=None):
    return {
        "year": year,
        "group": group,
        "is_class": group == "Not reported",
        "observed_share": observed,
        "expected_share": expected,
        "observed_low": low,
        "observed_high": high,
        "publications": 12,
    }


PEERS = [
    by_year(2001, "European", 0.9, 0.8, 0.85, 0.95),
    by_year(2002, "European", 0.7, 0.8, 0.6, 0.75),
    by_year(2004, "European", 0.82, 0.8, 0.7, 0.9),
    by_year(2005, "European", 0.8, 0.8),
    by_year(2001, AFRO, 0.05, 0.07),
    by_year(2004, AFRO, 0.04, 0.07),
    by_year(2005, AFRO, 0.0, 0.07),
    by_year(2001, OCEANIAN, 0.0, 0.0004),
    by_year(2005, OCEANIAN, 0.0, 0.0002),
    by_year(2005, "African", 0.0, 0.0),
    by_year(2005, "Not reported", None, None),
]


def change(group, *shares):
    names = ("portfolio_before", "portfolio_after", "field_before", "field_after")
    return {
        "group": group,
        "is_class": group == "Multiple",
        **dict(zip(names, shares, strict=True)),
    }


SIMULATED = [
    change("European", 0.91, 0.81, 0.88, 0.8799),
    change(AFRO, 0.02, 0.12, 0.02, 0.03),
    change(OCEANIAN, None, 0.001, 0.0, 0.0),
    change("Multiple", 0.05, 0.05, 0.04, 0.04),
    change("Not reported", None, None, None, None),
]
OURS = {
    "like for like": (like_for_like_chart, (LIKE,), {}),
    "peers": (peers_chart, (PEERS,), {}),
    "simulated": (simulated_chart, (SIMULATED,), {}),
}


def told(chart):
    return " ".join(row["text"] for row in chart["datasets"]["letters"])


def of(chart, layer, group=None):
    rows = chart["datasets"][layer]
    return [row for row in rows if group is None or row.get("group") == group]


def words(chart, group):
    return [row["words"] for row in of(chart, "points", group)]


@pytest.mark.parametrize(("theme", "narrow"), list(itertools.product(THEMES, (False, True))))
@pytest.mark.parametrize("name", OURS)
def test_what_holds_for_every_chart_holds_for_these(name, theme, narrow, monkeypatch):
    monkeypatch.setitem(every.CHARTS, name, OURS[name])
    every.test_it_may_stand_in_a_page(name, theme, narrow)
    every.test_each_mark_has_words_and_nothing_else_speaks(name, theme, narrow)
    every.test_text_stays_inside_and_apart(name, theme, narrow)


@pytest.mark.parametrize("name", OURS)
def test_and_so_do_the_rules_for_pages(name, monkeypatch):
    monkeypatch.setitem(every.CHARTS, name, OURS[name])
    every.test_an_empty_selection_says_so(name)
    every.test_a_telephone_gets_a_narrow_picture(name)
    every.test_a_page_may_keep_the_title_to_itself(name)
    every.test_hostile_names_stay_text(name)
    every.test_a_group_has_one_colour_in_all_charts(name)


def test_both_ratios_stand_in_a_lane_and_differ_in_shape_and_filling():
    like, plain = of(like_for_like_chart(LIKE, title="x"), "points", "European")
    assert (like["shape"], plain["shape"]) == ("circle", "diamond")
    assert (like["fill"], plain["fill"]) == ("#0b4f8a", "#ffffff")
    assert like["words"] == (
        "European, like for like: 1.02 times (0.950 to 1.10); 90.0% against 88.0% expected"
    )
    assert plain["words"] == "European, plain: 1.2 times"
    assert abs(like["y"] - plain["y"]) < 15
    assert plain["area"] < like["area"]


def test_the_line_at_one_says_what_it_means():
    assert "1: as in the rest of the field, like for like" in told(
        like_for_like_chart(LIKE, title="x")
    )


def test_zero_stands_under_none_for_both_ratios():
    chart = like_for_like_chart(LIKE, title="x")
    none = {row["x"] for row in of(chart, "points", OCEANIAN)}
    assert len(none) == 1
    assert max(none) < min(row["x"] for row in of(chart, "points", "South Asian"))
    assert words(chart, OCEANIAN)[1] == f"{OCEANIAN}, plain: none"


def test_a_clear_difference_does_not_read_as_none():
    rows = [LIKE[0] | {"ratio": 1.082, "ratio_low": 1.026, "ratio_high": 1.147}, *LIKE[1:]]
    text = told(like_for_like_chart(rows, title="x"))
    assert "1.08 times (1.03 to 1.15); plain 1.2" in text
    # Where two figures are enough there are two.
    assert "30 times (9 to 60); plain 20" in text


def test_a_plain_ratio_that_is_missing_is_no_zero():
    chart = like_for_like_chart(LIKE, title="x")
    assert len(of(chart, "points", "South Asian")) == 1
    assert "0.02 times; plain no figure" in told(chart)


def test_an_endless_interval_does_not_press_the_ratios_together():
    wide = [LIKE[0] | {"ratio_low": 0.00001, "ratio_high": 5000.0}, *LIKE[1:]]
    one, other = (like_for_like_chart(rows, title="x") for rows in (LIKE, wide))
    spans = [
        abs(of(chart, "points", AFRO)[0]["x"] - of(chart, "points", "European")[0]["x"])
        for chart in (one, other)
    ]
    assert spans[1] > spans[0] * 0.6
    assert "1.02 times (<0.001 to 5,000); plain 1.2" in told(other)
    assert "meets the edge of the scale leads further" in told(other)
    assert "meets the edge" not in told(one)


def test_groups_without_a_ratio_are_named_with_the_reason():
    text = told(like_for_like_chart(LIKE, title="x"))
    assert (
        "Nothing expected, as the rest of the field has none in the same subjects: Greater Middle "
        "Eastern (plain: 1.4 times)."
    ) in text
    assert "No other study of the same subjects, or no number of participations: Other." in text
    assert "Nothing recorded: African." in text
    assert "Not clearly recorded, so that no share is taken: Not reported." in text


def test_a_portfolio_under_the_minimum_is_not_drawn_as_zero():
    rows = [row | {"ratio": None, "expected_share": None, "crude_ratio": None} for row in LIKE]
    chart = like_for_like_chart(rows, title="x")
    assert "points" not in chart["datasets"]
    assert "No group can be compared like for like. That is not a ratio of zero." in told(chart)
    assert f"Too few publications to be compared: European, {AFRO}, {OCEANIAN}" in told(chart)


def test_what_is_expected_is_a_broken_line_without_marks():
    chart = peers_chart(PEERS, title="x")
    solid = {tuple(row["dash"]) for row in of(chart, "lines") if row["colour"] == "#0b4f8a"}
    broken = {tuple(row["dash"]) for row in of(chart, "lines") if row["dash"] != [1, 0]}
    assert solid == {(1, 0)}
    assert broken == {(4, 3)}
    # One mark a year for the portfolio's own line; none for what is expected.
    assert words(chart, "European") == [
        "European, 2001: 90.0% (85.0% to 95.0%); 80.0% expected",
        "European, 2002: 70.0% (60.0% to 75.0%); 80.0% expected",
        "European, 2004: 82.0% (70.0% to 90.0%); 80.0% expected",
        "European, 2005: 80.0%; 80.0% expected",
    ]


def test_a_gap_is_bridged_by_neither_line():
    chart = peers_chart(PEERS, title="x")
    parts = {}
    for row in of(chart, "lines"):
        parts.setdefault(row["part"], []).append(row["x"])
    european = [row["x"] for row in of(chart, "points", "European")]
    assert not any(min(xs) <= european[1] and max(xs) >= european[2] for xs in parts.values())


def test_a_year_with_none_is_a_ring_and_a_silent_group_has_no_panel():
    chart = peers_chart(PEERS, title="x")
    assert of(chart, "points", AFRO)[-1]["fill"] == "#ffffff"
    assert words(chart, AFRO)[-1] == f"{AFRO}, 2005: none; 7.0% expected"
    assert of(chart, "points", "African") == []
    assert "No panel, as there are none, nor any expected: African." in told(chart)


def test_small_shares_have_a_finer_scale_that_is_stated():
    text = told(peers_chart(PEERS, title="x"))
    assert "Every other group, on a finer scale: these panels end at 10%, not at 100%." in text
    assert "Still smaller shares, finer again: these panels end at 0.1%, not at 10%." in text


def test_shares_below_the_finest_scale_stand_on_it():
    rows = [*PEERS[:4], by_year(2005, OCEANIAN, 0.0, 0.00001)]
    text = told(peers_chart([*rows, by_year(2005, AFRO, 0.0, 0.0005)], title="x"))
    assert "Every other group, on a finer scale: these panels end at 0.1%, not at 100%." in text
    assert text.count("these panels end") == 1
    assert "on the same scale" not in text


def test_before_is_a_ring_and_after_a_filled_diamond_in_both_panels():
    chart = simulated_chart(SIMULATED, title="x")
    marks = of(chart, "points", AFRO)
    assert [row["words"] for row in marks] == [
        f"{AFRO}, the portfolio, before: 2.0%",
        f"{AFRO}, the portfolio, after: 12.0%",
        f"{AFRO}, the whole field, before: 2.0%",
        f"{AFRO}, the whole field, after: 3.0%",
    ]
    assert [row["shape"] for row in marks] == ["circle", "diamond"] * 2
    assert [row["fill"] == "#ffffff" for row in marks] == [True, False] * 2
    assert marks[1]["x"] - marks[0]["x"] > marks[3]["x"] - marks[2]["x"] > 0
    assert "2.0% to 12.0%" in told(chart)


def test_a_share_that_is_missing_before_is_no_zero():
    chart = simulated_chart(SIMULATED, title="x")
    assert words(chart, OCEANIAN)[0] == f"{OCEANIAN}, the portfolio, after: 0.1%"
    text = told(chart)
    assert "no figure, then 0.1%" in text
    assert "0%, unchanged" in text
    assert f"{percent(0.88)}, little change" in text
    assert "No figure: Not reported." in text


def test_on_a_telephone_the_panels_are_one_below_the_other():
    marks = of(simulated_chart(SIMULATED, title="x", narrow=True), "points", "European")
    assert marks[2]["y"] - marks[0]["y"] > 100
    assert marks[0]["x"] - marks[2]["x"] == pytest.approx(4, abs=4)


def test_a_difference_is_clear_only_where_the_interval_leaves_out_one():
    one = compared("European", 0.91, 0.88, low=1.01, high=1.06)
    start = (
        "Of every 100 clearly recorded participations in Wellcome Trust's publications, 91 are "
        "recorded as European; studies of the same subjects elsewhere have 88 of 100"
    )

    def said(**more):
        return like_for_like_finding([one | more], name="Wellcome Trust")

    assert said() == f"{start}, a clear difference"
    assert said(ratio_low=1.0) == f"{start}, no clear difference"
    assert said(ratio_low=None) == f"{start}; how clear the difference is cannot be said"
    assert said(ratio_low=0.9, ratio_high=0.99) == f"{start}, a clear difference"
    close = said(expected_share=0.9149)
    assert close.endswith("have 91 of 100, a clear difference of less than 1 in 100")
    assert said(expected_share=0.0, ratio=None).endswith("have none of 100")


def test_what_cannot_be_compared_is_said_and_not_made_up():
    nothing = [row | {"ratio": None, "expected_share": None} for row in LIKE]
    assert like_for_like_finding(nothing, name="Nature Genetics") == (
        "Nothing in Nature Genetics' portfolio can be compared like for like"
    )
    few = [row | {"publications": 1} for row in LIKE]
    assert like_for_like_finding(few, name="Kenya") == (
        "Kenya's portfolio has 1 publication, and under 20 nothing is compared"
    )
    assert "under 5 nothing" in like_for_like_finding(few, name="Kenya", minimum=5)
    small = [row | {"small": True} for row in LIKE]
    assert like_for_like_finding(small, name="Kenya") == (
        "Kenya's portfolio has too few publications to be compared"
    )


def test_peers_say_in_how_many_years_the_difference_is_clear():
    assert peers_finding(PEERS, name="Kenya") == (
        "In 2005, 80 of every 100 clearly recorded participations in Kenya's publications were "
        "recorded as European, and 80 in studies of the same subjects elsewhere; over 3 years with "
        "an interval, the portfolio's share is clearly higher in 1, clearly lower in 1 and not "
        "clearly different in 1"
    )
    assert peers_finding(PEERS[:1], name="Kenya").endswith(
        "in the one year with an interval the portfolio's share is clearly higher"
    )
    assert peers_finding(PEERS[-1:], name="Kenya") == (
        "No year of Kenya's portfolio can be compared like for like"
    )
    assert peers_finding([PEERS[-2]], name="Kenya") == (
        "No record that fits these choices names a group alone"
    )


def entity(publications, share):
    return {"name": "Secret Foundation", "publications": publications, "observed_share": share}


def test_a_directory_names_nobody_and_counts_whom_it_leaves_out():
    rows = [entity(20 + place, place / 10) for place in range(1, 10)]
    said = directory_finding([*rows, entity(19, 1.0)], kind="funder", group="European")
    assert said == (
        "10 funders are named; 9 of them have 20 or more publications, and their shares of "
        "participations recorded as European run from 10.0% to 90.0%, half of them from 30.0% to "
        "70.0%"
    )
    assert "Secret" not in said


def test_a_directory_of_few_reads_well():
    def said(*rows, kind="country", group="Other"):
        return directory_finding(rows, kind=kind, group=group)

    assert said() == "No record fits these choices"
    assert said(entity(20, 0.5)) == (
        "1 country is named; it has 20 or more publications, and its share of participations "
        "recorded only as “other” is 50.0%"
    )
    assert said(entity(20, 0.5), entity(40, None)) == (
        "2 countries are named; all of them have 20 or more publications, and the shares known of "
        "1 of participations recorded only as “other” run from 50.0% to 50.0%"
    )
    assert said(entity(3, 0.5), entity(4, 0.5)) == (
        "2 countries are named; none has 20 or more publications, so no shares are compared"
    )
    assert said(entity(30, None)).endswith("publications, but no clear record to take shares of")


def test_a_calculation_is_called_one_and_tells_of_both():
    assert simulated_finding(SIMULATED[1:]) == (
        f"In this calculation the share recorded as {AFRO} goes from 2.0% to 12.0% of the "
        "portfolio, the largest change, and from 2.0% to 3.0% of the whole field"
    )
    still = simulated_finding(SIMULATED[:1])
    assert still.endswith("the largest change, and stays at about 88.0% of the whole field")
    unknown = simulated_finding([SIMULATED[0] | {"field_after": None}])
    assert unknown.endswith("what that does to the whole field is not known")
    assert simulated_finding(SIMULATED[-1:]) == "This calculation gives no share before and after"
