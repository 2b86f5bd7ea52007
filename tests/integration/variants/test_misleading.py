"""What could mislead a clinical scientist: counts and bars for which a rule must not say too much.

Each case is a gene of its own, with its bars, so that one question asks them all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from everygenome.sources.variation.preparing.prepare import prepare
from everygenome.variants.asking import ask_file
from everygenome.variants.bars import Bars, Statistic
from everygenome.variants.result import Evidence, GroupEvidence, Status, VariantEvidence
from everygenome.variants.verdict import Verdict
from tests.factories.sites import Site, sites_text

pytestmark = [pytest.mark.slow]

GROUPS = ("afr", "nfe", "fin", "remaining")
BAR = Bars(rare=1e-3, expected=1e-3, source="typed")
# Enough of each to show that what nobody has is rarer than 1e-3.
ENOUGH = {"all": (0, 50_000), "afr": (0, 10_000), "nfe": (0, 30_000), "fin": (0, 4_000),
          "remaining": (0, 6_000)}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Counts of the source where they differ from `ENOUGH`; None: it has no record."""

    counts: Mapping[Any, tuple[object, object]] | None = field(default_factory=dict)
    bars: Bars = BAR
    chrom: str = "1"
    filters: str = "PASS"
    alt: str = "C"
    asked_alt: str = "C"


CASES: dict[str, Case] = {
    "PLAIN": Case(),
    "SYMBOL": Case(counts={"afr": (50, 10_000)}, alt="<DEL>", asked_alt="<DEL>"),
    "STAR": Case(asked_alt="*"),
    # Counts that contradict.
    "ABOVE": Case(counts={"nfe": (40_000, 30_000)}),
    "BELOW": Case(counts={"nfe": (0, -30_000)}),
    "ALL_ABOVE": Case(counts={"all": (60_000, 50_000)}),
    "MORE_THAN_ALL": Case(counts={"all": (10, 50_000), "afr": (1000, 10_000)}),
    "NO_AC": Case(counts={"nfe": (".", 30_000)}),
    # Another allele of the place lends its chromosomes.
    "LENT": Case(asked_alt="G"),
    "LENT_NEGATIVE": Case(counts={"nfe": (".", -30_000)}, asked_alt="G"),
    "LENT_ABOVE": Case(counts={"nfe": (40_000, 30_000)}, asked_alt="G"),
    "LENT_BY_SYMBOL": Case(alt="<DEL>", asked_alt="G"),
    # Common in a group that does not count.
    "FOUNDER": Case(counts={"all": (80, 50_000), "fin": (80, 4_000)}),
    "FOUNDER_BA1": Case(
        counts={"all": (800, 50_000), "fin": (800, 4_000)},
        bars=Bars(rare=1e-3, expected=1e-2, common=5e-2),
    ),
    "COMMON": Case(counts={"all": (900, 50_000), "nfe": (900, 30_000)}),
    # A panel that asks for absence, or says nothing of PM2.
    "ABSENT": Case(bars=Bars(rare=1e-3, expected=1e-3, absent=True)),
    "ABSENT_HERE": Case(
        counts={"all": (12, 50_000), "nfe": (12, 30_000)},
        bars=Bars(rare=1e-3, expected=1e-3, absent=True),
    ),
    "NO_PM2": Case(bars=Bars(rare=1e-3, expected=1e-3, states_rare=False)),
    "MALES": Case(
        chrom="X",
        counts={
            "all": (12, 50_000),
            ("all", "XY"): (3, 20_000),
            "nfe": (12, 30_000),
            ("afr", "XY"): (0, 4_000),
            ("nfe", "XY"): (3, 12_000),
            ("fin", "XY"): (0, 1_000),
        },
        bars=Bars(rare=1e-3, expected=1e-3, absent_in_males=True),
    ),
    "MALES_ABOVE": Case(
        chrom="X",
        counts={("all", "XY"): (0, 20_000), ("afr", "XY"): (9_000, 4_000)},
        bars=Bars(rare=1e-3, expected=1e-3, absent_in_males=True),
    ),
    # A single copy of few chromosomes, held against a bar for the frequency itself.
    "POINT": Case(
        counts={"nfe": (1, 6)}, bars=Bars(rare=1e-3, expected=1e-2, statistic=Statistic.AF)
    ),
    "SURE_POINT": Case(
        counts={"nfe": (900, 30_000)},
        bars=Bars(rare=1e-3, expected=1e-2, statistic=Statistic.AF),
    ),
    # Bars at the ends of what bars can be.
    "HIGHEST": Case(bars=Bars(rare=1, expected=1)),
    "LOWEST": Case(bars=Bars(rare=1e-300, expected=1e-300)),
    "FAILED": Case(filters="AC0"),
}


