"""Bars that a frequency is held against: what they are, and what they rest on."""

from dataclasses import dataclass
from enum import StrEnum

from everygenome.errors import UsageError


class Statistic(StrEnum):
    """What of a count is held against BA1 and BS1: gene-specific bars say which."""

    FAF = "filtering allele frequency (95%)"
    AF = "allele frequency"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Bars of a gene, a model, or one that was typed. All are frequencies, above 0 and up to 1.

    Attributes:
        rare: below it, a variant is rare (PM2, supporting); what "evaluable" is measured by.
        expected: the highest frequency that fits the disease (BS1).
        common: from which a variant is benign by itself (BA1); None: the generic rule.
        statistic: what is held against `expected` and `common`.
        least_chromosomes: AN that a group must have before an allele frequency counts.
        least_copies: AC that a group must have before an allele frequency counts.
        absent: PM2 asks that no copy at all was seen; `rare` says then how many must be sampled.
        absent_in_males: likewise, of XY chromosomes alone.
        states_rare: `rare` is stated for PM2; False: the panel states none, `rare` is BS1, and
            what is below it supports nothing.
        source: where they come from: a file, a ClinGen panel with its number, a model.
        population: whom they were derived from, where it is stated; empty: not stated.
    """

    rare: float
    expected: float
    common: float | None = None
    statistic: Statistic = Statistic.FAF
    least_chromosomes: int = 0
    least_copies: int = 0
    absent: bool = False
    absent_in_males: bool = False
    states_rare: bool = True
    source: str = ""
    population: str = ""

    def __post_init__(self) -> None:
        for name in ("rare", "expected", "common"):
            value = getattr(self, name)
            if value is not None and not 0 < value <= 1:
                raise UsageError(
                    f"The bar {name!r} is {value:g}.",
                    remedy="Give a frequency above 0 and up to 1, such as 0.0001.",
                )
        if self.rare > self.expected or (self.common is not None and self.expected > self.common):
            raise UsageError(
                f"The bars contradict: rare {self.rare:g}, expected {self.expected:g}"
                + (f", common {self.common:g}." if self.common is not None else "."),
                remedy="What is rare is no more than expected, and that no more than common.",
            )


def one_bar(frequency: float, *, source: str, population: str = "") -> Bars:
    """A single bar for all: what reaches it is too common, what is surely below it is rare.

    Example:
        >>> one_bar(4e-5, source="typed").expected
        4e-05
    """
    return Bars(rare=frequency, expected=frequency, source=source, population=population)
