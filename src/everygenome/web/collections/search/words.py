"""Words as they are searched: the same for what is stored and what is asked, on every engine."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_LONGEST = 40
MOST = 12


def words_of(text: str) -> list[str]:
    """The words of a text, without case and accents.

    Example:
        >>> words_of("PRS-CSx: São Paulo's scores")
        ['prs', 'csx', 'sao', 'paulo', 's', 'scores']
    """
    bare = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return [word[:_LONGEST] for word in _WORD.findall(bare)]


def asked(query: str) -> list[str]:
    """The words of a query: each once, and not too many."""
    return list(dict.fromkeys(words_of(query)))[:MOST]
