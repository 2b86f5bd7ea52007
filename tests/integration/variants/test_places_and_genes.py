"""Where people have one chromosome or two; whose number of a place is known; and whose gene it is.

Each number stands here by hand: half of a group on the X is not half of it on chromosome 1.
"""

import json
import resource
import shutil
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from everygenome.errors import InputError, StoreError, UsageError
from everygenome.sources.variation.calls.info_genes import GeneField, genes_in
from everygenome.sources.variation.header import read_header
from everygenome.sources.variation.preparing.manifest import read_frequencies
from everygenome.sources.variation.preparing.prepare import prepare
from everygenome.variants.asking import ask, ask_file
from everygenome.variants.bars import Bars, one_bar
from everygenome.variants.evidence import windows
from everygenome.variants.result import GroupEvidence, Status, VariantEvidence
from everygenome.variants.verdict import Verdict
from everygenome.variants.watching.file import read_watch
from tests.factories.sites import Site, sites_text

pytestmark = [pytest.mark.slow]

FEW = "less than half of this group was looked at here"
LENT = "chromosomes counted at another allele of this place"
SEVERAL = "in several genes: held against the bars of the first one alone"
BAR = one_bar(1e-3, source="typed")
IN_MALES = Bars(rare=1e-3, expected=1e-3, absent_in_males=True, source="typed")
SITES = [
    Site(pos=1000, counts={"all": (3, 100_000), "afr": (0, 20_000), "nfe": (3, 60_000)}),
    # In a shared end, where all have two; and outside it.
    Site(chrom="X", pos=60_000, counts={"all": (0, 40_000), "afr": (0, 20_000)}),
    Site(chrom="X", pos=5_000_000, counts={
        "all": (2, 75_000), "afr": (0, 15_000), "nfe": (2, 45_000),
        ("all", "XY"): (0, 25_000), ("afr", "XY"): (0, 5_000), ("nfe", "XY"): (0, 15_000),
    }),
    Site(chrom="X", pos=5_000_001, counts={
        "all": (2, 40_000), "afr": (0, 7_000), "nfe": (2, 30_000), ("nfe", "XY"): (9, 3),
    }),
]  # fmt: skip


def made(folder: Path, *, numbers: str = "", sites: Sequence[Site] = SITES) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "sites.vcf").write_text(sites_text(("afr", "nfe"), sites), encoding="utf-8")
    table = None
    if numbers:
        table = folder / "numbers.tsv"
        table.write_text(numbers, encoding="utf-8")
    prepare([folder / "sites.vcf"], folder / "store", allele_numbers=table)
    return folder / "store"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("places"))


def groups_of(one: VariantEvidence) -> Mapping[str, GroupEvidence]:
    return {group.group: group for group in one.groups}


def few(store: Path) -> dict[str, list[str]]:
    names = ["X-60000-A-C", "X-5000000-A-C", "X-5000001-A-C"]
    told = ask(names, frequencies=store, bars=BAR)
    return {
        one.name: [group.group for group in one.groups if FEW in group.flags]
        for one in told.variants
    }


def test_few_are_few_of_those_who_have_the_chromosome(store: Path) -> None:
    """7,000 are less than half of 15,000 on the X; 30,000 are more than half of 45,000 there."""
    assert read_frequencies(store).most_by_region == {
        "": {"all": 100_000, "afr": 20_000, "nfe": 60_000},
        "X": {"all": 75_000, "afr": 15_000, "nfe": 45_000},
    }
    assert few(store) == {"X-60000-A-C": [], "X-5000000-A-C": [], "X-5000001-A-C": ["afr"]}


def test_an_older_store_is_read_and_raises_what_is_sure(store: Path, tmp_path: Path) -> None:
    """It does not know how many there are on the X: at least half of all; 7,000 may be enough."""
    old = tmp_path / "old"
    old.mkdir()
    for one in store.iterdir():
        (old / one.name).symlink_to(one)
    told = json.loads((store / "manifest.json").read_text("utf-8"))
    del told["most_by_region"]
    (old / "manifest.json").unlink()
    (old / "manifest.json").write_text(json.dumps(told | {"store_version": 1}), "utf-8")
    assert few(old) == {"X-60000-A-C": [], "X-5000000-A-C": [], "X-5000001-A-C": []}


