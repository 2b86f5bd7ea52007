"""Statements: counts that are read, small ones that stay hidden, and what the document says."""

from collections import defaultdict
from itertools import product

import pytest

from everygenome.errors import InputError
from everygenome.reports.documents.write import FORMATS
from everygenome.reports.statement.counts import Count, read_counts
from everygenome.reports.statement.document import statement_document
from everygenome.reports.statement.groups import tables
from everygenome.reports.statement.worksheet import Action, Worksheet


def worksheet(**more):
    return Worksheet(
        title="A study",
        question="What?",
        population="Everybody.\n\nAnd their children.",
        descriptors="Country of birth.",
        reference="The census.",
        gaps="Many.",
        **more,
    )


def counts(*numbers):
    return [Count(f"group {place}", number) for place, number in enumerate(numbers)]


def shown(numbers, **more):
    """What a reader sees of one table."""
    (table,) = tables(counts(*numbers), **more)
    return (
        tuple((row.count, row.share, row.why_hidden) for row in table.rows),
        table.base,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A,1\nB,2", [("", "A", 1), ("", "B", 2)]),
        ("label,count\nA,1", [("", "A", 1)]),
        ("Sex,Women,10\r\nSex,Men,20\r\n\r\nAge,Old,3", [("Sex", "Women", 10), ("Sex", "Men", 20),
                                                    ("Age", "Old", 3)]),
        ("A;1 204", [("", "A", 1204)]),
        ("A\t0", [("", "A", 0)]),
        ('"Black, African","1,204"', [("", "Black, African", 1204)]),
        ("", []),
    ],
)  # fmt: skip
def test_counts_are_read_from_lines(text, expected):
    found = [(one.descriptor, one.label, one.count) for one in read_counts(text)]
    assert found == expected


@pytest.mark.parametrize(
    "text",
    ["A", "A,", ",5", "A,b", "A,1.5", "A,-1", "A,1,2,3", "A,1\na,2", "A,²", "A," + "9" * 12,
     "x" * 121 + ",1", "\n".join(f"g{n},1" for n in range(201)), '"' + "a" * 140_000],
)  # fmt: skip
def test_what_is_no_count_is_refused_with_words(text):
    with pytest.raises(InputError) as refused:
        read_counts(text)
    assert refused.value.remedy


def test_shares_are_of_the_sum_or_of_all_people():
    assert shown((75, 25)) == (((75, 0.75, ""), (25, 0.25, "")), 100)
    rows, base = shown((75, 25), people=200)
    assert base == 200
    assert rows[2] == (100, 0.5, "")


def test_groups_that_overlap_keep_the_stated_base():
    (table,) = tables(counts(80, 60), people=100)
    assert table.overlap
    assert [row.share for row in table.rows] == [0.8, 0.6]


def test_nobody_is_shown_as_nobody_and_shares_of_nobody_are_none():
    assert shown((0, 50)) == (((0, 0.0, ""), (50, 1.0, "")), 50)
    assert shown((0, 0)) == (((0, None, ""), (0, None, "")), 0)


def test_small_counts_are_hidden_unless_chosen_otherwise():
    rows, base = shown((100, 3, 4, 60))
    assert [row[2] for row in rows] == ["", "small", "small", ""]
    assert base == 167
    assert shown((100, 3), show_small=True)[0][1][0] == 3


def test_one_small_count_takes_another_with_it():
    rows, base = shown((100, 3, 60))
    assert [row[0] for row in rows] == [100, None, None]
    assert [row[2] for row in rows] == ["", "beside", "beside"]
    assert base == 163


def test_the_rest_of_all_people_is_hidden_too_where_it_is_small():
    rows, _ = shown((100, 60), people=165)
    assert [row[0] for row in rows] == [100, None, None]


def test_too_few_people_show_no_sum_and_no_shares():
    assert shown((3,)) == (((None, None, "small"),), None)
    assert shown((3,), people=3) == (((None, None, "small"),), None)


@pytest.mark.parametrize("groups", [1, 2, 3])
def test_no_hidden_count_can_be_worked_out_from_what_is_shown(groups):
    """Whoever knows the rule, and tries every table, is left with two values or more for each."""
    possible = defaultdict(set)
    for numbers in product(range(25), repeat=groups):
        possible[shown(numbers)].add(numbers)
    hidden = 0
    for (rows, _), them in possible.items():
        for place, row in enumerate(rows):
            if row[2]:
                hidden += 1
                assert len({numbers[place] for numbers in them}) > 1, (rows, them)
            assert not (row[0] and row[0] < 10)
    assert hidden >= 1


def test_questions_without_an_answer_are_printed_as_such():
    text = FORMATS["md"](statement_document(worksheet())).decode()
    assert "## Why these people\n\nNot stated." in text
    assert "No counts are given." in text
    assert "## What will be done, and by when\n\nNothing is stated." in text
    assert "Everybody.\n\nAnd their children." in text


def test_a_number_of_people_without_groups_is_said_and_hidden_where_small():
    text = FORMATS["md"](statement_document(worksheet(people=1204))).decode()
    assert "People in the data: 1,204. No counts by group are given." in text
    text = FORMATS["md"](statement_document(worksheet(people=4))).decode()
    assert "People in the data: under 10." in text


@pytest.mark.parametrize("form", FORMATS)
def test_every_way_of_writing_gives_the_same_bytes_and_runs_nothing(form):
    hostile = "<script>a|b</script> #set page() \\ $x$ `c` \x00\u202e"
    made = worksheet(
        why=hostile,
        contact=hostile,
        counts=(*counts(1204, 6, 90), Count(hostile, 50, hostile)),
        actions=(Action(hostile, "2027"), Action()),
        date="2026-11-27",
    )
    first = FORMATS[form](statement_document(made))
    assert first == FORMATS[form](statement_document(made))
    assert b"<script" not in first.replace(rb"\<script", b"")
    assert (form == "pdf") == first.startswith(b"%PDF-")
