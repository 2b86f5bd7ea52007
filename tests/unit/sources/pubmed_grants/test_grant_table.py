"""Reading a table of grants: lists by position, entities, odd rows, and files that are no table."""

import gzip
import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from everygenome.errors import InputError
from everygenome.sources.pubmed_grants.records import FLAGS, Grant, Source, Status
from everygenome.sources.pubmed_grants.table import HEADER, read_table

TOP = "\t".join(HEADER)
NONE = "Missing Acronym\tMissing Agency\tMissing Country\tMissing ID"


def written(folder: Path, *rows: str, name: str = "grants_2022-10-30.tsv", end: str = "\n") -> Path:
    path = folder / name
    path.write_bytes((end.join((TOP, *rows)) + end).encode())
    return path


def test_lists_go_by_position_and_entities_do_not_separate(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "7\tCA;Missing Acronym\t Sci&Tech;R&amp;D \tUnited States;\tP30; a&#59;b&lt;",
        f"8\t{NONE}",
    )
    first, second = read_table(path)
    # `&Tech;` ends no entity, so its `;` separates; `&#59;` stands for a `;` that does not.
    assert first.grants == (
        Grant("P30", "CA", "Sci&Tech", "United States"),
        Grant("a;b<", None, "R&D", None),
    )
    assert first.flags == ()
    assert (second.status, second.grants, second.flags) == (Status.WITHOUT_GRANTS, (), ())
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert second.origin == f"grants_2022-10-30.tsv sha256:{digest}"
    assert (second.source, second.retrieved_at) == (
        Source.TABLE,
        datetime(2022, 10, 30, tzinfo=UTC),
    )


def test_lists_of_equal_length_are_paired(tmp_path: Path) -> None:
    [only] = read_table(written(tmp_path, "7\tCA;Missing Acronym\tNCI;A &amp; B\tUS;\tP30; Z1"))
    assert only.grants == (Grant("P30", "CA", "NCI", "US"), Grant("Z1", None, "A & B", None))
    assert (only.status, only.flags) == (Status.WITH_GRANTS, ())


def test_numbers_that_fit_no_agency_stand_alone_and_none_is_lost(tmp_path: Path) -> None:
    [only] = read_table(written(tmp_path, "7\tCA;\tNCI;MRC\tUS;UK\tP1; P2;Missing ID;P3"))
    assert only.grants == (
        Grant(None, "CA", "NCI", "US"),
        Grant(None, None, "MRC", "UK"),
        Grant("P1", None, None, None),
        Grant("P2", None, None, None),
        Grant("P3", None, None, None),
    )
    assert only.flags == ("grant_lists_misaligned",)


def test_a_row_of_empty_lists_names_no_grant_and_is_flagged(tmp_path: Path) -> None:
    [only] = read_table(written(tmp_path, "7\t\t\t\t"))
    assert (only.status, only.grants) == (Status.WITHOUT_GRANTS, ())
    assert only.flags == ("grant_says_nothing",)


def test_a_publication_twice(tmp_path: Path) -> None:
    row, other = "7\tCA\tNCI\tUS\tP1", "7\tCA;CA\tNCI;NCI\tUS;US\tP1;P2"
    [same] = read_table(written(tmp_path, row, row))
    assert (len(same.grants), same.flags) == (1, ())
    [differs] = read_table(written(tmp_path, row, other))
    assert [grant.grant_id for grant in differs.grants] == ["P1", "P2"]
    assert differs.flags == ("grant_answers_differ",)
    [none_first] = read_table(written(tmp_path, f"7\t{NONE}", row))
    assert (none_first.status, none_first.flags) == (Status.WITH_GRANTS, ("grant_answers_differ",))
    assert all(sentence.endswith(".") for sentence in FLAGS.values())


def test_line_ends_of_windows_a_byte_order_mark_gzip_and_the_date_of_a_file(tmp_path: Path) -> None:
    plain = written(tmp_path, "7\tCA\tNCI\tUS\tP1", name="g.tsv", end="\r\n")
    plain.write_bytes(b"\xef\xbb\xbf" + plain.read_bytes())
    packed = tmp_path / "g.tsv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    for path in (plain, packed):
        os.utime(path, (86400, 86400))
        [only] = read_table(path)
        assert only.grants == (Grant("P1", "CA", "NCI", "US"),)
        assert only.retrieved_at == datetime(1970, 1, 2, tzinfo=UTC)


ROW = b"7\tCA\tNCI\tUS\tP1\n"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", r"g\.tsv is empty"),
        (TOP.encode() + b"\n", "a header and no rows"),
        (b"PMID\tAgency\n" + ROW, r"line 1 holds the header \['PMID', 'Agency'\]"),
        (TOP.encode() + b"\n" + ROW + b"8\tCA\tNCI\n", "line 3 holds 3 values, not 5"),
        (TOP.encode() + b"\nPMC8\tA\tB\tC\tD\n", "line 2 holds 'PMC8', which is no PubMed number"),
        (TOP.encode() + b"\n7\tA\t\xe9\tC\tD\n", "line 2, .*0xE9, which is not UTF-8"),
        (TOP.encode() + b"\n7\tA\t\0\tC\tD\n", "line 2, .*NUL"),
        (TOP.encode() + b"\n7\tA\tx\ry\tC\tD\n", "line 2 holds a carriage return"),
        ((TOP + "\n").encode("utf-16"), "line 1"),
        (gzip.compress(TOP.encode() + b"\n" + ROW * 500, mtime=0)[:-9], "is damaged at byte"),
    ],
)
def test_what_is_no_such_table_is_refused_with_its_place(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "g.tsv"
    path.write_bytes(content)
    with pytest.raises(InputError, match=words) as caught:
        read_table(path)
    assert str(path) in str(caught.value)


def test_a_table_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_table(tmp_path / "g.tsv")
