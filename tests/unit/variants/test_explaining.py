"""Which groups could show absence against a bar, if everybody were covered."""

import pytest

from everygenome.errors import UsageError
from everygenome.variants.bars import one_bar
from everygenome.variants.disease import Inheritance, Model
from everygenome.variants.explaining import explained

HCM = Model(
    inheritance=Inheritance.DOMINANT, prevalence=1 / 500, max_contribution=0.02, penetrance=0.5
)
BAR = one_bar(4e-5, source="typed")


def test_at_4e_5_only_three_groups_can_show_absence() -> None:
    told = {one.group: one for one in explained(HCM, BAR).groups}
    assert {code: one.people for code, one in told.items()} == {
        "nfe": 590_031,
        "sas": 45_546,
        "afr": 37_545,
        "fin": 32_026,
        "remaining": 31_256,
        "amr": 30_019,
        "eas": 22_448,
        "asj": 14_804,
        "mid": 3_031,
        "ami": 456,
    }
    assert [code for code, one in told.items() if one.shows_absence] == ["nfe", "sas", "afr"]
    assert {code: round(told[code].p_seen, 3) for code in ("nfe", "eas", "mid")} == {
        "nfe": 1.0,
        "eas": 0.834,
        "mid": 0.215,
    }
    assert told["mid"].missing == 74_894 - 6_062
    assert told["mid"].tolerated == 1
    assert told["afr"].missing == 0


def test_an_x_linked_gene_has_fewer_chromosomes() -> None:
    model = Model(
        inheritance=Inheritance.X_LINKED, prevalence=1e-4, max_contribution=0.4, penetrance=1
    )
    told = {one.group: one for one in explained(model, BAR).groups}
    # Three in four South Asian people in the exomes have one X.
    assert told["sas"].chromosomes == 2 * (11_020 + 577) + 32_109 + 1_840
    assert [code for code, one in told.items() if one.shows_absence] == ["nfe"]


def test_chromosomes_that_nobody_has_are_refused() -> None:
    with pytest.raises(UsageError, match="no number of chromosomes"):
        explained(HCM, BAR, chromosomes=[-1])
    assert explained(HCM, BAR, chromosomes=[0]).tolerated[0].copies == 0
