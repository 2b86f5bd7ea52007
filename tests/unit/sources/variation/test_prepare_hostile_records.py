"""Records that are odd: each is in the store, and what is odd is counted and marked."""

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from everygenome.errors import InputError
from everygenome.sources.variation.feeding import feed
from everygenome.sources.variation.frequencies import opened_frequencies
from everygenome.sources.variation.preparing import classes, writing
from everygenome.sources.variation.preparing.columns import Mark, folder_of
from everygenome.sources.variation.preparing.manifest import FrequencyManifest
from everygenome.sources.variation.preparing.prepare import prepare
from tests.factories.sites_files import header, prepared, rows_of, sites_text

Made = Callable[..., tuple[FrequencyManifest, list[dict[str, Any]]]]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    def making(*records: str, head: str | None = None, **options: Any) -> Any:
        path = tmp_path / "s.vcf"
        path.write_text(sites_text(*records, head=head))
        manifest = prepared(path, tmp_path / "out", **options)
        rows = rows_of(tmp_path / "out")
        # Nothing is lost: what is said of the store is what is in it.
        assert manifest.variants == len(rows) == sum(manifest.contigs.values())
        assert manifest.files[0].variants == len(rows)
        assert manifest.files[0].records == len(records)
        return manifest, rows

    return making


def test_counts_are_whole_numbers_or_not_known(made: Made) -> None:
    stated = {
        "5/100": (5, 100, 0),
        "12.0/100": (12, 100, 0),
        "0/0": (0, 0, 0),
        "5/0": (5, 0, Mark.CONTRADICTS),
        "5/3": (5, 3, Mark.CONTRADICTS),
        "-5/100": (-5, 100, Mark.CONTRADICTS),
        "0/-100": (0, -100, Mark.CONTRADICTS),
        "NaN/100": (None, 100, Mark.UNREADABLE),
        "inf/100": (None, 100, Mark.UNREADABLE),
        # bcftools reads these as 1, 12, 0 and 3, without a word.
        "1e3/5000": (None, 5000, Mark.UNREADABLE),
        "12.5/100": (None, 100, Mark.UNREADABLE),
        "0x10/100": (None, 100, Mark.UNREADABLE),
        "3 of 5/100": (None, 100, Mark.UNREADABLE),
        "many/100": (None, 100, Mark.UNREADABLE),
        "2147483647/2147483647": (2147483647, 2147483647, 0),
        "2147483648/2147483648": (None, None, Mark.UNREADABLE),
        "99999999999/100": (None, 100, Mark.UNREADABLE),
        "./100": (None, 100, 0),
        "5/.": (5, None, 0),
        ".": (None, None, 0),
        "AN=100": (None, 100, 0),
        "AN_WEST=9;AN=100;AC_WEST=7;AC=5": (5, 100, 0),
        # No value at all would come out as 1, as a flag does.
        "AC=;AN=100": (None, 100, Mark.UNREADABLE),
        "AN=100;AC=": (None, 100, Mark.UNREADABLE),
        "AC;AN=100": (None, 100, Mark.UNREADABLE),
        "AN=100;AC": (None, 100, Mark.UNREADABLE),
        "AC=5,7;AN=100": (None, 100, Mark.UNREADABLE),
    }
    records = [f"chr1 {place} A G {one}" for place, one in enumerate(stated, start=10)]
    manifest, rows = made(*records)
    told = {
        one: (row["ac_all"], row["an_all"], row["marks"])
        for one, row in zip(stated, rows, strict=True)
    }
    assert told == stated
    assert manifest.classes == {
        classes.CONTRADICTS: 4,
        classes.UNREADABLE: 14,
        classes.AN_ZERO: 2,
        classes.AN_MISSING: 3,
    }
    assert (rows[-6]["ac_west"], rows[-6]["an_west"]) == (7, 9)
    # The largest AC has its quantiles too.
    assert manifest.most_chromosomes == {"all": 2147483647, "west": 2147483647}


