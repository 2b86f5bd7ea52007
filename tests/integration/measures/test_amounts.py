"""How much is selected, in every unit: the same as each unit by itself."""

import pytest

from everygenome.vocabulary.terms import Unit
from tests.factories.release import engine_warning, tiny_release

pytestmark = engine_warning


@pytest.mark.slow
@pytest.mark.parametrize(
    "choices",
    [
        {},
        {"stage": "all"},
        {"stage": "replication", "from_year": 2015},
        {"trait_parent": "Cancer"},
        {"trait": "EFO_0000305", "country": "GBR", "country_rule": "any"},
    ],
)
def test_each_unit_is_as_its_composition_counts_it(real, choices):
    release = real("2019-12-06")
    told = {row["unit"]: row["value"] for row in release.amounts(**choices).rows}
    assert set(told) == {unit.value for unit in Unit}
    for unit in Unit:
        answer = release.composition(unit=unit, **choices)
        assert told[unit.value] == answer.coverage["all_value"]


def test_no_number_is_not_zero(tmp_path):
    release = tiny_release(tmp_path, "GCST000001 discovery ? European")
    told = {row["unit"]: row["value"] for row in release.amounts().rows}
    assert told["participations"] is None
    assert told["studies"] == 1


@pytest.mark.slow
def test_nothing_selected(real):
    release = real("2019-12-06")
    told = {row["unit"]: row["value"] for row in release.amounts(from_year=2099).rows}
    assert told == {"participations": None, "studies": 0, "publications": 0, "associations": None}