@dataclass(frozen=True, slots=True)
class Answers:
    """All forms of one answer, by gene."""

    evidence: Evidence
    long: Mapping[str, Mapping[str, Mapping[str, Any]]]
    summary: Mapping[str, Mapping[str, Any]]

    def variant(self, gene: str) -> VariantEvidence:
        return next(one for one in self.evidence.variants if one.gene == gene)

    def group(self, gene: str, code: str) -> GroupEvidence:
        return next(one for one in self.variant(gene).groups if one.group == code)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("misleading")
    places = {gene: 5_000_000 + 10 * place for place, gene in enumerate(CASES)}
    sites = [
        Site(chrom=case.chrom, pos=places[gene], alt=case.alt, filters=case.filters,
             counts={**ENOUGH, **case.counts})
        for gene, case in CASES.items() if case.counts is not None
    ]  # fmt: skip
    sites.sort(key=lambda site: (site.chrom, site.pos))
    (folder / "sites.vcf").write_text(sites_text(GROUPS, sites), encoding="utf-8")
    prepare([folder / "sites.vcf"], folder / "store")
    lines = [
        f"{case.chrom}\t{places[gene]}\tA\t{case.asked_alt}\t{gene}\n"
        for gene, case in CASES.items()
    ]
    (folder / "calls.tsv").write_text("chrom\tpos\tref\talt\tgene\n" + "".join(lines), "utf-8")
    return folder


def asked(folder: Path, groups: tuple[str, ...] = ()) -> Answers:
    tables: dict[str, list[pa.Table]] = {"long": [], "summary": []}
    evidence = ask_file(
        folder / "calls.tsv",
        frequencies=folder / "store",
        groups=groups,
        bars={gene: case.bars for gene, case in CASES.items()},
        receivers={
            "long": ("group", tables["long"].append),
            "summary": ("variant", tables["summary"].append),
        },
    )
    rows = {name: pa.concat_tables(found).to_pylist() for name, found in tables.items()}
    by_place = {(one.chrom, one.pos): one.gene for one in evidence.variants}
    long: dict[str, dict[str, Any]] = {gene: {} for gene in CASES}
    for row in rows["long"]:
        long[by_place[row["chrom"], row["pos"]]][row["group"]] = row
    summary = {by_place[row["chrom"], row["pos"]]: row for row in rows["summary"]}
    return Answers(evidence, long, summary)


@pytest.fixture(scope="module")
def unknown(folder: Path) -> Answers:
    """The background is unknown."""
    return asked(folder)


@pytest.fixture(scope="module")
def of_afr(folder: Path) -> Answers:
    return asked(folder, ("afr",))


def test_what_nobody_has_is_rare_where_enough_were_looked_at(unknown: Answers) -> None:
    told = unknown.variant("PLAIN")
    assert (told.status, told.verdict, told.criterion) == (
        Status.FOUND, Verdict.RARE, "PM2_supporting",
    )  # fmt: skip
    assert {one.group: one.verdict for one in told.groups} == dict.fromkeys(GROUPS, Verdict.RARE)


@pytest.mark.parametrize("gene", ["SYMBOL", "STAR"])
def test_of_what_is_not_compared_nothing_is_counted(unknown: Answers, gene: str) -> None:
    told = unknown.variant(gene)
    assert told.status is Status.NOT_COMPARED
    for one in told.groups:
        assert one.verdict is Verdict.NOT_COMPARED
        assert (one.ac, one.an, one.af, one.p_seen, one.needed) == (None,) * 5
    assert unknown.summary[gene]["ac"] is unknown.summary[gene]["an"] is None
    assert unknown.summary[gene]["groups_evaluable"] == 0


def test_bars_at_the_ends(unknown: Answers) -> None:
    one = unknown.group("HIGHEST", "afr")
    assert (one.p_seen, one.needed, one.verdict) == (1, 0, Verdict.RARE)
    low = unknown.group("LOWEST", "afr")
    assert low.verdict is Verdict.NOT_EVALUABLE
    assert low.needed is not None
    assert low.needed > 10**15


