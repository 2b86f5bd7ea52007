"""Groups of a frequency source: whom it samples under a name, and which count for what.

A setting is of one source, version and kind of data; they stand in `groups.toml`, with their
sources. Groups are genetic similarity to reference panels, not a person's identity.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from everygenome.errors import NotFoundError

_RELEASE = re.compile(r"v?(\d+\.\d+)(?:\.\d+)?", re.IGNORECASE)
JOINT = "joint"


@dataclass(frozen=True, slots=True)
class People:
    """People of a group, by what X and Y they have, as the source infers it."""

    xx: int
    xy: int

    @property
    def all(self) -> int:
        """Both together."""
        return self.xx + self.xy

    def chromosomes(self, *, x: bool) -> int:
        """Copies of an autosome that they have, or of the X outside the shared ends."""
        return 2 * self.xx + (self.xy if x else 2 * self.xy)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group of a source.

    Attributes:
        code: as in the source's fields, such as `afr`; label: name for people.
        sampled: whom the source samples under this name, in a sentence or two; may be empty.
        counts: it counts for grpmax and the largest filtering allele frequency.
        continental: the generic BA1 may rest on it.
        people: how many were sampled; None: not known.
    """

    code: str
    label: str
    sampled: str = ""
    counts: bool = True
    continental: bool = False
    people: People | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSettings:
    """The groups of one source, version and kind of data.

    Attributes:
        key: such as "gnomAD 4.0 genomes".
        groups: code to group, in the order in which they are listed.
        note: what a reader must know of this version; may be empty.
        version: of the file of settings; 0 for groups that a file names itself.
    """

    key: str
    groups: Mapping[str, Group] = field(default_factory=dict)
    note: str = ""
    version: int = 0

    @property
    def counting(self) -> tuple[str, ...]:
        """Codes that count for grpmax."""
        return tuple(code for code, group in self.groups.items() if group.counts)


def settings_for(name: str, version: str, data: str) -> GroupSettings:
    """Settings of a source that is known.

    Args:
        name: `gnomAD`, in any case of letters.
        version: `4.0`, `v4.1`, `2.1.1`; the last of three numbers changes no groups.
        data: `exomes`, `genomes` or `joint` (both together).

    Raises:
        NotFoundError: it is not known; the message names those that are.

    Example:
        >>> settings_for("gnomAD", "4.1", "exomes").groups["mid"].counts
        True
        >>> settings_for("gnomAD", "4.0", "exomes").counting
        ('afr', 'amr', 'eas', 'nfe', 'sas')
    """
    told = _RELEASE.fullmatch(version.strip())
    key = f"{name.strip()} {told[1] if told else version} {data.strip()}"
    known = _known()
    found = known.get(key.casefold())
    if found is None:
        raise NotFoundError(
            f"Groups of {key!r} are not known.",
            remedy="Known are: " + "; ".join(one.key for one in known.values()) + ".",
        )
    return found


def plain_settings(codes: Iterable[str], labels: Mapping[str, str]) -> GroupSettings:
    """Settings of another source: every group counts, and none is continental.

    Example:
        >>> plain_settings(["GBR"], {}).groups["GBR"].label
        'GBR'
    """
    groups = {code: Group(code=code, label=labels.get(code, code)) for code in codes}
    return GroupSettings(key="groups as the file names them", groups=groups)


@cache
def _known() -> Mapping[str, GroupSettings]:
    text = resources.files("everygenome.variants").joinpath("groups.toml").read_text("utf-8")
    told = tomllib.loads(text)
    made = [_settings(one, told) for one in told["settings"]]
    return {one.key.casefold(): one for one in made}


def _settings(one: Mapping[str, Any], told: Mapping[str, Any]) -> GroupSettings:
    people = told["people"].get(one.get("people"), {})
    return GroupSettings(
        key=f"{one['source']} {one['version']} {one['data']}",
        groups={code: _group(code, one, told, people.get(code)) for code in one["groups"]},
        note=one.get("note", ""),
        version=told["version"],
    )


def _group(
    code: str, one: Mapping[str, Any], told: Mapping[str, Any], counted: Mapping[str, Any] | None
) -> Group:
    about = told["groups"][code]
    kinds = ("exomes", "genomes") if one["data"] == JOINT else (one["data"],)
    people, biobank = None, ""
    if counted is not None:
        people = People(*(sum(counted[kind][at] for kind in kinds) for at in (0, 1)))
        if "exomes" in kinds and counted["uk_biobank"]:
            biobank = f" Of {people.all:,} people, {counted['uk_biobank']:,} are from UK Biobank."
    return Group(
        code=code,
        label=about["label"],
        sampled=about["sampled"] + biobank,
        counts=code in one["counts"],
        continental=code in one["continental"],
        people=people,
    )
