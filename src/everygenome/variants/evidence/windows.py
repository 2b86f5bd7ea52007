"""Variants of a file, a stretch of a chromosome at a time: memory does not grow with either."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from itertools import chain, pairwise
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from ibis.expr import types as ir

from everygenome.sources.variation.builds import CHROMOSOMES, Build
from everygenome.sources.variation.frequencies import (
    Frequencies,
    Prepared,
    opened_frequencies,
    readable,
)
from everygenome.variants.evidence.counts import found_counts, not_found_counts
from everygenome.variants.evidence.flags import flag_table
from everygenome.variants.evidence.question import Question
from everygenome.variants.evidence.table import group_rows, variant_rows

WINDOW = 100_000
"""Variants at a time, where each gives one row."""
GROUP_ROWS = 500_000
"""Rows at a time, where each variant gives one for each group."""

Form = Callable[[ir.Table, ir.Table, ir.Table, ir.Table, Question], ir.Table]


class Engines:
    """Engines that answer windows at the same time; they begin to start at once.

    Args:
        folder: a store of frequencies.
        question: what is asked.
        workers: engines.
    """

    def __init__(self, folder: Path, question: Question, *, workers: int) -> None:
        self._folder = folder
        self._stack = ExitStack()
        self._pool = self._stack.enter_context(ThreadPoolExecutor(workers))
        self._workers = workers
        self._free: SimpleQueue[_Worker] = SimpleQueue()

        def start() -> _Worker:
            opened = opened_frequencies(folder, threads=1, share=workers)
            # Each is used in threads of its own, where nobody sees what the door would catch.
            with readable(folder):
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
        forms: Mapping[str, Form],
        *,
        size: int = WINDOW,
        report: Callable[..., None] | None = None,
    ) -> Iterator[dict[str, pa.Table]]:
        """Evidence of the variants of a file, in the order of chromosomes and positions.

        Args:
            calls: Parquet of variants, sorted by chromosome and position.
            forms: name -> form, such as `long_form`; each is made of the same evidence.
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
                with readable(self._folder):
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
        self._prepared: dict[Form, Prepared] = {}
        self._joined: dict[tuple[str, int], Prepared] = {}

    def answer(self, window: pa.Table, forms: Mapping[str, Form]) -> dict[str, pa.Table]:
        """The forms of one window."""
        frequencies, question = self._frequencies, self._question
        counts = self._counts(window)
        if missing := [form for form in forms.values() if form not in self._prepared]:
            rows = group_rows(counts, self._quantiles, question)
            each = frequencies.prepared(rows, kept="group_rows").view()
            whole = frequencies.prepared(variant_rows(each), kept="variant_rows").view()
            for form in missing:
                told = form(counts, each, whole, self._flags, question)
                self._prepared[form] = frequencies.prepared(told)
        return {name: _in_order(self._prepared[form].rows()) for name, form in forms.items()}

    def _counts(self, window: pa.Table) -> ir.Table:
        """Counts beside each variant of a window, kept as the table `counts`."""
        frequencies, codes = self._frequencies, self._question.codes
        contig = window["contig"][0].as_py()
        low, high = (int(pc.min_max(window["mpos"])[name].as_py()) for name in ("min", "max"))
        calls = self._question.held.beside(frequencies.add("asked_here", window), self._bars)
        sites = frequencies.sites(contig, low, high)
        numbers = frequencies.allele_numbers(contig, low, high)
        build = Build(frequencies.manifest.build)
        where: dict[str, Any] = {"codes": codes, "build": build, "contig": contig}
        if sites is None:
            return frequencies.keep("counts", not_found_counts(calls, numbers, None, **where))
        # X and Y have other columns, and ends that others have not.
        key = (contig if contig in ("X", "Y") else "", len(sites.columns))
        if key not in self._joined:
            joined = found_counts(calls, sites, **where)
            self._joined[key] = frequencies.prepared(joined, kept="counts")
        found = self._joined[key].keep()
        missing = found.filter(found.status.isnull() | found.problem.notnull())
        if not frequencies.any_row(missing):
            return found
        absent = not_found_counts(missing, numbers, sites, **where).select(*found.columns)
        absent = frequencies.keep("absent", absent)
        return frequencies.keep("counts", found.anti_join(absent, "place").union(absent))


def _in_order(rows: pa.Table) -> pa.Table:
    """The rows as they were asked for; engines promise no order, and rarely change it."""
    place = np.asarray(rows["place"]).astype(np.int64) * 256 + np.asarray(rows["rank"])
    if (np.diff(place) < 0).any():
        rows = rows.take(pa.array(np.argsort(place, kind="stable")))
    return rows.drop_columns(["place", "rank"])


def _stretches(file: pq.ParquetFile, size: int) -> Iterator[pa.Table]:
    """Rows that follow each other on one chromosome, or on none, with their place."""
    for batch in file.iter_batches(size):
        table = pa.Table.from_batches([batch])
        table = table.append_column("place", pa.array(np.arange(table.num_rows), pa.int32()))
        contigs = table["contig"].combine_chunks().dictionary_encode()
        codes = np.asarray(contigs.indices)
        # What is on none is not compared. There can be thousands of such contigs with a row each.
        strange = [name not in CHROMOSOMES for name in contigs.dictionary.to_pylist()]
        codes = np.where(np.array(strange, dtype=bool)[codes], -1, codes)
        edges = [0, *(np.flatnonzero(np.diff(codes)) + 1), table.num_rows]
        for start, end in pairwise(edges):
            if end > start:
                yield table.slice(start, end - start)
