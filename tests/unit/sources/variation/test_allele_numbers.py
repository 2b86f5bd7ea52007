"""Tables of allele numbers for every place: read to the last digit, or refused with the line."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pysam
import pytest

from everygenome.errors import InputError
from everygenome.sources.variation.builds import Build
from everygenome.sources.variation.preparing import number_rows
from everygenome.sources.variation.preparing.allele_numbers import write_allele_numbers
from everygenome.sources.variation.preparing.number_rows import number_table
from tests.factories.sites_files import prepared, sites_text

HEAD = "chrom\tpos\tan_all\tan_west\n"
Found = dict[str, list[tuple[int | None, ...]]]
Read = Callable[..., Found]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def reading(content: str | bytes, name: str = "an.tsv") -> Found:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        codes = ("west", "east")
        places = write_allele_numbers(
            number_table(path, codes), tmp_path / "store", codes,
            contigs={"1", "HLA-A*01:01"}, build=Build.GRCH38, work=tmp_path,
        )  # fmt: skip
        found = {
            file.parent.name: [
                tuple(row.values()) for row in pq.ParquetFile(file).read().to_pylist()
            ]
            for file in sorted((tmp_path / "store").rglob("*.parquet"))
        }
        assert sum(places.values()) == sum(map(len, found.values()))
        return found

    return reading


def test_numbers_by_group(read: Read) -> None:
    text = HEAD + "chr1\t9\t100\t50\nchr1\t5\t0\t\nchr2\t1\tNA\t.\n"
    assert read(text) == {
        "chrom=1": [(5, 0, None, None), (9, 100, 50, None)],
        "chrom=2": [(1, None, None, None)],
    }


def test_places_as_gnomad_writes_them(read: Read) -> None:
    text = "Locus\tAN\nchr1:9\t100\nHLA-A*01:01:5\t7\nchrX:156040895\t3\n"
    assert read(text) == {
        "chrom=1": [(9, 100, None, None)],
        "chrom=HLA-A%2A01%3A01": [(5, 7, None, None)],
        "chrom=X": [(156040895, 3, None, None)],
    }


def _bgzip(text: bytes, folder: Path) -> bytes:
    with pysam.BGZFile(str(folder / "packed"), "w") as packed:
        packed.write(text)
    return (folder / "packed").read_bytes()


MANY = (HEAD + "".join(f"chr1\t{at}\t{at * 7919 % 1000}\t5\n" for at in range(1, 20_000))).encode()


@pytest.mark.parametrize("kind", ["plain", "gzip", "two", "bgzip", "crlf", "bom", "blank", "open"])
def test_however_it_is_packed(
    kind: str, read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # In many pieces.
    monkeypatch.setattr(number_rows, "_BLOCK_BYTES", 1 << 16)
    content = {
        "plain": lambda: MANY,
        "gzip": lambda: gzip.compress(MANY),
        "two": lambda: gzip.compress(MANY[:70_000]) + gzip.compress(MANY[70_000:]),
        "bgzip": lambda: _bgzip(MANY, tmp_path),
        "crlf": lambda: MANY.replace(b"\n", b"\r\n"),
        "bom": lambda: b"\xef\xbb\xbf" + MANY,
        "blank": lambda: MANY + b"\n\n",
        "open": lambda: MANY.rstrip(b"\n"),
    }[kind]()
    found = read(content, "a[n]*.bgz")
    assert found == {"chrom=1": [(at, at * 7919 % 1000, 5, None) for at in range(1, 20_000)]}


WRONG = {
    "chr1\t6\tx\t1": "line 3: an_all is 'x', which is no whole number",
    "chr1\t6\t1\t1.5": "line 3: an_west is '1.5', which is no whole number",
    "chr1\t6\t1e3\t1": "line 3: an_all is '1e3', which is no whole number",
    "chr1\t6\t-5\t1": "line 3: an_all is '-5', which is no whole number",
    "chr1\t6\t2147483648\t1": "line 3: an_all is '2147483648', which is no whole number",
    "chr1\t6\tnan\t1": "line 3: an_all is 'nan', which is no whole number",
    "chr1\t6\t1\0\t1": "line 3: an_all is '1\\x00', which is no whole number",
    "chr1\tx\t1\t1": "line 3: pos is 'x', which is no position",
    "chr1\t\t1\t1": "line 3: pos is '', which is no position",
    "chr1\t1.5\t1\t1": "line 3: pos is '1.5', which is no position",
    "chr1\t9999999999\t1\t1": "line 3: pos is '9999999999', which is no position",
    "\t6\t1\t1": "line 3: chrom is '', which is no chromosome",
    "chr1\t0\t1\t1": "chr1:0 is outside the chromosome",
    "chr1\t-1\t1\t1": "chr1:-1 is outside the chromosome",
    "chr1\t248956423\t1\t1": "chr1:248956423 is outside the chromosome, which has 248,956,422",
    "chr1\t5\t1\t1": "the place chr1:5 comes twice",
    "1\t6\t1\t1": "names chromosome 1 in two ways",
    "chr1\t6\t1": "line 3: 3 columns, and not 4",
    "chr1\t6\t1\t1\t1": "line 3: 5 columns, and not 4",
    "#no": "line 3: 1 columns, and not 4",
    '"chr1"\t6\t1\t1': "'\"chr1\"' is no chromosome, nor one of the sites files",
    "../../x\t6\t1\t1": "'../../x' is no chromosome",
    "a'; DROP TABLE x; --\t6\t1\t1": 'DROP TABLE x; --" is no chromosome',
    "chr1\t6\t1\t" + "1" * 3_000_000: "line 3: an_west is '" + "1" * 40 + "'",
}


@pytest.mark.parametrize("line", WRONG, ids=lambda line: line[:20])
def test_a_line_that_is_wrong(line: str, read: Read, tmp_path: Path) -> None:
    with pytest.raises(InputError) as told:
        read(HEAD + "chr1\t5\t100\t50\n" + line + "\n")
    assert WRONG[line] in str(told.value)
    assert str(told.value).startswith("an.tsv")
    assert not (tmp_path / "numbers.parquet").exists()


@pytest.mark.parametrize("place", ["chr1", "chr1:", "chr1:x", ":5", "", "chr1:5-6", "chr1:5.0"])
def test_a_locus_that_is_none(place: str, read: Read) -> None:
    with pytest.raises(InputError, match="line 3: locus is"):
        read(f"locus\tAN\nchr1:7\t1\n{place}\t100\n")


REFUSED: dict[str, tuple[Callable[[Path], bytes], str]] = {
    "empty": (lambda _: b"", "the column '' is none"),
    "header only": (lambda _: HEAD.encode(), "holds no places"),
    "commas": (lambda _: HEAD.replace("\t", ",").encode(), "'chrom,pos,an_all,an_west' is none"),
    "unknown group": (lambda _: b"chrom\tpos\tan_north\n", "the column 'an_north' is none"),
    "column twice": (lambda _: b"chrom\tpos\tan_all\tAN_ALL\n", "has the column an_all twice"),
    "no numbers": (lambda _: b"chrom\tpos\n", "has the columns chrom, pos"),
    "two kinds of place": (lambda _: b"locus\tchrom\tpos\tan\n", "has the columns locus, chrom"),
    "two totals": (lambda _: b"locus\tan\tan_all\n", "has the columns locus, an, an_all"),
    "UTF-16": (lambda _: HEAD.encode("utf-16"), "is no text in UTF-8"),
    "Latin-1": (lambda _: HEAD.encode() + b"chr\xff\t5\t1\t1\n", "it is no text in UTF-8"),
    "gzip cut": (lambda _: gzip.compress(MANY)[:20_000], "is damaged or cut short"),
    "gzip cut at its end": (lambda _: gzip.compress(MANY)[:-5], "is damaged or cut short"),
    "bgzip cut": (lambda folder: _bgzip(MANY, folder)[:-28], "is cut short: the mark that bgzip"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_table_that_is_none(kind: str, read: Read, tmp_path: Path) -> None:
    content, said = REFUSED[kind]
    with pytest.raises(InputError) as told:
        read(content(tmp_path))
    assert said in str(told.value)


def test_it_is_looked_at_before_the_sites_are_read(tmp_path: Path) -> None:
    sites, table = tmp_path / "s.vcf", tmp_path / "an.tsv"
    sites.write_text(sites_text("chr1 5 A G"))
    table.write_text("chrom\tpos\tan_north\n")
    with pytest.raises(InputError, match="an_north"):
        prepared(sites, tmp_path / "out", allele_numbers=table)
    assert not (tmp_path / "out.preparing").exists()
    # A fault below is found later, and what was read is kept.
    table.write_text(HEAD + "chr1\t5\t1\tx\n")
    with pytest.raises(InputError, match=r"an.tsv, line 2: an_west is 'x'.*is kept in"):
        prepared(sites, tmp_path / "out", allele_numbers=table)
    table.write_text(HEAD + "chr1\t5\t1\t\n")
    made = prepared(sites, tmp_path / "out", allele_numbers=table)
    assert made.allele_numbers == {"1": 1}
