"""Make the demonstration's publications, studies and groups of participants."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from everygenome.sources.gwas_catalog.demonstration import weights
from everygenome.sources.gwas_catalog.demonstration.draws import Draws
from everygenome.vocabulary.ancestry import NOT_REPORTED

# Publications with this many studies examine many traits in one set of people.
ONE_SAMPLE_FROM = 12
ADDED_AFTER = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Group:
    """One ancestry row: stage as the catalogue writes it, people (None: unstated), cells."""

    stage: str
    participations: int | None
    categories: str
    countries: str


@dataclass(frozen=True, slots=True)
class Trait:
    """A made-up term: number, label, parent."""

    number: int
    label: str
    parent: str

    @property
    def uri(self) -> str:
        """An address under a domain that is reserved for examples."""
        return f"http://example.org/demonstration/DEMO_{self.number:07}"


@dataclass(frozen=True, slots=True)
class Study:
    """One accession."""

    number: int
    publication: int
    published: date
    journal: str
    trait: Trait
    cohort: str
    associations: int
    groups: tuple[Group, ...]

    @property
    def accession(self) -> str:
        """`DEMO` and six digits; by these a release is known as a demonstration."""
        return f"DEMO{self.number:06}"

    @property
    def added(self) -> date:
        """The day on which it was added to the catalogue."""
        return self.published + ADDED_AFTER


def traits() -> list[Trait]:
    """All traits, numbered in the order of their table."""
    named = [(label, parent) for parent, labels in weights.TRAITS.items() for label in labels]
    return [
        Trait(number, f"{label} (demonstration)", parent)
        for number, (label, parent) in enumerate(named, start=1)
    ]


def studies() -> Iterator[Study]:
    """All studies, in the order of their publications; the same at every call."""
    draws = Draws(weights.SEED)
    every_trait = traits()
    years = [year for year, number in weights.PUBLICATIONS_BY_YEAR.items() for _ in range(number)]
    number = 0
    for publication, year in enumerate(years, start=1):
        # The release is of the middle of its year.
        month = draws.between(1, 5 if year == weights.RELEASE_DATE.year else 12)
        published = date(year, month, draws.between(1, 28))
        journal = draws.weighted(weights.JOURNALS)
        cohort = draws.weighted(weights.COHORTS)
        in_publication = draws.weighted(weights.STUDIES_IN_PUBLICATION)
        sample = _sample(draws, year)
        for _ in range(in_publication):
            number += 1
            if in_publication < ONE_SAMPLE_FROM:
                sample = _sample(draws, year)
            yield Study(
                number,
                publication,
                published,
                journal,
                draws.one(every_trait),
                cohort,
                draws.weighted(weights.ASSOCIATIONS_IN_STUDY),
                sample,
            )


def _sample(draws: Draws, year: int) -> tuple[Group, ...]:
    discovery = draws.weighted(weights.GROUPS_IN_DISCOVERY)
    replication = draws.weighted(weights.GROUPS_IN_REPLICATION)
    stages = ["initial"] * discovery + ["replication"] * replication
    return tuple(_group(draws, stage, year) for stage in stages)


def _group(draws: Draws, stage: str, year: int) -> Group:
    table = {
        label: float(before if year < weights.CHANGE_YEAR else after)
        for label, (before, after, _) in weights.CATEGORIES.items()
    }
    row_class = draws.weighted(weights.ROW_CLASSES)
    number = {"not": 0, "multiple": draws.between(2, 4)}.get(row_class, 1)
    named = draws.several(table, number)
    places = dict.fromkeys(
        place for label in named or table for place in weights.CATEGORIES[label][2]
    )
    countries = draws.several(dict.fromkeys(places, 1.0), draws.weighted(weights.COUNTRIES_IN_ROW))
    if not countries or draws.chance(weights.COUNTRY_ALSO_NOT_REPORTED):
        countries.append(NOT_REPORTED)
    labels = [*named, NOT_REPORTED] if row_class in ("partly", "not") else named
    people = draws.size(weights.SMALLEST_GROUP, doubling=weights.DOUBLING, limit=weights.DOUBLINGS)
    missing = draws.chance(weights.PARTICIPATIONS_MISSING)
    return Group(stage, None if missing else people, ", ".join(labels), ", ".join(countries))
