"""Files that cannot be counted: each says where and what to do, and none says what it holds."""

import gzip
import logging
import os
import tempfile
import traceback
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from everygenome.errors import EverygenomeError, InputError, StoreError
from everygenome.sources.cohort import answers, loaded, scanned

GOOD = b"id,sex,n\n1,F,3\n2,M,4\n"
MARK = "Zq7secret"
LONG = b"x" * 140_000


def read(path: Path, *columns: str, **more: object) -> list[tuple[str, ...]]:
    with loaded(path, columns=columns or ["sex"], **more) as cohort:
        return sorted(answers(cohort.table))


def written(folder: Path, content: bytes, name: str = "cohort.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


HOSTILE = {
    "empty": (b"", "cohort.csv is empty"),
    "only a line end": (b"\n", "no column names"),
    "only a mark": (b"\xef\xbb\xbf", "no column names"),
    "blank in one column": (b"sex\nF\n\nM\n", "line 3 is blank, and the file has one column"),
    "no rows": (b"id,sex,n\n", "no rows"),
    "blank rows": (b"id,sex,n\n\n\n", "no rows"),
    "name twice": (b"id,sex,sex\n1,F,3\n", "columns 2 and 3 have the same name"),
    "name empty": (b"id,,sex\n1,F,3\n", "column 2 has no name"),
    "too few": (b"id,sex,n\n1,F,3\n2,M\n", "line 3: 2 cells, where 3 are due"),
    "too many": (b"id,sex,n\n1,F,3\n\n2,M,4,5\n", "line 4: 4 cells, where 3 are due"),
    "too many, empty": (b"id,sex,n\n1,F,3\n2,M,4,\n", "line 3: 4 cells"),
    "names of rows": (b"id,sex,n\nr1,1,F,3\nr2,2,M,4\n", "line 2: 4 cells"),
    "after lines in quotes": (b'id,sex,n\n1,"F\nx",3\n2,M\n', "line 4: 2 cells"),
    "zero byte": (b"id,sex,n\n1,F,3\n2,M\x00,4\n", "line 3: a NUL byte"),
    "latin-1": (b"id,sex,n\n1,F,3\n2,\xe9,4\n", "line 3: the first bytes that are not UTF-8"),
    "latin-1 elsewhere": (b"id,sex,n\n1,F,\xe9\n", "line 2: the first bytes that are not UTF-8"),
    "mixed": ("id,sex,n\n1,é,3\n".encode() + b"2,\xe9,4\n", "line 3: the first bytes"),
    "cut letter": (b"id,sex,n\n1,F,3\n2,M,\xc3", "line 3: the first bytes"),
    "utf-16": ("id,sex,n\n1,F,3\n".encode("utf-16"), "the mark of UTF-16"),
    "utf-16, no mark": ("id,sex,n\n1,F,3\n".encode("utf-16-le"), "line 1: a NUL byte"),
    "unclosed": (b'id,sex,n\n1,F,3\n2,"M,4\n3,F,5\n', "begins in line 3: a quote that is never"),
    "unclosed, long": (b'id,sex,n\n1,"' + LONG + b",3\n", "line 2: a cell of over 131,072"),
    "after a quote": (b'id,sex,n\n1,"F"x,3\n', "begins in line 2: text after a closing quote"),
    "endless line": (b"id,sex,n\n1," + LONG * 16 + b",3\n", "line 2: "),
    "delimiter unclear": (b"id;sex,n\n1;F,3\n", "comma or semicolon"),
    "workbook": (b"PK\x03\x04aaaaaaaaaaaaaaaaaaaaaaaaaaa", "an Excel workbook"),
    "xz": (b"\xfd7zXZ\x00aaaaaaaa", "compressed with xz"),
    "no gzip": (b"\x1f\x8bid,sex,n\n", "gzip ends early"),
    "cut gzip": (gzip.compress(GOOD * 999)[:-30], "gzip ends early"),
    "broken sum": (gzip.compress(GOOD)[:-8] + b"00000000", "gzip ends early"),
    "no Parquet": (b"PAR1aaaaaaaaaaaaaaaaaPAR1", "damaged Parquet"),
    "cut Parquet": (b"PAR1", "damaged Parquet"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_with_its_place(tmp_path, case):
    content, said = HOSTILE[case]
    path = written(tmp_path, content)
    with pytest.raises(InputError) as caught:
        read(path)
    assert said in str(caught.value)
    assert "cohort.csv" in caught.value.what
    with pytest.raises(InputError) as again, scanned(path):
        pass
    assert said in str(again.value)


def test_what_is_no_file_is_refused(tmp_path):
    with pytest.raises(InputError, match="is a folder"):
        read(tmp_path)
    with pytest.raises(InputError, match=r"none\.csv cannot be read: No such file"):
        read(tmp_path / "none.csv")
    with pytest.raises(InputError, match="no file name"):
        read(Path("a\0b"))
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="not a regular file"):
        read(tmp_path / "pipe")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_refused(tmp_path):
    path = written(tmp_path, GOOD)
    path.chmod(0)
    with pytest.raises(InputError, match="Permission denied"):
        read(path)


def test_a_column_that_is_not_there_names_its_neighbours(tmp_path):
    path = written(tmp_path, b"id,Ethnic_Group,sex\n1,a,F\n")
    with pytest.raises(InputError, match=r"no column 'ethnic_grp'.*Near to it: 'Ethnic_Group'"):
        read(path, "ethnic_grp")
    with pytest.raises(InputError, match="capital letters matter"):
        read(path, "qqqqqq")
    assert read(path, "Ethnic_Group") == [("a",)]


def test_names_that_differ_in_capitals_only_cannot_be_needed_together(tmp_path):
    path = written(tmp_path, b"Sex,sex,n\nF,M,1\n")
    assert read(path, "Sex") == [("F",)]
    assert read(path, "sex") == [("M",)]
    with pytest.raises(InputError, match="capital letters only"):
        read(path, "Sex", "sex")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("id,sex\n1,é\n2,ß\n", "latin-1"),
        ("id,sex\n1,“é”\n2,€\n", "windows-1252"),
        ("id,sex\n1,é\n2,日本\n", "utf-16"),
        ("id,sex\n1,é\n2,日本\n", "utf-16-be"),
        ("id,sex\n1,é\n2,日本\n", "utf-8-sig"),
        ("id,sex\n1,жен\n2,муж\n", "windows-1251"),
        ("id,sex\n1,日本\n2,女\n", "shift_jis"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_encodings_are_read_where_they_are_stated(tmp_path, text, encoding, packed):
    content = text.encode(encoding)
    path = written(tmp_path, gzip.compress(content) if packed else content)
    expected = sorted((line.split(",")[1],) for line in text.splitlines()[1:])
    assert read(path, encoding=encoding) == expected


def test_another_encoding_than_stated_is_an_error_with_its_line(tmp_path):
    path = written(tmp_path, b"id,sex\n1,a\n2,\x81\n")
    with pytest.raises(InputError, match="line 3: bytes that are not windows-1252"):
        read(path, encoding="windows-1252")
    with pytest.raises(InputError, match="mark of UTF-8, and the map says latin-1"):
        read(written(tmp_path, "\ufeffid,sex\n1,é\n".encode()), encoding="latin-1")
    with pytest.raises(InputError, match="not one that is read"):
        read(path, encoding="klingon")
    odd = written(tmp_path, "id,sex\n1,a\n".encode("utf-16") + b"\x00")
    with pytest.raises(InputError, match="line 3: bytes that are not utf-16"):
        read(odd, encoding="utf-16")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_delimiters_and_line_ends_are_seen(tmp_path, end, delimiter):
    lines = [delimiter.join(row) for row in (("id", "sex"), ("1", "F"), ("2", ""))]
    path = written(tmp_path, end.join([*lines, ""]).encode())
    assert read(path, "id", "sex") == [("1", "F"), ("2", "")]


def test_a_delimiter_can_be_stated(tmp_path):
    path = written(tmp_path, b"id;sex,n\n1;F,3\n")
    assert read(path, "id", "sex,n", delimiter=";") == [("1", "F,3")]
    assert read(path, "id;sex", delimiter=",") == [("1;F",)]


def test_line_ends_of_several_kinds_are_read(tmp_path):
    path = written(tmp_path, b'id,sex\r\n1,F\n2,"a\rb"\r\n\n  \n3,M')
    assert read(path, "id", "sex") == [("1", "F"), ("2", "a\rb"), ("3", "M")]


def test_one_column_is_enough(tmp_path):
    assert read(written(tmp_path, b'sex\nF\n""\nM\n\n\n')) == [("",), ("F",), ("M",)]


def test_empty_names_at_the_end_are_no_columns(tmp_path):
    assert read(written(tmp_path, b"id,sex,,\n1,F\n2,M\n"), "id", "sex") == [("1", "F"), ("2", "M")]
    assert read(written(tmp_path, b"id,sex,,\n1,F,,\n"), "id", "sex") == [("1", "F")]


def test_cells_are_only_text(tmp_path):
    path = written(tmp_path, b"id,sex\n007,\"=cmd|' /C calc'!A0\"\n1e5,@SUM(1)\nNULL,\n-0, x \n")
    assert read(path, "id", "sex") == [
        ("-0", " x "),
        ("007", "=cmd|' /C calc'!A0"),
        ("1e5", "@SUM(1)"),
        ("NULL", ""),
    ]


@pytest.mark.parametrize("name", ["co*ort?[1].csv", "it's.csv", "sex=M.csv", "a b;c.csv", "x.gz"])
def test_names_of_files_are_no_patterns(tmp_path, name):
    written(tmp_path, b"id,sex\n9,other\n", name="cohort1.csv")
    assert read(written(tmp_path, GOOD, name=name)) == [("F",), ("M",)]
    pq.write_table(pa.table({"sex": ["a"]}), tmp_path / name)
    assert read(tmp_path / name) == [("a",)]


def test_names_of_columns_are_no_orders(tmp_path):
    name = 'x"; DROP TABLE cohort; --'
    path = written(tmp_path, b'"x""; DROP TABLE cohort; --",sex\n1,F\n')
    assert read(path, name, "sex") == [("1", "F")]


def test_parquet_is_read_as_text(tmp_path):
    path = tmp_path / "cohort.parquet"
    table = {"n": [1, None], "age": [35.5, 40.0], "sex": ["F", None], "b": [b"x", b"y"]}
    pq.write_table(pa.table(table), path)
    assert read(path, "n", "age", "sex", "b") == [("", "40.0", "", "y"), ("1", "35.5", "F", "x")]
    pq.write_table(pa.table({"sex": [["F", "M"]]}), path)
    with pytest.raises(InputError, match="'sex' holds several values"):
        read(path)
    pq.write_table(pa.table({"sex": pa.array([], pa.string())}), path)
    with pytest.raises(InputError, match="no rows"):
        read(path)


@pytest.mark.parametrize("bad", ["-1", "1.5", "", "NA", "1,000", "1e3", "nan", "9" * 13, "٣"])
def test_a_count_that_is_no_count_names_its_line(tmp_path, bad):
    path = written(tmp_path, f'id,sex,n\n1,"a\nb",278.0\n2,M,"{bad}"\n'.encode())
    with pytest.raises(InputError, match=r"line 4: 'n' is not a whole number of 0 or more") as said:
        read(path, "n", whole="n")
    assert not bad or bad not in str(said.value).replace("line 4", "").replace("278", "")
    pq.write_table(pa.table({"n": ["1", bad]}), tmp_path / "cohort.parquet")
    with pytest.raises(InputError, match="at least one row: 'n' is not a whole number"):
        read(tmp_path / "cohort.parquet", "n", whole="n")


def marked(kind: str) -> bytes:
    """A file with a marked word in every cell, and a fault of each kind."""
    good = "".join(f"{MARK}{n}a,{MARK}{n}b,{MARK}{n}c\n" for n in range(30))
    bad = {
        "too few": f"{MARK},{MARK}\n",
        "too many": f"{MARK},{MARK},{MARK},{MARK}\n",
        "unclosed": f'{MARK},"{MARK},{MARK}\n',
        "after a quote": f'{MARK},"{MARK}"{MARK},{MARK}\n',
        "bare return": f"{MARK},{MARK}\r{MARK},{MARK}\n",
        "zero byte": f"{MARK},{MARK}\0,{MARK}\n",
        "count": f"{MARK},{MARK},-{MARK}\n",
    }
    if kind == "latin-1":
        return f"id,sex,n\n{good}{MARK},é{MARK},{MARK}\n".encode("latin-1")
    if kind == "no header, twice":
        return f"{MARK},{MARK},{MARK}\n{good}".encode()
    return f"id,sex,n\n{good}{bad[kind]}{good}".encode()


KINDS = ("too few", "too many", "unclosed", "after a quote", "bare return", "zero byte", "count")


@pytest.mark.parametrize("kind", [*KINDS, "latin-1", "no header, twice"])
@pytest.mark.parametrize("packed", [False, True])
def test_no_cell_stands_in_an_error_or_a_log(tmp_path, caplog, capfd, kind, packed):
    caplog.set_level(logging.DEBUG)
    content = marked(kind)
    path = written(tmp_path, gzip.compress(content) if packed else content)
    with pytest.raises(EverygenomeError) as caught:
        read(path, "sex", "n", whole="n")
    seen = [*traceback.format_exception(caught.value), caplog.text, *capfd.readouterr()]
    error: BaseException | None = caught.value
    while error is not None:
        seen += [str(error), repr(error), repr(error.args)]
        error = error.__context__
    assert not [text for text in seen if MARK in text]


def test_nothing_is_left_behind(tmp_path, monkeypatch):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    path = written(tmp_path, GOOD.decode().encode("utf-16"))
    with loaded(path, columns=["sex"], encoding="utf-16"):
        (folder,) = scratch.iterdir()
        assert folder.stat().st_mode & 0o777 == 0o700
    assert not list(scratch.iterdir())
    with pytest.raises(InputError):
        read(written(tmp_path, b"id,sex\n1\n", name="ragged.csv"))
    with pytest.raises(ZeroDivisionError), loaded(path, columns=["sex"], encoding="utf-16"):
        raise ZeroDivisionError
    assert not list(scratch.iterdir())


def test_what_the_engine_says_goes_no_further(tmp_path):
    with (
        pytest.raises(StoreError, match="has room for it") as caught,
        loaded(written(tmp_path, GOOD), columns=["sex"]),
    ):
        raise duckdb.OutOfMemoryException(f"could not allocate {MARK}")
    assert MARK not in repr(caught.value.__context__)
