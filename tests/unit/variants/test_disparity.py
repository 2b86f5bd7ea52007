"""Rare overall and common in one group; evidence that rests on one group."""

import numpy as np
import pytest

from everygenome.variants.disparity import (
    Kind,
    chromosomes_of_one_group,
    common_in_one_group,
    copies_of_one_group,
    disparities,
)
from everygenome.variants.frequency import filtering_frequency

TNNI3 = {"afr": (518, 22_562), "nfe": (12, 121_422), "eas": (0, 18_710)}
MYBPC3 = {"afr": (258, 18_858), "nfe": (4, 92_266)}


def kinds(counts: dict[str, tuple[int | None, int | None]], all_: tuple[int, int]) -> list[str]:
    return [f"{one.group} {one.kind.name}" for one in disparities(counts, all_)]


def test_alleles_that_were_taken_for_causes() -> None:
    found = disparities(TNNI3, (550, 269_362))
    assert [one.kind for one in found] == [Kind.COMMON_IN_ONE_GROUP, Kind.COPIES_OF_ONE_GROUP]
    assert found[0].sentence("African/African American") == (
        "Rare overall (550/269,362), but common in African/African American: 518/22,562, against "
        "32/246,800 elsewhere."
    )
    assert round(found[0].faf95, 4) == 0.0213
    # 258 of 287 copies is just under nine in ten.
    assert kinds(MYBPC3, (287, 212_772)) == ["afr COMMON_IN_ONE_GROUP"]


@pytest.mark.parametrize(
    ("group", "everybody", "raised"),
    [
        ((100, 10_000), (110, 200_000), ["COMMON_IN_ONE_GROUP", "COPIES_OF_ONE_GROUP"]),
        # Common everywhere; common nowhere; a little commoner here.
        ((100, 10_000), (2_000, 200_000), []),
        ((10, 10_000), (40, 200_000), []),
        ((80, 10_000), (900, 200_000), []),
        # One copy of few chromosomes shows nothing, and two not surely.
        ((1, 100), (1, 200_000), []),
        ((2, 100), (2, 200_000), []),
        # All five copies, of a tenth of chromosomes; and of nearly all chromosomes.
        ((5, 20_000), (5, 200_000), ["COPIES_OF_ONE_GROUP"]),
        ((5, 150_000), (5, 200_000), []),
        ((0, 190_000), (3, 200_000), ["CHROMOSOMES_OF_ONE_GROUP"]),
        ((0, 0), (0, 0), []),
        # There is nobody else to compare with.
        ((500, 10_000), (500, 10_000), ["CHROMOSOMES_OF_ONE_GROUP"]),
    ],
)
def test_where_it_is_raised(
    group: tuple[int, int], everybody: tuple[int, int], raised: list[str]
) -> None:
    assert kinds({"afr": group}, everybody) == [f"afr {one}" for one in raised]


def test_missing_counts_are_not_zero() -> None:
    assert disparities({"afr": (None, None), "nfe": (5, None)}, (550, 269_362)) == ()
    assert disparities(TNNI3, (None, None)) == ()
    nan = float("nan")
    assert not common_in_one_group(nan, nan, nan, 550, 269_362)
    assert not copies_of_one_group(5, 10, nan, 5, 20)
    assert not chromosomes_of_one_group(nan, 100)


def test_what_is_left_is_no_group() -> None:
    assert disparities({"remaining": (518, 22_562), "oth": (518, 22_562)}, (550, 269_362)) == ()


def test_columns_say_what_single_variants_say() -> None:
    rng = np.random.default_rng(8)
    an = rng.integers(0, 60_000, size=(400, 3))
    ac = rng.binomial(an, 10.0 ** rng.uniform(-5, -1, size=(400, 3)))
    ac_all, an_all = ac.sum(axis=1), an.sum(axis=1)
    faf = filtering_frequency(ac, an)
    whole = (ac_all[:, None], an_all[:, None])
    columns = {
        Kind.COMMON_IN_ONE_GROUP: common_in_one_group(ac, an, faf, *whole),
        Kind.COPIES_OF_ONE_GROUP: copies_of_one_group(ac, an, faf, *whole),
        Kind.CHROMOSOMES_OF_ONE_GROUP: chromosomes_of_one_group(an, whole[1]),
    }
    found = {
        (row, int(one.group), one.kind)
        for row in range(400)
        for one in disparities(
            {str(at): (int(ac[row, at]), int(an[row, at])) for at in range(3)},
            (int(ac_all[row]), int(an_all[row])),
        )
    }
    expected = {
        (int(row), int(at), kind)
        for kind, raised in columns.items()
        for row, at in zip(*np.nonzero(raised), strict=True)
    }
    assert found == expected
    assert len({kind for _, _, kind in found}) == 3
