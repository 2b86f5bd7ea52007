"""Questions from strangers: words only, and no word that makes us open a file."""

from typing import Any

from everygenome.errors import NotFoundError, UsageError
from everygenome.queries.measures import question
from everygenome.queries.question import SEVERAL, Question
from everygenome.vocabulary.references import references

CHOICES = (
    "unit",
    "stage",
    "denominator",
    "scheme",
    "from_year",
    "to_year",
    "trait_parent",
    "trait",
    "country",
    "country_rule",
    "funder",
    "cohort",
    "journal",
    "reference",
)
# What selects records; the other choices say how they are counted.
FILTERS = (
    "stage",
    "from_year",
    "to_year",
    "trait_parent",
    "trait",
    "country",
    "country_rule",
    "funder",
    "cohort",
    "journal",
)
_YEARS = ("from_year", "to_year")
_LONGEST = 300
_LONGEST_LIST = 2000


def outside(**words: str | int | None) -> Question:
    """A question from words that came over a network.

    A file can be named on one's own machine (`crosswalk`, `broad_dictionary`, a reference in
    a CSV file); a stranger can name what is built in, and nothing else.

    Raises:
        UsageError: an unknown choice or word; the message lists those there are.
        NotFoundError: no such country or reference population.

    Example:
        >>> outside(unit="studies", from_year="2015").from_year
        2015
    """
    made: dict[str, Any] = {}
    for name, value in words.items():
        if name not in CHOICES:
            raise UsageError(f"There is no choice {name!r}.", remedy=f"Use {', '.join(CHOICES)}.")
        if value in (None, ""):
            continue
        if len(str(value)) > (_LONGEST_LIST if name in SEVERAL else _LONGEST):
            raise UsageError(
                f"The {name.replace('_', ' ')} is too long.",
                remedy="Nothing here has so long a name.",
            )
        made[name] = _year(name, value) if name in _YEARS else value
    known = [item.name for item in references()]
    if made.get("reference") not in (None, *known):
        raise NotFoundError(
            f"There is no reference population {made['reference']!r}.",
            remedy=f"Use {', '.join(known)}.",
        )
    return question(**made)


def _year(name: str, value: Any) -> int:
    # Not int(): it would take spaces, signs, underscores and digits of other scripts.
    if isinstance(value, int) or (value.isascii() and value.isdigit()):
        return int(value)
    raise UsageError(
        f"{value!r} is no {name.replace('_', ' ')}.", remedy="Use a year, such as 2015."
    )
