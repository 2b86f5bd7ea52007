"""Funders and others over the API: as filters, as a list, and compared like for like."""

import pytest

AGENCY = "demonstration-health-agency"


def test_a_filter_may_be_given_several_times_and_means_any(api):
    once = api.json("/measures/amounts", funder=AGENCY)
    both = api.json("/measures/amounts", funder=[AGENCY, "demonstration-trust"])
    joined = api.json("/measures/amounts", funder=f"demonstration-trust;{AGENCY}")
    studies = {row["unit"]: row["value"] for row in both["rows"]}["studies"]
    assert studies > {row["unit"]: row["value"] for row in once["rows"]}["studies"] > 0
    # The order, and the way of writing, ask no other question.
    assert both == joined
    assert both["filters"]["funder"] == f"{AGENCY};demonstration-trust"


def test_a_name_is_understood_and_an_unknown_one_gets_suggestions(api):
    named = api.json("/measures/composition", funder="Demonstration Health Agency")
    assert named["filters"]["funder"] == AGENCY
    told = api.problem("/measures/composition", funder="Demonstration Heath Agency")
    assert told["status"] == 404
    assert "Demonstration Health Agency" in told["detail"]


def test_every_funder_is_listed_once_with_what_its_filter_selects(api):
    rows = api.json("/portfolios", kind="funder")["rows"]
    assert [row["name"] for row in rows] == sorted({row["name"] for row in rows})
    assert len(rows) == 9
    for row in rows:
        amounts = api.json("/measures/amounts", funder=row["id"])["rows"]
        value = {item["unit"]: item["value"] for item in amounts}
        assert (row["publications"], row["studies"]) == (value["publications"], value["studies"])
        assert row["participations"] == value["participations"]


def test_a_portfolio_is_compared_with_the_rest(api):
    told = api.json("/measures/standardised", kind="funder", name=AGENCY)
    shares = [row["observed_share"] for row in told["rows"]]
    expected = [row["expected_share"] for row in told["rows"]]
    assert sum(shares) == pytest.approx(1)
    assert sum(expected) == pytest.approx(1)
    whole = api.json("/measures/standardised", kind="field", inclusive="true")
    assert {row["ratio"] for row in whole["rows"]} <= {1.0, None}


def test_what_is_missing_or_wrong_is_told(api):
    assert api.problem("/portfolios")["parameter"] == "kind"
    assert "funder" in api.problem("/portfolios", kind="bank")["valid"]
    assert api.problem("/measures/standardised")["status"] == 422
    assert api.problem("/measures/standardised", kind="trait", name="x")["status"] == 422


@pytest.mark.parametrize("measure", ["standardised", "peers"])
def test_records_without_a_clear_group_are_classes_and_no_groups(api, measure):
    rows = api.json(f"/measures/{measure}", funder=AGENCY, denominator="all")["rows"]
    classes = {row["group"] for row in rows if row["is_class"]}
    assert {"Multiple", "Partly reported", "Not reported"} <= classes
    assert "European" not in classes
