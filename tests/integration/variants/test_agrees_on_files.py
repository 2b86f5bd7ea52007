"""Files that are put together in another way hold the same."""

from pathlib import Path

import pytest

from everygenome.sources.variation.preparing.prepare import prepare
from everygenome.variants.asking import ask
from everygenome.variants.bars import one_bar
from everygenome.variants.frequency import filtering_frequency
from everygenome.variants.verdict import Verdict
from tests.factories.sites import Site, sites_text

GROUPS = ("afr", "nfe", "remaining")


def counts(ac: int, an: int) -> dict[str, tuple[int, int]]:
    return dict.fromkeys(("all", *GROUPS), (ac, an))


def written(path: Path, *sites: Site) -> Path:
    path.write_text(sites_text(GROUPS, sites), encoding="utf-8")
    return path


def test_what_is_met_is_counted(tmp_path: Path) -> None:
    one = Site(pos=100, alt="<DEL>", counts=counts(3, 1000))
    told = prepare([written(tmp_path / "one.vcf", one)], tmp_path / "store")
    assert told.classes == {"symbolic alleles (<...>)": 1}


def test_counts_that_contradict_are_counted(tmp_path: Path) -> None:
    one = Site(pos=100, counts=counts(2000, 1000))
    told = prepare([written(tmp_path / "one.vcf", one)], tmp_path / "store")
    (what,) = told.classes
    assert what.startswith("more copies than chromosomes (AC above AN)")
    assert told.classes[what] == 1


@pytest.mark.slow
def test_sums_of_two_files_have_their_filtering_frequency(tmp_path: Path) -> None:
    """7 copies of 2,000: a count that neither file holds."""
    files = [
        written(tmp_path / f"{ac}.vcf", Site(pos=100, counts=counts(ac, 1000))) for ac in (3, 4)
    ]
    told = prepare(files, tmp_path / "store", combine=True)
    assert told.most_chromosomes == dict.fromkeys(("all", *GROUPS), 2000)
    found = ask(
        ["1-100-A-C"], frequencies=tmp_path / "store", bars=one_bar(1e-3, source="typed")
    ).variants[0]
    afr = next(one for one in found.groups if one.group == "afr")
    assert (afr.ac, afr.an) == (7, 2000)
    assert afr.faf95 == pytest.approx(float(filtering_frequency(7, 2000)), rel=1e-12)
    assert (found.verdict, found.criterion) == (Verdict.MORE_THAN_EXPECTED, "BS1")


@pytest.mark.slow
def test_the_first_statement_is_taken_also_where_rows_are_sorted(tmp_path: Path) -> None:
    """AC to AG at 100 is C to G at 101, which the file states again, after a place before it.

    That the counts of one group contradict does not put a statement behind the other.
    """
    wrong = {"nfe": (2000, 1000)}
    stated = Site(pos=100, ref="AC", alt="AG", counts={**counts(3, 1000), **wrong})
    between = Site(pos=100, counts=counts(1, 1000))
    again = Site(pos=101, ref="C", alt="G", counts=counts(5, 1000))
    for place, order in enumerate(((stated, between, again), (again, between, stated))):
        folder = tmp_path / f"{place}"
        told = prepare([written(tmp_path / f"{place}.vcf", *order)], folder)
        assert told.classes["variants that the source states again (the first statement is taken)"]
        found = ask(["1-101-C-G"], frequencies=folder).variants[0]
        assert found.everybody is not None
        assert found.everybody.ac == order[0].counts["all"][0]
