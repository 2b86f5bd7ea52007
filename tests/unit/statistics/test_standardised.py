"""Like with like, worked by hand."""

from itertools import combinations
from typing import Any

import numpy as np
import pytest

from everygenome.errors import UsageError
from everygenome.statistics.bootstrap import weights
from everygenome.statistics.cells import exactly_added
from everygenome.statistics.matching import Weighting
from everygenome.statistics.standardised import by_year, standardised, standardised_many
from everygenome.statistics.strata import NONE, Field, field

ASTHMA, HEIGHT, RARE = 1, 2, 3
LUNG, BODY = 10, 11
EUROPEAN, EAST_ASIAN = 0, 1
NAMES = ("publication", "trait", "parent", "group", "value")
# Publication 0 is the portfolio: 80 participations on asthma, 20 on a rare lung trait that
# nobody else studies, and 50 without a trait. Others: five on asthma, one on the rare trait's
# parent, and none without a trait.
ROWS = [
    (0, ASTHMA, LUNG, EUROPEAN, 60.0),
    (0, ASTHMA, LUNG, EAST_ASIAN, 20.0),
    (0, RARE, LUNG, EAST_ASIAN, 20.0),
    (0, NONE, NONE, EUROPEAN, 50.0),
    *[(paper, ASTHMA, LUNG, EUROPEAN, 90.0) for paper in range(1, 6)],
    *[(paper, ASTHMA, LUNG, EAST_ASIAN, 10.0) for paper in range(1, 6)],
    (6, HEIGHT, LUNG, EUROPEAN, 30.0),
    (6, HEIGHT, LUNG, EAST_ASIAN, 10.0),
]


def field_of(rows: list[tuple[Any, ...]], *, publications: int = 7, **choices: Any) -> Field:
    columns: dict[str, Any] = dict(zip(NAMES, zip(*rows, strict=True), strict=True))
    same = [0] * len(rows)
    given: dict[str, Any] = {"year": same, "stage": same} | columns | choices
    return field(publications=publications, groups=2, **given)


def only(*papers: int, publications: int = 7) -> np.ndarray[Any, Any]:
    return np.isin(np.arange(publications), papers)


def test_two_traits_a_parent_and_nothing_to_match() -> None:
    found = standardised(field_of(ROWS), only(0))
    # Asthma, by trait: 80 at 450 to 50. The rare trait, by its parent, whose stratum holds
    # height too but not asthma: 20 at 30 to 10. Without a trait: nobody else.
    assert found.expected.tolist() == [80 * 0.9 + 20 * 0.75, 80 * 0.1 + 20 * 0.25]
    assert found.observed.tolist() == [60, 40]
    assert found.observed_share.tolist() == [0.6, 0.4]
    assert found.expected_share.tolist() == pytest.approx([0.87, 0.13], rel=1e-15)
    assert found.ratio.tolist() == pytest.approx([60 / 87, 40 / 13], rel=1e-15)
    assert found.crude_share.tolist() == pytest.approx([110 / 150, 40 / 150], rel=1e-15)
    assert found.field_share.tolist() == pytest.approx([480 / 540, 60 / 540], rel=1e-15)
    assert found.crude_ratio.tolist() == pytest.approx([0.825, 2.4], rel=1e-15)
    shares = (found.matched_share, found.trait_share, found.parent_share, found.unmapped_share)
    assert shares == pytest.approx((100 / 150, 80 / 150, 20 / 150, 0), rel=1e-15)
    assert found.publications.tolist() == [1, 1]
    assert found.publications_outside.tolist() == [6, 6]
    assert np.isnan(found.ratio_interval.low).all()


def test_balanced_weights_by_hand() -> None:
    found = standardised(field_of(ROWS), only(0), weighting=Weighting.BALANCED)
    # Asthma counts 80 x 500 / 580, and the rest of lung 20 x 40 / 60.
    asthma, lung = 80 * 500 / 580, 20 * 40 / 60
    expected = [asthma * 0.9 + lung * 0.75, asthma * 0.1 + lung * 0.25]
    observed = [asthma * 0.75, asthma * 0.25 + lung]
    assert found.expected.tolist() == pytest.approx(expected, rel=1e-15)
    assert found.observed.tolist() == pytest.approx(observed, rel=1e-15)
    assert found.matched_share == pytest.approx(100 / 150, rel=1e-15)


