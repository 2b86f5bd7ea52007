"""What kind of thing a column describes. It is asked for, and never guessed."""

from enum import StrEnum

from everygenome.vocabulary.references import Descriptor


class Kind(StrEnum):
    """What kind of thing the groups of a column are: each describes something else.

    The first five are those of reference populations (`Descriptor`).

    Source: National Academies of Sciences, Engineering, and Medicine 2023, "Using
    Population Descriptors in Genetics and Genomics Research" (keep descriptors apart).

    Example:
        >>> Kind.COUNTRY.descriptor
        <Descriptor.COUNTRY: 'country'>
        >>> Kind.ETHNICITY.descriptor is None
        True
    """

    COUNTRY = "country"
    WORLD_REGION = "world region"
    CENSUS_ETHNIC_GROUP = "ethnic group (census)"
    CENSUS_RACE = "race (census)"
    GENETIC_ANCESTRY_CATEGORY = "genetic ancestry category"
    ETHNICITY = "ethnicity (other list or own words)"
    RACE = "race (other list or own words)"
    NATIONALITY = "nationality"
    GENETIC_SIMILARITY = "genetic similarity"
    SEX = "sex"
    GENDER = "gender"
    AGE = "age"
    DEPRIVATION = "deprivation"
    OTHER = "other"

    @property
    def descriptor(self) -> Descriptor | None:
        """The same kind in a reference population; None where no reference has it."""
        return Descriptor(self.value) if self.value in set(Descriptor) else None

    @property
    def sentence(self) -> str:
        """What the kind means, for people."""
        return _SENTENCES[self]


_SENTENCES = {
    Kind.COUNTRY: "Where people live, were born or were recruited, by country; say which under "
    "method.",
    Kind.WORLD_REGION: "As country, by regions of the world, such as those of the United Nations.",
    Kind.CENSUS_ETHNIC_GROUP: "What people chose from the list of a census of ethnic groups, in "
    "its words.",
    Kind.CENSUS_RACE: "What people chose from the list of a census of races, in its words.",
    Kind.GENETIC_ANCESTRY_CATEGORY: "One of the ancestry categories of the GWAS Catalog.",
    Kind.ETHNICITY: "An ethnicity that people chose from another list, or said in their own words.",
    Kind.RACE: "A race from another list, in people's own words, or as somebody else noted it.",
    Kind.NATIONALITY: "Of which state people are citizens. Not where they live, and no ancestry.",
    Kind.GENETIC_SIMILARITY: "Whom genomes resemble most in a panel; name it under panel.",
    Kind.SEX: "Sex: registered at birth, or as genomes show it; say which under method.",
    Kind.GENDER: "Gender, as people say it.",
    Kind.AGE: "Age in whole or broken years, or bands of it.",
    Kind.DEPRIVATION: "How deprived the place is where people live, in tenths or fifths, say.",
    Kind.OTHER: "Anything else; say what under method.",
}


def kinds_listed() -> str:
    """Every kind in one line, as the map wants it."""
    return ", ".join(f'"{kind}"' for kind in Kind)
