"""A plan that is added is a plan that was done: the same as counting its samples as records."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from everygenome.queries.measures import question
from everygenome.queries.measures.composition import composition
from everygenome.queries.measures.simulated import simulated
from everygenome.queries.plans import plan_of
from everygenome.vocabulary.schemes import SCHEMES
from tests.factories.reference import missing
from tests.factories.reference.groups import composition as slowly
from tests.factories.reference.groups import uris_of
from tests.factories.reference.others import select
from tests.factories.reference.simulated import Sample, after, done
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
SCHEME_NAMES = st.sampled_from(["broad", "detailed", "monitor"])


@st.composite
def plans(draw: st.DrawFn, world: World, scheme: str) -> list[Sample]:
    """A plan on terms that the world knows, some of it in one study."""
    known = sorted(set().union(*uris_of(world).values()) | set())
    # A term without a study of its own has no name in the release.
    terms = st.lists(st.sampled_from(known), max_size=2, unique=True) if known else st.just([])
    return draw(
        st.lists(
            st.builds(
                Sample,
                study=st.sampled_from([None, "a", "b"]),
                group=st.sampled_from([*SCHEMES[scheme].groups, "Multiple"]),
                people=st.integers(1, 10_000_000),
                uris=terms.map(tuple),
                stage=st.sampled_from(["discovery", "discovery", "replication"]),
            ),
            max_size=6,
        )
    )


def written(plan: list[Sample]) -> list[dict[str, Any]]:
    return [
        {
            "study": sample.study,
            "group": sample.group,
            "participants": sample.people,
            "trait": [uri.rsplit("/", 1)[-1] for uri in sample.uris],
            "stage": sample.stage,
        }
        for sample in plan
    ]


@many
@given(
    data=st.data(),
    world=worlds(),
    scheme=SCHEME_NAMES,
    stage=st.sampled_from(["discovery", "replication", "all"]),
    denominator=st.sampled_from(["recorded", "all"]),
)
def test_added_is_as_if_done(
    engine: Refillable, data: st.DataObject, world: World, scheme: str, stage: str, denominator: str
) -> None:
    plan = data.draw(plans(world, scheme))
    tables = filled(engine, world)
    asked = question(scheme=scheme, stage=stage, denominator=denominator)
    found = simulated(tables, asked, plan_of(written(plan)))
    how = {"scheme": scheme, "stage": stage, "denominator": denominator}
    expected = after(world, plan, **how)
    before = {row["group"]: row for row in composition(tables, asked).rows}
    for row in found.rows:
        group = row["group"]
        same(row["field_value_before"], before[group]["value"])
        same(row["field_before"], before[group]["share"])
        same(row["field_value_after"], expected[group]["value"])
        same(row["field_after"], expected[group]["share"])
        assert row["portfolio_after"] is None
    entering = [sample for sample in plan if stage in ("all", sample.stage)]
    told = found.coverage["plan"]
    assert sum(row["planned"] for row in found.rows) == sum(item.people for item in entering)
    assert told["participations"] == sum(item.people for item in plan)
    assert told["participations_of_other_stages"] == sum(
        item.people for item in plan if item not in entering
    )
    assert told["samples"] == len(plan)
    if plan:
        assert abs(sum(row["share"] for row in told["shares"]) - 1) < 1e-12
    # Shares of groups and of several groups together are all there is in the denominator.
    shares = [row["field_after"] for row in found.rows if row["field_after"] is not None]
    if shares and None not in {row["field_value_after"] for row in found.rows}:
        assert abs(sum(shares) - 1) < 1e-9 or sum(shares) == 0


@many
@given(data=st.data(), world=worlds(), scheme=SCHEME_NAMES)
def test_within_each_subject(
    engine: Refillable, data: st.DataObject, world: World, scheme: str
) -> None:
    plan = data.draw(plans(world, scheme))
    found = simulated(filled(engine, world), question(scheme=scheme), plan_of(written(plan)))
    entering = [sample for sample in plan if sample.stage == "discovery"]
    whole = done(world, plan, scheme=scheme)
    # A study has the terms of its samples in every stage.
    terms = uris_of(whole)
    ids = {
        uri.rsplit("/", 1)[-1]
        for number, sample in enumerate(plan)
        if sample in entering
        for uri in terms[f"PLAN {sample.study or f'alone {number}'}"]
    }
    assert {row["trait_id"] for row in found.coverage["traits"]} == ids
    for trait in ids:
        inside = select(whole, stage="discovery", trait=trait)
        expected = slowly(inside, unit="participations", scheme=scheme, denominator="recorded")
        rows = {r["group"]: r for r in found.coverage["traits"] if r["trait_id"] == trait}
        assert set(rows) == set(expected)
        for group, figures in expected.items():
            same(rows[group]["value_after"], figures["value"])
            same(rows[group]["after"], figures["share"])


@many
@given(data=st.data(), world=worlds(), scheme=SCHEME_NAMES)
def test_gaps_are_those_of_the_gap_finder_before_and_after(
    engine: Refillable, data: st.DataObject, world: World, scheme: str
) -> None:
    plan = data.draw(plans(world, scheme))
    found = simulated(filled(engine, world), question(scheme=scheme), plan_of(written(plan)))
    how: dict[str, Any] = {
        "scheme": scheme,
        "denominator": "recorded",
        "at_most": 2,
        "at_least_studies": 0,
    }
    today = missing.gaps(world, **how)
    # What several groups name together closes no gap in our count, so it is left out here too.
    alone = [sample for sample in plan if sample.group != "Multiple"]
    whole = done(world, plan, scheme=scheme)
    terms = uris_of(whole)
    then = missing.gaps(
        whole.only(lambda row: not (row.accession.startswith("PLAN") and len(row.categories) > 1)),
        **how,
    )
    shown = {(row["trait_id"], row["group"]): row for row in found.coverage["gaps"]}
    wanted = set()
    for number, sample in enumerate(plan):
        if sample in alone and sample.stage == "discovery":
            for uri in terms[f"PLAN {sample.study or f'alone {number}'}"]:
                wanted.add((uri.rsplit("/", 1)[-1], sample.group))
    for place in wanted:
        before = today.get(place, {"state": "none", "studies_naming_with_others": 0})
        if place not in then or then[place]["state"] == "governed" or before["state"] == "some":
            assert place not in shown
            continue
        row = shown.pop(place)
        assert (row["state_before"], row["studies_before"]) == (
            before["state"],
            before["studies_naming_with_others"],
        )
        assert (row["state_after"], row["studies_after"]) == (
            then[place]["state"],
            then[place]["studies_naming_with_others"],
        )
        assert row["closed"] == (row["state_after"] == "some")
    assert not shown


@many
@given(data=st.data(), world=worlds(), scheme=SCHEME_NAMES)
def test_the_order_of_a_plan_does_not_matter(
    engine: Refillable, data: st.DataObject, world: World, scheme: str
) -> None:
    plan = data.draw(plans(world, scheme))
    other = data.draw(st.permutations(plan))
    tables = filled(engine, world)
    first, second = (
        simulated(tables, question(scheme=scheme), plan_of(written(item))) for item in (plan, other)
    )
    assert first.to_dict() == second.to_dict()


@many
@given(world=worlds(), scheme=SCHEME_NAMES, denominator=st.sampled_from(["recorded", "all"]))
def test_an_empty_plan_changes_nothing(
    engine: Refillable, world: World, scheme: str, denominator: str
) -> None:
    found = simulated(
        filled(engine, world),
        question(scheme=scheme, denominator=denominator, country="GBR", country_rule="any"),
        (),
    )
    for row in found.rows:
        for side in ("portfolio", "field"):
            assert row[f"{side}_after"] == row[f"{side}_before"]
            assert row[f"{side}_value_after"] == row[f"{side}_value_before"]
            assert row[f"{side}_change"] in (0, None)
    assert found.coverage["gaps"] == found.coverage["traits"] == []
