"""What users hand in, made into one table: VCF, BCF, lists; in order, counted, nothing lost."""

import gzip
import io
import os
import random
import re
import threading
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pysam
import pytest

from everygenome.errors import InputError, UsageError
from everygenome.sources.variation import bcftools, streams
from everygenome.sources.variation.builds import Build, contig
from everygenome.sources.variation.calls import from_vcf, ordered
from everygenome.sources.variation.calls.gene_places import GeneSource
from everygenome.sources.variation.calls.reading import Calls, read_calls
from everygenome.sources.variation.calls.typed import typed

HEADER = (
    "##fileformat=VCFv4.2\n"
    "##contig=<ID=1,length=249250621>\n"
    '##INFO=<ID=DP,Number=1,Type=Strange,Description="wrong type">\n'
)
COLUMNS = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
Read = Callable[..., tuple[Calls, list[dict[str, Any]]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def reading(content: Any, name: str = "calls.vcf", **options: Any) -> Any:
        if isinstance(content, (str, bytes)):
            path = tmp_path / name
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
            content = path
        work = tmp_path / "work"
        work.mkdir(exist_ok=True)
        options.setdefault("build", None)
        calls = read_calls(content, work=work, **options)
        return calls, pq.read_table(calls.path).to_pylist()

    return reading


def vcf(*rows: str, header: str = HEADER) -> str:
    return header + COLUMNS + "".join(_line(row) for row in rows)


def _line(row: str) -> str:
    chrom, pos, ref, alt, *info = row.split(" ")
    return f"{chrom}\t{pos}\t.\t{ref}\t{alt}\t.\tPASS\t{info[0] if info else '.'}\n"


def matched(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(row["contig"], row["mpos"], row["mref"], row["malt"]) for row in rows]


def test_alleles_are_split_trimmed_and_put_in_order(read: Read) -> None:
    calls, rows = read(
        vcf("chr2 50 A G", "1 10 GCACA GCA,ACACA", "1 11 c t", "MT 7 A C", "X 7 A AA", "1 10 G A")
    )
    assert matched(rows) == [
        ("1", 10, "G", "A"), ("1", 10, "G", "A"), ("1", 10, "GCA", "G"), ("1", 11, "C", "T"),
        ("2", 50, "A", "G"), ("X", 7, "A", "AA"), ("MT", 7, "A", "C"),
    ]  # fmt: skip
    assert [row["ordinal"] for row in rows] == [2, 6, 1, 3, 0, 5, 4]
    assert [row["record"] for row in rows] == [2, 6, 2, 3, 1, 5, 4]
    assert (rows[0]["pos"], rows[0]["ref"], rows[0]["alt"]) == (10, "GCACA", "ACACA")
    assert (rows[4]["chrom"], rows[3]["ref"], rows[0]["name"]) == ("chr2", "c", None)
    assert (calls.records, calls.variants, calls.build) == (6, 7, Build.GRCH37)
    assert calls.classes == {
        "alleles in small letters": 1,
        "alleles that were trimmed to their shortest form": 2,
        "chromosome names with chr": 1,
        "chromosome names without chr": 6,
        "insertions or deletions that are not left-aligned": 1,
        "records with several alternate alleles, which were split": 1,
        "variants that were given more than once": 1,
    }
    assert calls.caveats[0].startswith("1 insertions or deletions are not left-aligned")
    assert {one: (s.first, s.last, s.rows) for one, s in calls.sites.items()} == {
        "1": (10, 11, 4), "2": (50, 50, 1), "X": (7, 7, 1), "MT": (7, 7, 1),
    }  # fmt: skip


def test_what_cannot_be_compared_stays_and_is_counted(read: Read) -> None:
    hostile = (
        "1 0 A G", "1 249250621 AC A", "1 5 A *", "1 6 A <DEL>", "1 6 A <EVIL:1>",
        "1 7 N N[chr1:5[",
        "1 8 A .", "1 9 A R", "1 9 A G\N{LATIN SMALL LETTER E WITH ACUTE}", "1 10 A A",
        "GL000191.1 5 A G", "HLA-A*01:01 5 A G", "1 11 A G,*,<NON_REF>", "1 12 A G\rT", "1 13 A .T",
    )  # fmt: skip
    calls, rows = read(vcf(*hostile))
    problems = {row["ordinal"]: row["problem"] for row in rows}
    assert problems == {
        0: "position outside the chromosome",
        1: "position outside the chromosome",
        2: "spanning deletion (*)",
        3: "symbolic allele (<DEL>)",
        4: "symbolic allele (<other>)",
        5: "breakend",
        6: "no alternate allele (.)",
        7: "letters for several bases (IUPAC, N)",
        8: "letters that are no bases",
        9: "alternate allele is the reference allele",
        10: "contig of no chromosome",
        11: "contig of no chromosome",
        12: None,
        13: "spanning deletion (*)",
        14: "symbolic allele (<NON_REF>)",
        15: "letters that are no bases",
        16: "breakend",
    }
    assert calls.variants == 17
    assert calls.classes["spanning deletion (*)"] == 2
    assert calls.classes["position outside the chromosome"] == 2
    assert list(calls.sites) == ["1", "GL000191.1", "HLA-A*01:01"]


def test_ten_thousand_alleles_and_crlf(read: Read, tmp_path: Path) -> None:
    alleles = ["".join(random.Random(one).choices("CGT", k=12)) for one in range(10_000)]
    text = vcf(f"1 5 A {','.join(alleles)}", "1 6 A G").replace("\n", "\r\n")
    calls, rows = read(text)
    assert calls.variants == 10_001
    assert [row["malt"] for row in rows[:-1]] == sorted(alleles)
    assert calls.classes["line ends of Windows (CRLF)"] == 2


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.vcf", "a.vcf is empty"),
        (COLUMNS, "a.txt", "its first line is not ##fileformat"),
        ("1\t5\t.\tA\tG\t.\t.\t.\n", "a.vcf", "its first line is not ##fileformat"),
        (HEADER + "1\t5\t.\tA\tG\t.\t.\t.\n", "a.vcf", "line 4: a record before the line"),
        (HEADER, "a.vcf", "no line that begins with #CHROM"),
        (vcf("1 5 A G").encode("utf-16"), "a.vcf", "text in UTF-16"),
        (b"\xef\xbb\xbf" + vcf("1 5 A G").encode(), "a.vcf", "mark of UTF-8"),
        (vcf("1 5 A G") + "1\t6\t.\tA\n", "a.vcf", "line 6: 4 columns"),
        (vcf("1 5 A G") + "\n", "a.vcf", "line 6: it is empty"),
        (vcf("1 5 A G\0"), "a.vcf", "line 5: a NUL byte"),
        (vcf("1 5 A G", "1 -5 A G"), "a.vcf", "line 6: '-5' is no position"),
        (vcf("1 5 A G", "1 3000000000 A G"), "a.vcf", "'3000000000' is above 2,147,483,647"),
        # The library would write 5 for it.
        (vcf("1 4294967301 A G"), "a.vcf", "line 5: position '4294967301' is above 2,147,483,647"),
        (vcf("1 x A G"), "a.vcf", "'x' is no position"),
        (gzip.compress(b"", mtime=0)[:12], "a.vcf.gz", "a.vcf.gz is empty"),
        (b"\x1f\x8b" + b"x" * 50, "a.vcf.gz", "is damaged"),
        (b"PK\x03\x04rest", "a.xlsx", "an Excel workbook"),
        (vcf("1 5 A G", header=HEADER.replace("249250621", "5")), "a.vcf", "neither GRCh37"),
    ],
)
def test_what_is_no_vcf_is_told(read: Read, content: str, name: str, said: str, capfd: Any) -> None:
    with pytest.raises(InputError, match=re.escape(said)):
        read(content, name)
    assert capfd.readouterr() == ("", "")


