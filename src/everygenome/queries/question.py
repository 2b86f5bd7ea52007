"""A question to a release: every choice that a number depends on, checked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from everygenome.errors import UsageError
from everygenome.measures.selection import SEPARATOR, Selection
from everygenome.vocabulary.countries import country
from everygenome.vocabulary.schemes import SCHEMES, Scheme
from everygenome.vocabulary.terms import CountryRule, Denominator, Rule, Stage, Unit

YEARS = range(1990, 2101)
# Filters that may name several things.
SEVERAL = (
    "trait_parent",
    "trait",
    "country",
    "funder",
    "cohort",
    "journal",
    "publication",
    "study",
)
MOST = 50
# What somebody lists by number, and not by heart, may be long.
MOST_OF = {"publication": 1000, "study": 5000}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The choices that a number depends on; the defaults are those of the front page.

    A filter may name several things of its kind, joined by ";" or as a list: any of them. Those
    of different kinds narrow each other.

    Attributes:
        unit: what is counted.
        stage: discovery, replication, or all.
        scheme: how ancestry categories are grouped: `detailed`, `broad` or `monitor`.
        denominator: what shares are of; None takes the measure's own default.
        rule: our standard counting, or the 2020 Diversity Monitor's.
        broad_dictionary: the dictionary that `monitor2020` needs.
        from_year: first year of publication.
        to_year: last year of publication.
        trait_parent: name of a trait parent.
        trait: identifier of a trait, such as EFO_0000249.
        country: ISO 3166-1 alpha-3 code of a country of recruitment.
        country_rule: how records that name several countries count.
        funder: identifier of a funder, such as wellcome-trust.
        cohort: identifier of a cohort.
        journal: identifier of a journal.
        publication: PubMed number of a publication.
        study: accession of a study, such as GCST000854.
        reference: name of a reference population, or a CSV file of one.
        crosswalk: a CSV file that leads from its groups to ours; None takes the built-in.
    """

    unit: Unit = Unit.PARTICIPATIONS
    stage: Stage = Stage.DISCOVERY
    scheme: str = "broad"
    denominator: Denominator | None = None
    rule: Rule = Rule.STANDARD
    broad_dictionary: Path | None = None
    from_year: int | None = None
    to_year: int | None = None
    trait_parent: str | None = None
    trait: str | None = None
    country: str | None = None
    country_rule: CountryRule = CountryRule.SINGLE
    funder: str | None = None
    cohort: str | None = None
    journal: str | None = None
    publication: str | None = None
    study: str | None = None
    reference: str | None = None
    crosswalk: Path | None = None

    def __post_init__(self) -> None:
        """Refuse choices that contradict each other."""
        if self.scheme not in SCHEMES:
            raise UsageError(
                f"There is no scheme {self.scheme!r}.", remedy=f"Use {', '.join(SCHEMES)}."
            )
        for year in (self.from_year, self.to_year):
            if year is not None and year not in YEARS:
                raise UsageError(
                    f"{year} is no year of publication.",
                    remedy=f"Use a year from {YEARS.start} to {YEARS.stop - 1}.",
                )
        if None not in (self.from_year, self.to_year) and self.from_year > self.to_year:  # type: ignore[operator]
            raise UsageError(
                f"The years {self.from_year} to {self.to_year} hold no year.",
                remedy="Put the earlier year first.",
            )
        for name in SEVERAL:
            object.__setattr__(self, name, _in_one(name, getattr(self, name)))
        if self.country is not None:
            # Codes are known in any case; the tables hold them in capitals.
            codes = (country(code).iso3 for code in self.countries)
            object.__setattr__(self, "country", _in_one("country", list(codes)))
        if self.study is not None:
            object.__setattr__(self, "study", _in_one("study", self.study.upper()))
        if self.country_rule is CountryRule.SPLIT and self.unit is not Unit.PARTICIPATIONS:
            raise UsageError(
                f"The country rule split divides participations; {self.unit.value} cannot be "
                "divided.",
                remedy="Use the country rule single or any.",
            )
        if self.rule is Rule.MONITOR2020 and self.broad_dictionary is None:
            raise UsageError(
                "The rule monitor2020 needs the dictionary that the Diversity Monitor published.",
                remedy="Give it with --broad-dictionary FILE (tab-separated, two columns).",
            )
        if self.crosswalk is not None and self.reference is None:
            raise UsageError(
                "A crosswalk leads from a reference population, and none was named.",
                remedy="Add --reference; `everygenome references` lists those built in.",
            )

    @property
    def grouping(self) -> Scheme:
        """The scheme itself."""
        return SCHEMES[self.scheme]

    @property
    def selection(self) -> Selection:
        """The filters, for the measures."""
        return Selection(
            stage=self.stage,
            from_year=self.from_year,
            to_year=self.to_year,
            trait_parent=self.trait_parent,
            trait_id=self.trait,
            country_iso3=self.country,
            country_rule=self.country_rule,
            funder_id=self.funder,
            cohort_id=self.cohort,
            journal_id=self.journal,
            pubmed_number=self.publication,
            accession=self.study,
        )

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries chosen; none filters nothing."""
        return self.chosen("country")

    def chosen(self, name: str) -> tuple[str, ...]:
        """The things that a filter names, in the order of their identifiers."""
        text = getattr(self, name)
        return tuple(text.split(SEPARATOR)) if text else ()

    def names_together(self, name: str) -> str | None:
        """The things that a filter names as one name of all, or None where it names none."""
        return " or ".join(self.chosen(name)) or None

    def filters(self) -> dict[str, Any]:
        """The filters that are set, by the name of their option."""
        named = {
            "from_year": self.from_year,
            "to_year": self.to_year,
            "trait_parent": self.trait_parent,
            "trait": self.trait,
            "country": self.country,
            "country_rule": self.country_rule.value if self.country else None,
            "funder": self.funder,
            "cohort": self.cohort,
            "journal": self.journal,
            "publication": self.publication,
            "study": self.study,
        }
        return {name: value for name, value in named.items() if value is not None}

    def but(self, **changes: Any) -> "Question":
        """The same question with some choices changed."""
        return replace(self, **changes)


def _in_one(name: str, value: str | Sequence[str] | None) -> str | None:
    """The things that a filter names as one text, each once, in a fixed order.

    The order in which they were named is no other question.
    """
    if value is None:
        return None
    said = [value] if isinstance(value, str) else value
    things = sorted({item.strip() for one in said for item in one.split(SEPARATOR)} - {""})
    most = MOST_OF.get(name, MOST)
    if len(things) > most:
        raise UsageError(
            f"{len(things)} things are named as {name.replace('_', ' ')}.",
            remedy=f"Name at most {most:,}.",
        )
    return SEPARATOR.join(things) or None