def test_absence_in_men_is_judged_where_another_allele_tells_how_many(store: Path) -> None:
    names = ["X-5000000-A-G", "X-5000001-A-G", "X-60000-A-G"]
    first, second, shared = ask(names, frequencies=store, bars=IN_MALES).variants
    told = groups_of(first)
    assert first.status is Status.NOT_SEEN
    assert (told["nfe"].nhemi, told["nfe"].an_xy, told["nfe"].verdict) == (0, 15_000, Verdict.RARE)
    assert first.criterion == "PM2_supporting"
    # Of men, contradicting counts are not lent; nor any where all have two chromosomes.
    assert groups_of(second)["nfe"].verdict is Verdict.COVERAGE_UNKNOWN
    assert groups_of(shared)["afr"].an_xy is None


def test_numbers_of_a_place_are_taken_from_where_they_are_known(tmp_path: Path) -> None:
    """A table of everybody hides nothing that another allele tells, and bounds it."""
    numbers = "chrom\tpos\tan_all\tan_all_xy\tan_afr_xy\n1\t1000\t50000\t\t\n"
    numbers += "X\t5000000\t70000\t24000\t4000\n1\t2000\t9000\t\t\n"
    store = made(tmp_path / "table", numbers=numbers)
    here, alone = ask(["1-1000-A-G", "1-2000-A-G"], frequencies=store, bars=BAR).variants
    told = groups_of(here)
    assert here.everybody is not None
    assert (here.everybody.an, told["afr"].an, told["nfe"].an) == (50_000, 20_000, 50_000)
    assert here.flags[0] == LENT
    assert (here.verdict, here.criterion) == (Verdict.RARE, "PM2_supporting")
    assert alone.status is Status.NOT_SEEN
    assert (groups_of(alone)["afr"].an, alone.flags) == (None, ())
    (of_men,) = ask(["X-5000000-A-G"], frequencies=store, bars=IN_MALES).variants
    told = groups_of(of_men)
    assert (told["afr"].an_xy, told["nfe"].an_xy) == (4_000, 15_000)


