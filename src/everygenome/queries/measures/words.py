"""Words as they are compared in a search: without case, accents, marks and ways to spell."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_APOSTROPHES = re.compile("['’‘`´]")
_NOT_WORDS = re.compile(r"[\W_]+")
# British spellings and what American ones have in their place; both sides of a search are
# spelled alike, so it does not matter that "toe" becomes "te".
_SPELLINGS = (
    (re.compile("[ao]e"), "e"),
    (re.compile("(behavi|col|hum|od|tum)our"), r"\1or"),
    (re.compile("sulph"), "sulf"),
    (re.compile(r"\bfibre"), "fiber"),
    (re.compile(r"\bageing\b"), "aging"),
)


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


def alike(text: str) -> str:
    """Bare text, spelled in one way for British and American readers.

    Example:
        >>> alike("Anaemia") == alike("anemia"), alike("brain tumour"), alike("hours of sleep")
        (True, 'brain tumor', 'hours of sleep')
    """
    plain = bare(text)
    for british, american in _SPELLINGS:
        plain = british.sub(american, plain)
    return plain
