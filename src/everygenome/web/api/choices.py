"""The choices that a number depends on, as parameters; and a question made from them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from everygenome.queries.outside import CHOICES, FILTERS, outside
from everygenome.queries.question import YEARS, Question
from everygenome.queries.release import Release
from everygenome.vocabulary.countries import COUNTRIES
from everygenome.vocabulary.references import references
from everygenome.vocabulary.schemes import SCHEMES
from everygenome.vocabulary.terms import CountryRule, Denominator, Stage, Unit
from everygenome.web.api.parameters import Parameter
from everygenome.web.api.problems import ProblemError, shown

_YEAR = {"kind": "integer", "least": YEARS.start, "most": YEARS.stop - 1}
_ALL = (
    Parameter("unit", "What is counted.", valid=tuple(Unit), default=Unit.PARTICIPATIONS.value),
    Parameter(
        "stage",
        "Which part of a study: discovery, replication, or all of it.",
        valid=tuple(Stage),
        default=Stage.DISCOVERY.value,
    ),
    Parameter(
        "denominator",
        "What shares are of; where it is left out, each measure takes its own.",
        valid=tuple(Denominator),
    ),
    Parameter(
        "scheme", "How ancestry categories are grouped.", valid=tuple(SCHEMES), default="broad"
    ),
    Parameter("from_year", "First year of publication.", **_YEAR, example=2015),
    Parameter("to_year", "Last year of publication.", **_YEAR, example=2019),
    Parameter("trait_parent", "Name of a trait parent.", example="Cancer", several=True),
    Parameter(
        "trait", "Identifier of a trait in its ontology.", example="EFO_0000249", several=True
    ),
    Parameter(
        "country",
        "Country of recruitment, as ISO 3166-1 alpha-3 code.",
        valid=tuple(COUNTRIES),
        example="GBR",
        several=True,
    ),
    Parameter(
        "country_rule",
        "How records that name several countries count; `split` divides participations.",
        valid=tuple(CountryRule),
        default=CountryRule.SINGLE.value,
    ),
    Parameter(
        "funder",
        "A funder, by identifier or name; an agency stands for its institutes too.",
        example="wellcome-trust",
        several=True,
    ),
    Parameter("cohort", "A cohort, by identifier or name.", example="uk-biobank", several=True),
    Parameter("journal", "A journal, by identifier or name.", example="nat-genet", several=True),
    Parameter(
        "reference",
        "A reference population to compare with, where the measure does so.",
        valid=tuple(item.name for item in references()),
    ),
)
# A choice that `queries` learns must be described here, or the start of the site fails.
PARAMETERS: tuple[Parameter, ...] = tuple({item.name: item for item in _ALL}[n] for n in CHOICES)
OTHER_SIDE = "b_"
FILTERS_OF_OTHER_SIDE = tuple(
    replace(
        item,
        name=OTHER_SIDE + item.name,
        description=f"{item.description} For the second selection.",
    )
    for item in PARAMETERS
    if item.name in FILTERS
)


def question_of(release: Release, values: Mapping[str, Any], *, prefix: str = "") -> Question:
    """The question that values ask of a release.

    Args:
        release: the release.
        values: as `parameters.read` gives them.
        prefix: of the names of the filters; how things are counted has none.

    Raises:
        ProblemError: no such trait parent (422).
        UsageError: choices that contradict each other.
        NotFoundError: no such trait.
    """
    named = {name: (prefix if name in FILTERS else "") + name for name in CHOICES}
    words = {name: values.get(of) for name, of in named.items()}
    asked = outside(**words)
    for parent in asked.chosen("trait_parent"):
        if parent not in release.tables.parents:
            raise ProblemError(
                422,
                f"The release {release.label.id} has no trait parent {shown(parent)}.",
                parameter=named["trait_parent"],
                valid=release.tables.parents,
            )
    release.check(asked)
    return asked