@pytest.mark.parametrize(
    "told",
    ["A,String", ".,Float", "1,Integer", "0,Flag", "G,Odd", "R,Integer"],
)
def test_whatever_type_the_header_states(told: str, made: Made) -> None:
    head = header(types={"AC": told, "AN": told})
    manifest, rows = made(
        "chr1 5 A G 5/100", "chr1 6 A G 1234567/9999999", "chr1 7 A G,T 1,2/100,100",
        "chr1 8 A G,T 1,2/100", head=head,
    )  # fmt: skip
    assert [(row["ac_all"], row["an_all"]) for row in rows] == [
        (5, 100), (1234567, 9999999), (1, 100), (2, 100), (1, 100), (2, 100),
    ]  # fmt: skip
    assert manifest.classes == {classes.SPLIT: 2}


def test_a_value_for_the_reference_allele(made: Made) -> None:
    head = header(types={"AC": "R,Integer"})
    _, rows = made("chr1 5 A G AC=95,5;AN=100", "chr1 6 A G,T AC=90,6,4;AN=100", head=head)
    assert [row["ac_all"] for row in rows] == [5, 6, 4]


def test_the_first_declaration_counts_for_all(made: Made) -> None:
    twice = header() + header(["AC"], contigs={}, types={"AC": "1,Flag"}).split("\n", 1)[1]
    _, rows = made("chr1 5 A G 7/100", head=twice)
    assert rows[0]["ac_all"] == 7


def test_alleles(made: Made) -> None:
    stated = {
        "A *": classes.SPANNING,
        "A <DEL>": classes.SYMBOLIC,
        "A <x:y=1>": classes.SYMBOLIC,
        "A A[chr2:5[": classes.BREAKEND,
        "A ]chr2:5]A": classes.BREAKEND,
        "A .": classes.NO_ALTERNATE,
        "A R": classes.AMBIGUOUS,
        "N A": classes.AMBIGUOUS,
        "A X!": classes.NO_BASES,
        ". A": classes.NO_BASES,
        "A .T": classes.NO_BASES,
        "A A": classes.SAME,
        "a g": None,
        "ACG ATG": None,
        "GCACA GCA": None,
    }
    records = [f"chr1 {place} {one}" for place, one in enumerate(stated, start=10)]
    manifest, rows = made(*records, "chr1 50 A G,*,<NON_REF>,t 1,2,3,4/100")
    marked = {one: Mark.NO_BASES if what else 0 for one, what in stated.items()}
    assert dict(zip(stated, [row["marks"] for row in rows], strict=False)) == marked
    assert [(row["pos"], row["ref"], row["alt"]) for row in rows[12:15]] == [
        (22, "A", "G"), (24, "C", "T"), (24, "GCA", "G"),
    ]  # fmt: skip
    assert rows[3]["alt"] == "A[chr2:5["
    assert [(row["alt"], row["ac_all"], row["marks"]) for row in rows[15:]] == [
        ("G", 1, 0), ("*", 2, 8), ("<NON_REF>", 3, 8), ("T", 4, 0),
    ]  # fmt: skip
    assert manifest.classes == {
        classes.SPANNING: 2, classes.SYMBOLIC: 3, classes.BREAKEND: 2, classes.NO_ALTERNATE: 1,
        classes.AMBIGUOUS: 2, classes.NO_BASES: 3, classes.SAME: 1, classes.SMALL: 2,
        classes.TRIMMED: 2, classes.SPLIT: 1,
    }  # fmt: skip


def test_ten_thousand_alleles(made: Made) -> None:
    alleles = ["A" + bin(one)[2:].translate({48: "C", 49: "G"}) for one in range(10_000)]
    counts = ",".join(map(str, range(10_000)))
    manifest, rows = made(f"chr1 9 A {','.join(alleles)} {counts}/20000", "chr1 10 A G")
    assert [row["ac_all"] for row in rows] == [*range(10_000), 5]
    assert {row["an_west"] for row in rows[:-1]} == {20_000}
    assert manifest.classes == {classes.SPLIT: 1}


