"""Which letters may stand in a document, and which of them the built-in fonts can draw."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

MISSING = "□"
_SPACES = re.compile(r"[\t\n\v\f\r \x85\u2028\u2029]+")
# Controls, halves of a pair, letters that are none, and those that turn the order of what
# follows: a name could hide behind them, or rewrite the words beside it.
_FORBIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff"
    "\ufff9-\ufffb\U000e0000-\U000e0fff]|[\ud800-\udfff]"
)
_LONG_WORD = re.compile(r"[^\s\u200b]{25,}")
_PIECE = 12

Ranges = tuple[tuple[int, int], ...]
# What Libertinus Serif, New Computer Modern and DejaVu Sans Mono hold together: the fonts
# inside typst 0.15. A test has all of them set.
PAPER: Ranges = (
    (0x20, 0x7E),  # Latin
    (0xA0, 0x4FF),  # Latin, Greek, Cyrillic, accents
    (0x531, 0x5F4),  # Armenian, Hebrew
    *((0x60C, 0x60C), (0x61B, 0x61B), (0x61F, 0x61F), (0x621, 0x63A), (0x640, 0x655)),  # Arabic
    *((0x660, 0x66D), (0x679, 0x679), (0x67E, 0x67E), (0x686, 0x686), (0x691, 0x691)),
    *((0x698, 0x698), (0x6A9, 0x6A9), (0x6AF, 0x6AF), (0x6BE, 0x6BE), (0x6CC, 0x6CC)),
    (0x6F0, 0x6F9),
    (0x900, 0x97F),  # Devanagari
    (0x10D0, 0x10FF),  # Georgian
    (0x1D00, 0x2027),  # Latin of Africa and Vietnam, old Greek, dashes, quotation marks
    *((0x202F, 0x2040), (0x2044, 0x2052), (0x2054, 0x205E), (0x2070, 0x2094)),
    *((0x20A0, 0x20BF), (0x2116, 0x2117), (0x2122, 0x2122), (0x2126, 0x2126)),
    (0x2153, 0x2184),  # fractions
    (0x2190, 0x23CF),  # arrows, mathematics
    (0x2460, 0x2609),  # numbers in circles, boxes, shapes
    (0x2C60, 0x2C7F),  # Latin of Africa
    (0xFB00, 0xFB06),  # joined letters
    (0xFFFD, 0xFFFD),
)
# What Liberation Sans holds, the font inside vl-convert in which charts are drawn on paper.
CHART: Ranges = (
    (0x20, 0x7E),
    (0xA0, 0x36F),
    *((0x374, 0x375), (0x384, 0x3CE), (0x3D0, 0x513)),
    *((0x5B0, 0x5C3), (0x5D0, 0x5EA)),
    *((0x1E00, 0x1E9B), (0x1EA0, 0x1EF9), (0x1F00, 0x1FFE)),
    *((0x2012, 0x2022), (0x2026, 0x2026), (0x2030, 0x2030), (0x2032, 0x2034), (0x2039, 0x203A)),
    *((0x2044, 0x2044), (0x207F, 0x207F), (0x20A0, 0x20B5), (0x2116, 0x2116), (0x2122, 0x2122)),
    *((0x2153, 0x2154), (0x2190, 0x2195), (0x2211, 0x2212), (0x221E, 0x221E), (0x2248, 0x2248)),
    *((0x2260, 0x2260), (0x2264, 0x2265), (0x25A0, 0x25A1), (0x25B2, 0x25B2), (0x25CF, 0x25CF)),
)


def plain(text: str) -> str:
    """Text on one line, with a mark in the place of each letter that no document may hold.

    Example:
        >>> plain("two\\nlines \\x00 \\u202e")
        'two lines � �'
    """
    return _FORBIDDEN.sub("\ufffd", _SPACES.sub(" ", text)).strip()


def drawable(text: str, ranges: Ranges) -> str:
    """Plain text, with an empty box for each letter that the fonts lack.

    Example:
        >>> drawable("Tromsø, 東京", PAPER)
        'Tromsø, □□'
    """
    # Accents that a font holds only joined to their letter are joined first.
    joined = unicodedata.normalize("NFC", plain(text))
    if joined.isascii():
        return joined
    return "".join(letter if _held(letter, ranges) else MISSING for letter in joined)


def breakable(text: str) -> str:
    """Text in which a word of 25 letters or more may go on in the next line.

    Example:
        >>> breakable("a" * 30).split("\\u200b")
        ['aaaaaaaaaaaa', 'aaaaaaaaaaaa', 'aaaaaa']
    """

    def cut(found: re.Match[str]) -> str:
        word = found.group()
        return "\u200b".join(word[at : at + _PIECE] for at in range(0, len(word), _PIECE))

    return _LONG_WORD.sub(cut, text)


def everywhere(value: Any, change: Callable[[str], str]) -> Any:
    """Lists and mappings with every text in them changed; names of fields stay.

    Example:
        >>> everywhere({"a": ["b", 1]}, str.upper)
        {'a': ['B', 1]}
    """
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {name: everywhere(item, change) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [everywhere(item, change) for item in value]
    return value


def _held(letter: str, ranges: Ranges) -> bool:
    code = ord(letter)
    return any(low <= code <= high for low, high in ranges) and unicodedata.category(letter) != "Cn"
