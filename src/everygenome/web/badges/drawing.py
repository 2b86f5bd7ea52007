"""Draw a badge: a label and a value side by side, as text in an SVG.

Letters are letters, not paths: they can be read aloud, copied and searched. `textLength`
makes them as wide as was reckoned, whatever face the reader has.
"""

from xml.sax.saxutils import escape, quoteattr

_FONT = "Arial, Helvetica, 'Liberation Sans', sans-serif"
_SIZE = 12
_HEIGHT = 24
_PAD = 9
# White letters on either ground: 10.2:1 and 8.3:1. The rim keeps more than 3:1 with a white
# page (3.6:1) and with a dark one (4.9:1), where the grounds alone would not.
_LETTERS = "#ffffff"
_LABEL_GROUND = "#33424d"
_VALUE_GROUND = "#0b4f8a"
_REFUSED_GROUND = "#7a2e1d"
_RIM = "#7a8a95"
# Thousandths of the letter size: the advance widths that Arial, Helvetica and Liberation Sans
# share (Adobe Font Metrics, Helvetica), in three classes wide enough for every letter of each.
_NARROW = "fijlrtIJ,.;:!|()[]/' -"
_WIDE = "mwMWGOQ%@"


def badge(label: str, value: str, *, title: str, refused: bool = False) -> str:
    """A badge as SVG; equal words give equal bytes.

    Args:
        label: what the number is.
        value: the number.
        title: the whole sentence, for those who point at it or have it read aloud.
        refused: this is no number but the reason why there is none.
    """
    left, right = (_width(text) + 2 * _PAD for text in (label, value))
    whole = left + right
    ground = _REFUSED_GROUND if refused else _VALUE_GROUND
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="{_HEIGHT}" '
        f'viewBox="0 0 {whole} {_HEIGHT}" role="img" aria-label={quoteattr(title)}>'
        f"<title>{escape(title)}</title>"
        f'<rect width="{whole}" height="{_HEIGHT}" rx="4" fill="{_RIM}"/>'
        f'<path d="M4 1h{left - 4}v{_HEIGHT - 2}h-{left - 4}a3 3 0 0 1-3-3V4a3 3 0 0 1 3-3z" '
        f'fill="{_LABEL_GROUND}"/>'
        f'<path d="M{left} 1h{right - 4}a3 3 0 0 1 3 3v{_HEIGHT - 8}a3 3 0 0 1-3 3h-{right - 4}z" '
        f'fill="{ground}"/>'
        f'<g fill="{_LETTERS}" font-family="{_FONT}" font-size="{_SIZE}" aria-hidden="true">'
        f"{_text(label, _PAD)}{_text(value, left + _PAD, bold=True)}</g></svg>\n"
    )


def _text(text: str, x: int, *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x}" y="16" textLength="{_width(text)}" lengthAdjust="spacingAndGlyphs"'
        f"{weight}>{escape(text)}</text>"
    )


def _width(text: str) -> int:
    """Pixels that a text is given.

    Example:
        >>> _width("90.7%")
        35
    """
    units = sum(300 if c in _NARROW else 850 if c in _WIDE else 580 for c in text)
    return round(units * _SIZE / 1000)