def test_cut_short_files_are_told(read: Read, tmp_path: Path, capfd: Any) -> None:
    rows = [f"1 {at} A G DP={at * 7919 % 9973}" for at in range(1, 20_001)]
    plain = tmp_path / "whole.vcf"
    plain.write_text(vcf(*rows))
    pysam.tabix_compress(str(plain), f"{plain}.gz", force=True)
    packed = Path(f"{plain}.gz").read_bytes()
    assert read(packed, "whole.vcf.gz")[0].variants == 20_000
    for cut in (packed[: len(packed) // 2], packed[:-28], gzip.compress(plain.read_bytes())[:-900]):
        with pytest.raises(InputError, match=r"cut\.vcf\.gz (cannot be read|is damaged or cut)"):
            read(cut, "cut.vcf.gz")
    assert capfd.readouterr() == ("", "")


@pytest.mark.slow
def test_the_kind_is_told_by_content_and_any_name_is_read(read: Read, tmp_path: Path) -> None:
    text = vcf("1 5 A G", header=HEADER.replace("Strange", "Integer"))
    plain = tmp_path / "plain.vcf"
    plain.write_text(text)
    bcf = tmp_path / "binary.vcf"
    bcftools.run("view", "-Ob", "-o", str(bcf), path=plain)
    assert matched(read(bcf)[1]) == [("1", 5, "A", "G")]
    for name in ("text.vcf.gz", "-o", "a 'b' \"c\".vcf", "http:x.vcf", "été\n.vcf", "x.bcf"):
        assert matched(read(text, name)[1]) == [("1", 5, "A", "G")], name
    assert read(HEADER + COLUMNS)[0].variants == 0
    with pytest.raises(InputError, match="is a folder"):
        read(tmp_path)
    with pytest.raises(InputError, match="No such file"):
        read(tmp_path / "absent.vcf")
    with pytest.raises(InputError, match="no file name"):
        read(Path("a\0b.vcf"))


def test_a_pipe_is_copied_first(read: Read, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(vcf("1 5 A G", "1 4 A G"),))
    writer.start()
    calls, rows = read(pipe)
    writer.join()
    assert matched(rows) == [("1", 4, "A", "G"), ("1", 5, "A", "G")]
    assert calls.source is not None
    assert calls.source.read_text().endswith("PASS\t.\n")


def test_standard_input_is_copied_first(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"1-5-A-G\nX-4-A-AT\n")))
    calls, rows = read(Path("-"))
    assert calls.name == "standard input"
    assert matched(rows) == [("1", 5, "A", "G"), ("X", 4, "A", "AT")]


