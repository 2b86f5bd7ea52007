"""How wide text is, so that it can be broken and placed before anything is drawn.

Source: the advance widths of Helvetica, which Arial and Liberation Sans share by design
(Adobe Font Metrics, Helvetica 1985-1997).
"""

from functools import lru_cache

# Thousandths of the letter size, from the space (32) to the tilde (126).
_WIDTHS = (
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278),
    *(556,) * 10,
    *(278, 278, 584, 584, 584, 556, 1015),
    *(667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833),
    *(722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611),
    *(278, 278, 278, 469, 556, 333),
    *(556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833),
    *(556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500),
    *(334, 260, 334, 584),
)
_OTHER = 610
_BOLD = 1.07


@lru_cache(maxsize=4096)
def width(text: str, size: float = 12, *, bold: bool = False) -> float:
    """Pixels that a line of text takes.

    Example:
        >>> round(width("European"), 1), round(width("European", bold=True), 1)
        (52.0, 55.7)
    """
    units = sum(_WIDTHS[ord(letter) - 32] if " " <= letter <= "~" else _OTHER for letter in text)
    return units * size / 1000 * (_BOLD if bold else 1)


def broken(text: str, room: float, size: float = 12, *, bold: bool = False) -> list[str]:
    """Text in lines of at most `room` pixels, broken at spaces and after hyphens.

    A word that is wider than the room keeps its line to itself.

    Example:
        >>> broken("African American or Afro-Caribbean", 90)
        ['African', 'American or', 'Afro-Caribbean']
    """
    lines: list[str] = []
    for word in text.split():
        for piece in _pieces(word) if width(word, size, bold=bold) > room else [word]:
            glue = "" if lines and lines[-1].endswith("-") and piece != word else " "
            longer = f"{lines[-1]}{glue}{piece}" if lines else piece
            if lines and width(longer, size, bold=bold) <= room:
                lines[-1] = longer
            else:
                lines.append(piece)
    return lines or [""]


def cut(text: str, room: float, size: float = 12) -> str:
    """Text that fits, ended by an ellipsis where something was left out.

    Example:
        >>> cut("Kichaev G 2018, Am J Hum Genet", 100)
        'Kichaev G 2018,…'
    """
    if width(text, size) <= room:
        return text
    while text and width(f"{text}…", size) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _pieces(word: str) -> list[str]:
    """A word at its hyphens: "Afro-Caribbean" is "Afro-" and "Caribbean"."""
    found = word.split("-")
    return [f"{part}-" for part in found[:-1] if part] + [part for part in found[-1:] if part]
