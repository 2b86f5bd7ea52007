"""Bars of many genes, from a table as ClinGen's panels give them."""

from collections.abc import Mapping
from pathlib import Path

from everygenome.errors import InputError
from everygenome.variants.bars import Bars
from everygenome.variants.bases import KNOWN, Basis, basis_of
from everygenome.variants.gene_bars_file import Row, rows_of
from everygenome.variants.gene_bars_notes import Notes

_FREQUENCY = "Write a frequency above 0 and up to 1, such as 0.0005 for 0.05%."
_ABSENT, _ABSENT_IN_MALES = "absent", "absent in males"


def read_gene_bars(path: Path) -> Mapping[str, Bars]:
    """Bars of each gene.

    Columns: gene, BA1, BS1, PM2_supporting (a frequency, "absent", "absent in males" or nothing)
    and basis (which statistic they are for); inheritance, vcep (the panel), cspec_id, population
    (whom they were derived from) and note may be there. Parted by commas, semicolons or tabs.

    Args:
        path: the table, in UTF-8.

    Returns:
        Gene, as it is written, to its bars. `rare` is PM2; where PM2 asks for absence, or is
        not given, it is BS1, and `source` says so. Where it is not given, `states_rare` is False.

    Raises:
        InputError: it cannot be read, has no such columns, a gene twice, a basis that is not
            known, or a value that is no frequency; file, line, gene and column are named.

    Example:
        >>> read_gene_bars(Path("/dev/null"))
        Traceback (most recent call last):
        everygenome.errors.InputError: /dev/null holds no gene. ...
    """
    path = Path(path)
    found: dict[str, Bars] = {}
    lines: dict[str, int] = {}
    notes = Notes()
    for row in rows_of(path):
        # HFE and hfe are one gene; which spelling is meant is not ours to say.
        before = lines.setdefault(row.gene.casefold(), row.line)
        if before != row.line:
            raise InputError(
                f"{row.place} stands in line {before} already.",
                remedy="Keep one row for each gene; for other inheritance, use another file.",
            )
        found[row.gene] = _bars(row, notes)
    if not found:
        raise InputError(
            f"{path} holds no gene.",
            remedy="Begin with a line such as `gene,BA1,BS1,PM2_supporting,basis`, and give each "
            "gene a line below it.",
        )
    return found


def _bars(row: Row, notes: Notes) -> Bars:
    basis = _basis(row)
    common = _frequency(row, "BA1")
    expected = _frequency(row, "BS1")
    if expected is None:
        raise InputError(f"{row.place} has no BS1.", remedy=_FREQUENCY)
    if common is not None and expected > common:
        raise InputError(
            f"{row.place}: BS1 ({expected:g}) is above BA1 ({common:g}).",
            remedy="BA1 is the higher of the two: look whether they are swapped.",
        )
    wanted = row.cell("PM2_supporting").casefold()
    absent, in_males = wanted == _ABSENT, wanted == _ABSENT_IN_MALES
    rare = None if absent or in_males else _frequency(row, "PM2_supporting")
    if rare is not None and rare > expected:
        raise InputError(
            f"{row.place}: PM2_supporting ({rare:g}) is above BS1 ({expected:g}), so that a "
            "variant could be rare and too common at once.",
            remedy="Look whether they are swapped.",
        )
    note, population = notes.of(row)
    return Bars(
        rare=expected if rare is None else rare,
        expected=expected,
        common=common,
        statistic=basis.statistic,
        least_chromosomes=basis.least_chromosomes,
        least_copies=basis.least_copies,
        absent=absent,
        absent_in_males=in_males,
        states_rare=bool(wanted),
        source=_source(row, note, wanted),
        population=population,
    )


def _basis(row: Row) -> Basis:
    found = basis_of(row.cell("basis"))
    if found is None:
        raise InputError(
            f"{row.place}: the basis {row.cell('basis')!r} is not known, so that it is not clear "
            "which statistic the bars are for.",
            remedy=f"Known are: {KNOWN}.",
        )
    return found


def _frequency(row: Row, column: str) -> float | None:
    told = row.cell(column)
    if not told:
        return None
    try:
        value = float(told)
    except ValueError:
        value = float("nan")
    # "_" is for Python's numbers, and NaN is neither above 0 nor below 1.
    if "_" in told or not 0 < value <= 1:
        also = " or: absent; absent in males" if column == "PM2_supporting" else ""
        raise InputError(f"{row.place}: {column} is {told!r}.", remedy=f"{_FREQUENCY}{also}")
    return value


def _source(row: Row, note: str, wanted: str) -> str:
    panel, number = row.cell("vcep"), row.cell("cspec_id")
    who = f"ClinGen panel {panel}" if panel else row.name
    head = ", ".join(part for part in (who, number, row.cell("inheritance")) if part)
    said = [f"{head}: for {row.gene}, by {row.cell('basis')}"]
    if not wanted:
        said.append("No PM2 bar is given: rare means below BS1, and gives no PM2")
    elif wanted in {_ABSENT, _ABSENT_IN_MALES}:
        where = " in males" if wanted == _ABSENT_IN_MALES else ""
        said.append(
            f"PM2 asks that no copy was seen{where}; BS1 says how many must have been sampled"
        )
    if note:
        said.append(f"Note: {note}")
    return ". ".join(said) + "."
