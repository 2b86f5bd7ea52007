"""Plain text from strangers: cleaned where nothing is lost by it, refused where something would be.

What is stored is plain text. HTML is refused and not stripped: what is left of a sentence after its
tags are taken out may say something else.
"""

import re
import unicodedata

import nh3
from django.core.exceptions import ValidationError

# What turns the direction of writing around it, or cannot be seen: words could be hidden in it that
# no reviewer reads. The joiners U+200C and U+200D stay, one at a time: Persian and Indic words need
# them.
_UNSEEN = dict.fromkeys(
    [0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x200B, 0x200E, 0x200F, 0xFEFF,
     *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFFF0, 0xFFFC),
     *range(0x1BCA0, 0x1BCA4), *range(0x1D173, 0x1D17B), *range(0xE0000, 0xE0100),
     *range(0xE01F0, 0xE1000)]
)  # fmt: skip
# Letters that are drawn as nothing.
_BLANK = dict.fromkeys([0x2800, 0x3164, 0xFFA0], " ")
# What chooses one of several forms of the sign before it: of many in a row one does, and those from
# U+E0100 on belong to Chinese characters alone.
_SELECTORS = re.compile(
    "(?<![\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])[\U000e0100-\U000e01ef]+"
    "|(?<=[\u200c\u200d])[\u200c\u200d]+"
    "|(?<=[\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef])"
    "[\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]+"
)
_MOST_MARKS = 4
# A tag that is begun and not ended is no HTML yet; beside other text it might become it.
_BEGUN = re.compile(
    r"<\s*/?\s*(script|svg|img|iframe|style|object|embed|link|meta|form|base)\b", re.I
)
_SPACES = re.compile(r"[^\S\n]+")


def plain(text: str, *, longest: int, lines: bool = False) -> str:
    """A text as it may be stored.

    Args:
        text: what was written.
        longest: in characters, after cleaning.
        lines: it may have several lines.

    Raises:
        ValidationError: it holds HTML, stacked marks that cover other text, or is too long.

    Example:
        >>> plain("  A\\u202e name \\x07 of  two words ", longest=40)
        'A name of two words'
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _SELECTORS.sub("", text.translate(_UNSEEN).translate(_BLANK))
    text = "".join(
        c if c == "\n" or unicodedata.category(c)[0] != "C" else _instead(c) for c in text
    )
    if not lines:
        text = text.replace("\n", " ")
    text = "\n".join(line.strip() for line in _SPACES.sub(" ", text).split("\n")).strip()
    text = re.sub(r"\n{3,}", "\n\n", text)
    if len(text) > longest:
        raise ValidationError(
            f"Please use at most {longest:,} characters; this has {len(text):,}.", code="long"
        )
    if nh3.is_html(text) or _BEGUN.search(text):
        raise ValidationError(
            "Please write plain text: this looks like HTML. A lone < or > is fine with a space "
            "after it.",
            code="html",
        )
    if _covered(text):
        raise ValidationError(
            "Please leave out the stacked marks: they cover the lines around them.", code="marks"
        )
    return text


def _instead(letter: str) -> str:
    """What stands for a character that cannot be seen: format characters are part of words."""
    return letter if unicodedata.category(letter) == "Cf" else " "


def _covered(text: str) -> bool:
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks > _MOST_MARKS:
            return True
    return False
