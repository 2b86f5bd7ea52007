"""Words as they are compared in a search: without case, accents and marks."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_APOSTROPHES = re.compile("['’‘`´]")
_NOT_WORDS = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Text without case and accents, its spaces single; its marks stay.

    Example:
        >>> folded("  Ménière’s   Disease ")
        'meniere’s disease'
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _SPACES.sub(" ", kept).strip()


def bare(text: str) -> str:
    """Folded text without its marks: letters and digits, in words.

    Example:
        >>> bare("Ménière’s disease, 100% (EFO:0006862)")
        'menieres disease 100 efo 0006862'
    """
    return _NOT_WORDS.sub(" ", _APOSTROPHES.sub("", folded(text))).strip()