def test_a_line_that_is_too_long_is_told(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "BLOCK_BYTES", 1_000)
    monkeypatch.setattr(streams, "LONGEST_LINE", 1 << 20)
    with pytest.raises(InputError, match="a line of more than 1 MB"):
        read(vcf("1 5 A G", f"1 6 A {'G' * 1_200_000}"))
    # Small pieces, cut at the ends of lines, say the same as large ones.
    _, rows = read(vcf(*(f"1 {at} A G" for at in range(1, 2_001))))
    assert [row["mpos"] for row in rows] == list(range(1, 2_001))


@pytest.mark.parametrize("waiting", [10, 500_000])
def test_order_is_the_same_however_rows_come(
    read: Read, monkeypatch: pytest.MonkeyPatch, waiting: int
) -> None:
    monkeypatch.setattr(streams, "BLOCK_BYTES", 2_000)
    monkeypatch.setattr(ordered, "_MOST_WAITING", waiting)
    chance = random.Random(5)
    sites = [
        (
            chance.choice(["1", "10", "2", "X", "scaffold_1"]),
            chance.randint(1, 60),
            chance.choice("CGT"),
        )
        for _ in range(600)
    ]
    rank = {"1": 0, "2": 1, "10": 2, "X": 3, "scaffold_1": 4}
    by_place = sorted(sites, key=lambda site: (rank[site[0]], site[1]))
    expected = sorted(sites, key=lambda site: (rank[site[0]], *site[1:]))
    for order in (by_place, sites):
        calls, rows = read(vcf(*(f"{one} {pos} A {alt}" for one, pos, alt in order)))
        assert [(row["contig"], row["mpos"], row["malt"]) for row in rows] == expected
        assert calls.classes["variants that were given more than once"] == sum(
            a == b and a[0] != "scaffold_1" for a, b in pairwise(expected)
        )
        assert sorted(row["ordinal"] for row in rows) == list(range(600))