def test_only_balanced_weights_do_not_drift() -> None:
    """Of all portfolios of two of six publications, one of them huge and European."""
    rows = [(p, RARE, LUNG, EUROPEAN, 1000.0 if p == 0 else 10.0) for p in range(6)]
    rows += [(p, RARE, LUNG, EAST_ASIAN, 10.0 + p) for p in range(6)]
    made = field_of(rows, publications=6)
    differences = {}
    for weighting in Weighting:
        found = [
            standardised(made, only(*pair, publications=6), weighting=weighting)
            for pair in combinations(range(6), 2)
        ]
        differences[weighting] = np.mean([one.observed - one.expected for one in found], axis=0)
    assert differences[Weighting.BALANCED] == pytest.approx(0, abs=1e-12)
    assert differences[Weighting.PORTFOLIO][EUROPEAN] > 100


def test_four_others_are_too_few_for_a_trait() -> None:
    rows = [row for row in ROWS if row[0] != 5]
    found = standardised(field_of(rows), only(0))
    # All of lung is one stratum: 100 at 390 to 50.
    assert found.expected.tolist() == pytest.approx([100 * 39 / 44, 100 * 5 / 44], rel=1e-15)
    assert found.trait_share == 0
    assert standardised(field_of(rows, outside=4), only(0)).trait_share == 80 / 150


def test_the_portfolio_is_not_among_the_others() -> None:
    """Of five others on asthma, two are in the portfolio: what is left is too few."""
    assert standardised(field_of(ROWS), only(0, 1)).trait_share == 0
    included = standardised(field_of(ROWS), only(0, 1), inclusive=True)
    assert included.trait_share == pytest.approx(180 / 250)
    assert included.expected.tolist() == pytest.approx(
        # Asthma 180 at 510 to 70; the rest of lung 20 at 30 to 30; without a trait, itself.
        [180 * 51 / 58 + 20 * 0.5 + 50, 180 * 7 / 58 + 20 * 0.5],
        rel=1e-15,
    )


def test_a_group_without_a_number_is_missing_and_not_zero() -> None:
    unstated = [
        (paper, trait, parent, group, np.nan if paper == 0 and group == EAST_ASIAN else value)
        for paper, trait, parent, group, value in ROWS
    ]
    found = standardised(field_of(unstated), only(0))
    assert np.isnan([found.observed[1], found.ratio[1], found.crude_share[1]]).all()
    assert found.observed_share[0] == 1.0
    assert found.expected_share.tolist() == pytest.approx([0.9, 0.1], rel=1e-15)
    nobody = [row for row in ROWS if row[:1] != (0,) or row[3] == EUROPEAN]
    assert standardised(field_of(nobody), only(0)).observed.tolist() == [60, 0]


def test_nothing_expected_gives_no_ratio() -> None:
    rows = [row for row in ROWS if row[0] == 0 or row[3] == EUROPEAN]
    found = standardised(field_of(rows), only(0))
    assert found.expected.tolist() == [100, 0]
    assert np.isnan(found.ratio[1])


def test_an_empty_portfolio_has_no_figures() -> None:
    made = field_of(ROWS)
    found = standardised(made, only(), weights=weights(7, replicates=10))
    assert np.isnan([*found.observed_share, *found.ratio, found.matched_share]).all()
    assert by_year(made, only()) == {}
    assert standardised_many(made, []) == []
    assert standardised_many(made, [], weights=weights(7, replicates=10)) == []


def test_years_add_up_to_the_whole() -> None:
    years = [2018 + (row[1] == HEIGHT or row[1] == RARE) for row in ROWS]
    made = field_of(ROWS, year=years)
    found = by_year(made, only(0))
    assert list(found) == [2018, 2019]
    assert found[2018].expected.tolist() == [72, 8]
    assert found[2019].expected.tolist() == [15, 5]
    assert found[2018].matched_share == pytest.approx(80 / 130)
    assert found[2019].crude_share.tolist() == [0, 1]
    whole = standardised(made, only(0))
    assert (found[2018].observed + found[2019].observed).tolist() == whole.observed.tolist()


