"""Counts of a cohort: classes, several values, ages, identifiers, and what is in no map."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from everygenome.audit import asked
from everygenome.audit.counts import Class, from_counts
from everygenome.audit.mapping import Kind, parse_map
from everygenome.audit.reading import read_counts
from everygenome.errors import InputError, UnreviewedError, UsageError

HEAD = '[columns.group]\ndimension = "group"\nkind = "ethnicity (other list or own words)"\n'
AGE = '[columns.age]\ndimension = "age_band"\nkind = "age"\nbands = [18, 75]\n'
ABC = 'values = {a = "A", b = "B", c = "C"}\n'


def cohort(folder: Path, *rows: str, header: str = "id,group,age") -> Path:
    path = folder / "cohort.csv"
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return path


def test_every_person_is_in_a_group_or_a_class(tmp_path):
    path = cohort(
        tmp_path, "1,a,17", "2,b,18", "3,,80", "4,no,75", "5,a;b,20", "6,c;c,21", "7,zz,3"
    )
    told = parse_map('[file]\nrefused = ["no"]\n' + HEAD + 'separator = ";"\n' + ABC + AGE)
    counts = read_counts(path, told, by=["age_band"], allow_unmapped=True)
    assert dict(counts.people) == {
        ("A", "under 18"): 1,
        ("B", "18 to 74"): 1,
        ("C", "18 to 74"): 1,
        ("Missing", "75 and over"): 1,
        ("Declined to say", "75 and over"): 1,
        ("Several groups", "18 to 74"): 1,
        ("Not in the map", "under 18"): 1,
    }
    assert dict(counts.sets) == {"A; B": 1}
    assert (counts.rows, counts.total, counts.repeated, counts.source) == (7, 7, 0, "cohort.csv")
    group, age = counts.dimensions
    assert (group.name, group.column, group.groups) == ("group", "group", ("A", "B", "C"))
    assert (age.name, age.kind, age.groups[0]) == ("age_band", Kind.AGE, "under 18")


def test_a_group_with_a_refusal_beside_it_is_several(tmp_path):
    told = parse_map('[file]\nrefused = ["no"]\n' + HEAD + 'separator = ";"\n' + ABC)
    counts = read_counts(cohort(tmp_path, "1,no; b ,", "2,NA;a,", "3,;,"), told)
    assert dict(counts.people) == {("Several groups",): 2, ("Missing",): 1}
    assert dict(counts.sets) == {"B; Declined to say": 1, "A; Missing": 1}


def test_a_listed_value_goes_before_what_is_missing(tmp_path):
    told = parse_map(HEAD + 'values = {NA = "Namibia", DE = "Germany"}\n')
    counts = read_counts(cohort(tmp_path, "1,NA,", "2,DE,", "3,N/A,"), told)
    assert dict(counts.people) == {("Namibia",): 1, ("Germany",): 1, ("Missing",): 1}
    told = parse_map(HEAD + 'missing = ["9"]\nothers = "Rest"\n' + ABC)
    counts = read_counts(cohort(tmp_path, "1,9,", "2,NA,", "3,a,"), told)
    assert dict(counts.people) == {("A",): 1, ("Rest",): 1, ("Missing",): 1}


def test_impossible_ages_are_in_no_band(tmp_path):
    path = cohort(
        tmp_path, *(f"{n},a,{age}" for n, age in enumerate(["-1", "130", "131", "ancient"]))
    )
    told = parse_map(HEAD + ABC + AGE)
    counts = read_counts(path, told, by=["age_band"], allow_unmapped=True)
    assert dict(counts.people) == {("A", "75 and over"): 1, ("A", "Not in the map"): 3}
    with pytest.raises(UnreviewedError) as caught:
        read_counts(path, told, by=["age_band"])
    assert "3 other values in fewer than 10 rows each" in caught.value.what
    assert "131" not in str(caught.value)
    assert "ancient" not in str(caught.value)


def test_values_that_are_in_no_map_stop_with_the_lines_to_add(tmp_path):
    rows = [f"1,v{n:02},40" for n in range(30) for _ in range(9 + n)]
    rows += ['1," say ""hi""",4'] * 5 + ['1,"say ""hi"" ",4'] * 6
    told = parse_map(HEAD + ABC)
    with pytest.raises(UnreviewedError) as caught:
        read_counts(cohort(tmp_path, *rows), told)
    lines = caught.value.what.splitlines()
    assert lines[:3] == [
        "cohort.csv holds values that are not in the map.",
        "[columns.group.values]",
        '"v29" = ""    # 38 rows',
    ]
    assert len([line for line in lines if '= ""' in line]) == 20
    assert lines[-1] == (
        '# column "group": and 10 more values in 10 rows or more each and '
        "1 other value in fewer than 10 rows each"
    )
    assert "v00" not in str(caught.value)
    assert "others" in caught.value.remedy
    # White space aside, both spellings are one value of 11 rows.
    with pytest.raises(UnreviewedError) as caught:
        read_counts(cohort(tmp_path, *rows[-11:]), told)
    assert '"say \\"hi\\"" = ""    # 11 rows' in caught.value.what
    with pytest.raises(UnreviewedError) as caught:
        read_counts(cohort(tmp_path, *rows[-11:]), told, suppress=20)
    assert "hi" not in str(caught.value)
    assert "fewer than 20 rows" in caught.value.what


