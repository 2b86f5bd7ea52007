"""Numbers and bars for a terminal: a missing value is never shown as zero."""

from collections.abc import Callable
from datetime import date
from typing import Any

from rich.table import Table
from rich.text import Text

MISSING = "–"
BAR_WIDTH = 24
NARROW_BAR = 10
_MIDDLE_EASTERN = "Greater Middle Eastern"
_SHORT = {
    "African American or Afro-Caribbean": "African American/Caribbean",
    "Hispanic or Latin American": "Hispanic/Latin American",
    f"{_MIDDLE_EASTERN} (Middle Eastern, North African or Persian)": _MIDDLE_EASTERN,
}
_EIGHTHS = " ▏▎▍▌▋▊▉█"


def named(name: str, style: str = "") -> Text:
    """A name from outside, letter by letter: it can neither style nor steer the screen.

    >>> named("[red]\x1b[31mx").plain
    '[red]�[31mx'
    """
    return Text("".join(c if c.isprintable() else "\ufffd" for c in name), style=style)


def share(value: float | None) -> str:
    """A share (0-1) as a percentage; small ones keep a figure that is not zero.

    >>> share(0.9074), share(0.0002), share(0.00001), share(0.0), share(None)
    ('90.7%', '0.02%', '<0.01%', '0%', '–')
    """
    if value is None:
        return MISSING
    percent = 100 * value
    if percent == 0:
        return "0%"
    if percent < 0.01:
        return "<0.01%"
    return f"{percent:.2f}%" if percent < 1 else f"{percent:.1f}%"


def number(value: Any) -> str:
    """A number with thousands marked; parts of participations are rounded to whole ones."""
    if value is None:
        return MISSING
    if isinstance(value, float) and value != int(value) and abs(value) < 1000:
        return f"{value:.2f}"
    return f"{value:,.0f}"


def plain(value: Any) -> str:
    """Any value in a cell: text and days as they are, lists parted by ";", numbers with marks.

    >>> plain("Kenya"), plain(["GBR", "KEN"]), plain([]), plain(1234), plain(True)
    ('Kenya', 'GBR; KEN', '–', '1,234', 'yes')
    """
    if isinstance(value, list):
        return "; ".join(map(str, value)) or MISSING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str | date):
        return str(value)
    return number(value)


def between(low: float | None, high: float | None, form: Callable[[float], str]) -> str:
    """Two bounds in one cell; nothing where there are none."""
    return "" if low is None or high is None else f"{form(low)} to {form(high)}"


def short(group: str) -> str:
    """A group's name where room is short; the other formats have it in full."""
    return _SHORT.get(group, group)


def bar(value: float | None, largest: float, *, width: int = BAR_WIDTH) -> Text:
    """A bar in proportion to the largest share."""
    if not value or not largest:
        return Text("")
    eighths = round(8 * width * value / largest)
    text = "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()
    return Text(text or "▏", style="blue")


def table_of(first: str, *others: str) -> Table:
    """A table without lines; columns are of numbers, unless their name is one of words."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(first)
    for name in others:
        left = name in ("", "Largest", "Of")
        table.add_column(name, justify="left" if left else "right", no_wrap=name != "Largest")
    return table
