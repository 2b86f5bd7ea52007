"""Plans as people write them: what is read, and what is refused with line and column."""

from pathlib import Path
from typing import Any

import pytest

from everygenome.errors import InputError
from everygenome.queries.plan_cells import MAX_PARTICIPANTS, Planned
from everygenome.queries.plans import MAX_ROWS, plan_of, read_plan, read_table, read_toml
from everygenome.vocabulary.terms import Stage

TABLE = """# a call of 2021

study,group,participants,trait,stage
A,African,2000,asthma;EFO_0000270,
A, South Asian ,300,,replication
,"Greater Middle Eastern",1,"Asthma, severe",Discovery
"""
READ = (
    Planned("African", 2000, ("EFO_0000270", "asthma"), "A", Stage.DISCOVERY, "The plan, line 4"),
    Planned("South Asian", 300, (), "A", Stage.REPLICATION, "The plan, line 5"),
    Planned("Greater Middle Eastern", 1, ("Asthma, severe",), None, place="The plan, line 6"),
)


def test_a_table_is_read_with_its_lines() -> None:
    assert read_table(TABLE) == READ
    assert plan_of(TABLE) == READ


def test_a_spreadsheet_may_be_pasted_and_columns_may_stand_in_any_order() -> None:
    pasted = "\ufeffparticipants\tgroup\r\n2000\tAfrican\r\n\r\n"
    assert [(one.group, one.participants) for one in read_table(pasted)] == [("African", 2000)]


def test_toml_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(
        '[[sample]]\nstudy = "A"\ngroup = "African"\nparticipants = 2000\n'
        'trait = ["asthma", "EFO_0000270"]\n'
        '[[sample]]\ngroup = "South Asian"\nparticipants = 300\nstage = "replication"\n',
        "utf-8",
    )
    first, second = read_plan(path)
    assert (first.study, first.participants, first.traits) == ("A", 2000, ("EFO_0000270", "asthma"))
    assert (second.study, second.stage) == (None, Stage.REPLICATION)
    assert second.place == f"{path}, sample 2"


def test_samples_may_come_as_they_are() -> None:
    again = plan_of(READ)
    assert again == READ
    given: list[dict[str, Any]] = [{"group": "African", "participants": 5}]
    assert plan_of(given)[0].place == "Sample 1 of the plan"
    assert plan_of([]) == ()
    assert read_table("group,participants\n") == ()


@pytest.mark.parametrize(
    ("number", "found"),
    [
        *(("0", "'0'"), ("-3", "'-3'"), ("1.5", "'1.5'"), ("", "''"), ("１２", "'１２'")),
        *(("1e4", "'1e4'"), ("12 000", "'12 000'"), ("10000001", "'10000001'")),
    ],
)
def test_participants_are_a_whole_number_above_nought(number: str, found: str) -> None:
    with pytest.raises(InputError) as error:
        read_table(f"group,participants\nAfrican,{number}\n")
    assert error.value.what == f"The plan, line 2, column participants: found {found}."
    assert "from 1 to 10000000" in error.value.remedy


def test_the_bounds_themselves_are_allowed() -> None:
    text = f"group,participants\nAfrican,{MAX_PARTICIPANTS}\nAfrican,1\n"
    assert [one.participants for one in read_table(text)] == [MAX_PARTICIPANTS, 1]
    lines = "African,1\n" * MAX_ROWS
    assert len(read_table(f"group,participants\n{lines}")) == MAX_ROWS
    with pytest.raises(InputError, match="more than 500 samples"):
        read_table(f"group,participants\n{lines}African,1\n")
    with pytest.raises(InputError, match="more than 500 samples"):
        plan_of([{"group": "African", "participants": 1}] * 501)
    with pytest.raises(InputError, match="more than 500 samples"):
        read_toml('[[sample]]\ngroup = "A"\nparticipants = 1\n' * 501)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "The plan is empty."),
        ("\n# only a remark\n", "The plan is empty."),
        ("group;participants\nA;1\n", "has no column group and no column participants"),
        ("group,people\nA,1\n", "has no column participants (found: 'group', 'people')"),
        ("group,participants,funder\nA,1,x\n", "has the column 'funder'"),
        ("group,group,participants\nA,B,1\n", "has a column twice"),
        ("group,participants\nA,12,000\n", "line 2: 3 cells under 2 columns"),
        ('group,participants\n"A,1\n', "line 2: not readable as a table"),
        ("group,participants\n,1\n", "line 2, column group: nothing stands there"),
        ("group,participants,stage\nA,1,initial\n", "line 2, column stage: 'initial'"),
        (f"group,participants\n{'A' * 301},1\n", "line 2, column group: 301 letters"),
        ("group,participants\nA\x07,1\n", "line 2, column group: 2 letters, or letters that"),
        ("x" * 200_001, "longer than 200,000 letters"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(text: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        read_table(text)
    assert message in error.value.what
    assert error.value.remedy


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("group = ", "is no TOML"),
        ('group = "A"\n', "holds 'group'"),
        ("[[sample]]\nparticipants = 1\n", "sample 1, column group"),
        ('[[sample]]\ngroup = "A"\nparticipants = true\n', "column participants: found 'True'"),
        ('[[sample]]\ngroup = "A"\nparticipants = 1\ntrait = [3]\n', "column trait: found [3]"),
        ('[[sample]]\ngroup = "A"\nparticipants = 1\npeople = 2\n', "sample 1 has 'people'"),
    ],
)
def test_toml_that_is_no_plan(text: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        read_toml(text)
    assert message in error.value.what


def test_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_plan(tmp_path / "nothing.csv")
    path = tmp_path / "plan.csv"
    path.write_bytes(b"group,participants\nAfrican,\xff\n")
    with pytest.raises(InputError, match="not UTF-8"):
        read_plan(path)
    path.write_text("é" * 500_000, "utf-8")
    with pytest.raises(InputError, match="longer than"):
        read_plan(path)
