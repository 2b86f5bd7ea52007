"""What a directory counts for an entity is what the entity's own page counts."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from everygenome.queries.release import open_release

pytestmark = [pytest.mark.slow]


@pytest.fixture(scope="module")
def release(demonstration):
    return open_release(store=demonstration)


FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "stage": st.sampled_from(["discovery", "replication", "all"]),
        "from_year": st.integers(2006, 2016),
        "to_year": st.integers(2016, 2025),
        "trait_parent": st.sampled_from(["Cancer", "Neurological disorder", "Body measurement"]),
        "country": st.sampled_from(["DEU", "GBR", "JPN", "USA"]),
        "country_rule": st.sampled_from(["single", "any", "split"]),
        "funder": st.sampled_from(["demonstration-trust", "demonstration-health-agency"]),
        "journal": st.sampled_from(["demonstration-letters", "demonstration-reports"]),
        "cohort": st.sampled_from(["demonstration-cohort-a", "demonstration-cohort-b"]),
    },
)


@pytest.mark.parametrize("kind", ["funder", "cohort", "journal", "country"])
@given(filters=FILTERS, data=st.data())
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_facets_and_pages_agree(kind, filters, data, release):
    known = {name: value for name, value in filters.items() if name != kind}
    if "trait_parent" in known and known["trait_parent"] not in release.tables.parents:
        del known["trait_parent"]
    rows = release.portfolio(kind, **known).rows
    if not rows:
        return
    row = data.draw(st.sampled_from(rows))
    own = release.composition(**known, **{kind: row["id"]})
    assert own.coverage["publications"] == row["publications"]
    value = own.coverage["all_value"]
    assert (value or 0) == pytest.approx(row["participations"] or 0, abs=1)
    by_group = {item["group"]: item for item in own.rows}
    share = by_group[row["group"]]["share"]
    assert share == pytest.approx(row["observed_share"], abs=1e-9)
    studies = release.studies(**known, **{kind: row["id"]}, limit=1).coverage["studies"]
    assert studies == row["studies"]