@pytest.fixture(scope="module")
def genome(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    chance = random.Random(7)
    text = "".join(chance.choice(("A", "C", "AC", "TTT", "G", "CAG" * 3)) for _ in range(400))
    path = tmp_path_factory.mktemp("genome") / "genome.fa"
    path.write_text(">chr1\n" + "\n".join(text[at : at + 60] for at in range(0, len(text), 60)))
    pysam.tabix_compress(str(path), f"{path}.gz", force=True)
    return path, text


def test_moved_to_the_left_as_bcftools_norm_does(
    read: Read, genome: tuple[Path, str], tmp_path: Path
) -> None:
    fasta, text = genome
    chance = random.Random(11)
    rows = []
    for _ in range(400):
        at = chance.randint(1, len(text) - 12)
        ref = text[at - 1 : at - 1 + chance.choice((1, 1, 2, 3, 6))]
        more = "".join(chance.choices("ACGT", k=chance.randint(1, 3)))
        alt = chance.choice((ref + ref[-1], ref[0], ref + text[at + len(ref) - 1], more, ref + ref))
        if alt != ref:
            rows.append(f"chr1 {at} {ref} {alt}")
    content = vcf(*rows, header=f"##fileformat=VCFv4.2\n##contig=<ID=chr1,length={len(text)}>\n")
    plain, normed = tmp_path / "in.vcf", tmp_path / "normed.vcf"
    header = content.replace(f",length={len(text)}", "")
    plain.write_text(header)
    bcftools.run("norm", "-f", str(fasta), "-o", str(normed), path=plain)
    expected = sorted(
        (int(cells[1]), cells[3], cells[4])
        for line in normed.read_text().splitlines()
        if not line.startswith("#") and (cells := line.split("\t"))
    )
    for one in (fasta, Path(f"{fasta}.gz")):
        calls, found = read(header, fasta=one)
        assert sorted((row["mpos"], row["mref"], row["malt"]) for row in found) == expected
        assert [row["mpos"] for row in found] == sorted(row["mpos"] for row in found)
        assert calls.classes["insertions or deletions that were moved to the left"] > 50
        assert calls.caveats == ()
    without, _ = read(header)
    key = "insertions or deletions that are not left-aligned"
    assert (
        without.classes[key] >= calls.classes["insertions or deletions that were moved to the left"]
    )


def test_ref_is_held_against_the_genome(read: Read, genome: tuple[Path, str]) -> None:
    fasta, text = genome
    other = "C" if text[9] != "C" else "G"
    content = f"chr1-10-{other}-T\n1:12:{text[11:14]}:{text[11]}\nX-5-A-T\n"
    calls, rows = read(content, "list.txt", fasta=fasta)
    assert [row["problem"] for row in rows] == ["REF differs from the reference genome", None, None]
    assert calls.classes["REF differs from the reference genome"] == 1
    assert calls.classes["chromosomes that the reference genome does not hold"] == 1
    assert len(calls.caveats) == 2
    packed = fasta.with_name("plain.fa.gz")
    packed.write_bytes(gzip.compress(fasta.read_bytes()))
    with pytest.raises(InputError, match="packed with gzip"):
        read(content, "list.txt", fasta=packed)
    with pytest.raises(InputError, match="is no FASTA"):
        read(content, "list.txt", fasta=Path(__file__))


def test_builds_must_agree(read: Read) -> None:
    with pytest.raises(InputError, match="is on GRCh37 by the lengths"):
        read(vcf("1 5 A G"), build=Build.GRCH38)
    assert read(vcf("1 5 A G", header="##fileformat=VCFv4.2\n"))[0].build is None
    assert read(["1-5-A-G"], build=Build.GRCH38)[0].build is Build.GRCH38
    assert read(["1-5-A-G", "NC_000002.12:g.5A>G"])[0].build is Build.GRCH38
    with pytest.raises(InputError, match=r"variant 2: .* is on GRCh37"):
        read(["NC_000002.12:g.5A>G", "NC_000002.11:g.5A>G"])
    with pytest.raises(UsageError, match="No variant was given"):
        read([" "])


def test_long_alleles_are_not_repeated_without_end(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = f"1 5 {'A' * 2_000} {','.join('C' * one for one in range(1, 101))}"
    assert read(vcf(row))[0].variants == 100
    monkeypatch.setattr("everygenome.sources.variation.calls.matched._MOST_REPEATED", 100_000)
    with pytest.raises(InputError, match="Record 1 has too many long alleles"):
        read(vcf(row))


def test_lists_have_lines_or_columns(read: Read) -> None:
    calls, rows = read("# mine\n\n1-5-A-G\r\nchr1:4 C>T\n", "mine.txt")
    assert [(row["name"], row["record"]) for row in rows] == [("chr1:4 C>T", 4), ("1-5-A-G", 3)]
    assert calls.classes["blank lines and comments"] == 2
    _, rows = read(
        '\ufeffName,Gene,CHROM,POS,REF,ALT,HGVS_c,other\n"first, one",MYH7,14,7,A,"G,T",c.1A>G,x\n',
        "mine.csv",
    )
    assert [(row["name"], row["gene"], row["hgvs_c"], row["alt"]) for row in rows] == [
        ("first, one", "MYH7", "c.1A>G", "G"),
        ("first, one", "MYH7", "c.1A>G", "T"),
    ]
    _, rows = read("variant\tgene\n1-5-A-G\tPCSK9\n1-6-A-<DEL>\t\n", "mine.tsv")
    assert [(row["gene"], row["genes"], row["problem"]) for row in rows] == [
        ("PCSK9", 1, None),
        (None, None, "symbolic allele (<DEL>)"),
    ]
    # Zeros before a number mean nothing, however many: they were a traceback, or another place.
    zeros = "0" * 5_000
    _, rows = read(f"chrom,pos,ref,alt\n1,{zeros}5,A,G\n1,-{zeros}5,A,G\n", "mine.csv")
    assert [(row["pos"], row["problem"]) for row in rows] == [
        (-5, "position outside the chromosome"),
        (5, None),
    ]
    _, rows = read(f"1-{zeros}5-A-G\nNC_000001.11:g.{zeros}5A>G\n", "mine.txt")
    assert [row["mpos"] for row in rows] == [5, 5]
    for content, said in (
        (f"chrom,pos,ref,alt\n1,{'0' * 11}{'9' * 20},A,G\n", "line 2: '0000.* is no position"),
        (f"1-{zeros}{'9' * 5_000}-A-G\n", "line 1: .* no chromosome has a position so large"),
        ("1-5-A-G\nnonsense\n", "a.txt, line 2: 'nonsense' is not understood"),
        ("chrom,pos,ref\n1,5,A\n", "names columns, but not alt"),
        ("chrom,pos,ref,alt\n1,5,A\n", "line 2: 3 cells"),
        ("chrom,pos,ref,alt\n1,x,A,G\n", "line 2: 'x' is no position"),
        ("chrom,pos,ref,alt,chr\n", "two columns for chrom"),
        ('chrom,pos,ref,alt\n1,5,A,"G\n', "line 2: quotes"),
        (b"1-5-A-G\n1-5-A-\xff\n", "line 2: bytes that are not UTF-8"),
        (b"1-5-A-G\n1-5-A\0-G\n", "line 2: a NUL byte"),
        ("# nothing\n", "holds no variants"),
        ("1-5-A-" + "G" * 1_100_000, "line 1 has more than 1 MB"),
    ):
        with pytest.raises(InputError, match=said):
            read(content, "a.txt")


def test_genes_come_from_info_or_from_places(read: Read, tmp_path: Path) -> None:
    info = '##INFO=<ID=GENEINFO,Number=1,Type=String,Description="x">\n'
    content = vcf(
        "1 5 A G GENEINFO=MYH7:4625|MHRT:1", "1 6 A G", "1 20 ACGT A", "1 40 A G",
        header=HEADER + info,
    )  # fmt: skip
    bed = tmp_path / "genes.bed"
    bed.write_text("track x\nchr1\t5\t22\tB\nchr1\t5\t8\tB\nchr1\t21\t30\tC\nchr1\t0\t7\tA\n")
    calls, rows = read(content, genes=GeneSource(bed))
    assert [(row["gene"], row["genes"]) for row in rows] == [
        ("MYH7", 2), ("A", 2), ("B", 2), (None, 0),
    ]  # fmt: skip
    assert calls.classes["variants in several genes, of which the first is taken"] == 3
    said = "Consequence annotations from VEP. Format: Allele|Consequence|SYMBOL|Feature"
    csq = f'##INFO=<ID=CSQ,Number=.,Type=String,Description="{said}">\n'
    _, rows = read(
        vcf("1 5 A G CSQ=G|x||a,G|x|TTN|b,G|y|TTN|c", "1 6 A G CSQ=G", header=HEADER + csq)
    )
    assert [(row["gene"], row["genes"]) for row in rows] == [("TTN", 1), (None, 0)]
    bed.write_text("chr1\t5\n")
    with pytest.raises(InputError, match="line 1 is no row of a BED"):
        read(content, genes=GeneSource(bed))


def test_clinvar_names_say_what_its_records_say(test_data: Path) -> None:
    # HGVS of ClinVar beside its own columns: single letters, in all chromosomes.
    path = test_data / "variants" / "clinvar" / "clinvar_2014-06-04.vcf.gz"
    form = "%CHROM %POS %REF %ALT %INFO/CLNHGVS\n"
    seen: Counter[str] = Counter()
    with bcftools.streamed("query", "-f", form, path=path) as stream:
        for line in stream:
            chrom, pos, ref, alt, name = line.decode().split()
            if (
                "," not in name
                and len(ref) == 1
                and name.endswith(f"{ref}>{alt}")
                and seen[chrom] < 50
            ):
                seen[chrom] += 1
                found = typed(name)
                assert (contig(found.chrom), found.pos, found.ref, found.alt) == (
                    contig(chrom), int(pos), ref, alt,
                )  # fmt: skip
                assert found.build is (None if chrom == "MT" else Build.GRCH37)
    assert (len(seen), sum(seen.values())) == (24, 1_200)


@pytest.mark.slow
@pytest.mark.parametrize("packed", [False, True])
def test_a_large_file_is_looked_through_where_its_positions_fall(
    read: Read, monkeypatch: pytest.MonkeyPatch, packed: bool
) -> None:
    monkeypatch.setattr(from_vcf, "_LOOKED_THROUGH", 0)
    pack = gzip.compress if packed else bytes
    assert read(pack(vcf("2 9 A G", "1 7 A G", "1 8 A G").encode()))[0].variants == 3
    assert read(pack(vcf("1 9 A G", "1 0000000007 A G").encode()))[0].variants == 2
    with pytest.raises(InputError, match="line 6: position '4294967301' is above"):
        read(pack(vcf("1 9 A G", "1 4294967301 A G").encode()))
