"""Two selections side by side, against loops over the rows, on worlds that nobody thought of."""

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from everygenome.queries.answer import Answer
from everygenome.queries.compare import compare
from everygenome.queries.measures import question
from tests.factories.reference import groups, others
from tests.factories.reference.groups import known_sum
from tests.factories.reference.world import World
from tests.factories.refill import Refillable, filled
from tests.factories.release import engine_warning
from tests.properties.measures.test_measures_agree import same
from tests.properties.measures.worlds import worlds

pytestmark = [engine_warning, pytest.mark.slow]
FIGURES = ("value", "share", "share_with_others", "share_min", "share_max")
SELECTIONS = st.fixed_dictionaries(
    {"stage": st.sampled_from(["discovery", "replication", "all"])},
    optional={
        "from_year": st.just(2008),
        "to_year": st.sampled_from([2008, 2019]),
        "country": st.sampled_from(["GBR", "KEN"]),
    },
)
many = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def compared(
    engine: Refillable, world: World, first: dict[str, Any], second: dict[str, Any], **both: Any
) -> Answer:
    tables = filled(engine, world)
    release: Any = SimpleNamespace(tables=tables, label=tables.label)
    asked = [question(**choices, **both) for choices in (first, second)]
    return compare(release, *asked, bands=False)


@many
@given(
    world=worlds(),
    first=SELECTIONS,
    second=SELECTIONS,
    unit=st.sampled_from(["participations", "studies", "publications"]),
    denominator=st.sampled_from(["recorded", "all"]),
)
def test_both_sides_and_what_they_share(
    engine: Refillable,
    world: World,
    first: dict[str, Any],
    second: dict[str, Any],
    unit: str,
    denominator: str,
) -> None:
    found = compared(engine, world, first, second, unit=unit, denominator=denominator)
    worlds_ = {"a": others.select(world, **first), "b": others.select(world, **second)}
    how = {"unit": unit, "scheme": "broad", "denominator": denominator}
    expected = {side: groups.composition(part, **how) for side, part in worlds_.items()}
    for row in found.rows:
        shares = []
        for side in "ab":
            figures = expected[side][row["group"]]
            for name in FIGURES:
                same(row[f"{name}_{side}"], figures[name])
            shares.append(figures["share"])
        both = None not in shares
        same(row["difference"] is None, not both)
        if both:
            assert abs(row["difference"] - float(shares[1] - shares[0])) < 1e-12
    overlap = found.coverage["overlap"]
    for name, of in (("studies", "accession"), ("publications", "pubmed")):
        a, b = (
            {getattr(row, of) for row in worlds_[side].rows if getattr(row, of)} for side in "ab"
        )
        counts = {"only_a": len(a - b), "both": len(a & b), "only_b": len(b - a)}
        assert overlap[name] == counts
        if name == "studies":
            assert overlap["participations_in_shared_studies"] == {
                side: known_sum(row.people for row in worlds_[side].rows if row.accession in a & b)
                for side in "ab"
            }


@many
@given(world=worlds(), first=SELECTIONS, second=SELECTIONS)
def test_turned_round_it_says_the_opposite(
    engine: Refillable, world: World, first: dict[str, Any], second: dict[str, Any]
) -> None:
    one = compared(engine, world, first, second)
    other = compared(engine, world, second, first)
    assert len(one.rows) == len(other.rows)
    for row, turned in zip(one.rows, other.rows, strict=True):
        assert row["share_a"] == turned["share_b"]
        assert row["difference"] == (None if row["difference"] is None else -turned["difference"])
    a, b = one.coverage["overlap"], other.coverage["overlap"]
    for name in ("studies", "publications"):
        assert (a[name]["only_a"], a[name]["both"]) == (b[name]["only_b"], b[name]["both"])
