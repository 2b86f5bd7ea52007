"""Variants of a file, a stretch of a chromosome at a time: memory does not grow with either."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from itertools import chain, pairwise
from pathlib import Path
from queue import SimpleQueue
from typing import Self

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from everygenome.sources.variation.builds import CHROMOSOMES
from everygenome.sources.variation.frequencies import opened_frequencies, readable
from everygenome.variants.evidence.engine import Engine
from everygenome.variants.evidence.question import Question
from everygenome.variants.evidence.wording import Wording

WINDOW = 100_000
"""Variants at a time, where each gives one row."""
GROUP_ROWS = 500_000
"""Rows at a time, where each variant gives one for each group."""


class Engines:
    """Engines that answer windows at the same time; they begin to start at once.

    Args:
        folder: a store of frequencies.
        question: what is asked.
        workers: engines.
        soon: forms that will be asked for, put into words while the engines start.
    """

    def __init__(
        self, folder: Path, question: Question, *, workers: int, soon: Sequence[str] = ()
    ) -> None:
        self._folder = folder
        self._stack = ExitStack()
        self._pool = self._stack.enter_context(ThreadPoolExecutor(workers))
        self._workers = workers
        self._free: SimpleQueue[Engine] = SimpleQueue()
        wording = Wording()

        def start() -> Engine:
            opened = opened_frequencies(folder, threads=1, share=workers)
            # Each is used in threads of its own, where nobody sees what the door would catch.
            with readable(folder):
                engine = Engine(self._stack.enter_context(opened), question, wording)
                if soon:
                    engine.get_ready(soon)
            return engine

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
            forms: name -> which of `engine.FORMS`; each is made of the same evidence.
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
            engine = self._free.get()
            try:
                with readable(self._folder):
                    return window.num_rows, engine.answer(window, forms)
            finally:
                self._free.put(engine)

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
