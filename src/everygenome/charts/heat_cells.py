"""What a cell of subjects by groups shows: its letters, its shade and its words."""

import math
from dataclasses import dataclass

from everygenome.charts.figures import compact, number
from everygenome.charts.rows import Row, percent


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows: a few letters, its shade (0-1, or None for no number), its words."""

    text: str
    shade: float | None
    words: str


def cell(
    subject: str, group: str, row: Row | None, *, measure: str, most: float, stage: str
) -> Cell:
    """The cell of a subject and a group.

    Args:
        subject: its name.
        group: its name.
        row: of `traits`, or None where there is none.
        measure: `share` or `value`.
        most: the largest share or count of all cells, which has the darkest shade.
        stage: which studies were looked at.

    Example:
        >>> cell("Sleep", "A", None, measure="share", most=1, stage="all").words
        'Sleep, A: no figure'
    """
    at = f"{subject}, {group}"
    value = None if row is None else row[measure]
    if row is None or value is None:
        return Cell("?", None, f"{at}: no figure")
    if not row["rows_with_others"]:
        kind = "" if stage == "all" else f"{stage} "
        return Cell("none", None, f"{at}: no {kind}study in the catalogue names this group")
    if not row["rows"]:
        return Cell("0", 0.0, f"{at}: named only together with other groups")
    if measure == "share":
        letters = percent(value).removesuffix("%")
        return Cell(letters, math.sqrt(value / most) if most else 0.0, f"{at}: {percent(value)}")
    shade = math.log1p(value) / math.log1p(most) if most else 0.0
    return Cell(compact(value), shade, f"{at}: {number(value)}")
