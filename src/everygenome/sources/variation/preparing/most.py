"""The largest AN of each group, apart for places where people have other numbers of chromosomes.

A man has one X outside its shared ends, and only men have a Y there: what is few on chromosome 1
can be everybody on these.
"""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from everygenome.sources.variation.builds import PSEUDOAUTOSOMAL, Build

REST = ""
REGIONS = (REST, "X", "Y", "MT")
"""Autosomes with the shared ends of X and Y; X and Y outside these; the mitochondrion."""
Most = dict[str, dict[str, int]]
"""Region -> group -> the largest AN there; regions that do not occur are left out."""


def regions_of(
    contig: str, positions: NDArray[np.integer], build: Build
) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    """Regions that places of a chromosome are in, each with which of them.

    Example:
        >>> found = dict(regions_of("X", np.array([10_001, 5_000_000]), Build.GRCH38))
        >>> found[""].tolist(), found["X"].tolist()
        ([True, False], [False, True])
    """
    outside = np.full(len(positions), contig in REGIONS)
    for first, last in PSEUDOAUTOSOMAL[build].get(contig, ()):
        outside &= (positions < first) | (positions > last)
    for region, mask in ((REST, ~outside), (contig, outside)):
        if mask.any():
            yield region, mask


def add(most: Most, more: Mapping[str, Mapping[str, int]]) -> None:
    """Add what was found elsewhere.

    Example:
        >>> most = {"": {"afr": 5}}
        >>> add(most, {"": {"afr": 7}, "X": {"afr": 4}})
        >>> most
        {'': {'afr': 7}, 'X': {'afr': 4}}
    """
    for region, numbers in more.items():
        mine = most.setdefault(region, {})
        for code, number in numbers.items():
            mine[code] = max(mine.get(code, 0), number)


def anywhere(most: Mapping[str, Mapping[str, int]], code: str) -> int:
    """The largest AN of a group in any region."""
    return max((numbers.get(code, 0) for numbers in most.values()), default=0)
