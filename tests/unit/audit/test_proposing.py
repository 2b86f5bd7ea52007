"""The map that `audit init` prints: it shows enough, guesses nothing, and runs once filled in."""

import re
import tomllib
from pathlib import Path

import pytest

from everygenome.audit.counts import Counts
from everygenome.audit.mapping import parse_map
from everygenome.audit.mapping.proposal import OTHERS
from everygenome.audit.reading import proposed_map, read_counts
from everygenome.errors import InputError


def filled(text: str, column: str, *, kind: str = "other") -> str:
    """What a data manager does: the dimension and kind of one column."""
    start = text.index(f"[columns.{column}]")
    rest = text[start:].replace('dimension = ""', 'dimension = "group"', 1)
    return text[:start] + rest.replace('kind = ""', f'kind = "{kind}"', 1)


def written(folder: Path, header: str, rows: list[str], **more: str) -> Path:
    path = folder / "cohort.csv"
    path.write_text("\n".join([header, *rows, ""]), **({"encoding": "utf-8"} | more))
    return path


ROWS = [
    f'{n},"{"Zoé " if n % 4 else "Asian, all"}",{n % 7},{20 + n % 90 + 0.5},'
    f'"{"Missing" if n % 5 else "x"}",' + ("rare" if n % 50 == 0 else "common") + f",w{n % 120}"
    for n in range(1, 401)
]
HEADER = 'person,"ethnic group",code,age,told,odd,words'


def test_filling_in_what_it_asks_for_runs(tmp_path):
    path = written(tmp_path, HEADER, ROWS)
    text = proposed_map(path, questions={"purpose": 'What was it "for"?'})
    assert tomllib.loads(text)["documentation"] == {"purpose": "not stated"}

    def run(column: str) -> Counts:
        return read_counts(path, parse_map(filled(text, column)))

    assert dict(run('"ethnic group"').people) == {("Zoé",): 300, ("Asian, all",): 100}
    assert sorted(run("code").people) == [(str(n),) for n in range(7)]
    assert dict(run("told").people) == {("x",): 80, ("Missing",): 320}
    assert dict(run("odd").people) == {("common",): 392, (OTHERS,): 8}


def test_nothing_is_guessed_and_nothing_rare_is_printed(tmp_path):
    text = proposed_map(written(tmp_path, HEADER, ROWS))
    told = tomllib.loads(text)
    assert {(one["dimension"], one["kind"]) for one in told["columns"].values()} == {("", "")}
    assert "identifier" not in told["file"]
    assert '# identifier = "person"    # differs in every row' in text
    assert "differs in every row, so it says no groups" in text
    assert "[columns.person]" not in text
    assert '"rare"' not in text
    assert "1 value is in fewer than 10 rows and not printed" in text.replace("\n# ", " ")
    assert "109.5" not in text
    assert "w1" not in text
    assert re.search(r'"age": more than 60 different values, all numbers', text)
    assert "# bands = [18, 30, 45, 60, 75]" in text
    with pytest.raises(InputError, match="no column has the dimension"):
        parse_map(text)


def test_bands_are_uncommented_for_ages(tmp_path):
    path = written(tmp_path, HEADER, ROWS)
    text = filled(proposed_map(path), "age", kind="age")
    start = text.index("[columns.age]")
    text = text[:start] + text[start:].replace("# bands", "bands", 1)
    counts = read_counts(path, parse_map(text))
    assert counts.dimensions[0].groups == (
        "under 18", "18 to 29", "30 to 44", "45 to 59", "60 to 74", "75 and over",
    )  # fmt: skip
    assert counts.total == 400


def test_few_rows_print_no_value(tmp_path):
    text = proposed_map(written(tmp_path, "id,name", ["1,Ada", "2,Ada", "3,Bob"]))
    assert "Ada" not in text
    assert "Bob" not in text
    assert "Ada" in proposed_map(tmp_path / "cohort.csv", suppress=2)


def test_layout_and_encoding_are_written_down(tmp_path):
    path = written(tmp_path, "id;été", ["1;é", "2;é"] * 9, encoding="latin-1")
    text = proposed_map(path, encoding="latin-1")
    told = tomllib.loads(text)
    assert (told["file"]["encoding"], told["file"]["delimiter"]) == ("latin-1", ";")
    assert dict(read_counts(path, parse_map(filled(text, '"été"'))).people) == {("é",): 18}


def test_values_and_names_with_odd_letters_survive(tmp_path):
    rows = ['"q""q\\","a\nb"', '"#\x7f","[x]"'] * 10
    path = written(tmp_path, '"na""me\n2",b', rows)
    told = tomllib.loads(proposed_map(path))
    assert told["columns"]['na"me\n2']["values"] == {'q"q\\': 'q"q\\', "#\x7f": "#\x7f"}
    assert told["columns"]["b"]["values"] == {"a\nb": "a\nb", "[x]": "[x]"}
