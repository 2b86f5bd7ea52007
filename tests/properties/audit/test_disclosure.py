"""Nobody who reads all tables and knows the rule can work out a small count."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from everygenome.audit.disclosure import protected, tabulated
from tests.properties.audit.adversary import ranges

pytestmark = [pytest.mark.slow]

COUNTS = st.one_of(st.just(0), st.integers(0, 30), st.integers(1, 12), st.integers(30, 900))


@st.composite
def reports(draw):
    """People in up to three dimensions, and tables of them that a report might hold."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
    names = ["group", "sex", "age"][: len(sizes)]
    values = {n: [f"{n}{i}" for i in range(s)] for n, s in zip(names, sizes, strict=True)}
    keys = [()]
    for name in names:
        keys = [(*key, value) for key in keys for value in values[name]]
    people = {key: draw(COUNTS) for key in keys}
    views = [(name,) for name in names]
    views += [pair for pair in (("group", "sex"), ("group", "age"), ("sex", "age"))
              if set(pair) <= set(names) and draw(st.booleans())]  # fmt: skip
    if len(names) == 3 and draw(st.booleans()):
        views.append(tuple(names))
    return people, names, views, values


@settings(deadline=None, max_examples=150)
@given(reports(), st.sampled_from([5, 10, 20]))
def test_an_adversary_learns_nothing_of_a_small_count(report, threshold):
    people, names, views, values = report
    tables = tabulated(people, dimensions=names, views=views)
    made = protected(tables, threshold=threshold)
    shown = made.shown()
    counts = dict(zip(tables.cells, tables.counts.tolist(), strict=True))
    small = {c for c, is_so in zip(tables.cells, made.small, strict=True) if is_so}
    within = {c for c, is_so in zip(tables.cells, made.within, strict=True) if is_so}
    assert set(counts) == set(shown)
    # No small count is shown, and every shown one is true.
    for cell, count in zip(tables.cells, tables.counts.tolist(), strict=True):
        assert shown[cell] in (None, count)
        assert shown[cell] is None or shown[cell] == 0 or shown[cell] >= threshold
    found = ranges(
        shown,
        small=small,
        within=within,
        values=values,
        floor=0 if made.unsaid.any() else threshold,
        threshold=threshold,
        most=int(sum(people.values())) + 20 * threshold,
    )
    for cell, (least, most) in found.items():
        if counts[cell] < threshold:
            assert least <= 1, cell
            assert most >= threshold - 1, cell
        else:
            assert most - least >= threshold, cell


@settings(deadline=None, max_examples=150)
@given(reports())
def test_every_witness_agrees_with_what_is_known(report):
    people, names, views, _ = report
    tables = tabulated(people, dimensions=names, views=views)
    made = protected(tables)
    hidden = made.small | made.within | made.unsaid | made.other
    for witness in made.witnesses:
        told = tables.sums @ witness
        assert (witness >= 0).all()
        assert (told[~hidden] == tables.counts[~hidden]).all()
        assert ((told >= 1) & (told <= 9))[made.small].all()
        assert made.unsaid.any() or (told >= 10)[made.other].all()


def test_nothing_small_hides_nothing():
    people = {("a", "f"): 100, ("a", "m"): 90, ("b", "f"): 0, ("b", "m"): 50}
    tables = tabulated(people, dimensions=("group", "sex"), views=[("group",), ("group", "sex")])
    made = protected(tables)
    assert None not in made.shown().values()
    assert made.shown()[(("group", "b"), ("sex", "f"))] == 0


def test_one_small_group_takes_two_others_with_it():
    people = {("a",): 500, ("b",): 60, ("c",): 4, ("d",): 700}
    tables = tabulated(people, dimensions=("group",), views=[("group",)])
    shown = protected(tables).shown()
    # From the total and the others it would follow. One more hidden group would be known to within
    # eight people, so it takes a third; the largest stays.
    hidden = {dict(cell)["group"] for cell, count in shown.items() if count is None}
    assert hidden == {"a", "b", "c"}
    assert shown[()] == 1264


@pytest.mark.parametrize("count", [1, 9])
def test_a_single_group_that_is_small_hides_even_the_total(count):
    tables = tabulated({("a",): count}, dimensions=("group",), views=[("group",)])
    assert set(protected(tables).shown().values()) == {None}


def test_two_small_groups_that_are_all_there_is_are_not_called_small():
    tables = tabulated({("a",): 5, ("b",): 6}, dimensions=("group",), views=[("group",)])
    made = protected(tables)
    assert list(made.shown().values()) == [11, None, None]
    # Called small, each could be nothing but 2 to 9.
    assert made.unsaid.sum() == 2
    assert not made.small.any()
