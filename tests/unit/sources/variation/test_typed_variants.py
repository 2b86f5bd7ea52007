"""One variant as typed: forms that are read, forms that get an answer, and HGVS on a genome."""

from pathlib import Path

import pytest

from everygenome.errors import InputError
from everygenome.sources.variation.accessions import chromosome_of
from everygenome.sources.variation.builds import Build
from everygenome.sources.variation.calls.reference import Reference
from everygenome.sources.variation.calls.typed import typed
from everygenome.sources.variation.normalising import left_aligned

#         1234567890123456789012345
GENOME = "GCAAAATCTCTCGGATTACAGNNNN"


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    folder = tmp_path_factory.mktemp("genome")
    fasta = folder / "small genome.fa"
    lines = [GENOME[at : at + 10].lower() for at in range(0, len(GENOME), 10)]
    fasta.write_text(">chr7 a part\n" + "\n".join(lines) + "\n")
    found = Reference(fasta, work=folder)
    assert not Path(f"{fasta}.fai").exists()
    return found


@pytest.mark.parametrize(
    "text",
    [
        "1-55051215-G-GA",
        "1:55051215:G:GA",
        "1:55051215 G>GA",
        "1 55051215 G GA",
        "  1:55,051,215G>GA ",
        "1_55051215_G_GA",
        "1–55051215–G→GA",
        "1:55051215-G/GA",
    ],
)
def test_plain_forms_say_the_same(text: str) -> None:
    found = typed(text)
    assert (found.chrom, found.pos, found.ref, found.alt) == ("1", 55051215, "G", "GA")
    assert found.name == text.strip()


def test_chr_is_kept_as_typed_and_accessions_state_the_build() -> None:
    assert typed("chrX-5-A-T").chrom == "chrX"
    one = typed("NC_000001.11:g.55051215G>A")
    assert (one.chrom, one.pos, one.ref, one.alt, one.build) == (
        "1", 55051215, "G", "A", Build.GRCH38,
    )  # fmt: skip
    assert typed("NC_000023.10:g.100_101delACinsT").build is Build.GRCH37
    assert typed("NC_012920.1:m.3243A>G").build is None
    assert chromosome_of("NC_000007.14") == ("7", Build.GRCH38)
    assert chromosome_of("NC_000024.9") == ("Y", Build.GRCH37)
    with pytest.raises(InputError, match="is on GRCh37; what it is compared with is on GRCh38"):
        typed("NC_000001.10:g.5A>T", build=Build.GRCH38)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rs11591147", "rs number"),
        ("NM_000257.4:c.1208G>A", "change of a transcript"),
        ("MYH7 c.1208G>A", "change of a transcript"),
        ("p.Arg403Gln", "change of a protein"),
        ("NP_000248.2:p.Arg403Gln", "change of a protein"),
        ("VCV000014087", "ClinVar"),
        ("CA1234", "ClinGen Allele Registry"),
        ("NC_000001.11:55051214:G:GA", "counts positions from 0"),
        ("1-5-G-A,T", "several alternate alleles"),
        ("1:5:GA:-", "leaves an allele out"),
        ("Q-5-G-A", "is no chromosome"),
        ("1--5-G-A", "is not understood"),
        ("1-99999999999-G-A", "no chromosome has a position"),
        ("NC_000001.9:g.5G>A", "no chromosome of GRCh37 or GRCh38"),
        ("NC_000001.11:g.5CAG[23]", "is not understood"),
        ("NC_000001.11:g.999999999G>A", "positions run from 1"),
        ("NC_000001.11:g.9_5del", "positions run from 1"),
        ("NC_000001.11:g.5_20005del", "longer than 10,000"),
        ("NC_000001.11:g.5_6delG", "states 1 bases for 2 positions"),
        ("chr7:g.5del", "none was given"),
        ("chr7:g.5_7insA", "between two neighbours"),
        ("<script>alert(1)</script>\x1b[31m", r"\?\[31m"),
        ("x" * 10_000, "x…"),
    ],
)
def test_other_names_get_an_answer(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        typed(text)
    assert caught.value.remedy
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("3A>G", (3, "A", "G")),
        ("7del", (6, "AT", "A")),
        ("6_7delAT", (5, "AAT", "A")),
        ("1del", (1, "GC", "C")),
        ("12dup", (12, "C", "CC")),
        ("13_14insTT", (13, "G", "GTT")),
        ("3_4delinsC", (3, "AA", "C")),
        ("13_15inv", (13, "GGA", "TCC")),
    ],
)
def test_hgvs_becomes_alleles(
    change: str, expected: tuple[int, str, str], reference: Reference
) -> None:
    found = typed(f"chr7:g.{change}", reference=reference)
    assert (found.pos, found.ref, found.alt) == expected


def test_stated_bases_must_fit_the_genome(reference: Reference) -> None:
    with pytest.raises(InputError, match="has 'C' there"):
        typed("chr7:g.2G>A", reference=reference)
    with pytest.raises(InputError, match="has no known bases there"):
        typed("chr7:g.23del", reference=reference)
    with pytest.raises(InputError, match="has no known bases there"):
        typed("chr8:g.2del", reference=reference)


def test_alleles_move_left_as_far_as_the_genome_repeats() -> None:
    def bases(first: int, last: int) -> str:
        return GENOME[first - 1 : last]

    assert left_aligned(11, "T", "TCT", bases) == (6, "A", "ATC")
    assert left_aligned(9, "TCTC", "TC", bases) == (6, "ATC", "A")
    assert left_aligned(6, "A", "AA", bases) == (2, "C", "CA")
    assert left_aligned(1, "G", "GG", bases) == (1, "G", "GG")
    assert left_aligned(13, "GGA", "TCA", bases) == (13, "GG", "TC")
