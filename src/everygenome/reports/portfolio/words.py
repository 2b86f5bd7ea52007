"""What sentences call a kind of portfolio."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from everygenome.errors import UsageError


@dataclass(frozen=True, slots=True)
class Words:
    """How a report words one kind.

    Attributes:
        subtitle: below the title.
        counted: the studies that are counted, with {name}.
        subjects: the heading above its subjects.
        answers: who may answer, with {name}.
        shared: what a fraction divides a publication between; empty where there is nothing to
            divide.
    """

    subtitle: str
    counted: str
    subjects: str
    answers: str
    shared: str = ""


_WORDS = {
    "funder": Words(
        "Portfolio report: who takes part in the genetic studies that it funds",
        "genome-wide association studies in publications whose grant lists name {name}",
        "What it funds",
        "{name}",
        "the funders that it names",
    ),
    "cohort": Words(
        "Portfolio report: who takes part in the genetic studies that use it",
        "genome-wide association studies that name {name} among their cohorts",
        "What it is used for",
        "Whoever runs {name}",
        "the cohorts that it names",
    ),
    "journal": Words(
        "Portfolio report: who takes part in the genetic studies that it publishes",
        "genome-wide association studies in publications in {name}",
        "What it publishes",
        "The editors of {name}",
    ),
    "country": Words(
        "Portfolio report: who takes part in the genetic studies that recruit there",
        "records of genome-wide association studies that name {name} as country of recruitment",
        "What is studied there",
        "Whoever speaks for research in {name}",
        "the countries that it names",
    ),
}
KINDS = tuple(_WORDS)
# A sentence names a country as a place: "the United Kingdom", and others without the article.
_WITH_ARTICLE = ("United ", "Netherlands", "Philippines", "Bahamas", "Gambia", "Russian Federation")


def words_of(kind: str) -> Words:
    """The words of a kind.

    Raises:
        UsageError: no report is made of that kind.

    Example:
        >>> words_of("funder").subjects
        'What it funds'
    """
    if kind not in _WORDS:
        raise UsageError(
            f"There is no portfolio report of the kind {kind!r}.",
            remedy=f"Use {', '.join(KINDS)}.",
        )
    return _WORDS[kind]


def in_sentence(kind: str, name: str) -> str:
    """A name as it stands inside a sentence.

    Example:
        >>> in_sentence("country", "United Kingdom"), in_sentence("funder", "United Fund")
        ('the United Kingdom', 'United Fund')
    """
    article = kind == "country" and name.startswith(_WITH_ARTICLE)
    return f"the {name}" if article else name


def narrowed(choices: Mapping[str, Any], *, kind: str) -> str:
    """The choices that narrow a portfolio, in words; empty where none does.

    Example:
        >>> narrowed({"from_year": 2015, "to_year": 2018, "scheme": "broad"}, kind="funder")
        'from 2015, to 2018'
    """
    told = {"from_year": "from", "to_year": "to", "country": "recruited in"}
    left_out = ("scheme", "country_rule", "denominator", kind)
    return ", ".join(
        f"{told.get(name, name.replace('_', ' '))} {value}"
        for name, value in choices.items()
        if value is not None and name not in left_out
    )
