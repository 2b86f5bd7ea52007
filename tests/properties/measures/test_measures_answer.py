"""Any question is answered, in numbers that JSON can hold, or refused in words."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from everygenome.errors import EverygenomeError
from everygenome.queries.measures import MEASURES
from tests.factories.reference.world import World
from tests.factories.refill import Refillable, ask
from tests.factories.release import engine_warning
from tests.properties.measures.worlds import worlds

pytestmark = [engine_warning, pytest.mark.slow]
CHOICES = {
    "unit": st.sampled_from(["participations", "studies", "publications", "associations"]),
    "stage": st.sampled_from(["discovery", "replication", "all"]),
    "scheme": st.sampled_from(["broad", "detailed", "monitor"]),
    "denominator": st.sampled_from(["recorded", "all"]),
    "from_year": st.sampled_from([2007, 2019]),
    "trait_parent": st.sampled_from(["Lung disease"]),
    "trait": st.sampled_from(["EFO_1"]),
    "country": st.sampled_from(["GBR", "ken", "XXX"]),
    "country_rule": st.sampled_from(["single", "split", "any"]),
    "reference": st.sampled_from(["un_wpp2024_subregions", "nowhere"]),
}


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    world=worlds(),
    measure=st.sampled_from(sorted(MEASURES)),
    choices=st.fixed_dictionaries({}, optional=CHOICES),
)
def test_answered_or_refused(
    engine: Refillable, world: World, measure: str, choices: dict[str, Any]
) -> None:
    try:
        found = ask(engine, world)(measure, **choices)
    except EverygenomeError as error:
        refused = (error.exit_code in (2, 7), error.remedy != "")
    else:
        refused = None
    if refused is not None:
        assert refused == (True, True)
        return
    assert found.to_json()
    assert (found.unit, found.stage) == (
        choices.get("unit", "participations"),
        choices.get("stage", "discovery"),
    )
    for row in found.rows:
        for name, value in row.items():
            if name in ("share", "share_min", "share_max", "share_of_all") and value is not None:
                assert -1e-12 <= value <= 1 + 1e-12, (name, row)