def test_places(made: Made) -> None:
    manifest, rows = made(
        "chr1 0 A G", "chr1 1 A G", "chr1 248956422 A G", "chr1 248956422 AC A",
        "chr1 2147483647 A G", "chr2 242193530 A G", "chr3 248956422 A G",
    )  # fmt: skip
    assert [row["marks"] for row in rows] == [32, 0, 0, 32, 32, 32, 0]
    assert manifest.classes == {classes.OUTSIDE: 4}
    assert list(manifest.contigs) == ["1", "2", "3"]


NAMES = (
    "HLA-A*01:01", "HLA-A*01_01", "../../x", "a'b", 'a"b', "a^b", "..", ".", "-x", "a b", "a%2Ab",
    "a*b", "[x]", "xx", "x" * 300, "y" * 300, "é" * 120, "chrUn_KI270302v1",
)  # fmt: skip


def test_odd_names_of_chromosomes(made: Made, tmp_path: Path) -> None:
    manifest, rows = made(*(f"{name}\t{place} A G" for place, name in enumerate(NAMES, start=5)))
    assert len(manifest.contigs) == len(NAMES)
    assert manifest.classes == {classes.NO_CHROMOSOME: len(NAMES)}
    assert {row["pos"] for row in rows} == set(range(5, 5 + len(NAMES)))
    folders = {path.name for path in (tmp_path / "out" / "sites").iterdir()}
    assert folders == {folder_of(name) for name in manifest.contigs}
    assert max(len(name.encode()) for name in folders) <= 130
    with opened_frequencies(tmp_path / "out") as opened:
        for place, name in enumerate(manifest.contigs, start=5):
            found = opened.sites(name, 1, 100)
            assert found is not None
            assert found.pos.to_pyarrow().to_pylist() == [place]


def test_statements_that_come_again(made: Made) -> None:
    manifest, rows = made(
        "chr1 10 A G 1/100", "chr1 10 A C 2/100", "chr1 10 A G 3/100", "chr1 9 CA CG 4/100",
        "chr1 11 A T 5/100", "chr1 11 a t 6/100",
    )  # fmt: skip
    assert [(row["pos"], row["alt"], row["ac_all"], row["marks"]) for row in rows] == [
        (10, "G", 1, 0), (10, "C", 2, 0), (10, "G", 3, 1), (10, "G", 4, 1), (11, "T", 5, 0),
        (11, "T", 6, 1),
    ]  # fmt: skip
    assert manifest.classes == {classes.REPEATED: 3, classes.TRIMMED: 1, classes.SMALL: 1}


def test_places_in_no_order(made: Made) -> None:
    places = [30, 20, 25, 20, 1]
    manifest, rows = made(*(f"chr1 {one} A G {at}/100" for at, one in enumerate(places)))
    assert [(row["pos"], row["ac_all"], row["marks"]) for row in rows] == [
        (1, 4, 0), (20, 1, 0), (20, 3, 1), (25, 2, 0), (30, 0, 0),
    ]  # fmt: skip
    assert manifest.classes == {classes.REPEATED: 1}


def test_repeats_across_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "_BLOCK_BYTES", 60)
    monkeypatch.setattr(writing, "_GROUP", 3)
    path = tmp_path / "s.vcf"
    path.write_text(sites_text(*(f"chr1 {5 + at // 7} A G {at}/100" for at in range(20))))
    manifest = prepared(path, tmp_path / "out")
    rows = rows_of(tmp_path / "out")
    assert [row["ac_all"] for row in rows] == list(range(20))
    assert [row["marks"] for row in rows] == [int(at % 7 > 0) for at in range(20)]
    assert manifest.classes == {classes.REPEATED: 17}
    file = next((tmp_path / "out" / "sites").rglob("*.parquet"))
    groups = pq.ParquetFile(file).metadata
    assert [groups.row_group(at).num_rows for at in range(groups.num_row_groups)] == [3] * 6 + [2]


