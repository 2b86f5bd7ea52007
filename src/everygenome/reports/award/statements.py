"""What an awardee states for the report: words of theirs, which nobody here has checked."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from everygenome.errors import InputError
from everygenome.texts import text_of

# Name in the file, and the question that stands above the answer.
QUESTIONS = {
    "recruitment": "How people were recruited",
    "hindered": "What hindered",
    "shared": "What is shared, and how",
}
_ABOUT = ("by", "date")
_MOST_BYTES = 20_000
_MOST_LETTERS = 2_000


@dataclass(frozen=True, slots=True)
class Statements:
    """What an awardee states.

    Attributes:
        answers: by name in `QUESTIONS`; those that are not there were not answered.
        by: who states it; may be empty.
        date: when, as they write it; may be empty.
    """

    answers: dict[str, str]
    by: str = ""
    date: str = ""


def read_statements(path: Path) -> Statements:
    """The statements of a TOML file.

    Args:
        path: with `recruitment`, `hindered`, `shared`, `by` and `date`, each of which may be
            left out, as texts of at most 2,000 letters.

    Raises:
        InputError: it cannot be read, is no TOML, or holds another key, or no text.
    """
    text = text_of(path, most=_MOST_BYTES, shorten="Statements are short.")
    return statements_of(text, source=str(path))


def statements_of(text: str, *, source: str = "The statement") -> Statements:
    """The statements of a text in TOML; see `read_statements`.

    Example:
        >>> statements_of('shared = "All summary statistics."').answers
        {'shared': 'All summary statistics.'}
    """
    try:
        read = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(
            f"{source} is no TOML: {error}.",
            remedy='Write lines such as recruitment = "At three hospitals in Kenya."',
        ) from error
    known = (*QUESTIONS, *_ABOUT)
    for name, value in read.items():
        if name not in known:
            raise InputError(f"{source} has {name!r}.", remedy=f"It may have {', '.join(known)}.")
        # A day that TOML reads as one is written as it stood.
        if not isinstance(value, str) and not (name == "date" and hasattr(value, "isoformat")):
            raise InputError(
                f"{source}, {name}: found {value!r}, which is no text.",
                remedy="Put the words in double quotes.",
            )
        if len(str(value)) > _MOST_LETTERS:
            raise InputError(
                f"{source}, {name}: {len(str(value)):,} letters.",
                remedy=f"Use at most {_MOST_LETTERS:,}.",
            )
    said = {name: str(value).strip() for name, value in read.items()}
    answers = {name: said[name] for name in QUESTIONS if said.get(name)}
    return Statements(answers, said.get("by", ""), said.get("date", ""))
