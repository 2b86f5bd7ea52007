"""What was not understood in an address, in words that may stand on a page."""

from everygenome.errors import EverygenomeError

_SHOWN = 60
_LONGEST_REMEDY = 400


def told(name: str, value: str, error: EverygenomeError) -> str:
    """That a value of a choice is not known, and what to do."""
    what = name.replace("_", " ")
    remedy = error.remedy if len(error.remedy) < _LONGEST_REMEDY else ""
    said = f"“{visible(value)}” is no {what} that is known here, so it was left out. {remedy}"
    return said.strip()


def visible(text: str) -> str:
    """Text from an address as it may stand on a page: short, and without what cannot be seen.

    Example:
        >>> visible("a" * 70) == "a" * 60 + "…"
        True
    """
    shown = "".join(letter if letter.isprintable() else "�" for letter in text[: _SHOWN + 1])
    return shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
