"""What an audit publishes tells no small count; nor do two audits of the same data together."""

import itertools
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from everygenome.audit.as_json import as_data, as_json
from everygenome.audit.counts import Class, Counts, Dimension
from everygenome.audit.earlier import read_earlier
from everygenome.audit.mapping.kinds import Kind
from everygenome.audit.run import audit
from everygenome.errors import UsageError
from everygenome.vocabulary.references import Descriptor, Reference
from tests.properties.audit.adversary import ranges

pytestmark = [pytest.mark.slow]

COUNTS = st.one_of(st.just(0), st.integers(1, 12), st.integers(0, 30), st.integers(30, 900))
GROUPS = ("north", "south", "west")
REFERENCE = Reference(
    name="invented",
    title="Invented",
    descriptor=Descriptor.WORLD_REGION,
    citation="Invented for tests",
    date="2020",
    licence="MIT",
    source_url="",
    groups={"north": 60.0, "south": 30.0, "east": 10.0},
)


@st.composite
def cohorts(draw):
    """People by group and sex, and sometimes by age too, some of them without a group."""
    by = draw(st.sampled_from([(), ("sex",), ("sex", "age_band")]))
    values = {"group": [*GROUPS, Class.MISSING.value], "sex": ["f", "m"], "age_band": ["y", "o"]}
    names = ("group", *by)
    keys = [()]
    for name in names:
        keys = [(*key, value) for key in keys for value in values[name]]
    return _counts({key: draw(COUNTS) for key in keys}, names, values)


def _counts(people, names, values):
    kinds = {"group": Kind.WORLD_REGION, "sex": Kind.SEX, "age_band": Kind.AGE}
    return Counts(
        dimensions=tuple(
            Dimension(
                name=name,
                kind=kinds[name],
                column=name,
                groups=tuple(v for v in values[name] if v != Class.MISSING.value),
            )
            for name in names
        ),
        people=people,
        rows=sum(people.values()),
        source="invented",
    )


def _cells(told):
    """Every cell of a report as its reader sees it: a count, or why there is none."""
    return {
        tuple(row["values"].items()): (row["count"], row["hidden"])
        for table in told["tables"]
        for row in table["rows"]
    }


def _attack(counts, *reports, threshold):
    """What somebody with these reports can work out: cell -> least and most."""
    names = [one.name for one in counts.dimensions]
    values = {
        name: sorted({key[place] for key in counts.people}) for place, name in enumerate(names)
    }
    shown, small, told_small = {}, set(), []
    for told in reports:
        here = set()
        for cell, (count, hidden) in _cells(told).items():
            if any(v not in values[n] and v != "Recorded" for n, v in cell):
                continue
            if count is not None:
                shown[cell] = count
            else:
                shown.setdefault(cell, None)
                if hidden == "small":
                    here.add(cell)
        # Combinations that are left out of a table are 0.
        for table in told["tables"]:
            for found in itertools.product(*(values[name] for name in table["by"])):
                shown.setdefault(tuple(zip(table["by"], found, strict=True)), 0)
        small |= here
        if told["small_are_said"]:
            told_small.append((set(_cells(told)), here))
    small = {cell for cell in small if shown[cell] is None}
    # Where all small ones are said, another hidden count is none, unless it lies within one.
    large = {
        cell
        for there, here in told_small
        for cell in there
        if shown.get(cell, 0) is None
        and cell not in small
        and not any(_inside(counts, cell, whole) for whole in here)
    }
    return shown, ranges(
        shown,
        small=small,
        within={cell for cell, count in shown.items() if count is None and cell not in large},
        values=values,
        threshold=threshold,
        floor=threshold,
        most=sum(counts.people.values()) + 20 * threshold,
        unions={(one.name, "Recorded"): list(one.groups) for one in counts.dimensions},
    )


def _inside(counts, part, whole):
    """Whether whoever is in one cell is in another, too."""
    groups = {one.name: one.groups for one in counts.dimensions}
    told = dict(part)
    return part != whole and all(
        told.get(name) == value or (value == "Recorded" and told.get(name) in groups[name])
        for name, value in whole
    )


