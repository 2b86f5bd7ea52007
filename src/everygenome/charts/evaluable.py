"""A file of variants: of how many can anything be told, by group."""

from collections.abc import Sequence

from everygenome.charts.canvas import Canvas
from everygenome.charts.lanes import Lanes
from everygenome.charts.letters import width
from everygenome.charts.page import Spec
from everygenome.charts.rows import Row, Rows, listed, nothing, percent
from everygenome.charts.scales import Scale
from everygenome.charts.theme import LIGHT, Theme, readable_on
from everygenome.charts.verdicts import VERDICTS, look

_NOTE = (
    "Filled: something can be told. Open: nothing can be told in this group, which is not the "
    "same as rare. Letters that have no room are left out; the table has all numbers."
)
_LETTER = 13
# A reader whose letters are others than those measured has wider ones: words must not be cut.
_WIDER = 1.2


def evaluable_chart(
    rows: Rows,
    *,
    title: str,
    caption: str = "",
    note: str = _NOTE,
    theme: Theme = LIGHT,
    narrow: bool = False,
) -> Spec:
    """Draw, for each group, the share of variants with each verdict.

    Args:
        rows: `group`, and `verdicts`: how many variants have each (words, as in
            `charts.verdicts`); what was held to no bar is not among them.
        title: the finding, in plain words.
        caption: what the numbers are.
        note: what filled and open parts are.
        theme: the ground to draw on.
        narrow: for a telephone: 340 pixels wide instead of 940.

    Returns:
        A Vega-Lite specification: a bar of the same length for each group, the part that could
        be judged first and filled, the rest open; each part has the letter of its verdict.
    """
    data = [row for row in listed(rows) if sum(row["verdicts"].values())]
    if not data:
        return nothing(title, caption, theme=theme, narrow=narrow)
    canvas = Canvas(theme, narrow=narrow)
    y = _key(canvas, data, canvas.head(title, caption) + 8)
    lanes = Lanes(canvas, y + 10, told_room=120)
    x = Scale(0, 1, lanes.left, lanes.right)
    for row in data:
        _draw(canvas, row, x, lanes.lane(row["group"], told(row)))
    y = lanes.axis(x, [(part / 4, f"{part / 4:.0%}") for part in range(0, 5, 2 if narrow else 1)])
    return canvas.finish(
        canvas.paragraph(note, y + 4, colour=theme.quiet, room=canvas.room / _WIDER) + 12
    )


def judged(row: Row) -> float:
    """The share of variants (0-1) of which something can be told.

    Example:
        >>> judged({"verdicts": {"rare": 1, "not evaluable": 3}})
        0.25
    """
    counts = row["verdicts"]
    filled = sum(count for verdict, count in counts.items() if not look(verdict).hollow)
    return float(filled / sum(counts.values()))


def told(row: Row) -> str:
    """The share that can be judged, in words.

    Example:
        >>> told({"verdicts": {"rare": 1, "not evaluable": 3}})
        '25.0% judged'
    """
    return f"{percent(judged(row))} judged"


def _draw(canvas: Canvas, row: Row, x: Scale, y: float) -> None:
    theme, done = canvas.theme, 0
    total = sum(row["verdicts"].values())
    for verdict, count in _parts(row):
        seen, left, right = look(verdict), x(done / total), x((done + count) / total)
        fill = seen.fill(theme)
        canvas.bar(
            (left, y - 9),
            # Neighbours are kept apart by a hair, so that a grey print shows where one ends.
            (max(left + 0.3, right - 1.2), y + 9),
            fill=fill,
            stroke=theme.quiet if seen.hollow else fill,
            words=f"{row['group']}, {verdict}: {count:,} of {total:,} variants",
            group=row["group"],
            verdict=verdict,
            variants=count,
        )
        if right - left > _LETTER:
            ink = theme.ink if seen.hollow else readable_on(fill, theme)
            canvas.write(seen.letter, (left + right) / 2, y + 4, colour=ink, align="center")
        done += count


def _parts(row: Row) -> list[tuple[str, int]]:
    """Verdicts in the order of `VERDICTS`, without those of no variant."""
    counts = row["verdicts"]
    order = [*VERDICTS, *(name for name in counts if name not in VERDICTS)]
    return [(name, counts[name]) for name in order if counts.get(name)]


def _key(canvas: Canvas, data: Sequence[Row], y: float) -> float:
    """What each letter stands for, beside a sample; returns where it ends."""
    theme, x = canvas.theme, float(canvas.margin)
    met = {name for row in data for name, _ in _parts(row)}
    for name in [*(name for name in VERDICTS if name in met), *sorted(met - set(VERDICTS))]:
        text = f"{look(name).letter}: {name}"
        if x > canvas.margin and x + 22 + width(text) * _WIDER > canvas.width - canvas.margin:
            x, y = float(canvas.margin), y + 19
        fill = look(name).fill(theme)
        stroke = theme.quiet if look(name).hollow else fill
        canvas.bar((x, y + 2), (x + 14, y + 14), fill=fill, stroke=stroke)
        canvas.write(text, x + 20, y + 12)
        x += 20 + width(text) * _WIDER + 16
    return y + 18
