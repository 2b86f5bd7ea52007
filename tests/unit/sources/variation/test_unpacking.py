"""The text of a VCF on its way to bcftools."""

import io

import pytest

from everygenome.errors import InputError
from everygenome.sources.variation import streams
from everygenome.sources.variation.feeding import unpacking
from everygenome.sources.variation.feeding.runs import runs
from everygenome.sources.variation.feeding.unpacking import Looked
from tests.factories.sites_files import COLUMNS, header, record

HEAD = header() + COLUMNS
BODY = "".join(
    record(f"chr{contig} {place} A G") for contig in (1, 1, 2, 2, 1, 3) for place in (5, 6)
)


@pytest.fixture(params=[1, 50, 1 << 16])
def size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(unpacking, "_PIECE", request.param)
    return int(request.param)


def _passed(text: str, **options: list[str]) -> tuple[str, Looked]:
    looked = Looked(**{"texts": [], "beyond": [], "only": [], **options})
    return b"".join(looked.pieces(io.BytesIO(text.encode()))).decode(), looked


def test_it_passes_what_it_is_given(size: int) -> None:
    text, looked = _passed(HEAD + BODY)
    assert text == HEAD + BODY
    assert looked.told() == {"passed": 12, "records": 12, "crlf": 0, "endless": 0, "wrong": ""}


def test_fields_are_declared_as_text_before_all_others(size: int) -> None:
    lines = _passed(HEAD + BODY, texts=["AC", "AN"])[0].splitlines()
    assert lines[0] == "##fileformat=VCFv4.2"
    assert [line.split(",")[:3] for line in lines[1:3]] == [
        ["##INFO=<ID=AC", "Number=.", "Type=String"],
        ["##INFO=<ID=AN", "Number=.", "Type=String"],
    ]
    assert "\n".join(lines[3:]) + "\n" == (HEAD + BODY).partition("\n")[2]


def test_chromosomes_are_left_out_only_at_the_beginning(size: int) -> None:
    text, looked = _passed(HEAD + BODY, beyond=["chr1", "chr2"])
    assert text == HEAD + BODY[BODY.rindex("chr1\t5") :]
    assert (looked.passed, looked.records) == (4, 12)


def test_some_chromosomes_alone(size: int) -> None:
    text, looked = _passed(HEAD + BODY, only=["chr2", "chr3"], beyond=["chr2"])
    assert text == HEAD + BODY[BODY.index("chr3") :]
    assert (looked.passed, looked.records) == (2, 12)


def test_line_ends(size: int) -> None:
    text, looked = _passed((HEAD + BODY).replace("\n", "\r\n").rstrip("\n"))
    assert text == HEAD + BODY
    assert (looked.records, looked.crlf, looked.endless) == (12, 12, 1)


@pytest.mark.parametrize("many", [-1, 20_000])
def test_a_field_without_a_value_gets_one_that_is_no_number(
    many: int, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "_MANY", many)
    line = record("chr1 5 A G AC=;AN=5;DB;AC_WEST=")
    whole = line.replace("=;", "=?;").replace("=\n", "=?\n")
    assert _passed(HEAD + line)[0] == HEAD + whole
    assert _passed(HEAD + BODY + line.rstrip("\n"))[0] == HEAD + BODY + whole


def test_letters_that_no_text_holds(size: int) -> None:
    for letter, said in (("\0", "a NUL byte"), ("\r", "a carriage return")):
        with pytest.raises(InputError, match=f", line {8 + 12 + 1}: {said}"):
            _passed(HEAD + BODY + BODY[:1] + letter + BODY)


def test_a_line_is_not_longer_than_any_record(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "LONGEST_LINE", 100_000)
    with pytest.raises(InputError, match=r"^, line 21 has more than 64 MB"):
        _passed(HEAD + BODY + record("chr3 9 A " + "ACGT" * 50_000))


def test_a_line_without_tabs_is_its_own_chromosome() -> None:
    text = b"chr1\t5\nnothing\n\nchr1\t6\nchr11\t6\nchr1"
    assert list(runs(text)) == [
        (b"chr1", b"chr1\t5\n"), (b"nothing", b"nothing\n"), (b"", b"\n"),
        (b"chr1", b"chr1\t6\n"), (b"chr11", b"chr11\t6\n"), (b"chr1", b"chr1"),
    ]  # fmt: skip
    assert b"".join(run for _, run in runs(text)) == text


@pytest.mark.parametrize("many", [0, 1_000_000])
def test_a_count_without_a_value_is_no_number(
    size: int, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """bcftools would write 1 for `AC;`; an allele that is called like a field stays as it is."""
    monkeypatch.setattr(unpacking, "_MANY", many)
    lines = [
        "chr1\t5\t.\tAC\tAN\t.\tPASS\tAC;AN=100",
        "chr1\t6\t.\tA\tAC\t.\tPASS\tlcr;AN=100;AC",
        "chr1\t7\t.\tA\tC\t.\tAC;RF\tAC=5;AN\tGT\tAC",
        "chr1\t8\t.\tA\tC\t.\tPASS\tAC",
        "chr1\t9\t.\tA\tC\t.\tPASS\tAC_WEST;AN;lcr;AC=",
    ]
    text = "\n".join(lines)
    for end in ("", "\n"):
        told = _passed(HEAD + text + end, texts=["AC", "AN", "AC_WEST"])[0].splitlines()[-5:]
        assert told[0] == lines[0].replace("\tAC;", "\tAC=?;")
        assert told[1] == lines[1] + "=?"
        assert told[2] == lines[2].replace("AN\tGT", "AN=?\tGT")
        assert told[3] == lines[3] + "=?"
        assert told[4].endswith("\tAC_WEST=?;AN=?;lcr;AC=?")
    assert (
        _passed(HEAD + text, texts=[])[0]
        == HEAD + text.replace("AC=", "AC=?").replace("AC=?5", "AC=5") + "\n"
    )
