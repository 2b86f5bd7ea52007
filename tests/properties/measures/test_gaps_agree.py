"""The gap finder against loops over the rows, and page by page against the whole."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from everygenome.queries.measures import answer, question
from everygenome.queries.tables import Tables
from tests.factories.reference import missing
from tests.factories.reference.world import World
from tests.factories.refill import Refillable, filled
from tests.factories.release import engine_warning
from tests.properties.measures.test_measures_agree import same
from tests.properties.measures.worlds import worlds

pytestmark = [engine_warning, pytest.mark.slow]
many = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def everything(tables: Tables, *, limit: int = 1000, **options: Any) -> list[dict[str, Any]]:
    """All rows, however many pages that takes."""
    choices = {name: options.pop(name) for name in ("scheme", "denominator") if name in options}
    rows: list[dict[str, Any]] = []
    after = None
    while True:
        page = answer(tables, "gaps", question(**choices), limit=limit, after=after, **options)
        rows += page.rows
        after = page.coverage["next"]
        if after is None:
            return rows


@many
@given(
    world=worlds(),
    scheme=st.sampled_from(["broad", "detailed", "monitor"]),
    denominator=st.sampled_from(["recorded", "all"]),
    at_most=st.integers(0, 3),
    at_least=st.integers(0, 3),
)
def test_every_subject_and_group(
    engine: Refillable, world: World, scheme: str, denominator: str, at_most: int, at_least: int
) -> None:
    tables = filled(engine, world)
    how: dict[str, Any] = {
        "scheme": scheme,
        "denominator": denominator,
        "at_most": at_most,
        "at_least_studies": at_least,
    }
    found = {(row["trait_id"], row["group"]): row for row in everything(tables, state="all", **how)}
    expected = missing.gaps(world, **how)
    assert set(found) == set(expected)
    for place, figures in expected.items():
        for name, value in figures.items():
            same(found[place][name], value)
    shown = {(row["trait_id"], row["group"]) for row in everything(tables, **how)}
    assert shown == {
        place for place, figures in expected.items() if figures["state"] in ("none", "few")
    }


@many
@given(
    world=worlds(),
    order=st.sampled_from(["studies_of_trait", "last_year", "trait", "share"]),
    limit=st.integers(1, 7),
)
def test_pages_are_the_whole_in_order(
    engine: Refillable, world: World, order: str, limit: int
) -> None:
    tables = filled(engine, world)
    how: dict[str, Any] = {"state": "all", "order": order, "at_least_studies": 0}
    whole = everything(tables, **how)
    assert everything(tables, limit=limit, **how) == whole
    ranked = [row[order] for row in whole]
    known = [value for value in ranked if value is not None]
    if order == "last_year":
        assert ranked == [None] * (len(ranked) - len(known)) + sorted(known)
    else:
        ordered = sorted(known, reverse=order == "studies_of_trait")
        assert ranked == ordered + [None] * (len(ranked) - len(known))
