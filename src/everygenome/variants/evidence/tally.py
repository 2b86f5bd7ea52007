"""How a whole file fares: counted window by window, in memory that does not grow with it."""

from collections import Counter
from collections.abc import Mapping

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from everygenome.sources.variation.calls.reading import Calls
from everygenome.variants.evidence.flags import Flag
from everygenome.variants.evidence.histogram import Histogram
from everygenome.variants.evidence.judging import ORDER
from everygenome.variants.evidence.question import Question
from everygenome.variants.result import FileSummary, GroupSummary, Status
from everygenome.variants.verdict import Verdict

_STATUSES = tuple(Status)


def tally_form(
    asked: ir.Table, rows: ir.Table, variants: ir.Table, flags: ir.Table, question: Question
) -> ir.Table:
    """Numbers of each variant and group that the summary of a file counts."""
    del asked, flags, question
    told = variants.select(
        whose="place", variant_verdict="verdict", common_anywhere="common_anywhere"
    )
    groups = rows.filter(rows["rank"] > 0)
    both = groups.left_join(told, groups.place == told.whose)
    passes = (both.af < both.bar_rare).fill_null(False)
    return both.select(
        "place", "rank", "an", "status", "variant_verdict", "common_anywhere", "bits", "verdict",
        with_bar=both.bar_rare.notnull(),
        evaluable="evaluable",
        passes=passes,
        ranked=both["rank"],
    )  # fmt: skip


class Tally:
    """Adds up windows."""

    def __init__(self, question: Question, calls: Calls) -> None:
        self._question, self._calls = question, calls
        codes = question.codes
        self._verdicts = np.zeros((len(codes), len(ORDER)), np.int64)
        self._held = np.zeros((len(codes), len(ORDER)), np.int64)
        self._sums = {
            name: np.zeros(len(codes), np.int64)
            for name in ("evaluable", "with_bar", "passes", "undersampled")
        }
        # A table of allele numbers may hold larger ones than the source's own rows.
        self._numbers = [Histogram() for _ in codes]
        self._statuses: Counter[str] = Counter()
        self._overall = np.zeros(len(ORDER), np.int64)
        self._disparity = 0

    def add(self, table: pa.Table) -> None:
        """Add the rows of a window."""
        rank = np.asarray(table["ranked"])
        verdict = np.asarray(table["verdict"]).astype(np.int64)
        size = len(self._question.codes)
        known = _booleans(table)
        both = rank * len(ORDER) + verdict
        cells = size * len(ORDER)
        self._verdicts += np.bincount(both, minlength=cells).reshape(size, -1)
        self._held += np.bincount(both[known["with_bar"]], minlength=cells).reshape(size, -1)
        known["undersampled"] = (np.asarray(table["bits"]) & int(Flag.UNDERSAMPLED)) != 0
        for name in self._sums:
            self._sums[name] += np.bincount(rank[known[name]], minlength=size)
        self._add_numbers(table, rank)
        # What is said of a variant stands in the rows of each group: the first one is enough.
        first = rank == 1
        self._overall += np.bincount(
            np.asarray(table["variant_verdict"]).astype(np.int64)[first], minlength=len(ORDER)
        )
        self._disparity += int(known["common_anywhere"][first].sum())
        statuses = table["status"].filter(pa.array(first)).value_counts().to_pylist()
        self._statuses.update({one["values"]: one["counts"] for one in statuses})

    def summary(self) -> FileSummary:
        """The summary of all windows."""
        settings = self._question.settings.groups
        return FileSummary(
            variants=self._calls.variants,
            records=self._calls.records,
            statuses={one: self._statuses.get(one.value, 0) for one in _STATUSES},
            classes=dict(self._calls.classes),
            verdicts=_by_verdict(self._overall),
            groups=tuple(
                GroupSummary(
                    group=code,
                    label=settings[code].label,
                    verdicts=_by_verdict(self._verdicts[place]),
                    held=_by_verdict(self._held[place]),
                    median_an=self._numbers[place].median(),
                    **{name: int(sums[place]) for name, sums in self._sums.items()},
                )
                for place, code in enumerate(self._question.codes)
                if code in settings
            ),
            disparity=self._disparity,
        )

    def _add_numbers(self, table: pa.Table, rank: NDArray[np.int64]) -> None:
        numbers = table["an"].combine_chunks()
        known = np.asarray(numbers.is_valid())
        values = np.asarray(numbers.fill_null(0))
        for place, numbers_here in enumerate(self._numbers):
            numbers_here.add(values[(rank == place) & known])


def _booleans(table: pa.Table) -> dict[str, NDArray[np.bool_]]:
    names = ("evaluable", "with_bar", "passes", "common_anywhere")
    return {name: table[name].to_numpy().astype(bool) for name in names}


def _by_verdict(counts: NDArray[np.int64]) -> Mapping[Verdict, int]:
    return {verdict: int(count) for verdict, count in zip(ORDER, counts, strict=True) if count}
