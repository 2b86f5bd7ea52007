"""Units, stages, denominators and rules: the words that every number must carry."""

from enum import StrEnum


class Unit(StrEnum):
    """What is counted."""

    PARTICIPATIONS = "participations"
    STUDIES = "studies"
    PUBLICATIONS = "publications"
    ASSOCIATIONS = "associations"

    @property
    def meaning(self) -> str:
        """One sentence for the public."""
        return _UNIT_MEANINGS[self]

    @property
    def additive(self) -> bool:
        """Whether counts of different groups may be added together."""
        return self is Unit.PARTICIPATIONS


_UNIT_MEANINGS = {
    Unit.PARTICIPATIONS: "one person's data counted once in one study; "
    "the same person in ten studies is ten participations",
    Unit.STUDIES: "one analysis in the catalogue, with its own accession (GCST number)",
    Unit.PUBLICATIONS: "one paper, with its own PubMed number; a paper can hold many studies",
    Unit.ASSOCIATIONS: "one reported link between a place in the genome and a trait",
}


class Stage(StrEnum):
    """Which part of a study: the search, or the check of what it found."""

    DISCOVERY = "discovery"
    REPLICATION = "replication"
    ALL = "all"


# The catalogue writes "initial" where we, and the field, say discovery.
STAGE_OF_STATED = {"initial": Stage.DISCOVERY, "replication": Stage.REPLICATION}


class Denominator(StrEnum):
    """What a share is a share of."""

    RECORDED = "recorded"
    ALL = "all"


class Rule(StrEnum):
    """How rows are counted: our standard, or the 2020 Diversity Monitor's, for comparison."""

    STANDARD = "standard"
    MONITOR2020 = "monitor2020"


class CountryRule(StrEnum):
    """How a row that names several countries is counted."""

    SINGLE = "single"
    SPLIT = "split"
    ANY = "any"
