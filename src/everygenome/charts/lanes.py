"""Lanes: one line for each group, with its name, its figure in words, and room for its marks."""

from collections.abc import Sequence
from typing import Any

from everygenome.charts.canvas import Canvas
from everygenome.charts.letters import broken, cut, width
from everygenome.charts.scales import Scale

_NAME_ROOM = 220


class Lanes:
    """Places lanes one below the other.

    On a wide picture the name stands left of the marks and the figure right of them; on a
    narrow one both stand above, in one line or, if `deep`, the figure under the name.

    Attributes:
        left, right: the edges of the marks, in pixels.
        y: where the next lane begins.
    """

    def __init__(
        self,
        canvas: Canvas,
        y: float,
        *,
        told_room: float = 170,
        names: float = _NAME_ROOM,
        deep: bool = False,
        indent: float = 0,
    ) -> None:
        self.canvas = canvas
        self.y = self.top = y
        narrow = canvas.narrow
        self.left = canvas.margin + (4 if narrow else names)
        self.right = canvas.width - canvas.margin - (4 if narrow else told_room)
        self._names = names
        self._deep = deep
        self._indent = indent
        self._marks: list[float] = []

    def lane(self, name: str, told: str) -> float:
        """Write a name and its figure; returns the height at which its marks stand."""
        canvas, quiet = self.canvas, self.canvas.theme.quiet
        if canvas.narrow and self._deep:
            canvas.write(cut(name, canvas.room), canvas.margin, self.y + 13)
            canvas.write(told, canvas.margin + self._indent, self.y + 28, colour=quiet)
            self.y += 58
            self._marks.append(self.y - 17)
            return self.y - 17
        if canvas.narrow:
            room = canvas.room - width(told) - 8
            canvas.write(cut(name, room), canvas.margin, self.y + 13)
            canvas.write(
                told, canvas.width - canvas.margin, self.y + 13, colour=quiet, align="right"
            )
            self.y += 40
            self._marks.append(self.y - 15)
            return self.y - 15
        lines = broken(name, self._names - 12)[:2]
        high = 30
        for place, line in enumerate(lines):
            at = self.y + high / 2 + 4 + (place - (len(lines) - 1) / 2) * 14
            canvas.write(cut(line, self._names - 12), canvas.margin, at)
        at = self.right + 12 + self._indent
        canvas.write(told, at, self.y + high / 2 + 4, colour=quiet)
        self.y += high
        self._marks.append(self.y - high / 2)
        return self.y - high / 2

    def key(self, y: float) -> tuple[float, float]:
        """Where a mark of the lane with its marks at `y` stands before the figure, if indented."""
        if self.canvas.narrow and self._deep:
            return self.canvas.margin + self._indent / 2, y - 17
        return self.right + 10 + self._indent / 2, y

    def upright(self, x: float, **look: Any) -> None:
        """A line across all lanes; on a narrow picture it leaves the words alone."""
        if not self.canvas.narrow:
            self.canvas.rule((x, self.top), (x, self.y + 4), **look)
            return
        for y in self._marks:
            self.canvas.rule((x, y - 7), (x, y + 9), **look)

    def axis(self, scale: Scale, labels: Sequence[tuple[float, str]]) -> float:
        """Lines at the values of a horizontal scale, and the values below; returns the end."""
        last = -1e9
        for value, text in labels:
            x = scale(value)
            self.upright(x)
            half = width(text) / 2
            edge = self.canvas.width - self.canvas.margin - half
            at = min(max(x, self.canvas.margin + half), edge)
            # A value that would touch the one before it keeps its line only.
            if at - half > last + 6:
                self.canvas.write(
                    text, at, self.y + 20, colour=self.canvas.theme.quiet, align="center"
                )
                last = at + half
        return self.y + 24
