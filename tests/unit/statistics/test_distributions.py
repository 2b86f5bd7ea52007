"""Quantiles, chances of seeing an allele, power: check figures and SciPy."""

import math

import numpy as np
import pytest
from scipy.stats import chi2, gamma, ncx2

from everygenome.errors import UsageError
from everygenome.statistics.distributions import (
    EffectForm,
    association_power,
    chromosomes_needed,
    detectable_frequency,
    gamma_quantile,
    probability_seen,
)
from everygenome.statistics.noncentral import noncentral_power, noncentrality_needed


def test_gamma_quantile_gives_the_filtering_allele_frequency():
    assert float(gamma_quantile(0.05, 3)) / 100_000 == pytest.approx(8.1769e-06, rel=1e-5)
    shapes = np.array([0.5, 1, 2, 561, 1e6])
    assert gamma_quantile(0.95, shapes) == pytest.approx(gamma.ppf(0.95, shapes), rel=1e-10)


def test_rule_of_three():
    """Nothing among 2.996 / T chromosomes is what shows a frequency below T."""
    assert float(gamma_quantile(0.95, 1)) == pytest.approx(2.996, abs=5e-4)


def test_chance_of_seeing_an_allele():
    # gnomAD v4 people: nfe, eas, mid; at 4e-5.
    seen = probability_seen(4e-5, 2 * np.array([590_031, 22_448, 3_031]))
    assert seen.round(3).tolist() == [1.0, 0.834, 0.215]
    assert probability_seen(0.0, [0, 10]).tolist() == [0.0, 0.0]
    assert probability_seen(1.0, [0, 10]).tolist() == [0.0, 1.0]
    assert float(probability_seen(1e-12, 1)) == pytest.approx(1e-12, rel=1e-12)


@pytest.mark.parametrize(
    ("frequency", "chromosomes"), [(0.05, 59), (0.01, 299), (0.001, 2_995), (0.0001, 29_956)]
)
def test_chromosomes_to_see_one_copy(frequency, chromosomes):
    assert chromosomes_needed(frequency) == chromosomes
    assert float(detectable_frequency(chromosomes)) <= frequency
    assert float(detectable_frequency(chromosomes - 1)) > frequency


def test_detectable_frequency_is_the_stated_formula():
    people = np.array([1, 50, 1_000])
    assert detectable_frequency(2 * people) == pytest.approx(1 - 0.05 ** (1 / (2 * people)))


def test_power_of_association_in_both_forms():
    exact = association_power(10_000, 0.2, 0.1, alpha=5e-8)
    approximate = association_power(10_000, 0.2, 0.1, alpha=5e-8, form=EffectForm.APPROXIMATE)
    assert round(exact, 4) == 0.5850
    assert round(approximate, 4) == 0.5814


def test_imputation_lowers_the_signal():
    halved = association_power(10_000, 0.2, 0.1, imputation_r2=0.5)
    assert halved == pytest.approx(association_power(5_000, 0.2, 0.1), rel=1e-12)
    assert association_power(10_000, 0.2, 0.1, imputation_r2=0.0) == pytest.approx(5e-8)


@pytest.mark.parametrize("alpha", [0.05, 1e-3, 5e-8])
@pytest.mark.parametrize("noncentrality", [0.01, 1.0, 7.849, 39.601, 100.0])
def test_power_agrees_with_scipy(noncentrality, alpha):
    theirs = ncx2.sf(chi2.isf(alpha, 1), 1, noncentrality)
    assert noncentral_power(noncentrality, alpha=alpha) == pytest.approx(theirs, rel=1e-6)


def test_no_signal_has_the_power_of_chance():
    assert noncentral_power(0.0, alpha=5e-8) == pytest.approx(5e-8, rel=1e-9)


@pytest.mark.parametrize(("alpha", "expected"), [(5e-8, 39.601), (0.05, 7.849)])
def test_noncentrality_for_80_percent_power(alpha, expected):
    assert round(noncentrality_needed(0.8, alpha=alpha), 3) == expected


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: gamma_quantile(1.0, 3), "probability is 1.0"),
        (lambda: gamma_quantile(0.05, [0, 3]), "shape contains 0"),
        (lambda: probability_seen(1.1, 3), "frequency is 1.1"),
        (lambda: probability_seen(0.1, -3), "chromosomes contains -3.0"),
        (lambda: detectable_frequency([0, 2]), "chromosomes contains 0"),
        (lambda: chromosomes_needed(0.0), "frequency is 0.0"),
        (lambda: association_power(-1, 0.2, 0.1), "n contains -1.0"),
        (lambda: association_power(10, 1.2, 0.1), "f is 1.2"),
        (lambda: association_power(10, 0.5, 2.0), "explain 2 of the trait's variance"),
        (lambda: association_power(10, 0.5, math.nan), "b nan"),
        (lambda: association_power(10, 0.5, 0.1, imputation_r2=2), "imputation_r2 is 2"),
        (lambda: noncentral_power(1.0, alpha=0.0), "alpha is 0.0"),
        (lambda: noncentrality_needed(0.01, alpha=0.05), "power is 0.01"),
        (lambda: noncentrality_needed(1.0, alpha=0.05), "power is 1.0"),
    ],
)
def test_a_number_out_of_range_is_named(call, said):
    with pytest.raises(UsageError, match=said):
        call()
