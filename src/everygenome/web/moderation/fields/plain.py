"""Plain text from strangers: cleaned where nothing is lost by it, refused where something would be.

What is stored is plain text. HTML is refused and not stripped: what is left of a sentence after its
tags are taken out may say something else.
"""

import re
import unicodedata

import nh3
from django.core.exceptions import ValidationError

# What turns the direction of writing around it, or cannot be seen. The joiners U+200C and U+200D
# stay: Persian and Indic words need them.
_UNSEEN = dict.fromkeys(
    [0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
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
    text = text.translate(_UNSEEN)
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