def test_what_failed_the_sources_filters_carries_it(unknown: Answers) -> None:
    assert unknown.variant("FAILED").filters == ("AC0",)
    for row in (unknown.long["FAILED"]["afr"], unknown.summary["FAILED"]):
        assert row["flags"] == "failed the source's filter AC0"


@pytest.mark.parametrize(("gene", "an"), [("ABOVE", 30_000), ("BELOW", None)])
def test_counts_that_contradict_say_nothing(unknown: Answers, gene: str, an: int | None) -> None:
    one = unknown.group(gene, "nfe")
    assert (one.ac, one.an, one.p_seen, one.needed) == (None, an, None, None)
    assert one.verdict is Verdict.NOT_COMPARED
    assert "the source's counts contradict (AC above AN, or below 0)" in one.flags
    # The other groups are rare; the patient may be of this one.
    assert unknown.group(gene, "afr").verdict is Verdict.RARE
    assert (unknown.variant(gene).verdict, unknown.variant(gene).criterion) == (
        Verdict.NOT_COMPARED, "",
    )  # fmt: skip
    assert unknown.summary[gene]["groups_evaluable"] == 2


def test_without_its_copies_a_group_is_not_evaluable(unknown: Answers) -> None:
    one = unknown.group("NO_AC", "nfe")
    assert (one.ac, one.an, one.needed, one.verdict) == (None, 30_000, None, Verdict.NOT_COMPARED)
    assert unknown.variant("NO_AC").verdict is Verdict.NOT_COMPARED


def test_counts_of_everybody_that_contradict_are_not_printed(unknown: Answers) -> None:
    everybody = unknown.variant("ALL_ABOVE").everybody
    assert everybody is not None
    assert everybody.ac is None
    assert everybody.flags == ("the source's counts contradict (AC above AN, or below 0)",)
    row = unknown.summary["ALL_ABOVE"]
    assert (row["ac"], row["af"]) == (None, None)
    assert "the source's counts contradict" in row["flags"]


def test_more_in_a_group_than_in_all_raises_no_disparity(unknown: Answers) -> None:
    flags = " ".join(unknown.variant("MORE_THAN_ALL").flags)
    assert "Rare overall" not in flags
    assert "copies are of" not in flags
    assert "rare overall" not in unknown.long["MORE_THAN_ALL"]["afr"]["flags"]
    assert "nearly all copies" not in unknown.long["MORE_THAN_ALL"]["afr"]["flags"]


def test_chromosomes_of_another_allele_are_taken_and_told(unknown: Answers) -> None:
    told = unknown.variant("LENT")
    assert (told.status, told.verdict) == (Status.NOT_SEEN, Verdict.RARE)
    assert told.flags == ("chromosomes counted at another allele of this place",)
    assert "another allele of this place" in unknown.long["LENT"]["afr"]["flags"]
    assert "another allele of this place" in unknown.summary["LENT"]["flags"]


def test_numbers_that_contradict_are_not_lent(unknown: Answers) -> None:
    one = unknown.group("LENT_NEGATIVE", "nfe")
    assert (one.ac, one.an, one.verdict) == (None, None, Verdict.COVERAGE_UNKNOWN)
    assert unknown.group("LENT_NEGATIVE", "afr").verdict is Verdict.RARE
    assert unknown.group("LENT_ABOVE", "nfe").verdict is Verdict.COVERAGE_UNKNOWN
    assert unknown.variant("LENT_BY_SYMBOL").status is Status.COVERAGE_UNKNOWN


def test_absent_is_of_everybody(unknown: Answers, of_afr: Answers) -> None:
    assert unknown.variant("ABSENT").criterion == "PM2_supporting"
    for answers in (unknown, of_afr):
        assert answers.group("ABSENT_HERE", "afr").ac == 0
        assert answers.group("ABSENT_HERE", "afr").verdict is Verdict.INDETERMINATE
        assert answers.variant("ABSENT_HERE").verdict is Verdict.INDETERMINATE


