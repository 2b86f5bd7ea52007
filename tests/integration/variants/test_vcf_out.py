"""The user's VCF with INFO fields added: every byte as it was, but for what is added."""

import gzip
import re
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from everygenome.errors import InputError, StoreError, UsageError
from everygenome.sources.variation import bcftools, streams
from everygenome.sources.variation.calls.info_text import Field, record_texts, values_as_text
from everygenome.sources.variation.calls.reading import read_calls
from everygenome.sources.variation.calls.vcf_out import Annotated, annotate

FIELDS = (
    Field("EG_AC", "A", "Integer", "Copies"),
    Field("EG_FAF95", "A", "Float", 'A "quoted" frequency'),
    Field("EG_VERDICT", "A", "String", "Verdict"),
    Field("EG_NOTE", "1", "String", "Of the record"),
    Field("EG_FLAG", "0", "Flag", "Something"),
)
HEADER = (
    "##fileformat=VCFv4.3\n##contig=<ID=chr1>\n##FILTER=<ID=low,Description=\"x\">\n"
    '##INFO=<ID=DP,Number=1,Type=Integer,Description="x">\n'
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="x">\n'
)  # fmt: skip
COLUMNS = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"
LINES = (
    "chr1\t20\trs1\tA\tG\t5.50\tlow\tDP=3\tGT\t0/1\n",
    "chr1\t10\t.\tA\tG,T\t.\tPASS\t.\tGT\t1/2\n",
    "chr1\t30\t.\tAT\tA,ATT,<DEL>\t.\t.\tDP=4\tGT\t./.\n",
    "chr1\t40\t.\tC\t.\t.\t.\tDP=5\tGT\t0/0\n",
)
TEXT = HEADER + COLUMNS + "\tFORMAT\ta sample\n" + "".join(LINES)


def values(calls: Path, path: Path, rows: dict[int, tuple[Any, ...]], *, order: int = 1) -> Path:
    """A Parquet file with values for some ordinals."""
    table = pq.read_table(calls, columns=["ordinal", "chrom", "pos", "ref", "alt"]).to_pylist()
    found = [
        {**row, **dict(zip([field.id for field in FIELDS], rows[row["ordinal"]], strict=True))}
        for row in sorted(table, key=lambda row: order * row["ordinal"])
        if row["ordinal"] in rows
    ]
    pq.write_table(pa.Table.from_pylist(found), path)
    return path


ROWS = {
    0: (7, 1.5e-5, "not evaluable", None, False),
    1: (0, 0.0, "rare; surely", None, True),
    2: (None, None, None, "second, 50%", None),
    4: (3, float("nan"), "rare", "x", False),
}
ADDED = (
    ";EG_AC=7;EG_FAF95=0.000015;EG_VERDICT=not%20evaluable",
    "EG_AC=0,.;EG_FAF95=0,.;EG_VERDICT=rare%3B%20surely,.;EG_NOTE=second%2C%2050%25;EG_FLAG",
    ";EG_AC=.,3,.;EG_VERDICT=.,rare,.;EG_NOTE=x",
    "",
)


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("block", [40, 1 << 20])
def test_nothing_changes_but_what_is_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: int, block: int
) -> None:
    path = tmp_path / "in.vcf"
    path.write_text(TEXT)
    calls = read_calls(path, build=None, work=tmp_path)
    parquet = values(calls.path, tmp_path / "values.parquet", ROWS, order=order)
    monkeypatch.setattr(streams, "BLOCK_BYTES", block)
    out = tmp_path / "out.vcf"
    assert annotate(path, parquet, out, fields=FIELDS) == Annotated(4, 3, 0)
    header, lines = out.read_text().split(COLUMNS + "\tFORMAT\ta sample\n")
    assert header.startswith(HEADER)
    assert [line[: line.index(",D")] for line in header.splitlines()[-5:]] == [
        "##INFO=<ID=EG_AC,Number=A,Type=Integer",
        "##INFO=<ID=EG_FAF95,Number=A,Type=Float",
        "##INFO=<ID=EG_VERDICT,Number=A,Type=String",
        "##INFO=<ID=EG_NOTE,Number=1,Type=String",
        "##INFO=<ID=EG_FLAG,Number=0,Type=Flag",
    ]
    expected = []
    for line, added in zip(LINES, ADDED, strict=True):
        cells = line.split("\t")
        cells[7] = added if cells[7] == "." else cells[7] + added
        expected.append("\t".join(cells))
    assert lines.splitlines(keepends=True) == expected
    assert not [one.name for one in tmp_path.iterdir() if one.name.startswith(".")]
    # Once more, with other values: ours are replaced, and counted.
    again = values(calls.path, tmp_path / "again.parquet", {3: (1, None, None, None, None)})
    twice = tmp_path / "twice.vcf"
    assert annotate(out, again, twice, fields=FIELDS) == Annotated(4, 1, 3)
    text = twice.read_text()
    assert text.count("##INFO=<ID=EG_AC,") == 1
    infos = [line.split("\t")[7] for line in text.splitlines() if not line.startswith("#")]
    assert infos == ["DP=3", ".", "DP=4;EG_AC=1,.,.", "DP=5"]


