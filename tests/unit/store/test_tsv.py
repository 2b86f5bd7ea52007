"""No line of a tab-separated file is lost, however odd the file."""

from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from everygenome.errors import InputError
from everygenome.store.tsv import TsvFile, load, look

COLUMNS = [("first", "a"), ("last", "c"), ("absent", None)]


def read(path: Path, data: bytes) -> tuple[TsvFile, list[tuple[object, ...]]]:
    """Load bytes as a file; the rows come with their line number, in order."""
    path.write_bytes(data)
    with duckdb.connect() as connection:
        file = load(connection, look(path), table="t", columns=COLUMNS, work=path.parent / "work")
        rows = connection.execute(
            "SELECT source_line, first, last, absent FROM t ORDER BY source_line"
        ).fetchall()
    return file, rows


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_a_plain_file(tmp_path: Path, end: bytes) -> None:
    file, rows = read(tmp_path / "f.tsv", end.join([b"a\tb\tc", b"1\t2\t3", b"4\t5\t6", b""]))
    assert rows == [(2, "1", "3", None), (3, "4", "6", None)]
    assert file.lines == 2
    assert file.set_aside == ()


def test_the_last_line_may_lack_its_end(tmp_path: Path) -> None:
    _, rows = read(tmp_path / "f.tsv", b"a\tb\tc\n1\t2\t3\n4\t5\t6")
    assert [row[0] for row in rows] == [2, 3]


def test_a_byte_order_mark_is_no_part_of_the_header(tmp_path: Path) -> None:
    file, rows = read(tmp_path / "f.tsv", b"\xef\xbb\xbfa\tb\tc\n1\t2\t3\n")
    assert file.header == ("a", "b", "c")
    assert rows == [(2, "1", "3", None)]


def test_short_rows_trailing_tabs_and_bare_quotes_are_data(tmp_path: Path) -> None:
    _, rows = read(tmp_path / "f.tsv", b'a\tb\tc\r\n1\r\n"x\t"y"\t"z\t\r\n \tq\t r \t\t\r\n')
    assert rows == [(2, "1", None, None), (3, '"x', '"z', None), (4, None, "r", None)]


def test_blank_lines_are_no_rows_and_line_numbers_count_them(tmp_path: Path) -> None:
    file, rows = read(tmp_path / "f.tsv", b"a\tb\tc\n\n1\t2\t3\n\n\n4\t5\t6\n\n")
    assert [row[0] for row in rows] == [3, 6]
    assert file.lines == 2


def test_a_line_of_tabs_alone_is_a_row_of_missing_values(tmp_path: Path) -> None:
    for odd in (b"", b"\n"):
        file, rows = read(tmp_path / "f.tsv", b"a\tb\tc\n\t\n1\t2\t3\n" + odd)
        assert rows == [(2, None, None, None), (3, "1", "3", None)]
        assert file.lines == 2


def test_a_line_with_too_many_values_is_set_aside_whole(tmp_path: Path) -> None:
    file, rows = read(tmp_path / "f.tsv", b"a\tb\tc\n1\t2\t3\n1\t2\t3\t4\n7\t8\t9\t\t\n5\t5\t5\n")
    assert [row[0] for row in rows] == [2, 4, 5]
    assert [(item.line, item.flag, item.text) for item in file.set_aside] == [
        (3, "too_many_fields", "1\t2\t3\t4")
    ]
    assert file.lines == len(rows) + len(file.set_aside)


def test_a_bare_carriage_return_does_not_end_a_line(tmp_path: Path) -> None:
    file, rows = read(tmp_path / "f.tsv", b"a\tb\tc\r\nx\ry\t2\t3\r\n4\t5\t6\r\n")
    assert rows == [(2, "x y", "3", None), (3, "4", "6", None)]
    assert file.broken_lines == (2,)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "f.tsv is empty"),
        (b"\n1\t2\n", "f.tsv is empty"),
        (b"  <HTML><body>", "web page"),
        (b"a\tb\tc\n1\t\x00\t3\n", "line 2, column 2 (b) holds a NUL byte"),
        (b"a\tb\tc\n1\t2\t3\n1\t2\tcaf\xe9\n", "line 3, column 3 (c) holds the byte 0xE9"),
        (b"\xff\xfea\x00", "line 1, column 1"),
        (b"a\tb\tc\n1\t" + b"x" * 2_000_000 + b"\t3\n", "line 2, column 2 (b) holds at least"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(
    tmp_path: Path, data: bytes, words: str
) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path / "f.tsv", data)
    assert words in str(caught.value)
    assert "Download" in str(caught.value) or "download" in str(caught.value)


FIELD = st.text(
    st.characters(exclude_characters="\t\n\r\0", exclude_categories=("Cs",)), max_size=5
)


@pytest.mark.slow
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    lines=st.lists(st.lists(FIELD, min_size=1, max_size=5), max_size=12),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_whatever_the_lines_each_is_a_row_or_set_aside(
    tmp_path: Path, lines: list[list[str]], end: str
) -> None:
    text = end.join(["a\tb\tc", *["\t".join(fields) for fields in lines]]) + end
    file, rows = read(tmp_path / "f.tsv", text.encode())
    plain = [(number, fields) for number, fields in enumerate(lines, start=2) if "\t".join(fields)]
    surplus = {number for number, f in plain if any(x.strip(" ") for x in f[3:])}
    assert {item.line for item in file.set_aside} == surplus
    assert [row[0] for row in rows] == [number for number, _ in plain if number not in surplus]
    for number, first, *_ in rows:
        fields = dict(plain)[int(str(number))]
        assert first == (fields[0].strip(" ") or None)
