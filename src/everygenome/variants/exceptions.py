"""Variants that the generic BA1 rule does not hold for.

They are common in some group, and yet not shown to be benign. The list, with its sources, stands
in `exceptions.toml`.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from everygenome.errors import UsageError

_BUILDS = ("GRCh37", "GRCh38")
_SPELLED_OUT = re.compile(r"(?<=dup)[ACGT]+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exempt:
    """A variant that is exempt from BA1.

    Attributes:
        gene, hgvs_c, protein, transcript: its names in the paper; `protein` may be empty.
        also: names of the same change on another transcript.
        grch37, grch38: `1-55051215-G-GA`; empty where no coordinate is confirmed.
    """

    gene: str
    hgvs_c: str
    protein: str
    transcript: str
    also: tuple[str, ...] = ()
    grch37: str = ""
    grch38: str = ""


@cache
def exceptions() -> tuple[Exempt, ...]:
    """All of them, in the order of the file.

    Source: Ghosh et al. 2018, Human Mutation 39:1525, Table 1.

    Example:
        >>> len(exceptions())
        9
    """
    text = resources.files("everygenome.variants").joinpath("exceptions.toml").read_text("utf-8")
    return tuple(
        Exempt(
            gene=one["gene"],
            hgvs_c=one["hgvs_c"],
            protein=one["protein"],
            transcript=one["transcript"],
            also=tuple(one.get("also", ())),
            grch37=one.get("GRCh37", ""),
            grch38=one.get("GRCh38", ""),
        )
        for one in tomllib.loads(text)["exception"]
    )


def is_exception(gene: str, hgvs_c: str) -> bool:
    """Whether a variant is exempt, by gene and HGVS name; a transcript before it is not looked at.

    A name that is counted on another transcript may so be exempt by mistake. That costs a look at
    it; a BA1 given by mistake would hide it.

    Example:
        >>> is_exception("HFE", "NM_000410.3:c.845G>A"), is_exception("HFE", "c.845G>C")
        (True, False)
    """
    name = _plain(hgvs_c)
    return any(
        gene.strip().casefold() == one.gene.casefold()
        and name in {_plain(known) for known in (one.hgvs_c, *one.also)}
        for one in exceptions()
    )


def exception_at(build: str, matched: str) -> Exempt | None:
    """The exempt variant at a place, if there is one.

    Args:
        build: `GRCh37` or `GRCh38`.
        matched: `1-55051215-G-GA`, left-aligned and trimmed, without "chr".

    Raises:
        UsageError: another build.

    Example:
        >>> exception_at("GRCh38", "6-26092913-G-A").protein
        'p.Cys282Tyr'
    """
    if build not in _BUILDS:
        raise UsageError(f"{build!r} is no build.", remedy=f"Use {' or '.join(_BUILDS)}.")
    return _by_place(build).get(matched)


@cache
def _by_place(build: str) -> dict[str, Exempt]:
    places = {(one.grch37 if build == _BUILDS[0] else one.grch38): one for one in exceptions()}
    places.pop("", None)
    return places


def _plain(hgvs_c: str) -> str:
    """Without transcript, and without the letters that a duplication may spell out."""
    return _SPELLED_OUT.sub("", hgvs_c.rpartition(":")[2].strip()).casefold()
