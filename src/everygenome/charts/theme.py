"""One look for all charts: colours, dashes, shapes and letters, on light and dark ground.

Colour never stands alone: every series also has a dash pattern and a marker shape, and a
direct label. The colours keep a contrast of at least 3:1 with their ground (WCAG 2.2,
1.4.11), and neighbours differ in lightness, so that a grey print can be read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

# Metric-compatible faces, so that text fits wherever the picture is opened.
FONT = "Arial, Helvetica, Liberation Sans, sans-serif"

_DASHES: tuple[tuple[int, ...], ...] = ((1, 0), (6, 3), (2, 2), (8, 3, 2, 3))
_SHAPES = ("circle", "square", "triangle-up", "diamond", "triangle-down")
_ON_LIGHT = (
    "#0b4f8a",
    "#c8641b",
    "#0f6b5c",
    "#b0417f",
    "#4a3a8c",
    "#8a7a10",
    "#1f86b5",
    "#7a2e1d",
    "#3f8f3a",
    "#8c62b5",
    "#33424d",
    "#b8473f",
    "#5f6f1c",
    "#6d7f8a",
    "#7b1e57",
    "#1d5fd0",
)
_ON_DARK = (
    "#7db8ee",
    "#f0a15c",
    "#5fc9b4",
    "#ef9cc6",
    "#b3a5f2",
    "#dccb5a",
    "#4aa8d8",
    "#e08b75",
    "#8fd486",
    "#cda7ee",
    "#c3d0d9",
    "#f28b82",
    "#b7c65f",
    "#95a8b4",
    "#d17fb2",
    "#8ba9ff",
)


@dataclass(frozen=True, slots=True)
class Theme:
    """A ground and what is drawn on it, as hexadecimal colours."""

    name: str
    ground: str
    ink: str
    quiet: str
    grid: str
    colours: tuple[str, ...]


LIGHT = Theme("light", "#ffffff", "#1a2126", "#53616b", "#d9dfe3", _ON_LIGHT)
DARK = Theme("dark", "#161b1f", "#eef2f4", "#b3bec6", "#343d44", _ON_DARK)
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}


@dataclass(frozen=True, slots=True)
class Style:
    """How one series is drawn."""

    colour: str
    dash: tuple[int, ...]
    shape: str


def style(index: int, theme: Theme = LIGHT) -> Style:
    """How the series with this place in its scheme is drawn; 320 differ before one repeats.

    Example:
        >>> style(0).colour, style(16).colour, style(0) == style(16)
        ('#0b4f8a', '#0b4f8a', False)
    """
    markers = list(product(_DASHES, _SHAPES))
    turn, place = divmod(index, len(theme.colours))
    # A step that shares no factor with the number of markers visits each of them.
    dash, shape = markers[(place * 7 + turn) % len(markers)]
    return Style(theme.colours[place], dash, shape)


def group_style(group: str, order: Sequence[str], theme: Theme = LIGHT) -> Style:
    """How a group is drawn, by its place in its scheme, so that all charts agree.

    Args:
        group: its name.
        order: all groups of the scheme, and its classes, in their order.
        theme: the ground to draw on.

    Example:
        >>> group_style("African", ["European", "African"]) == style(1)
        True
    """
    return style(order.index(group), theme)


def tinted(colour: str, theme: Theme, strength: float) -> str:
    """A colour laid thinly on the ground: 0 is the ground, 1 the colour itself.

    Example:
        >>> tinted("#000000", LIGHT, 0.5)
        '#808080'
    """
    pairs = zip(_parts(theme.ground), _parts(colour), strict=True)
    mixed = [round(under + (over - under) * strength) for under, over in pairs]
    return "#" + "".join(f"{part:02x}" for part in mixed)


def readable_on(colour: str, theme: Theme) -> str:
    """The theme's ink or its ground: whichever is the easier to read on a colour.

    Example:
        >>> readable_on("#0b4f8a", LIGHT), readable_on("#dde8f2", LIGHT)
        ('#ffffff', '#1a2126')
    """
    light = _luminance(colour)
    return max(
        (theme.ink, theme.ground),
        key=lambda ink: (max(light, _luminance(ink)) + 0.05) / (min(light, _luminance(ink)) + 0.05),
    )


def _parts(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [part / 255 for part in _parts(colour)]
    r, g, b = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
