"""Sites files that are damaged, or are none: words that say what is wrong and where."""

import gc
import gzip
import io
import os
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pysam
import pysam.bcftools
import pytest

from everygenome.errors import InputError, StoreError, UsageError
from everygenome.sources.variation.feeding import giving
from everygenome.sources.variation.preparing.prepare import prepare
from tests.factories.sites_files import (
    MAPPING,
    header,
    prepared,
    record,
    rows_of,
    sites_text,
)

GOOD = ("chr1 10 A G", "chr1 20 A C", "chr2 5 T G")
TEXT = sites_text(*GOOD)
MANY = sites_text(*(f"chr1 {place} A G {place % 50}/{place}" for place in range(100, 9_000)))


@pytest.fixture(autouse=True)
def nothing_is_left(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """No noise, no child, no thread, no open file and no temporary file, whatever happens."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    before = opened()
    yield
    assert capfd.readouterr() == ("", "")
    assert list(temporary.iterdir()) == []
    assert [one.name for one in threading.enumerate() if one.daemon and one.is_alive()] == []
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
    if opened() - before:
        # What only an error's frames still hold is closed with them.
        gc.collect()
    assert opened() - before == Counter()


def opened() -> Counter[str]:
    """Files, pipes and sockets that this process has open, where the system tells."""
    found: dict[str, str] = {}
    for one in list(Path("/proc/self/fd").glob("*")):
        with suppress(FileNotFoundError):  # the one that lists them
            found[one.name] = str(one.readlink())
    # What catches standard output and error is opened and closed by the tests' own program.
    caught = {found.get(name) for name in ("1", "2")}
    return Counter(target for target in found.values() if target not in caught)


def bgzip(text: str | bytes) -> bytes:
    """As bgzip packs it, with more than one block."""
    content = text.encode() if isinstance(text, str) else text
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "packed"
        with pysam.BGZFile(str(path), "w") as packed:
            packed.write(content)
        return path.read_bytes()


def flipped(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]


BROKEN: dict[str, tuple[Callable[[], bytes], str]] = {
    "bgzip cut in a block": (lambda: bgzip(MANY)[:30_000], "s.vcf is cut short"),
    "bgzip cut between blocks": (lambda: bgzip(MANY)[:-28], "s.vcf is cut short"),
    "bgzip and more": (lambda: bgzip(TEXT) + b"more", "s.vcf is cut short"),
    "bgzip with another byte": (lambda: flipped(bgzip(MANY), 20_000), "s.vcf is damaged"),
    "gzip cut": (lambda: gzip.compress(MANY.encode())[:20_000], "cut short, after line 2,"),
    "gzip cut at its end": (
        lambda: gzip.compress(MANY.encode())[:-5],
        "s.vcf is damaged or cut short, after line 8,",
    ),
    "empty": (lambda: b"", "s.vcf is empty"),
    "empty gzip": (lambda: gzip.compress(b""), "s.vcf is empty"),
    "no header": (record(GOOD[0]).encode, "its first line is not ##fileformat"),
    "no #CHROM": (
        (header() + record(GOOD[0])).encode,
        "s.vcf, line 8: a record before the line that begins with #CHROM",
    ),
    "header without #CHROM": (lambda: header().encode(), "no line that begins with #CHROM"),
    "header only": (lambda: sites_text().encode(), "The files hold no variants"),
    "UTF-16": (lambda: TEXT.encode("utf-16"), "s.vcf is text in UTF-16"),
    "mark of UTF-8": (lambda: b"\xef\xbb\xbf" + TEXT.encode(), "it begins with the mark of UTF-8"),
    "NUL": (lambda: sites_text(*GOOD, "chr2 6 A G\0").encode(), "s.vcf, line 12: a NUL byte"),
    "lone CR": (
        lambda: sites_text(*GOOD, "chr2 6 A G\rT").encode(),
        "s.vcf, line 12: a carriage return in the midst of a line",
    ),
    "ends of old Macs": (lambda: TEXT.replace("\n", "\r").encode(), "no line that begins with"),
    "spaces for tabs": (lambda: TEXT.replace("\t", " ").encode(), "s.vcf, line 9: 1 columns"),
    "ragged": ((TEXT + "chr2\t6\t.\tA\n").encode, "s.vcf, line 12: 4 columns"),
    "blank line": ((TEXT + "\n" + record(GOOD[2])).encode, "line 12: it is empty"),
    "comment": ((TEXT + "#no\n").encode, "line 12: a line of the header among"),
    "below 0": (lambda: sites_text("chr1 -1 A G").encode(), "s.vcf, line 9: '-1' is no position"),
    "no position": (lambda: sites_text("chr1 1e3 A G").encode(), "line 9: '1e3' is no position"),
    "above 2^31": (
        lambda: sites_text(*GOOD, "chr2 2147483648 A G").encode(),
        "s.vcf, line 12: position '2147483648' is above 2,147,483,647",
    ),
    # The library writes it as 5, without a word.
    "above 2^32": (
        lambda: sites_text("chr1 4294967301 A G", *GOOD).encode(),
        "s.vcf, line 9: position '4294967301' is above 2,147,483,647",
    ),
    "list": (lambda: b"chrom,pos\n1,5\n", "s.vcf is no VCF that can be read"),
    "workbook": (lambda: b"PK\x03\x04" + b"x" * 100, "s.vcf is an Excel workbook"),
    "65,536 alleles": (
        lambda: sites_text("chr1 10 A " + ",".join(["C"] * 65_536)).encode(),
        "Too many ALT alleles at chr1:10",
    ),
    "comes back": (
        lambda: sites_text(*GOOD, "chr1 30 A G").encode(),
        "s.vcf: chromosome chr1 comes back after another one. Sort the file first",
    ),
    "two names": (
        lambda: sites_text(*GOOD[:2], "1 30 A G").encode(),
        "s.vcf names one chromosome in two ways, chr1 and 1",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_file_is_told(kind: str, tmp_path: Path) -> None:
    content, said = BROKEN[kind]
    path = tmp_path / "s.vcf"
    path.write_bytes(content())
    with pytest.raises(InputError) as told:
        prepared(path, tmp_path / "out")
    assert said in str(told.value)
    assert told.value.remedy
    assert "Traceback" not in str(told.value)
    assert not (tmp_path / "out").exists()


def test_a_long_line_is_read(tmp_path: Path) -> None:
    path = tmp_path / "s.vcf"
    path.write_text(sites_text("chr1 9 A C", "chr1 10 A " + "ACGT" * 1_500_000, "chr1 11 A C"))
    made = prepared(path, tmp_path / "out")
    assert [len(row["alt"]) for row in rows_of(tmp_path / "out")] == [1, 6_000_000, 1]
    assert made.classes == {}


PACKED: dict[str, Callable[[bytes], bytes]] = {
    "plain": lambda text: text,
    "gzip": gzip.compress,
    "gzip in two": lambda text: gzip.compress(text[:300]) + gzip.compress(text[300:]),
    "bgzip": bgzip,
    "bgzip in two": lambda text: bgzip(text[:300]) + bgzip(text[300:]),
    "windows": lambda text: text.replace(b"\n", b"\r\n"),
    "no end": lambda text: text.rstrip(b"\n"),
    "Latin-1 in the header": lambda text: text.replace(b"#CHROM", b"##by=Jos\xe9\n#CHROM"),
    "genotypes": lambda text: text.replace(b"INFO\n", b"INFO\tFORMAT\tone\n").replace(
        b"=100\n", b"=100\tGT\t0/1\n"
    ),
    "no FORMAT": lambda text: text.replace(b"=100\n", b"=100\tGT\n"),
}


@pytest.mark.parametrize("kind", PACKED)
def test_however_it_is_packed_and_called(kind: str, tmp_path: Path) -> None:
    path = tmp_path / ("s.vcf.gz" if kind == "plain" else "s.vcf")
    path.write_bytes(PACKED[kind](TEXT.encode()))
    made = prepared(path, tmp_path / "out")
    assert [
        (row["contig"], row["pos"], row["ref"], row["alt"], row["ac_all"], row["an_west"])
        for row in rows_of(tmp_path / "out")
    ] == [("1", 10, "A", "G", 5, 100), ("1", 20, "A", "C", 5, 100), ("2", 5, "T", "G", 5, 100)]
    assert (made.files[0].records, made.files[0].variants, made.variants) == (3, 3, 3)
    classes = {
        "windows": {"lines that end as in Windows (CRLF)": 3},
        "no end": {"files whose last line has no end: they may be cut short": 1},
    }
    assert made.classes == classes.get(kind, {})


def test_a_bcf(tmp_path: Path) -> None:
    text = tmp_path / "s.vcf"
    text.write_text(sites_text(*GOOD, "chr2 6 A G,* 1,2/100"))
    pysam.bcftools.view("-Ob", "-o", str(tmp_path / "b.bcf"), str(text), catch_stdout=False)
    binary = (tmp_path / "b.bcf").rename(tmp_path / "called.vcf")
    made = prepared(binary, tmp_path / "out")
    assert rows_of(tmp_path / "out") == _of(text, tmp_path / "text")
    assert (made.files[0].records, made.files[0].variants) == (4, 5)
    for cut in (-28, -50):
        short = tmp_path / f"short{cut}.bcf"
        short.write_bytes(binary.read_bytes()[:cut])
        with pytest.raises(InputError, match="is cut short"):
            prepared(short, tmp_path / "no")


def _of(path: Path, out: Path) -> list[dict[str, object]]:
    prepared(path, out)
    return rows_of(out)


@pytest.mark.parametrize(
    "name", ["a b.vcf", 'it\'s "x".vcf', "-x.vcf", "http:x", "a*[1]?{b}.vcf", "$(touch no);.vcf"]
)
def test_odd_names_of_files_and_folders(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    # What the name of the folder below would stand for, were it a pattern.
    (tmp_path / "a*1?{b}.vcf.d").mkdir()
    folder = Path(f"{name}.d")
    folder.mkdir()
    (folder / name).write_text(sites_text("chr1 20 A G", "chr1 10 A G"))
    made = prepared(folder / name, folder / f"out of {name}")
    assert [row["pos"] for row in rows_of(folder / f"out of {name}")] == [10, 20]
    assert made.files[0].name == name


def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    told = {
        "pipe": "pipe is no file",
        ".": "is a folder",
        "missing": "missing is not there",
        "loop": "loop cannot be read",
        "a\0b": "the name is no file name",
        "x" * 300: "cannot be read",
    }
    for name, said in told.items():
        with pytest.raises(InputError, match=said):
            prepared(tmp_path / name, tmp_path / "out")
    assert not (tmp_path / "out.preparing").exists()


def test_a_link_is_called_as_it_was_named(tmp_path: Path) -> None:
    (tmp_path / "1f3a").write_text(TEXT)
    (tmp_path / "link.vcf").symlink_to(tmp_path / "1f3a")
    assert prepared(tmp_path / "link.vcf", tmp_path / "out").files[0].name == "link.vcf"


def test_the_same_file_twice(tmp_path: Path) -> None:
    path, copy, link = (tmp_path / name for name in ("s.vcf", "copy.vcf", "link.vcf"))
    path.write_text(TEXT)
    copy.write_text(TEXT)
    link.symlink_to(path)
    with pytest.raises(UsageError, match="named twice"):
        prepared([path, link], tmp_path / "out")
    with pytest.raises(InputError, match=r"s.vcf and copy.vcf hold the same bytes"):
        prepared([path, copy], tmp_path / "out", combine=True)


def test_a_file_that_changes_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "s.vcf"
    path.write_text(TEXT)
    write = giving._written

    def changing(entry: io.BufferedWriter, chunk: bytes) -> bool:
        os.utime(path, ns=(1, 1))
        return write(entry, chunk)

    monkeypatch.setattr(giving, "_written", changing)
    with pytest.raises(InputError, match=r"s.vcf was changed while it was read"):
        prepared(path, tmp_path / "out")


@pytest.mark.parametrize("out", ["/dev/null/x", "/proc/no/x", "x" * 300, "a\0b", "x" * 250])
def test_a_store_that_cannot_be_written(out: str, tmp_path: Path) -> None:
    path = tmp_path / "s.vcf"
    path.write_text(TEXT)
    mapping = tmp_path / "m.toml"
    mapping.write_text(MAPPING)
    with pytest.raises(StoreError, match=r"cannot be written.*--out"):
        prepare([path], tmp_path / out, mapping=mapping)


def test_a_store_that_is_there(tmp_path: Path) -> None:
    path = tmp_path / "s.vcf"
    path.write_text(TEXT)
    (tmp_path / "file").write_text("mine")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("file", "folder", "link"):
        with pytest.raises(UsageError, match="is there already"):
            prepared(path, tmp_path / name)
    mine = tmp_path / "out.preparing"
    mine.mkdir()
    (mine / "thesis.txt").write_text("mine")
    with pytest.raises(StoreError, match="is none of ours"):
        prepared(path, tmp_path / "out")
    assert (mine / "thesis.txt").read_text() == "mine"
