"""Variants of a file, a stretch of a chromosome at a time: memory does not grow with either."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from functools import cached_property
from itertools import chain, pairwise
from pathlib import Path
from queue import SimpleQueue
from typing import Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from ibis.expr import types as ir

from everygenome.sources.variation.builds import Build
from everygenome.sources.variation.frequencies import Frequencies, Prepared, opened_frequencies
from everygenome.variants.evidence.counts import WITH_MALES, found_counts, not_found_counts
from everygenome.variants.evidence.details import detail_form
from everygenome.variants.evidence.flags import flag_table
from everygenome.variants.evidence.forms import long_form, summary_form
from everygenome.variants.evidence.info_fields import info_form
from everygenome.variants.evidence.question import Question
from everygenome.variants.evidence.table import group_rows, variant_rows
from everygenome.variants.evidence.tally import tally_form

WINDOW = 100_000
"""Variants at a time, where each gives one row."""
GROUP_ROWS = 500_000
"""Rows at a time, where each variant gives one for each group."""

Form = Callable[[ir.Table, ir.Table, ir.Table, ir.Table, Question], ir.Table]
FORMS: Mapping[str, Form] = {
    "group": long_form,
    "variant": summary_form,
    "info": info_form,
    "detail": detail_form,
    "tally": tally_form,
}
"""What can be made of the same evidence, by name."""
BY_GROUP = {"group", "tally"}
"""Forms of which each variant has a row for each group."""


class Engines:
    """Engines that answer windows at the same time; they begin to start at once.

    Args:
        folder: a store of frequencies.
        question: what is asked.
        workers: engines.
    """

    def __init__(self, folder: Path, question: Question, *, workers: int) -> None:
        self._stack = ExitStack()
        self._pool = self._stack.enter_context(ThreadPoolExecutor(workers))
        self._workers = workers
        self._free: SimpleQueue[_Worker] = SimpleQueue()

        def start() -> _Worker:
            opened = opened_frequencies(folder, threads=1, share=workers)
            return _Worker(self._stack.enter_context(opened), question)

        self._starting = [self._pool.submit(start) for _ in range(workers)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        # An engine that is starting, or answering, cannot be ended under its thread.
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._stack.close()

    def answers(
        self,
        calls: Path,
        forms: Mapping[str, str],
        *,
        size: int = WINDOW,
        report: Callable[..., None] | None = None,
    ) -> Iterator[dict[str, pa.Table]]:
        """Evidence of the variants of a file, in the order of chromosomes and positions.

        Args:
            calls: Parquet of variants, sorted by chromosome and position.
            forms: name -> which of `FORMS`; each is made of the same evidence.
            size: variants of a window, at most.
            report: is told how many are done, of how many.

        Yields:
            For each window, name -> rows.

        Raises:
            InputError, StoreError: the store cannot be read.
        """
        for one in self._starting:
            self._free.put(one.result())
        self._starting = []
        file = pq.ParquetFile(calls)
        total, done = file.metadata.num_rows, 0

        def answer(window: pa.Table) -> tuple[int, dict[str, pa.Table]]:
            worker = self._free.get()
            try:
                return window.num_rows, worker.answer(window, forms)
            finally:
                self._free.put(worker)

        waiting: deque[Future[tuple[int, dict[str, pa.Table]]]] = deque()
        for window in chain(_stretches(file, size), [None]):
            if window is not None:
                waiting.append(self._pool.submit(answer, window))
            while waiting and (window is None or len(waiting) > self._workers):
                rows, found = waiting.popleft().result()
                yield found
                done += rows
                if report is not None:
                    report("Looking up variants", done, total)


class _Worker:
    """An engine of its own, and the question in its words."""

    def __init__(self, frequencies: Frequencies, question: Question) -> None:
        self._frequencies, self._question = frequencies, question
        self._quantiles = frequencies.quantiles()
        self._flags = frequencies.add("flag_words", flag_table())
        self._bars = frequencies.add("bars", question.held.rows())
        self._told: dict[tuple[str, int], Prepared] = {}
        self._steps: dict[tuple[str, int, int], _Steps] = {}

    def answer(self, window: pa.Table, forms: Mapping[str, str]) -> dict[str, pa.Table]:
        """The forms of one window."""
        frequencies, question = self._frequencies, self._question
        counts = self._counts(window)
        # X and Y have columns that others have not.
        kind = len(counts.columns)
        if missing := [form for form in forms.values() if (form, kind) not in self._told]:
            beside = question.held.beside(counts, self._bars)
            rows = group_rows(beside, self._quantiles, question)
            each = frequencies.prepared(rows, kept=f"group_rows_{kind}").view()
            whole = frequencies.prepared(variant_rows(each), kept=f"variant_rows_{kind}").view()
            for form in missing:
                told = FORMS[form](counts, each, whole, self._flags, question)
                self._told[form, kind] = frequencies.prepared(told)
        return {name: _in_order(self._told[form, kind].rows()) for name, form in forms.items()}

    def _counts(self, window: pa.Table) -> ir.Table:
        """Counts beside each variant of a window, kept as the table `counts`."""
        frequencies = self._frequencies
        contig = window["contig"][0].as_py()
        low, high = (int(pc.min_max(window["mpos"])[name].as_py()) for name in ("min", "max"))
        frequencies.show("asked_here", window)
        sites = frequencies.sites(contig, low, high)
        numbers = frequencies.allele_numbers(contig, low, high)
        males = contig if contig in WITH_MALES else ""
        key = (males, _width(sites), _width(numbers))
        if key not in self._steps:
            self._steps[key] = _Steps(frequencies, self._question.codes, sites, numbers, contig)
        return self._steps[key].counts()


class _Steps:
    """From variants to the counts beside them, in words that are made once.

    Args:
        frequencies: where `asked_here` are the variants.
        codes: groups, with `all`.
        sites, numbers: see `Frequencies`; None: there are none.
        contig: the chromosome, or one that has the same columns.
    """

    def __init__(
        self,
        frequencies: Frequencies,
        codes: Sequence[str],
        sites: ir.Table | None,
        numbers: ir.Table | None,
        contig: str,
    ) -> None:
        self._frequencies, self._codes = frequencies, codes
        self._sites, self._numbers = sites, numbers
        asked = frequencies.table("asked_here")
        if sites is None:
            absent = not_found_counts(asked, numbers, None, codes=codes)
            self._found = frequencies.prepared(absent, kept="counts")
            return
        build = Build(frequencies.manifest.build)
        joined = found_counts(asked, sites, codes=codes, contig=contig, build=build)
        self._found = frequencies.prepared(joined, kept="counts")
        self._missing = frequencies.prepared(_missing(self._found.keep()).limit(1))

    def counts(self) -> ir.Table:
        """The table `counts`, of the variants that are asked for now."""
        found = self._found.keep()
        if self._sites is None or not self._missing.rows().num_rows:
            return found
        absent, both = self._with_absent
        absent.keep()
        return both.keep()

    @cached_property
    def _with_absent(self) -> tuple[Prepared, Prepared]:
        found = self._frequencies.table("counts")
        missing = _missing(found)
        told = not_found_counts(missing, self._numbers, self._sites, codes=self._codes)
        absent = self._frequencies.prepared(told.select(*found.columns), kept="absent")
        both = found.anti_join(absent.keep(), "place").union(self._frequencies.table("absent"))
        return absent, self._frequencies.prepared(both, kept="counts")


def _width(table: ir.Table | None) -> int:
    return 0 if table is None else len(table.columns)


def _missing(found: ir.Table) -> ir.Table:
    """Variants that the source has no row of."""
    return found.filter(found.status.isnull() | found.problem.notnull())


def _in_order(rows: pa.Table) -> pa.Table:
    """The rows as they were asked for; engines promise no order, and rarely change it."""
    place = np.asarray(rows["place"]).astype(np.int64) * 256 + np.asarray(rows["rank"])
    if (np.diff(place) < 0).any():
        rows = rows.take(pa.array(np.argsort(place, kind="stable")))
    return rows.drop_columns(["place", "rank"])


def _stretches(file: pq.ParquetFile, size: int) -> Iterator[pa.Table]:
    """Rows that follow each other on one chromosome, with their place."""
    for batch in file.iter_batches(size):
        table = pa.Table.from_batches([batch])
        table = table.append_column("place", pa.array(np.arange(table.num_rows), pa.int32()))
        codes = np.asarray(table["contig"].combine_chunks().dictionary_encode().indices)
        edges = [0, *(np.flatnonzero(np.diff(codes)) + 1), table.num_rows]
        for start, end in pairwise(edges):
            if end > start:
                yield table.slice(start, end - start)
