"""Fast counts and slow counts agree on every file that can be invented."""

import csv
import io
import json
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from everygenome.audit.mapping import parse_map
from everygenome.audit.reading import read_counts
from everygenome.sources.cohort import answers, loaded
from tests.factories.reference import cohorts

TOLD = {
    "file": {"missing": ["", "NA", "."], "refused": ["Prefer not to say"]},
    "columns": {
        "ethnic, group": {
            "dimension": "group",
            "kind": "ethnicity (other list or own words)",
            "separator": ";",
            "others": "Everybody else",
            "values": {
                "Māori": "Māori",
                "Black": "Black",
                'so "called"': "Quoted",
                "two\nlines": "Lines",
                "a,b": "Commas",
                "x;y": "Both at once",
                "-": "Missing, they say",
            },
        },
        "sex": {
            "dimension": "sex",
            "kind": "sex",
            "values": {"F": "Women", "1": "Men", "NA": "Na"},
        },
        "age": {
            "dimension": "age_band",
            "kind": "age",
            "bands": [18, 19, 30, 75],
            "values": {"-1": "Not asked", "90+": "75 and over", "7": "Seven"},
        },
    },
}
GROUPS = st.one_of(
    st.lists(
        st.sampled_from([*TOLD["columns"]["ethnic, group"]["values"], "NA", "", "Black ", "other"]),
        max_size=3,
    ).map(";".join),
    # Composed and not; quotes, line ends and white space in odd places.
    st.sampled_from(["Ma\u0304ori", " Black\t", '"', '""', " ", "\r\n", "Prefer not to say", " a"]),
    st.text("aB;\"',\n é", max_size=4),
)
SEXES = st.sampled_from(["F", " F", "1", "1.0", "NA", "", "m", "Prefer not to say"])
AGES = st.one_of(
    st.integers(-3, 140).map(str),
    st.floats(-2, 135).map(lambda number: f"{number:.2f}"),
    st.sampled_from(
        [
            *("17.999", "18", "18.0", " 42 ", "4_2", "nan", "inf", "1e1", "90+", "-0", ".5", "7."),
            *("7", "", "about 40", "-1", "-1.0", "130", "130.01", "４２", "0x10", "+19", "1,5"),
            "75\u00a0",
        ]
    ),
)
ROWS = st.lists(st.tuples(GROUPS, SEXES, AGES, st.integers(0, 3)), min_size=1, max_size=25)


def toml(told: dict) -> str:
    """A map as TOML: JSON's texts, lists and numbers are TOML's."""
    lines = ["[file]", *(f"{key} = {json.dumps(value)}" for key, value in told["file"].items())]
    for name, column in told["columns"].items():
        lines.append(f"[columns.{json.dumps(name)}]")
        lines += [f"{k} = {json.dumps(v)}" for k, v in column.items() if k != "values"]
        lines.append(f"[columns.{json.dumps(name)}.values]")
        lines += [f"{json.dumps(k)} = {json.dumps(v)}" for k, v in column["values"].items()]
    return "\n".join(lines)


def write(path: Path, rows, *, end: str, quoting: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator=end, quoting=quoting)
        writer.writerow(["id", "ethnic, group", "sex", "age", "n"])
        writer.writerows([place, *row] for place, row in enumerate(rows))


@pytest.mark.slow
@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=ROWS,
    end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    by=st.sampled_from([[], ["sex"], ["age_band", "sex"]]),
    people=st.booleans(),
)
def test_the_engine_agrees_with_a_counter(tmp_path, rows, end, quoting, by, people):
    path = tmp_path / "cohort.csv"
    write(path, rows, end=end, quoting=quoting)
    told = {**TOLD, "file": {**TOLD["file"], **({"people": "n"} if people else {})}}
    if not any(row[3] for row in rows) and people:
        rows = []
    counts = read_counts(path, parse_map(toml(told)), by=by, allow_unmapped=True)
    expected, sets = cohorts.count(path, told, by)
    assert dict(counts.people) == dict(expected)
    assert dict(counts.sets) == dict(sets)
    assert counts.total == sum(expected.values())
    known = [{*one.groups, *cohorts.CLASSES} for one in counts.dimensions]
    for cell in counts.people:
        assert all(value in values for value, values in zip(cell, known, strict=True))


@pytest.mark.slow
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=ROWS, seed=st.integers(0, 99))
def test_the_order_of_rows_does_not_matter(tmp_path, rows, seed):
    told = parse_map(toml(TOLD))
    path = tmp_path / "cohort.csv"
    write(path, rows, end="\n", quoting=csv.QUOTE_ALL)
    before = read_counts(path, told, by=["sex"], allow_unmapped=True)
    random.Random(seed).shuffle(rows)
    write(path, rows, end="\n", quoting=csv.QUOTE_ALL)
    after = read_counts(path, told, by=["sex"], allow_unmapped=True)
    assert list(after.people.items()) == list(before.people.items())
    assert dict(after.sets) == dict(before.sets)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(150))
def test_texts_arrive_as_they_are_stated_whatever_the_line_ends(tmp_path, seed):
    pick = random.Random(seed)
    letters = ["a", " ", '"', ",", "\n", "\r\n", "é", "=1+1", "😀", "0"]
    rows = [
        ["".join(pick.choices(letters, k=pick.randint(0, 4))) for _ in range(3)]
        for _ in range(pick.randint(1, 8))
    ]
    text = io.StringIO(newline="")
    # Each line can end in another way: joined files do.
    for row in (["a", "b", "c"], *rows):
        end = pick.choice(["\n", "\r\n"])
        csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator=end).writerow(row)
    path = tmp_path / "cohort.csv"
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    with loaded(path, columns=["a", "b", "c"]) as cohort:
        assert sorted(answers(cohort.table)) == sorted(map(tuple, rows))
