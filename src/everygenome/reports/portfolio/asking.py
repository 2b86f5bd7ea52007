"""Ask a release all that a report on one portfolio says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from everygenome.errors import NotFoundError, UsageError
from everygenome.queries.answer import Answer
from everygenome.queries.entities import Entity
from everygenome.queries.release import Release
from everygenome.reports.portfolio.words import in_sentence, words_of

SUBJECTS_SHOWN, SUBJECTS_WITH_GAPS = 10, 8
LARGEST = 10
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """Every answer that a report rests on.

    Attributes:
        release: that was asked.
        entity: whose portfolio it is.
        name: of the entity, as it stands inside a sentence.
        above: the funders above it, the nearest first.
        beneath: the funders just beneath it.
        choices: what was chosen beside it.
        minimum: publications under which nothing is compared.
        row: its line in the list of portfolios: full and fractional counts, and `small`.
        listing: that list, of every portfolio of the kind.
        amounts, field_amounts: how much it has, and the whole field, by unit.
        composition, compared, peers, subjects, field_subjects, people, concentration: answers;
            `compared` has no ratios, and `peers` is missing, under the minimum.
        gaps, field_gaps: subjects and groups that no study of it names, and what the field has
            in these subjects; missing under the minimum.
        grants: how many of the field's publications name any funder; missing without grants.
    """

    release: Release
    entity: Entity
    name: str
    above: tuple[Entity, ...]
    beneath: tuple[Entity, ...]
    choices: Mapping[str, Any]
    minimum: int
    row: Row
    listing: Answer
    amounts: dict[str, float | None]
    field_amounts: dict[str, float | None]
    composition: Answer
    compared: Answer
    peers: Answer | None
    subjects: Answer
    field_subjects: Answer
    people: Answer | None
    concentration: Answer
    gaps: Answer | None
    field_gaps: Answer | None
    grants: Mapping[str, Any] | None

    @property
    def small(self) -> bool:
        """It has too few publications to be compared."""
        return bool(self.row["small"])

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Those about this portfolio, in the order of the report."""
        found = (self.composition, self.compared, self.peers, self.subjects)
        rest = (self.gaps, self.people, self.concentration)
        return tuple(answer for answer in (*found, *rest) if answer is not None)


def ask(
    release: Release, kind: str, name: str, *, choices: Mapping[str, Any], minimum: int
) -> Asked:
    """Ask for one portfolio.

    Raises:
        UsageError: no such kind, or choices that a report cannot have.
        NotFoundError: the release does not know the name, or has nothing that fits.
    """
    words_of(kind)
    _check(choices)
    entities = release.tables.entities
    entity = entities.named(kind, name)
    field = {key: value for key, value in choices.items() if value is not None and key != kind}
    mine = field | {kind: entity.id}
    listing = release.portfolio(kind, min_publications=minimum, **field)
    row = next((row for row in listing.rows if row["id"] == entity.id), None)
    if row is None:
        raise NotFoundError(
            f"No study that fits these choices is linked to {entity.name} in the release "
            f"{release.label.id}, so there is nothing to report.",
            remedy=f"`everygenome show portfolio --kind {kind}` lists those that have something.",
        )
    gaps = None if row["small"] else release.gaps(state="none", limit=1000, **mine)
    return Asked(
        release=release,
        entity=entity,
        name=in_sentence(kind, entity.name),
        above=tuple(entities.above(entity)),
        beneath=tuple(entities.beneath(entity)),
        choices=field,
        minimum=minimum,
        row=row,
        listing=listing,
        amounts=_amounts(release, mine),
        field_amounts=_amounts(release, field),
        composition=release.composition(bands=True, **mine),
        compared=release.standardised(min_publications=minimum, kind=kind, name=entity.id, **field),
        peers=None if row["small"] else release.peers(kind, name=entity.id, **field),
        subjects=release.traits(**mine),
        field_subjects=release.traits(**field),
        people=_people(release, mine),
        concentration=release.concentration(top=LARGEST, **mine),
        gaps=gaps,
        field_gaps=None if gaps is None else _field_gaps(release, gaps, field),
        grants=listing.coverage.get("grants"),
    )


def _people(release: Release, mine: Mapping[str, Any]) -> Answer | None:
    """How many people; None where the records were divided between countries."""
    try:
        return release.people(**mine)
    except UsageError:
        return None


def _check(choices: Mapping[str, Any]) -> None:
    for name, only in (("stage", "discovery"), ("unit", "participations")):
        if str(choices.get(name) or only) != only:
            raise UsageError(
                f"A portfolio report is about {only}, not about {choices[name]}.",
                remedy=f"Leave the {name} out.",
            )


def _amounts(release: Release, choices: Mapping[str, Any]) -> dict[str, float | None]:
    return {row["unit"]: row["value"] for row in release.amounts(**choices).rows}


def _field_gaps(release: Release, gaps: Answer, field: Mapping[str, Any]) -> Answer | None:
    """What the whole field has in the first subjects of a list of gaps."""
    subjects = list(dict.fromkeys(row["trait_id"] for row in gaps.rows))[:SUBJECTS_WITH_GAPS]
    if not subjects:
        return None
    chosen = dict(field) | {"trait": subjects}
    return release.gaps(state="all", at_least_studies=1, limit=1000, **chosen)