def wide(publications: int = 60) -> tuple[Field, np.ndarray[Any, Any]]:
    """One stratum; each publication has its own share of the first group."""
    rows = [
        (paper, ASTHMA, LUNG, group, float(10 + (paper * 7 + group * 31) % 50))
        for paper in range(publications)
        for group in (EUROPEAN, EAST_ASIAN)
    ]
    return field_of(rows, publications=publications), only(*range(20), publications=publications)


def test_the_intervals_are_percentiles_of_the_replicates() -> None:
    made, member = wide()
    drawn = weights(60, replicates=400)
    found = standardised(made, member, weights=drawn)
    table = np.zeros((60, 2))
    table[made.publication, made.group[made.cell]] = made.value
    own, rest = drawn[:, :20] @ table[:20], drawn[:, 20:] @ table[20:]
    ratios = own / own.sum(1, keepdims=True) * rest.sum(1, keepdims=True) / rest
    for interval in (found.ratio_interval, found.crude_ratio_interval):
        low, high = np.quantile(ratios, [0.025, 0.975], axis=0)
        np.testing.assert_allclose(interval.low, low, rtol=1e-9)
        np.testing.assert_allclose(interval.high, high, rtol=1e-9)
    shares = np.quantile(rest[:, 0] / rest.sum(1), [0.025, 0.975])
    bounds = found.expected_share_interval
    assert [bounds.low[0], bounds.high[0]] == pytest.approx(list(shares), rel=1e-9)


def test_under_ten_publications_on_either_side_there_is_none() -> None:
    made, _ = wide()
    drawn = weights(60, replicates=50)
    for count, shown in ((9, False), (10, True), (50, True), (51, False)):
        found = standardised(made, only(*range(count), publications=60), weights=drawn)
        assert bool(np.isfinite(found.ratio_interval.low).all()) is shown
        assert bool(np.isfinite(found.observed_share_interval.low).all()) is (count >= 10)


def test_where_many_replicates_have_no_ratio_there_is_no_interval() -> None:
    """One publication alone expects East Asian: a third of the fields drawn lack it."""
    rows = [(p, ASTHMA, LUNG, EUROPEAN, 50.0) for p in range(40)]
    rows += [(p, ASTHMA, LUNG, EAST_ASIAN, 5.0) for p in range(21)]
    made, drawn = field_of(rows, publications=40), weights(40, replicates=200)
    member = only(*range(20), publications=40)
    found = standardised(made, member, weights=drawn, minimum_publications=1)
    assert found.ratio[1] > 0
    assert np.isnan(found.ratio_interval.low[1])
    assert np.isfinite(found.observed_share_interval.low[1])


def test_a_sum_less_its_parts_is_nought() -> None:
    values = exactly_added(np.array([1e9 / 3, 5e6 / 7, 0.1, 2 / 3]))
    assert float(60 * values.sum() - sum(60 * values)) == 0.0
    assert values == pytest.approx([1e9 / 3, 5e6 / 7, 0.1, 2 / 3], abs=1e-5)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"value": [1.0]}, "lists of one length"),
        ({"group": [2] * len(ROWS)}, "group contains 2"),
        ({"publication": [-1] * len(ROWS)}, "publication contains -1"),
        ({"value": [-1.0] * len(ROWS)}, "value contains -1.0"),
        ({"outside": 0}, "outside is 0"),
    ],
)
def test_numbers_out_of_range_are_refused(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        field_of(ROWS, **changed)


def test_portfolios_and_weights_that_do_not_fit_are_refused() -> None:
    made = field_of(ROWS)
    with pytest.raises(UsageError, match="member has shape"):
        standardised(made, np.array([0, 1]))
    with pytest.raises(UsageError, match="weights has shape"):
        standardised(made, only(0), weights=weights(6, replicates=5))
