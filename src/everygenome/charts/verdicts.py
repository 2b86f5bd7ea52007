"""How verdicts on variants are drawn: a shape, a letter and a strength, never colour alone.

Filled marks are verdicts; hollow ones say that nothing could be told.
"""

from dataclasses import dataclass

from everygenome.charts.theme import Style, Theme, tinted


@dataclass(frozen=True, slots=True)
class Look:
    """How one verdict is drawn.

    Attributes:
        shape: of its mark.
        letter: that stands for it in a narrow bar.
        colour: its place in the theme; None: no verdict, and so hollow.
        strength: of that colour in a bar (0-1).
    """

    shape: str
    letter: str
    colour: int | None = None
    strength: float = 1.0

    @property
    def hollow(self) -> bool:
        """Whether nothing could be told."""
        return self.colour is None

    def style(self, theme: Theme) -> Style:
        """Of its mark."""
        colour = theme.quiet if self.colour is None else theme.colours[self.colour]
        return Style(colour, (1, 0), self.shape)

    def fill(self, theme: Theme) -> str:
        """Of its part of a bar."""
        if self.colour is None:
            return theme.ground
        return tinted(theme.colours[self.colour], theme, self.strength)


# In the order in which bars are stacked: what could be told first.
VERDICTS = {
    "common": Look("triangle-up", "C", 1),
    "more common than expected": Look("diamond", "M", 1, 0.55),
    "indeterminate": Look("square", "I", 0, 0.4),
    "rare": Look("circle", "R", 0),
    "not evaluable": Look("square", "N"),
    "coverage unknown": Look("diamond", "U"),
    "no bar": Look("circle", "B"),
    "not compared": Look("triangle-down", "X"),
}
_OTHER = Look("circle", "?")


def look(verdict: str) -> Look:
    """How a verdict is drawn; one that is not known is hollow.

    Example:
        >>> look("rare").hollow, look("not evaluable").hollow
        (False, True)
    """
    return VERDICTS.get(verdict, _OTHER)