def _true(counts, cell):
    names = [one.name for one in counts.dimensions]
    groups = {one.name: one.groups for one in counts.dimensions}
    return sum(
        n
        for key, n in counts.people.items()
        if all(
            key[names.index(name)] in groups[name]
            if value == "Recorded"
            else key[names.index(name)] == value
            for name, value in cell
        )
    )


@settings(deadline=None, max_examples=100)
@given(cohorts(), st.sampled_from([5, 10]))
def test_a_reader_of_the_whole_report_learns_no_small_count(counts, threshold):
    told = as_data(audit(counts, reference=REFERENCE, suppress=threshold))
    shown, found = _attack(counts, told, threshold=threshold)
    for cell, count in shown.items():
        true = _true(counts, cell)
        assert count in (None, true)
        assert count is None or count == 0 or count >= threshold
    for cell, (least, most) in found.items():
        if _true(counts, cell) < threshold:
            assert least <= 1, cell
            assert most >= threshold - 1, cell
        else:
            assert most - least >= threshold, cell


@settings(deadline=None, max_examples=100)
@given(cohorts())
def test_whatever_follows_from_a_hidden_count_is_hidden(counts):
    told = as_data(audit(counts, reference=REFERENCE))
    cells = _cells(told)
    recorded = cells[("group", "Recorded"),][0]
    for table in told["tables"]:
        for row in table["rows"]:
            if row["count"] is None:
                assert {v for k, v in row.items() if k.startswith(("share", "at_most"))} <= {None}
                assert row["hidden"] in ("small", "beside")
            else:
                assert row["hidden"] is None
    for row in told["comparison"]["rows"]:
        if row["count"] is None or recorded is None:
            assert row["ratio"] is None
            assert row["shortfall"] is None
            assert row["log2_ratio"] is None
    if any(row["count"] is None for row in told["comparison"]["rows"] if row["reference_share"]):
        assert told["comparison"]["dissimilarity"] is None
    for one in (*told["can_show"]["groups"], told["can_show"]["everybody"]):
        if one["people"] is None:
            assert one["rarest_allele_frequency"] is None
            assert set(one["power"].values()) == {None}


@settings(deadline=None, max_examples=100)
@given(cohorts(), st.sampled_from([5, 10]), st.booleans())
def test_two_reports_of_the_same_people_tell_no_more_than_one(counts, threshold, crossed):
    before = as_json(audit(counts, suppress=threshold, crossed_wholly=crossed))
    told = as_data(audit(counts, suppress=threshold, earlier=[_read(before)]))
    _, found = _attack(counts, json.loads(before), told, threshold=threshold)
    for cell, (least, most) in found.items():
        if _true(counts, cell) < threshold:
            assert least <= 1, cell
            assert most >= threshold - 1, cell
        else:
            assert most - least >= threshold, cell


def _read(text):
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "earlier.json"
        path.write_text(text)
        return read_earlier(path)


@settings(deadline=None, max_examples=100)
@given(cohorts(), st.data())
def test_nobody_reads_from_two_reports_that_a_few_came_or_left(counts, data):
    before = audit(counts)
    moved = {
        key: max(0, people + data.draw(st.integers(-4, 4))) for key, people in counts.people.items()
    }
    now = replace(counts, people=moved, rows=sum(moved.values()))
    try:
        told = as_data(audit(now, earlier=[_read(as_json(before))]))
    except UsageError:
        # The earlier report tells too much, and that is said.
        return
    first, second = _cells(as_data(before)), _cells(told)
    for cell in first.keys() | second.keys():
        # Combinations that are left out of a table are 0.
        one, other = (cells.get(cell, (0, None))[0] for cells in (first, second))
        if None not in (one, other):
            assert one == other or abs(one - other) >= 10, cell
        # What was hidden is not shown by now.
        assert one is not None or other is None, cell