class TestTwoFiles:
    """Files of one source, or of different people."""

    @pytest.fixture
    def two(self, tmp_path: Path) -> list[Path]:
        paths = [tmp_path / "one.vcf", tmp_path / "two.vcf"]
        paths[0].write_text(
            sites_text("chr1 10 A G 1/100", "chr1 10 A G 9/100", "chr1 11 A G 5/.", "chr2 7 A G")
        )
        # The same chromosome by another name, and in no order.
        text = sites_text("1 12 A G 2/50", "1 10 A G 4/50", "1 11 A G 5/50", head=header())
        paths[1].write_text(text)
        return paths

    def test_are_not_added_up_unasked(self, two: list[Path], tmp_path: Path) -> None:
        with pytest.raises(InputError, match=r"state the same variant, 1-10-A-G.*--combine"):
            prepared(two, tmp_path / "out")

    def test_are_added_up(self, two: list[Path], tmp_path: Path) -> None:
        made = prepared(two, tmp_path / "out", combine=True)
        rows = rows_of(tmp_path / "out")
        assert [
            (row["contig"], row["pos"], row["ac_all"], row["an_all"], row["marks"]) for row in rows
        ] == [
            ("1", 10, 5, 150, 0),
            ("1", 11, 10, None, 0),
            ("1", 12, 2, 50, Mark.ONE_FILE_OF_TWO),
            # The other file has no row of this chromosome, and its people are not counted.
            ("2", 7, 5, 100, Mark.ONE_FILE_OF_TWO),
        ]
        assert made.classes == {
            classes.REPEATED: 1, classes.ADDED: 2, classes.ONE_FILE: 2, classes.AN_MISSING: 1,
        }  # fmt: skip
        stated = sum(file.variants for file in made.files)
        assert stated == made.variants + made.classes[classes.REPEATED] + 2 == 7
        # Of the sums, not of what was added.
        assert made.most_chromosomes == {"all": 150, "west": 150}
        copies = pq.read_table(tmp_path / "out" / "quantiles.parquet")["copies"].to_pylist()
        assert copies == [0, 2, 5, 10]

    def test_sums_that_are_too_large(self, tmp_path: Path) -> None:
        paths = [tmp_path / "one.vcf", tmp_path / "two.vcf"]
        for at, path in enumerate(paths):
            path.write_text(sites_text(f"chr1 10 A G {at}/2147483647", "chr1 11 A G"))
        made = prepared(paths, tmp_path / "out", combine=True)
        assert [(row["an_all"], row["marks"]) for row in rows_of(tmp_path / "out")] == [
            (None, Mark.UNREADABLE), (200, 0),
        ]  # fmt: skip
        assert made.classes == {classes.TOO_LARGE: 1, classes.ADDED: 2}

    def test_where_one_lacks_a_field(self, tmp_path: Path) -> None:
        paths = [tmp_path / "one.vcf", tmp_path / "two.vcf"]
        fields = ["AC", "AN", "AC_afr", "AN_afr"]
        for at, more in enumerate((["nhomalt_afr"], [])):
            info = ";".join(f"{name}={at + 1}" for name in (*fields, *more))
            records = (f"chr1 10 A G {info}", f"chr1 {11 + at} A G {info}")
            paths[at].write_text(sites_text(*records, head=header([*fields, *more])))
        prepare(paths, tmp_path / "out", combine=True)
        assert [
            (row["pos"], row["ac_afr"], row["nhomalt_afr"]) for row in rows_of(tmp_path / "out")
        ] == [(10, 3, None), (11, 1, 1), (12, 2, None)]


def test_quantiles_are_numbers(made: Made, tmp_path: Path) -> None:
    made("chr1 5 A G 2147483647/2147483647", "chr1 6 A G 0/5")
    rows = pq.read_table(tmp_path / "out" / "quantiles.parquet").to_pylist()
    assert [row["copies"] for row in rows] == [0, 2147483647]
    assert all(math.isfinite(value) for row in rows for value in row.values())
