"""A file's own filtering frequencies, held against those that its counts give."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np

from everygenome.sources.variation.bcftools import streamed
from everygenome.sources.variation.layouts import Layout
from everygenome.statistics.distributions import gamma_quantile

# A defect is of a whole release: this many records show it.
_RECORDS = 20_000
# gnomAD writes six digits, and searches its value in steps.
_ABSOLUTE, _RELATIVE = 1.01e-6, 1e-4


def notes_of(path: Path, layout: Layout) -> list[str]:
    """Sentences on published values that are not what they are called.

    Args:
        path: the sites file; its first records are read.
        layout: with the fields of published values; without any there is nothing to say.
    """
    if not layout.published:
        return []
    told = _values(path, layout)
    notes = []
    for level in (95, 99):
        at = told.get(level)
        if at is None:
            continue
        ac, an, value = at
        agrees = _near(ac, an, value, level)
        other = 99 if level == 95 else 95
        if agrees.all():
            continue
        wrong = int((~agrees).sum())
        seen = f"{wrong:,} of {len(value):,} values of faf{level} in {path.name}"
        if _near(ac, an, value, other).all():
            what = f"The fields faf{level} hold the value at {other}%: {seen} show it."
        else:
            what = f"Published values do not follow from their counts: {seen}."
        notes.append(f"{what} All filtering frequencies here are reckoned anew from the counts.")
    return notes


def _values(path: Path, layout: Layout) -> dict[int, tuple[np.ndarray, np.ndarray, np.ndarray]]:
    pairs = list(layout.published.items())
    form = "\\t".join(
        f"%INFO/{layout.groups[code].ac}\\t%INFO/{layout.groups[code].an}\\t%INFO/{name}"
        for (code, _), name in pairs
    )
    found: dict[int, list[tuple[float, float, float]]] = {95: [], 99: []}
    for line in _lines(path, form + "\\n"):
        cells = line.rstrip("\n").split("\t")
        if len(cells) != 3 * len(pairs):
            continue
        for place, ((_, level), _) in enumerate(pairs):
            try:
                ac, an, value = (float(cell) for cell in cells[3 * place : 3 * place + 3])
            except ValueError:
                # Missing, or one value for each of several alleles.
                continue
            if 0 < value <= 1 and 1 < ac <= an:
                found[level].append((ac, an, value))
    return {
        level: (columns[0], columns[1], columns[2])
        for level, rows in found.items()
        if rows and (columns := np.array(rows).T) is not None
    }


def _lines(path: Path, form: str) -> Iterator[str]:
    with streamed("query", "-f", form, path=path, partly=True) as stream:
        for line in islice(stream, _RECORDS):
            yield line.decode("utf-8", errors="replace")


def _near(ac: np.ndarray, an: np.ndarray, value: np.ndarray, level: int) -> np.ndarray:
    mine = gamma_quantile(1 - level / 100, ac) / an
    return np.asarray(np.abs(mine - value) <= _ABSOLUTE + _RELATIVE * value)
