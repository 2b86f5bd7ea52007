"""Earlier reports as text: what is read, what is written again, and what is refused."""

import json

import pytest

from everygenome.audit.as_json import as_json
from everygenome.audit.classes import RECORDED
from everygenome.audit.counts import from_counts
from everygenome.audit.earlier import parse_earlier, written
from everygenome.audit.mapping.kinds import Kind
from everygenome.audit.mapping.reading import parse_map
from everygenome.audit.run import audit
from everygenome.errors import EverygenomeError, InputError, UsageError


def made(**changed):
    told = {
        "format": "everygenome audit",
        "suppress": 10,
        "rounded_to": 1,
        "small_are_said": True,
        "tables": [{"by": [], "rows": [{"values": {}, "count": 5, "hidden": None}]}],
    }
    return json.dumps(told | changed)


def test_what_an_audit_writes_is_read_and_written_again_unchanged():
    report = audit(from_counts([("A", 600), ("B", 390), ("C", 7), ("D", 8)], kind=Kind.OTHER))
    earlier = parse_earlier(as_json(report), source="it")
    assert earlier.cells[()] == 1005
    assert earlier.cells[(("group", "A"),)] == 600
    assert earlier.cells[(("group", "C"),)] is None
    assert parse_earlier(written(earlier), source="it") == earlier


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("null", "does not say that it is one"),
        (made(format="other"), "does not say that it is one"),
        (made(tables=None), "not as they are written"),
        (made(tables={"by": 1}), "not as they are written"),
        (made(suppress="ten"), "not as they are written"),
        (made(suppress=1e400), "not as they are written"),
        (made(rounded_to=-5), "not as they are written"),
        (made(suppress=True), "not as they are written"),
        (made(suppress=10**30), "not as they are written"),
        (made(tables=[{"by": ["a", "a"], "rows": []}]), "not as they are written"),
        (made(tables=[{"by": ["\ud800"], "rows": []}]), "not as they are written"),
        *(
            (
                made(tables=[{"by": [], "rows": [{"values": {}, "count": count, "hidden": None}]}]),
                "not as they are written",
            )
            for count in (-1, 1.5, True, "5", 1e400, 10**30, [])
        ),
    ],
)
def test_what_is_no_report_is_refused_in_words(text, why):
    with pytest.raises(InputError) as told:
        parse_earlier(text, source="What was pasted")
    assert told.value.what.startswith("What was pasted is no earlier report")
    assert why in told.value.what


@pytest.mark.parametrize("name", [RECORDED, "recorded ", "Missing"])
def test_no_group_is_called_as_the_sum_of_all_groups(name):
    """Its count would stand in the place of theirs, and tell the small ones."""
    with pytest.raises(UsageError, match="Line 1 has no group of its own"):
        from_counts([(name, 3), ("B", 500)], kind=Kind.OTHER)
    with pytest.raises(EverygenomeError, match="called"):
        parse_map(
            '[columns.pop]\ndimension = "group"\nkind = "other"\n'
            f'values = {{X = "{name.strip()}", Y = "B"}}\n'
        )