def test_a_repeated_identifier_stops_or_is_counted(tmp_path):
    rows = [f"{n},a,40" for n in range(40)] + [f" {n} ,a,40" for n in range(12)]
    path = cohort(tmp_path, *rows)
    told = '[file]\nidentifier = "id"\n'
    with pytest.raises(InputError, match="12 rows, where each repeats an identifier"):
        read_counts(path, parse_map(told + HEAD + ABC))
    counts = read_counts(path, parse_map(told + 'duplicates = "count"\n' + HEAD + ABC))
    assert (counts.repeated, counts.rows, counts.total) == (12, 52, 52)
    assert read_counts(cohort(tmp_path, *rows[:40]), parse_map(told + HEAD + ABC)).repeated == 0
    with pytest.raises(InputError, match="fewer than 10 rows, where each repeats"):
        read_counts(cohort(tmp_path, *rows[:40], "7,a,40"), parse_map(told + HEAD + ABC))
    with pytest.raises(InputError, match="fewer than 10 rows, where each has none"):
        read_counts(cohort(tmp_path, *rows[:40], "NA,a,40"), parse_map(told + HEAD + ABC))


def test_counts_instead_of_people(tmp_path):
    path = cohort(tmp_path, "a,278.0", "a,22", "b,0", ",5", "zz,9", header="group,n")
    told = parse_map('[file]\npeople = "n"\n' + HEAD + ABC)
    counts = read_counts(path, told, allow_unmapped=True)
    assert dict(counts.people) == {("A",): 300, ("Missing",): 5, ("Not in the map",): 9}
    assert (counts.rows, counts.total) == (5, 314)
    with pytest.raises(UnreviewedError, match="1 other value in fewer than 10 people each"):
        read_counts(path, told)
    with pytest.raises(InputError, match="begins in line 3: 'n' is not a whole number"):
        read_counts(cohort(tmp_path, "a,2", "a,-2", header="group,n"), told)
    pq.write_table(pa.table({"group": ["a", "b"], "n": [2.0, 3.0]}), tmp_path / "c.parquet")
    assert read_counts(tmp_path / "c.parquet", told).total == 5


def test_dimensions_must_be_in_the_map(tmp_path):
    told = parse_map(HEAD + ABC + AGE)
    for by in (["sex"], ["age_band", "age_band"], ["group"]):
        with pytest.raises(UsageError, match="asked for twice"):
            read_counts(cohort(tmp_path, "1,a,40"), told, by=by)


def test_a_column_of_too_many_values_says_no_groups(tmp_path, monkeypatch):
    monkeypatch.setattr(asked, "MOST_VALUES", 50)
    path = cohort(tmp_path, *(f"{n},w{n},40" for n in range(200)))
    told = parse_map(HEAD + 'others = "Rest"\n' + ABC)
    with pytest.raises(InputError, match="the column 'group' has too many different values"):
        read_counts(path, told)


def test_counts_that_were_typed():
    counts = from_counts(
        [("African", 661), (" Asian", 0)], kind=Kind.GENETIC_SIMILARITY, refused=4, panel="1000G"
    )
    assert dict(counts.people) == {("African",): 661, ("Declined to say",): 4}
    assert counts.dimensions[0].groups == ("African", "Asian")
    assert (counts.dimensions[0].panel, counts.dimensions[0].why) == ("1000G", "not stated")
    for rows in ([("", 1)], [("A", 1), ("A ", 2)], [("missing", 1)]):
        with pytest.raises(UsageError, match="has no group of its own"):
            from_counts(rows, kind=Kind.OTHER)
    for number in (-1, 1.5, True, "3"):
        with pytest.raises(UsageError, match="not a whole number"):
            from_counts([("A", number)], kind=Kind.OTHER)
    with pytest.raises(UsageError, match="Nobody"):
        from_counts([("A", 0)], kind=Kind.OTHER)


def test_counts_cannot_be_changed():
    counts = from_counts([("A", 1)], kind=Kind.OTHER)
    with pytest.raises(TypeError):
        counts.people["B",] = 2
    assert Class.MISSING == "Missing"
