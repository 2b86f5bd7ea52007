"""Comparisons of what is said of a watch list, and the file that keeps it."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from everygenome.variants.bars import Bars, Statistic
from everygenome.variants.result import Status
from everygenome.variants.verdict import Verdict
from everygenome.variants.watching.comparing import Change, Comparison, compare
from everygenome.variants.watching.file import read_watch, write_watch
from everygenome.variants.watching.model import Said, Source, State, Told, Watched, WatchList
from everygenome.variants.watching.reasons import Reason

pytestmark = [pytest.mark.slow]

PLACES = ("1-5-A-C", "2-5-A-C", "10-5-A-C", "10-5-A-CT", "X-7-G-T")
GROUPS = ("afr", "mid", "nfe")
LETTERS = "aé字 \"\\'{}<:="
TEXT = st.text(LETTERS, max_size=5)
NAME = st.text(LETTERS, min_size=1, max_size=5)
COUNT = st.none() | st.integers(0, 3)

told = st.builds(
    Told,
    verdict=st.sampled_from(Verdict),
    criterion=st.sampled_from(["", "BA1", "PM2_supporting"]),
    ac=COUNT,
    an=COUNT,
    faf95=st.none() | st.floats(0, 1),
)
said = st.builds(
    Said,
    status=st.sampled_from(Status),
    filters=st.lists(st.sampled_from(["AC0", "RF"]), unique=True).map(tuple),
    whole=told,
    groups=st.dictionaries(st.sampled_from(GROUPS), told),
)
sources = st.builds(
    Source,
    title=NAME,
    version=TEXT,
    build=st.just("GRCh38"),
    groups=st.just(GROUPS),
    files=st.dictionaries(TEXT, TEXT, max_size=2),
)
states = st.builds(State, source=sources, said=st.dictionaries(st.sampled_from(PLACES), said))
bars = st.builds(
    lambda heights, stated, **more: Bars(
        rare=heights[0], expected=heights[1], common=heights[2] if stated else None, **more
    ),
    st.lists(st.floats(1e-9, 1), min_size=3, max_size=3).map(sorted),
    st.booleans(),
    statistic=st.sampled_from(Statistic),
    least_copies=st.integers(0, 9),
    absent=st.booleans(),
    source=TEXT,
)


OPPOSITE = {
    one: other
    for pair in (
        (Reason.FOUND, Reason.GONE),
        (Reason.MORE_COPIES, Reason.FEWER_COPIES),
        (Reason.MORE_CHROMOSOMES, Reason.FEWER_CHROMOSOMES),
        (Reason.NUMBER_KNOWN, Reason.NUMBER_UNKNOWN),
        (Reason.COPIES_KNOWN, Reason.COPIES_UNKNOWN),
        (Reason.FAILS_FILTER, Reason.PASSES_FILTER),
        (Reason.OTHER_FILTER, Reason.OTHER_FILTER),
        (Reason.MORE_GROUPS, Reason.FEWER_GROUPS),
        (Reason.OTHER_GROUPS, Reason.OTHER_GROUPS),
        (Reason.RULES, Reason.RULES),
    )
    for one, other in (pair, pair[::-1])
}


def mirrored(found: Comparison) -> Comparison:
    def opposite(change: Change) -> Change:
        reasons = {OPPOSITE[one] for one in change.reasons}
        return replace(
            change,
            before=change.after,
            after=change.before,
            status_before=change.status_after,
            status_after=change.status_before,
            reasons=tuple(one for one in Reason if one in reasons),
        )

    return replace(
        found,
        before=found.after,
        after=found.before,
        changes=tuple(map(opposite, found.changes)),
        new=found.gone,
        gone=found.new,
        groups_new=found.groups_gone,
        groups_gone=found.groups_new,
    )


@settings(max_examples=150, deadline=None)
@given(states, states)
def test_asked_the_other_way_round_it_is_the_mirror_image(one: State, other: State) -> None:
    found = compare(one, other)
    assert compare(other, one) == mirrored(found)
    assert all(change.reasons for change in found.changes)
    assert found.compared == len(one.said.keys() & other.said.keys())
    for change in found.changes:
        assert not (change.became_evaluable and change.no_longer_evaluable)


@settings(max_examples=50, deadline=None)
@given(states)
def test_nothing_changes_beside_itself(state: State) -> None:
    found = compare(state, state)
    assert found.is_same
    assert (found.changes, found.recounted, found.compared) == ((), 0, len(state.said))


@settings(max_examples=50, deadline=None)
@given(
    states,
    st.lists(st.sampled_from(PLACES), unique=True),
    st.one_of(
        st.just({}),
        bars.map(lambda one: {"": one}),
        # Whatever the case of their letters, genes of one name are one.
        st.lists(
            st.tuples(NAME, bars), max_size=3, unique_by=lambda one: one[0].strip().lower()
        ).map(dict),
    ),
    st.tuples(TEXT, TEXT, TEXT, TEXT),
)
def test_a_file_holds_what_was_written(
    state: State, places: list[str], held: dict[str, Bars], texts: tuple[str, ...]
) -> None:
    name, gene, hgvs_c, note = texts
    listed = tuple(
        Watched(place=place, name=name, gene=gene, hgvs_c=hgvs_c, note=note) for place in places
    )
    kept = {place: one for place, one in state.said.items() if place in places}
    watch = WatchList(variants=listed, bars=held, state=replace(state, said=kept))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "watch.jsonl"
        write_watch(watch, path)
        first = path.read_bytes()
        assert read_watch(path) == watch
        write_watch(read_watch(path), path)
        assert path.read_bytes() == first


def test_places_are_in_the_order_of_the_genome() -> None:
    state = State(
        source=Source(title="A", version="1", build="GRCh38"),
        said={
            place: Said(status=Status.FOUND, whole=Told(verdict=Verdict.RARE))
            for place in ("X-7-G-T", "10-5-A-C", "2-5-A-C")
        },
    )
    nothing = replace(state, said={})
    assert compare(nothing, state).new == ("2-5-A-C", "10-5-A-C", "X-7-G-T")


def test_reasons_are_told_by_the_counts() -> None:
    def one(status: Status, ac: int | None, an: int | None, verdict: Verdict) -> State:
        told = Told(verdict=verdict, ac=ac, an=an)
        return State(
            source=Source(title="A", version="1", build="GRCh38"),
            said={"1-5-A-C": Said(status=status, whole=told, groups={"afr": told})},
        )

    unknown = one(Status.COVERAGE_UNKNOWN, None, None, Verdict.COVERAGE_UNKNOWN)
    few = one(Status.NOT_SEEN, 0, 900, Verdict.NOT_EVALUABLE)
    many = one(Status.NOT_SEEN, 0, 90_000, Verdict.RARE)
    found = one(Status.FOUND, 2, 90_000, Verdict.INDETERMINATE)
    more = one(Status.FOUND, 20, 90_000, Verdict.MORE_THAN_EXPECTED)
    for before, after, reason in (
        (unknown, few, Reason.NUMBER_KNOWN),
        (few, many, Reason.MORE_CHROMOSOMES),
        (many, found, Reason.FOUND),
        (found, more, Reason.MORE_COPIES),
    ):
        whole, group = compare(before, after).changes
        assert (whole.group, group.group) == ("", "afr")
        assert whole.reasons == group.reasons == (reason,)
    assert compare(few, many).changes[0].became_evaluable
    same_counts = one(Status.FOUND, 2, 90_000, Verdict.RARE)
    assert compare(found, same_counts).changes[0].reasons == (Reason.RULES,)
