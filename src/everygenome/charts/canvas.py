"""A drawing: marks at places in pixels, written as one layered Vega-Lite specification.

One flat view is drawn several times faster than a view for each panel, and takes exactly
the room it was given. So the charts here place their marks themselves, and every mark
carries the words that tell what it shows: they become its `aria-label`.
"""

from collections.abc import Sequence
from typing import Any, TypeAlias

from everygenome.charts.layers import LAYERS
from everygenome.charts.page import ORDER, Page, Spec, short
from everygenome.charts.theme import FONT, Style, Theme

Place: TypeAlias = tuple[float, float]


class Canvas(Page):
    """Collects marks; `finish` makes the specification.

    Attributes:
        origin: where the corner of paths is put.
    """

    def __init__(self, theme: Theme, *, narrow: bool) -> None:
        super().__init__(theme, narrow=narrow)
        self.origin: Place = (0, 0)
        self._parts = 0

    def rule(
        self,
        start: Place,
        end: Place,
        *,
        colour: str | None = None,
        thick: float = 1,
        dash: Sequence[int] = (1, 0),
        above: bool = False,
    ) -> None:
        """A straight line that needs no words: of a scale, or `above` the bars, an interval."""
        self.rows["strokes" if above else "rules"].append(
            {
                "x": short(start[0]),
                "y": short(start[1]),
                "x2": short(end[0]),
                "y2": short(end[1]),
                "colour": colour or self.theme.grid,
                "thick": thick,
                "dash": list(dash),
            }
        )

    def bar(
        self,
        start: Place,
        end: Place,
        *,
        fill: str,
        words: str | None = None,
        stroke: str | None = None,
        **data: Any,
    ) -> None:
        """A rectangle between two corners; without words it is part of the ground."""
        self.rows["bars" if words else "ground"].append(
            {
                "x": short(start[0]),
                "y": short(start[1]),
                "x2": short(end[0]),
                "y2": short(end[1]),
                "fill": fill,
                "stroke": stroke,
                "words": words or "",
                **data,
            }
        )

    def point(
        self,
        place: Place,
        look: Style,
        *,
        words: str,
        area: float = 34,
        hollow: bool = False,
        fill: str | None = None,
        **data: Any,
    ) -> None:
        """A marker, `area` square pixels large; hollow for what was counted as none."""
        self.rows["points"].append(
            {
                "x": short(place[0]),
                "y": short(place[1]),
                "shape": look.shape,
                "fill": fill or (self.theme.ground if hollow else look.colour),
                "stroke": look.colour,
                "area": area,
                "words": words,
                **data,
            }
        )

    def line(self, places: Sequence[Place], look: Style, *, thick: float = 2) -> None:
        """A line through places."""
        self._parts += 1
        self.rows["lines"] += [
            {
                "part": self._parts,
                "x": short(x),
                "y": short(y),
                "colour": look.colour,
                "dash": list(look.dash),
                "thick": thick,
            }
            for x, y in places
        ]

    def band(self, places: Sequence[tuple[float, float, float]], colour: str) -> None:
        """An area between two heights: x, lower y, upper y."""
        self._parts += 1
        self.rows["areas"] += [
            {"part": self._parts, "x": short(x), "y": short(y), "y2": short(y2), "fill": colour}
            for x, y, y2 in places
        ]

    def path(self, shape: str, *, fill: str, stroke: str, words: str, **data: Any) -> None:
        """A shape in SVG path letters, which count from `origin`."""
        x, y = self.origin
        self.rows["paths"].append(
            {"x": x, "y": y, "shape": shape, "fill": fill, "stroke": stroke, "words": words, **data}
        )

    def finish(self, height: float, *, also: str = "") -> Spec:
        """The specification.

        Args:
            height: in pixels.
            also: what the whole picture says beside its title and caption.
        """
        said = (*self.said, also)
        used = [name for name in ORDER if self.rows[name]]
        return {
            "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
            "description": " ".join(f"{part.removesuffix('.')}." for part in said if part),
            "width": self.width,
            "height": round(height),
            "padding": 0,
            "autosize": {"type": "none"},
            "background": self.theme.ground,
            "config": {"font": FONT, "view": {"stroke": None}},
            "datasets": {name: self.rows[name] for name in used},
            "layer": [{"data": {"name": name}, **LAYERS[name]} for name in used],
        }
