"""A page of a certain width: its margins, and the text on it."""

from typing import Any, TypeAlias

from everygenome.charts.letters import broken
from everygenome.charts.theme import Theme

Spec: TypeAlias = dict[str, Any]

WIDE, NARROW = 940, 340
SMALL, MIDDLE, LARGE = 11.0, 12.0, 17.0
# In the order in which they are drawn: what comes later lies above.
ORDER = ("ground", "areas", "rules", "bars", "paths", "strokes", "lines", "points", "letters")


class Page:
    """Text at places in pixels.

    Attributes:
        theme: the ground to draw on, and its colours.
        narrow: for a telephone.
        width: in pixels, margins included.
        margin: left and right, in pixels.
        rows: what is drawn, by layer.
        said: title and caption.
    """

    def __init__(self, theme: Theme, *, narrow: bool) -> None:
        self.theme = theme
        self.narrow = narrow
        self.width = NARROW if narrow else WIDE
        self.margin = 10 if narrow else 16
        self.rows: dict[str, list[Spec]] = {name: [] for name in ORDER}
        self.said: tuple[str, ...] = ()

    @property
    def room(self) -> float:
        """Pixels between the margins."""
        return self.width - 2 * self.margin

    def write(
        self,
        text: str,
        x: float,
        y: float,
        *,
        colour: str | None = None,
        size: float = MIDDLE,
        bold: bool = False,
        align: str = "left",
        angle: float = 0,
    ) -> None:
        """One line of text, standing on y."""
        self.rows["letters"].append(
            {
                "x": short(x),
                "y": short(y),
                "text": text,
                "colour": colour or self.theme.ink,
                "size": size,
                "weight": "bold" if bold else "normal",
                "align": align,
                "angle": angle,
            }
        )

    def paragraph(
        self,
        text: str,
        y: float,
        *,
        x: float | None = None,
        room: float | None = None,
        colour: str | None = None,
        size: float = MIDDLE,
        bold: bool = False,
    ) -> float:
        """Text in as many lines as it takes, from y downwards; returns where it ends."""
        step = round(size * 1.3)
        for line in broken(text, room or self.room, size, bold=bold) if text else []:
            y += step
            self.write(line, x or self.margin, y - 4, colour=colour, size=size, bold=bold)
        return y

    def head(self, title: str, caption: str) -> float:
        """Title and caption; returns where they end.

        A page that writes the title itself gives none, and no room is taken for it.
        """
        self.said = (title, caption)
        size = LARGE - 1 if self.narrow else LARGE
        y = self.paragraph(title, 8, size=size, bold=True)
        return self.paragraph(caption, y + 2, colour=self.theme.quiet)


def short(value: float) -> float:
    """A place to a tenth of a pixel, which nobody can see finer.

    Example:
        >>> short(12.3456)
        12.3
    """
    return round(value, 1)
