"""The map as a picture: countries coloured by how many datasets recruited there, or by people.

Colours are classes of the style sheet, so that they follow the reader's light or dark ground.
Every colour's meaning is written beside it, and each number stands in the table below it.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from everygenome.charts.shapes import CREDIT, world
from everygenome.web.datasets.representation import Place

WIDTH = 940
# Lower ends of the steps, and how each is told.
_DATASETS = ((1, "1 dataset"), (2, "2 datasets"), (3, "3 or 4 datasets"), (5, "5 datasets or more"))
_PEOPLE = (
    (0.0, "fewer than 1 person for each 1,000 inhabitants"),
    (1.0, "1 to 10"),
    (10.0, "10 to 100"),
    (100.0, "100 or more"),
)
NONE, UNSTATED = "none", "unstated"


@dataclass(frozen=True, slots=True)
class Mark:
    """A country on the map: an SVG path, or the middle of a circle; its colour, and its words."""

    look: str
    words: str
    path: str = ""
    x: float = 0
    y: float = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """The map.

    Attributes:
        width, height: in its own units.
        marks: the countries.
        legend: (colour, meaning), in order.
        credit: whose shapes they are.
    """

    width: int
    height: int
    marks: tuple[Mark, ...]
    legend: tuple[tuple[str, str], ...]
    credit: str = CREDIT


def picture(countries: Sequence[Place], *, people: bool) -> Picture:
    """The world with a colour for each country.

    Args:
        countries: those in which a dataset recruited.
        people: colour by people for each 1,000 inhabitants, not by datasets.
    """
    drawn = world(WIDTH)
    known = {place.code: place for place in countries}
    marks = []
    for shape in drawn.shapes:
        look, words = _told(known.get(shape.iso3 or ""), shape.name, people=people)
        marks.append(Mark(look, words, path=shape.path))
    outlined = {shape.iso3 for shape in drawn.shapes}
    for code, place in known.items():
        if code not in outlined and code in drawn.places:
            x, y = drawn.places[code]
            look, words = _told(place, place.name, people=people)
            marks.append(Mark(look, words, x=x, y=y))
    steps = _PEOPLE if people else _DATASETS
    legend = [(NONE, "no dataset registered here")]
    if people:
        legend.append((UNSTATED, "registered; people not stated, or not by country"))
    legend += [(f"step{number}", words) for number, (_, words) in enumerate(steps, 1)]
    return Picture(WIDTH, round(drawn.height), tuple(marks), tuple(legend))


def summary(countries: Sequence[Place], regions: Mapping[str, int]) -> str:
    """What the picture shows, in words: for those who do not see it."""
    if not countries:
        return "No country is coloured: no dataset names a country of recruitment."
    most = sorted(countries, key=lambda place: (-place.datasets, place.name))[:3]
    told = ", ".join(f"{place.name} ({place.datasets})" for place in most)
    empty = [region for region, count in regions.items() if not count]
    more = f" No dataset is registered in {', '.join(empty)}." if empty else ""
    many = "1 country has" if len(countries) == 1 else f"{len(countries)} countries have"
    return f"{many} at least one dataset. Most are in {told}.{more}"


def _told(place: Place | None, name: str, *, people: bool) -> tuple[str, str]:
    """The colour of a country, and what it says."""
    if place is None:
        return NONE, f"{name}: no dataset registered here"
    many = "1 dataset" if place.datasets == 1 else f"{place.datasets} datasets"
    if not people:
        return f"step{_step(place.datasets, _DATASETS)}", f"{name}: {many}"
    if place.per_1000 is None:
        return UNSTATED, f"{name}: {many}, people not stated for this country"
    words = f"{name}: {place.per_1000:,.2f} people for each 1,000 inhabitants"
    return f"step{_step(place.per_1000, _PEOPLE)}", words


def _step(value: float, steps: Sequence[tuple[float, str]]) -> int:
    return max(1, bisect_right([low for low, _ in steps], value))
