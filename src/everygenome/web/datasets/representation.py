"""Datasets and their people, by region and by country, beside how many people live there.

People of a dataset that recruited in several places cannot be divided between them, so they are
counted in none. Missing is never zero: None is "nobody said".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from everygenome.vocabulary.countries import COUNTRIES
from everygenome.web.datasets.maturity import Registered
from everygenome.web.datasets.people import GENETIC, genetic, newest
from everygenome.web.datasets.places import REGIONS, countries_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A region or a country.

    Attributes:
        code: the region's name, or the country's alpha-3 code.
        name: for people.
        datasets: those that recruited there.
        shared: those of them that also recruited elsewhere, so that their people are not counted.
        genotypes, exomes, genomes: people, as far as datasets of this place alone say.
        people: read in any of these ways.
        inhabitants: how many people live there; None where the reference does not say.
        share: of the people counted in all places of its kind (0-1).
        world_share: of the people of the world (0-1).
    """

    code: str
    name: str
    datasets: int
    shared: int
    genotypes: int | None
    exomes: int | None
    genomes: int | None
    people: int | None
    inhabitants: float | None
    share: float | None = None
    world_share: float | None = None

    @property
    def ratio(self) -> float | None:
        """Its share of the people counted by its share of the world; 1 is parity."""
        if self.share is None or not self.world_share:
            return None
        return self.share / self.world_share

    @property
    def in_words(self) -> str:
        """That ratio as it is said."""
        return ratio_words(self.ratio)

    @property
    def per_1000(self) -> float | None:
        """People counted for each 1,000 who live there."""
        if self.people is None or not self.inhabitants:
            return None
        return 1000 * self.people / self.inhabitants


def by_region(
    datasets: Sequence[Registered], inhabitants: Mapping[str, float]
) -> tuple[Place, ...]:
    """The six regions, also those without any dataset.

    Args:
        datasets: the register.
        inhabitants: region -> people.
    """
    world = sum(inhabitants[region] for region in REGIONS)
    rows = {region: _place(region, datasets, inhabitants.get(region)) for region in REGIONS}
    total = sum(row["people"] or 0 for row in rows.values())
    return tuple(
        Place(
            **row,
            share=row["people"] / total if row["people"] and total else None,
            world_share=inhabitants[region] / world,
        )
        for region, row in rows.items()
    )


def by_country(
    datasets: Sequence[Registered], inhabitants: Mapping[str, float]
) -> tuple[Place, ...]:
    """Countries in which a dataset recruited, by name."""
    codes = {iso3 for one in datasets for iso3 in countries_of(one.data)}
    named = sorted((iso3 for iso3 in codes if iso3 in COUNTRIES), key=lambda c: COUNTRIES[c].name)
    return tuple(Place(**_place(iso3, datasets, inhabitants.get(iso3))) for iso3 in named)


def unplaced(datasets: Sequence[Registered]) -> tuple[Registered, ...]:
    """Datasets of several regions that do not say which."""
    return tuple(one for one in datasets if not one.regions)


def ratio_words(ratio: float | None) -> str:
    """A ratio of shares, as it is said.

    Example:
        >>> [ratio_words(ratio) for ratio in (None, 12.4, 2.25, 1.04, 0.4, 0.002)]
        ['not stated', '12 times', '2.2 times', 'about equal', '40% of it', 'less than 1% of it']
    """
    if ratio is None:
        return "not stated"
    if 0.9 <= ratio <= 1.1:
        return "about equal"
    if ratio > 1:
        return f"{ratio:.0f} times" if ratio >= 9.95 else f"{ratio:.1f} times"
    return f"{ratio:.0%} of it" if ratio >= 0.01 else "less than 1% of it"


def _place(code: str, datasets: Sequence[Registered], inhabitants: float | None) -> dict:
    is_region = code in REGIONS
    here, alone = [], []
    for one in datasets:
        places = one.regions if is_region else countries_of(one.data)
        if code in places:
            here.append(one)
            if len(places) == 1:
                alone.append(one)
    held = [[newest(one.data, what) for one in alone] for what in GENETIC]
    genotypes, exomes, genomes = (_sum(counts) for counts in held)
    return {
        "code": code,
        "name": code if is_region else COUNTRIES[code].name,
        "datasets": len(here),
        "shared": len(here) - len(alone),
        "genotypes": genotypes,
        "exomes": exomes,
        "genomes": genomes,
        "people": _sum([genetic(one.data) for one in alone]),
        "inhabitants": inhabitants,
    }


def _sum(counts: Sequence[int | None]) -> int | None:
    stated = [count for count in counts if count is not None]
    return sum(stated) if stated else None
