"""Subjects by groups: a cell for each, with its number written in it.

The shade grows with the square root of a share, or with the logarithm of a count: on an
even scale one group would be dark and all others white. The numbers are exact either way.
"""

import math
from collections.abc import Mapping, Sequence

from everygenome.charts.canvas import Canvas
from everygenome.charts.heat_cells import Cell, cell
from everygenome.charts.letters import broken, cut, width
from everygenome.charts.page import SMALL, Spec
from everygenome.charts.rows import Rows, groups_with_shares, listed, nothing
from everygenome.charts.theme import LIGHT, Theme, readable_on, tinted

_NAME_ROOM = 190
_CELL_ROOM = 27.0
_HEAD_ROOM = 110.0


def heat_chart(
    rows: Rows,
    *,
    title: str,
    caption: str = "",
    theme: Theme = LIGHT,
    narrow: bool = False,
    measure: str = "share",
    stage: str = "discovery",
) -> Spec:
    """Draw subjects by groups.

    Args:
        rows: of `traits`: `trait`, `group`, `is_class`, `share` (0-1), `value`, `rows`,
            `rows_with_others` (records).
        title: the finding, in plain words.
        caption: what the numbers are.
        theme: the ground to draw on.
        narrow: for a telephone: 340 pixels wide instead of 940.
        measure: `share` (written in percent), or `value` for counts.
        stage: which studies were looked at, for the words: discovery, replication or all.

    Returns:
        A Vega-Lite specification. "none" means that no study of that stage names the group;
        "0" that one names it, but only with others; "?" that there is no figure.
    """
    data = listed(rows)
    groups = groups_with_shares(data)
    subjects = list(dict.fromkeys(row["trait"] for row in data))
    found = {(row["trait"], row["group"]): row for row in data}
    if not groups or not any(row["rows_with_others"] for row in data):
        return nothing(title, caption, theme=theme, narrow=narrow)
    canvas = Canvas(theme, narrow=narrow)
    y = canvas.head(title, caption) + 12
    most = max((row[measure] or 0 for row in data), default=0)
    for part in _parts(groups, canvas):
        left = canvas.margin + (0 if narrow else _NAME_ROOM)
        wide = (canvas.width - canvas.margin - left) / len(part)
        y = _headings(canvas, part, left=left, wide=wide, y=y)
        for place, subject in enumerate(subjects):
            cells = {
                group: cell(
                    subject,
                    group,
                    found.get((subject, group)),
                    measure=measure,
                    most=most,
                    stage=stage,
                )
                for group in part
            }
            y = _row(canvas, subject, cells, left=left, wide=wide, y=y) + (6 if place == 0 else 0)
        y += 14
    y = canvas.paragraph(_note(measure, stage), y - 8, colour=theme.quiet)
    return canvas.finish(y + 12)


def _parts(groups: Sequence[str], canvas: Canvas) -> list[Sequence[str]]:
    """Groups in so many parts, one below the other, that a cell has room for its number."""
    room = canvas.room - (0 if canvas.narrow else _NAME_ROOM)
    count = math.ceil(len(groups) * _CELL_ROOM / room)
    each = math.ceil(len(groups) / count)
    return [groups[at : at + each] for at in range(0, len(groups), each)]


def _headings(
    canvas: Canvas, groups: Sequence[str], *, left: float, wide: float, y: float
) -> float:
    """Names of the groups above their columns: upright where they fit, else turned."""
    names = [group.split(" (")[0] for group in groups]
    lines = [broken(name, wide - 4, SMALL) for name in names]
    if max(width(line, SMALL) for found in lines for line in found) <= wide - 2:
        high = max(map(len, lines)) * 13
        for place, found in enumerate(lines):
            for turn, line in enumerate(reversed(found)):
                at = left + (place + 0.5) * wide
                canvas.write(line, at, y + high - 2 - turn * 13, size=SMALL, align="center")
        return y + high + 4
    turned = [_two_lines(name) for name in names]
    tall = max(width(line, SMALL) for found in turned for line in found)
    for place, found in enumerate(turned):
        for turn, line in enumerate(found):
            at = left + (place + 0.5) * wide + 4 + (turn - (len(found) - 1) / 2) * 12
            canvas.write(line, at, y + tall, size=SMALL, angle=-90)
    return y + tall + 6


def _two_lines(name: str) -> list[str]:
    first, *rest = broken(name, _HEAD_ROOM, SMALL)
    return [first, cut(" ".join(rest), _HEAD_ROOM, SMALL)] if rest else [first]


def _row(
    canvas: Canvas,
    subject: str,
    cells: Mapping[str, Cell],
    *,
    left: float,
    wide: float,
    y: float,
) -> float:
    """One subject; on a narrow picture its name stands above its cells."""
    high, size = (18.0, SMALL - 1) if canvas.narrow else (22.0, SMALL)
    if canvas.narrow:
        canvas.write(cut(subject, canvas.room), canvas.margin, y + 11)
        y += 15
    else:
        canvas.write(cut(subject, 180), canvas.margin, y + 15)
    for place, (group, shown) in enumerate(cells.items()):
        x = left + place * wide
        names = (subject, group)
        _draw(canvas, shown, x=x, y=y, wide=wide, high=high, size=size, names=names)
    return y + high + (5 if canvas.narrow else 1)


def _draw(
    canvas: Canvas,
    shown: Cell,
    *,
    x: float,
    y: float,
    wide: float,
    high: float,
    size: float,
    names: tuple[str, str],
) -> None:
    theme = canvas.theme
    empty = shown.shade is None
    fill = theme.ground if shown.shade is None else tinted(theme.colours[0], theme, shown.shade)
    canvas.bar(
        (x + 1, y),
        (x + wide - 1, y + high - 1),
        fill=fill,
        stroke=theme.grid if empty or shown.shade == 0 else fill,
        words=shown.words,
        trait=names[0],
        group=names[1],
    )
    if shown.text == "?":
        canvas.rule((x + 1, y + high - 1), (x + wide - 1, y), colour=theme.grid, above=True)
    canvas.write(
        shown.text,
        x + wide / 2,
        y + high / 2 + size * 0.32,
        size=size,
        align="center",
        colour=theme.quiet if empty else readable_on(fill, theme),
    )


def _note(measure: str, stage: str) -> str:
    kind = "" if stage == "all" else f"{stage} "
    shade = "square root of the share" if measure == "share" else "logarithm of the count"
    unit = "Numbers are percent." if measure == "share" else "k: thousand, M: million."
    return (
        f"{unit} The shade grows with the {shade}. none: no {kind}study in the catalogue names "
        "this group. 0: named only together with others. ?: no figure."
    )