@pytest.fixture(scope="module")
def genes(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    path = tmp_path_factory.mktemp("genes") / "calls.tsv"
    rows = ("A\tG\tmyh7", "A\tT\tMHRT, MYH7", "A\tAC\tMYH7;MHRT", "A\tAT\tMYH6")
    lines = "".join(f"1\t1000\t{row}\t\n" for row in rows)
    lines += "6\t26092913\tG\tA\t\t\n6\t26092913\tG\tA\thfe\tNM_000410.3:c.845G>A\n"
    path.write_text(f"chrom\tpos\tref\talt\tgene\thgvs_c\n{lines}", encoding="utf-8")
    tables: dict[str, list[pa.Table]] = {"long": [], "summary": [], "info": []}
    forms = {"long": "group", "summary": "variant", "info": "info"}
    told = ask_file(
        path,
        frequencies=store,
        bars={"MYH7": BAR},
        receivers={name: (form, tables[name].append) for name, form in forms.items()},
    )
    rows_of = {name: pa.concat_tables(found).to_pylist() for name, found in tables.items()}
    return {"variants": told.variants, **rows_of}


def test_genes_are_matched_in_any_case(genes: Mapping[str, Any]) -> None:
    bars = [one.bars for one in genes["variants"]]
    assert bars == [BAR, None, BAR, None, None, None]
    assert [one.gene for one in genes["variants"]] == ["myh7", "MHRT", "MYH7", "MYH6", "", "hfe"]


def test_a_variant_in_several_genes_says_so(genes: Mapping[str, Any]) -> None:
    assert [SEVERAL in one.flags for one in genes["variants"]] == [
        False, True, True, False, False, False,
    ]  # fmt: skip
    for form in ("long", "summary", "info"):
        alts = {row["alt"] for row in genes[form] if SEVERAL in row["flags"]}
        assert alts == {"T", "AC"}


def test_a_gene_field_without_a_value_names_no_gene() -> None:
    first, count = genes_in(pa.array(["1", "MYH7", "1,MYH7"]), GeneField("GENE"))
    assert (first.to_pylist(), count.to_pylist()) == ([None, "MYH7", "MYH7"], [0, 1, 1])


def test_one_gene_has_bars_once(store: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="'MYH7' and 'myh7' are one gene"):
        ask(["1-1000-A-G"], frequencies=store, bars={"MYH7": BAR, "myh7": BAR})
    path = tmp_path / "watch.jsonl"
    lines = ['{"format": "everygenome/variants/watch/1", "asked": []}']
    lines += [f'{{"bars": "{gene}", "rare": 0.1, "expected": 0.1}}' for gene in ("MYH7", "myh7")]
    lines += ['{"frequencies": "a", "build": "GRCh38"}']
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(InputError, match="line 3 names bars of myh7 a second time"):
        read_watch(path)


@pytest.mark.parametrize(
    ("file", "spoiled"),
    [
        ("sites/chrom=1/part.parquet", b""),
        ("sites/chrom=1/part.parquet", b"PAR1" + bytes(4000)),
        ("sites/chrom=1/part.parquet", None),
        ("quantiles.parquet", b""),
    ],
)
def test_a_store_that_is_damaged_says_so(
    store: Path, tmp_path: Path, file: str, spoiled: bytes | None
) -> None:
    """None of its rows would be found, and nothing told of what is common."""
    worn = tmp_path / "worn"
    shutil.copytree(store, worn)
    (worn / file).unlink()
    if spoiled is not None:
        (worn / file).write_bytes(spoiled)
    with pytest.raises(StoreError, match="worn"):
        ask(["1-1000-A-C"], frequencies=worn, bars=BAR)


def test_bars_that_contradict_stop() -> None:
    with pytest.raises(UsageError, match=r"rare 0\.01, expected 0\.001"):
        Bars(rare=1e-2, expected=1e-3)
    with pytest.raises(UsageError, match=r"expected 0\.01, common 0\.001"):
        Bars(rare=1e-3, expected=1e-2, common=1e-3)


def test_contigs_of_no_chromosome_are_taken_together(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file can name thousands of them; the engine is not asked once for each."""
    asked: list[int] = []
    answer = windows.Engine.answer

    def counted(self: Any, window: pa.Table, forms: Any) -> Any:
        asked.append(window.num_rows)
        return answer(self, window, forms)

    monkeypatch.setattr(windows.Engine, "answer", counted)
    contigs = [f"HLA-A*{number:05}" for number in range(300)]
    head = "##fileformat=VCFv4.2\n##contig=<ID=chr1,length=248956422>\n"
    head += "".join(f"##contig=<ID={name},length=3000>\n" for name in contigs)
    lines = "".join(f"{name}\t1000\t.\tA\tC\t.\t.\t.\n" for name in ("chr1", *contigs))
    path = tmp_path / "hla.vcf"
    path.write_text(f"{head}#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n{lines}", "utf-8")
    told = ask_file(path, frequencies=store, bars=BAR, shown=0)
    assert asked == [1, 300]
    assert told.summary is not None
    assert told.summary.statuses[Status.NOT_COMPARED] == 300
    assert told.summary.statuses[Status.FOUND] == 1


def test_a_header_of_many_contigs_is_read_at_once(tmp_path: Path) -> None:
    """Line by line it took the square of their number: half a minute for these."""
    path = tmp_path / "many.vcf"
    lines = "".join(f"##contig=<ID=c{number},length=1000>\n" for number in range(100_000))
    columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
    path.write_text(f"##fileformat=VCFv4.2\n##source=us\n{lines}{columns}", "utf-8")
    before = time.process_time() + resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    header = read_header(path)
    spent = time.process_time() + resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    assert (len(header.contigs), header.contigs["c99999"]) == (100_000, 1000)
    assert header.plain["source"] == "us"
    assert spent < 10


def test_counts_of_the_mitochondrion_are_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "mt.vcf"
    fields = "".join(
        f'##INFO=<ID={name},Number=1,Type=Integer,Description="a">\n'
        for name in ("AN", "AC_hom", "AC_het")
    )
    path.write_text(
        f"##fileformat=VCFv4.2\n##contig=<ID=chrM,length=16569>\n{fields}"
        "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
        "chrM\t3243\t.\tA\tG\t.\tPASS\tAN=56434;AC_hom=0;AC_het=6\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError, match=r"mt\.vcf is of the mitochondrion"):
        prepare([path], tmp_path / "store", build="GRCh38")


def test_where_nobody_was_looked_at_it_is_known_how_many_were(tmp_path: Path) -> None:
    """None were: nothing can be evaluated. Unknown is only what nobody states."""
    sites = [Site(pos=1000, counts={"all": (3, 60_000), "afr": (0, 0), "nfe": (3, 60_000)})]
    folder = made(tmp_path, sites=sites)
    there, elsewhere = ask(
        ["1-1000-A-C", "1-2000-A-C"], frequencies=folder, groups=["afr"], bars=BAR
    ).variants
    one = groups_of(there)["afr"]
    assert (there.status, one.verdict, one.needed) == (Status.FOUND, Verdict.NOT_EVALUABLE, 2996)
    assert there.verdict is Verdict.NOT_EVALUABLE
    assert "nobody of this group was looked at here" in one.flags
    assert (elsewhere.status, elsewhere.verdict) == (
        Status.COVERAGE_UNKNOWN,
        Verdict.COVERAGE_UNKNOWN,
    )
    (bare,) = ask(["1-1000-A-C"], frequencies=folder, groups=["afr"]).variants
    assert groups_of(bare)["afr"].verdict is Verdict.NO_BAR