def test_absent_in_males_is_of_all_males(unknown: Answers) -> None:
    one = unknown.group("MALES", "afr")
    assert (one.nhemi, one.needed, one.verdict) == (0, 0, Verdict.INDETERMINATE)
    # Of 1,000 X chromosomes of Finnish men; the 4,000 of all Finnish people do not count.
    fin = unknown.group("MALES", "fin")
    assert (fin.needed, fin.verdict) == (1996, Verdict.NOT_EVALUABLE)
    assert fin.p_seen == pytest.approx(1 - (1 - 1e-3) ** 1000, rel=1e-12)


def test_common_in_a_group_that_does_not_count_is_neither_bs1_nor_rare(unknown: Answers) -> None:
    assert unknown.group("FOUNDER", "fin").verdict is Verdict.MORE_THAN_EXPECTED
    assert unknown.group("FOUNDER", "fin").criterion == ""
    assert unknown.long["FOUNDER"]["fin"]["criterion"] == ""
    assert unknown.group("FOUNDER_BA1", "fin").verdict is Verdict.COMMON
    assert unknown.group("FOUNDER_BA1", "fin").criterion == ""
    for gene in ("FOUNDER", "FOUNDER_BA1"):
        told = unknown.variant(gene)
        assert (told.verdict, told.criterion) == (Verdict.INDETERMINATE, "")


def test_everybody_together_gives_no_criterion(unknown: Answers) -> None:
    for gene in ("PLAIN", "COMMON"):
        everybody = unknown.variant(gene).everybody
        assert everybody is not None
        assert everybody.criterion == ""
    # Nor do people who are of no group.
    assert unknown.group("PLAIN", "remaining").criterion == ""
    assert unknown.group("PLAIN", "afr").criterion == "PM2_supporting"


def test_rare_here_and_too_common_elsewhere_is_no_pm2(unknown: Answers, of_afr: Answers) -> None:
    for answers in (unknown, of_afr):
        assert answers.group("COMMON", "afr").verdict is Verdict.RARE
        assert answers.group("COMMON", "afr").criterion == ""
        assert answers.long["COMMON"]["afr"]["criterion"] == ""
        told = answers.variant("COMMON")
        assert (told.verdict, told.criterion) == (Verdict.MORE_THAN_EXPECTED, "BS1")


def test_criteria_are_of_the_group_that_is_asked_about(of_afr: Answers) -> None:
    assert of_afr.group("PLAIN", "afr").criterion == "PM2_supporting"
    assert of_afr.group("PLAIN", "nfe").criterion == ""
    assert of_afr.group("PLAIN", "nfe").verdict is Verdict.RARE


def test_a_panel_that_states_no_pm2_gives_none(unknown: Answers) -> None:
    told = unknown.variant("NO_PM2")
    assert (told.verdict, told.criterion) == (Verdict.RARE, "")
    assert unknown.group("NO_PM2", "afr").criterion == ""
    assert unknown.long["NO_PM2"]["afr"]["criterion"] == ""
    assert unknown.summary["NO_PM2"]["criterion"] == ""


def test_a_bar_that_a_point_reaches_and_the_bound_does_not(unknown: Answers) -> None:
    said = "the frequency reaches the bar, but not with 95% confidence"
    one = unknown.group("POINT", "nfe")
    assert (one.verdict, one.faf95) == (Verdict.MORE_THAN_EXPECTED, 0)
    assert said in one.flags
    assert said in unknown.long["POINT"]["nfe"]["flags"]
    assert said not in unknown.long["POINT"]["afr"]["flags"]
    assert said not in unknown.group("SURE_POINT", "nfe").flags
    assert unknown.variant("SURE_POINT").criterion == "BS1"


def test_flags_of_a_variant_are_of_those_asked_about(unknown: Answers, of_afr: Answers) -> None:
    """Finns alone are too few for a bar of 0.0005: of African Americans that says nothing."""
    assert "rare overall, common in another group" in of_afr.summary["FOUNDER"]["flags"]
    assert "nearly all copies" not in of_afr.summary["FOUNDER"]["flags"]
    assert "rare overall, common in a group" in unknown.summary["FOUNDER"]["flags"]
    assert "nearly all copies are of a group" in unknown.summary["FOUNDER"]["flags"]


def test_counts_of_males_that_contradict_say_nothing(unknown: Answers) -> None:
    one = unknown.group("MALES_ABOVE", "afr")
    assert (one.nhemi, one.needed, one.p_seen) == (None, None, None)
    assert one.verdict is Verdict.COVERAGE_UNKNOWN