def test_packed_and_binary_files_say_the_same(tmp_path: Path) -> None:
    plain = tmp_path / "in.vcf"
    # Without genotypes, and with the line ends of Windows: INFO ends before the carriage return.
    lines = [COLUMNS, *("\t".join(line.split("\t")[:8]) for line in LINES)]
    plain.write_bytes((HEADER.replace("\n", "\r\n") + "\r\n".join(lines) + "\r\n").encode())
    calls = read_calls(plain, build=None, work=tmp_path)
    parquet = values(calls.path, tmp_path / "values.parquet", ROWS)
    annotate(plain, parquet, tmp_path / "out.vcf", fields=FIELDS)
    expected = (tmp_path / "out.vcf").read_bytes()
    assert expected.count(b"\r\n") == expected.count(b"\n") == 15
    assert ("DP=3" + ADDED[0] + "\r\n").encode() in expected
    out = tmp_path / "out.vcf.gz"
    annotate(plain, parquet, out, fields=FIELDS)
    assert gzip.decompress(out.read_bytes()) == expected
    assert out.read_bytes()[12:14] == b"BC"
    assert annotate(out, parquet, tmp_path / "again.vcf", fields=FIELDS).replaced == 3
    binary = tmp_path / "out.bcf"
    annotate(plain, parquet, binary, fields=FIELDS)
    assert gzip.decompress(binary.read_bytes())[:3] == b"BCF"
    told = tmp_path / "told.txt"
    bcftools.run("query", "-f", "%INFO/EG_AC %INFO/EG_VERDICT\\n", "-o", str(told), path=binary)
    assert told.read_text().splitlines() == [
        "7 not%20evaluable", "0,. rare%3B%20surely,.", ".,3,. .,rare,.", ". .",
    ]  # fmt: skip
    annotate(binary, parquet, tmp_path / "from_bcf.vcf", fields=FIELDS)
    ours = (tmp_path / "from_bcf.vcf").read_text().splitlines()
    assert ours[-4].endswith("DP=3" + ADDED[0])


def test_what_does_not_fit_is_told(tmp_path: Path) -> None:
    path = tmp_path / "in.vcf"
    path.write_text(TEXT)
    calls = read_calls(path, build=None, work=tmp_path)
    parquet = values(calls.path, tmp_path / "values.parquet", ROWS)
    out = tmp_path / "out.vcf"
    for content, error, said in (
        (TEXT.replace("\t20\t", "\t21\t"), InputError, "is not the file that the values"),
        (TEXT[: TEXT.index("chr1\t30")], InputError, "is not the file that the values"),
        (HEADER, InputError, "no line that begins with #CHROM"),
        (TEXT + "chr1\t5\n", InputError, "record 5: fewer than 8 columns"),
        (gzip.compress(TEXT.encode(), mtime=0)[:-20], InputError, "damaged or cut short"),
    ):
        other = tmp_path / "other.vcf"
        other.write_bytes(content if isinstance(content, bytes) else content.encode())
        with pytest.raises(error, match=said):
            annotate(other, parquet, out, fields=FIELDS)
        assert not out.exists()
    with pytest.raises(UsageError, match="has no column EG_X"):
        annotate(path, parquet, out, fields=[Field("EG_X", "A", "Float", "x")])
    for name in ("out.vcf", "out.vcf.gz", "out.bcf"):
        with pytest.raises(StoreError, match="cannot be written"):
            annotate(path, parquet, tmp_path / "absent" / name, fields=FIELDS)
    with pytest.raises(UsageError, match="can be no INFO field"):
        Field("A B", "A", "Float", "x")


def test_values_are_encoded_as_the_standard_says() -> None:
    texts = values_as_text(pa.array(["a=b", "10%", "é:ü", None]), FIELDS[2])
    assert texts.to_pylist() == ["a%3Db", "10%25", "é%3Aü", None]
    numbers = values_as_text(pa.array([0.1, float("inf"), None, 3e-9]), FIELDS[1])
    assert numbers.to_pylist() == ["0.1", None, None, "3e-9"]
    assert record_texts([(FIELDS[0], pa.array(["1", "2"]))], pa.array([1, 1]).to_numpy()) == [
        b"EG_AC=1",
        b"EG_AC=2",
    ]
    assert re.fullmatch(r'##INFO=<.*Description="A \\"quoted\\" frequency">', FIELDS[1].header())
