"""What a figure is: a question, a finding, a picture, a table, and how to read them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from everygenome.charts.theme import LIGHT, Theme
from everygenome.queries.answer import Answer
from everygenome.queries.release import Release
from everygenome.web.site.state import View


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture is drawn.

    Attributes:
        theme: the ground.
        narrow: for a telephone.
        bare: without the title and caption, which stand beside it on a page.
    """

    theme: Theme = LIGHT
    narrow: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A share and its interval as a small picture, in hundredths of its width, as text.

    Attributes:
        at: where the mark stands.
        low: where the interval begins; empty without one.
        wide: how wide the interval is.
    """

    at: str
    low: str = ""
    wide: str = ""

    @classmethod
    def of(cls, low: float | None, share: float | None, high: float | None) -> "Bar | None":
        """The picture of a share (0-1), or None where there is none.

        Example:
            >>> Bar.of(0.25, 0.5, 0.625)
            Bar(at='50.0', low='25.0', wide='37.5')
            >>> Bar.of(None, 0.5, None), Bar.of(None, None, None)
            (Bar(at='50.0', low='', wide=''), None)
        """
        if share is None:
            return None
        if low is None or high is None:
            return cls(f"{100 * share:.1f}")
        return cls(f"{100 * share:.1f}", f"{100 * low:.1f}", f"{100 * (high - low):.1f}")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table.

    Attributes:
        text: what it says.
        href: where it leads.
        more: a second line.
        bar: a small picture that says the same as the text.
    """

    text: str
    href: str = ""
    more: str = ""
    bar: Bar | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a figure, as they are read.

    Attributes:
        caption: what the table holds.
        head: the headings; the first is that of the rows.
        rows: cells of each row; the first is its heading.
        numbers: places of the columns that hold figures.
        quiet: places of the rows that are classes, not groups.
        more: what the table leaves out, as a sentence.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numbers: frozenset[int] = frozenset()
    quiet: frozenset[int] = frozenset()
    more: str = ""


Ask = Callable[[Release, View], Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure of the monitor.

    Attributes:
        name: its name in addresses.
        title: its heading.
        ask: what it asks of a release.
        finding: what it shows, as a sentence without a full stop.
        draw: its picture, as a specification; takes title and caption.
        table: its numbers.
        reading: how to read the picture.
        ask_drawn: what its picture and files ask beyond that: intervals that take longer to
            reckon, and are not in the table. None asks the same.
        drawn_notes: caveats of what only the picture shows.
        extra: names of choices of its own in the address, each with the values it may have.
        beside: a sentence that must stand in sight of the picture.
    """

    name: str
    title: str
    ask: Ask
    finding: Callable[[Answer, View], str]
    draw: Callable[..., dict[str, Any]]
    table: Callable[[Answer, View], Table]
    reading: str
    ask_drawn: Ask | None = None
    drawn_notes: tuple[str, ...] = ()
    extra: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    beside: Callable[[Answer], str] = lambda _answer: ""

    def answer(self, release: Release, view: View) -> Answer:
        """The answer with all that the picture and the files show."""
        return (self.ask_drawn or self.ask)(release, view)

    def specification(self, answer: Answer, view: View, look: Look) -> dict[str, Any]:
        """The picture of an answer, with its finding as the title unless it is bare."""
        return self.draw(
            answer,
            view,
            title="" if look.bare else self.finding(answer, view),
            # Made-up data say so on every picture, wherever it goes.
            caption="" if look.bare and not answer.release.demonstration else answer.caption,
            theme=look.theme,
            narrow=look.narrow,
        )


def cells(*texts: str | Cell) -> tuple[Cell, ...]:
    """A row of a table from plain texts."""
    return tuple(text if isinstance(text, Cell) else Cell(text) for text in texts)


def choices(view: View) -> dict[str, Any]:
    """The choices of a view, as a release's methods take them."""
    from everygenome.web.site.state import as_choices

    return {name: value for name, value in as_choices(view.question).items() if value is not None}
