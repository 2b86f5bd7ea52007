"""No cell of a cohort reaches an error, a log or the screen; rare values are never named."""

import logging
import traceback
from pathlib import Path

import pytest

from everygenome.audit import asked
from everygenome.audit.mapping import parse_map
from everygenome.audit.reading import proposed_map, read_counts
from everygenome.errors import EverygenomeError

MARK = "Zq7secret"
GROUP = '[columns.group]\ndimension = "group"\nkind = "other"\n'
MAPS = {
    "unmapped": (GROUP, []),
    "several": (GROUP + 'separator = ";"\n', []),
    "ages": ('[columns.age]\ndimension = "group"\nkind = "age"\nbands = [18]\n', []),
    "both": (GROUP + '[columns.age]\ndimension = "age_band"\nkind = "age"\n', ["age_band"]),
    "people": ('[file]\npeople = "age"\n' + GROUP, []),
    "identifier": ('[file]\nidentifier = "id"\n' + GROUP, []),
    "no column": ('[columns."Zq7secre"]\ndimension = "group"\nkind = "other"\n', []),
    "encoding": ('[file]\nencoding = "shift_jis"\n' + GROUP, []),
    "too many": (GROUP + 'others = "Rest"\n', []),
}


def cohort(folder: Path) -> Path:
    """Every cell is marked and unlike every other, but for nine that are alike."""
    rows = [f"{MARK}i{n},{MARK}g{n};{MARK}h{n},{MARK}a{n}" for n in range(50)]
    rows += [f"{MARK}same,{MARK}same,{MARK}same"] * 9 + [f"{MARK}é,{MARK},"]
    path = folder / "cohort.csv"
    path.write_text("\n".join(["id,group,age", *rows, ""]), encoding="utf-8")
    return path


@pytest.mark.parametrize("case", MAPS)
def test_no_cell_stands_in_an_error_or_a_log(tmp_path, caplog, capfd, monkeypatch, case):
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(asked, "MOST_VALUES", 20 if case == "too many" else 1000)
    text, by = MAPS[case]
    with pytest.raises(EverygenomeError) as caught:
        read_counts(cohort(tmp_path), parse_map(text), by=by)
    seen = [*traceback.format_exception(caught.value), caplog.text, *capfd.readouterr()]
    error: BaseException | None = caught.value
    while error is not None:
        seen += [str(error), repr(error), repr(error.args)]
        error = error.__context__
    assert not [text for text in seen if MARK in text]


def test_no_cell_stands_in_a_proposed_map(tmp_path, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    text = proposed_map(cohort(tmp_path))
    assert not [one for one in (text, caplog.text, *capfd.readouterr()) if MARK in one]
    # Nine rows are few, and ten are not.
    assert f"{MARK}same" in proposed_map(cohort(tmp_path), suppress=9)


def test_only_classes_are_counted_of_what_is_in_no_map(tmp_path):
    counts = read_counts(cohort(tmp_path), parse_map(GROUP), allow_unmapped=True)
    assert dict(counts.people) == {("Not in the map",): 60}
    assert MARK not in repr(counts)
