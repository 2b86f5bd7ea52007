"""A canvas of a width of its own, and lanes that are no higher than their names."""

from collections.abc import Sequence

from everygenome.charts.canvas import Canvas
from everygenome.charts.letters import broken, cut, width
from everygenome.charts.scales import Scale
from everygenome.charts.theme import LIGHT

# In pixels: at these widths letters of 12 pixels have 6.8 points or more on A4.
HALF, WHOLE = 420, 820
_NAMES = 146
_LINE, _LANE = 13, 19


class PaperCanvas(Canvas):
    """A canvas for paper, on light ground; half a page wide, or a whole one."""

    def __init__(self, *, wide: int) -> None:
        super().__init__(LIGHT, narrow=False)
        self.width = wide
        # A picture across the page is moved out by its margin.
        self.margin = 0 if wide == HALF else 14


class ShortLanes:
    """Lanes with the name at the left and figures at the right, in columns.

    Attributes:
        left, right: the edges of the marks, in pixels.
        top, y: where lanes begin, and where the next one does.
    """

    def __init__(self, canvas: PaperCanvas, y: float, *, columns: Sequence[float]) -> None:
        self.canvas = canvas
        self.y = self.top = y
        self.left = canvas.margin + _NAMES + 6
        # Figures end at these places.
        self._ends = [
            canvas.width - canvas.margin - sum(columns[at + 1 :]) for at in range(len(columns))
        ]
        self.right = canvas.width - canvas.margin - sum(columns) - 6

    def head(self, names: Sequence[str]) -> None:
        """Write what stands in the columns of figures, above the lanes."""
        for name, end in zip(names, self._ends, strict=True):
            self.canvas.write(name, end, self.top - 6, align="right", bold=True)

    def lane(self, name: str, figures: Sequence[str]) -> float:
        """Write a name and its figures; returns the height at which its marks stand."""
        lines = broken(name, _NAMES)
        kept = [cut(line, _NAMES) for line in lines[:2]]
        if len(lines) > 2:
            kept[1] = cut(f"{' '.join(lines[1:])}…", _NAMES)
        high = _LANE + _LINE * (len(kept) - 1)
        middle = self.y + high / 2
        for place, line in enumerate(kept):
            at = middle + 4 + (place - (len(kept) - 1) / 2) * _LINE
            self.canvas.write(line, self.canvas.margin, at)
        for told, end in zip(figures, self._ends, strict=True):
            self.canvas.write(told, end, middle + 4, colour=self.canvas.theme.quiet, align="right")
        self.y += high
        return middle

    def axis(self, scale: Scale, labels: Sequence[tuple[float, str]]) -> float:
        """Lines across the lanes at the values of a scale, and the values below."""
        for value, text in labels:
            x = scale(value)
            self.canvas.rule((x, self.top), (x, self.y + 3))
            half = width(text) / 2
            at = min(max(x, half), self.canvas.width - half)
            self.canvas.write(text, at, self.y + 16, colour=self.canvas.theme.quiet, align="center")
        return self.y + 20
