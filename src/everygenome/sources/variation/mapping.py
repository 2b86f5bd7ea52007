"""A mapping file: which INFO fields of somebody's sites file hold the counts of which group."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from everygenome.errors import InputError
from everygenome.sources.variation.header import Header
from everygenome.sources.variation.layouts import Counts, Layout, with_reference
from everygenome.texts import text_of

TEMPLATE = """\
# Which INFO fields of a sites file hold the counts of which group.
name = "My database"        # shown with every number
version = "2026-01"
build = "GRCh38"            # or GRCh37

[all]                       # everybody together
ac = "AC"
an = "AN"
nhomalt = "NHOMALT"         # leave out what the file does not have

[groups.west]               # a short code: small letters, digits and _
label = "West Region"       # its name, for people
sampled = "Volunteers of two hospitals in West Region, 2021 to 2024."
ac = "AC_WEST"
an = "AN_WEST"
nhomalt = "NHOMALT_WEST"
counts = true               # counts for the largest frequency over groups (grpmax, FAF)
continental = false         # broad enough for the generic rule of 5 percent (BA1)
"""
_MOST_BYTES = 1_000_000
_MOST_GROUPS = 200
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
# Source: the VCF specification 4.3, section 1.6.1.
_FIELD = re.compile(r"[A-Za-z_][0-9A-Za-z_.]*|1000G")
# The store names the counts of XX and XY of a group so.
_SEXED = ("_xx", "_xy")
_LONGEST = 2_000
_TOP = {"name", "version", "build", "all", "groups"}
_OF_ALL = {"ac", "an", "nhomalt"}
_OF_GROUP = _OF_ALL | {"label", "sampled", "counts", "continental"}
_TEXTS = {"name", "version", "build", "ac", "an", "nhomalt", "label", "sampled"}


def mapped_layout(path: Path, header: Header) -> Layout:
    """The layout that a mapping file states, checked against the header of a sites file.

    Raises:
        InputError: the mapping is no TOML, lacks something, says something unknown, or names a
            field that the header does not declare.
    """
    told = _parsed(path)
    _check_keys(path, "", told, _TOP, needed={"name", "all", "groups"})
    groups = told["groups"]
    if not isinstance(groups, dict) or not 1 <= len(groups) <= _MOST_GROUPS:
        raise InputError(
            f"{path.name}: [groups] must hold 1 to {_MOST_GROUPS} groups.",
            remedy="Add a section such as [groups.west].",
        )
    for code, group in groups.items():
        if not _CODE.fullmatch(code) or code == "all" or code.endswith(_SEXED):
            raise InputError(
                f"{path.name}: {code[:60]!r} cannot be the code of a group.",
                remedy='Use small letters, digits and "_", beginning with a letter; not "all", and '
                'nothing that ends in "_xx" or "_xy".',
            )
        _check_keys(path, f"groups.{code}", group, _OF_GROUP, needed={"ac", "an"})
    _check_keys(path, "all", told["all"], _OF_ALL, needed={"ac", "an"})
    _check_fields(path, groups)
    build = told.get("build")
    if build not in (None, "GRCh37", "GRCh38"):
        raise InputError(
            f"{path.name}: the build {build!r} is not known.", remedy="GRCh37 or GRCh38."
        )
    fields = {"all": told["all"], **groups}
    return Layout(
        name=str(told["name"]),
        version=str(told.get("version", "")),
        data="",
        groups={code: _counts(path, header, one) for code, one in fields.items()},
        labels={code: one["label"] for code, one in groups.items() if "label" in one},
        sampled={code: one["sampled"] for code, one in groups.items() if "sampled" in one},
        counting=tuple(code for code, one in groups.items() if one.get("counts", True)),
        continental=tuple(code for code, one in groups.items() if one.get("continental", False)),
        build=build,
        with_reference=with_reference(header),
    )


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text_of(path, most=_MOST_BYTES))
    except (ValueError, RecursionError) as error:
        reason = "sections within sections" if isinstance(error, RecursionError) else error
        raise InputError(
            f"{path.name} is no TOML that can be read: {reason}.",
            remedy="`everygenome variants prepare --template` prints one to begin with.",
        ) from None


def _check_keys(
    path: Path, section: str, told: object, known: set[str], *, needed: set[str]
) -> None:
    place = f"[{section}]" if section else "the top of the file"
    if not isinstance(told, dict):
        raise InputError(f"{path.name}: {place} must be a section.", remedy="See --template.")
    for key, value in told.items():
        if key not in known:
            raise InputError(
                f"{path.name}: {place} says {key[:60]!r}, which means nothing here.",
                remedy=f"Known are: {', '.join(sorted(known))}.",
            )
        if key in _TEXTS and isinstance(value, str) and not _is_told(value, key):
            raise InputError(
                f"{path.name}: {place}, {key!r} is empty, too long, or holds letters that cannot "
                "be printed.",
                remedy=f"Give a text of at most {_LONGEST:,} letters.",
            )
        fitting = str if key in _TEXTS else bool if key in ("counts", "continental") else object
        if not isinstance(value, fitting):
            raise InputError(
                f"{path.name}: {place}, {key!r} is {str(value)[:60]!r}.",
                remedy="Give a text in quotation marks." if fitting is str else "true or false.",
            )
    if missing := needed - set(told):
        raise InputError(
            f"{path.name}: {place} does not say {', '.join(sorted(missing))}.",
            remedy="See --template.",
        )


def _is_told(value: str, key: str) -> bool:
    # A version can be left empty: what is updated each day has none.
    words = " ".join(value.split())
    return len(value) <= _LONGEST and words.isprintable() and (bool(words) or key == "version")


def _check_fields(path: Path, groups: Mapping[str, Mapping[str, str]]) -> None:
    """The same people cannot be counted as two groups, nor one field be two things."""
    codes: dict[str, str] = {}
    for code, group in groups.items():
        before = codes.setdefault(group["ac"], code)
        if before != code:
            raise InputError(
                f"{path.name}: the groups {before} and {code} have the same field "
                f"{group['ac']} as their ac.",
                remedy="Name the fields of each group.",
            )
        fields = [group[key] for key in sorted(_OF_ALL) if key in group]
        if len(set(fields)) < len(fields):
            raise InputError(
                f"{path.name}: [groups.{code}] names one field twice.",
                remedy="Copies (ac), chromosomes (an) and people (nhomalt) are three fields.",
            )


def _counts(path: Path, header: Header, told: Mapping[str, str]) -> Counts:
    for key in ("ac", "an", "nhomalt"):
        name = told.get(key)
        if name is not None and name not in header.info:
            raise InputError(
                f"{path.name} names the field {name[:60]!r}, which the header of {header.name} "
                "does not declare.",
                remedy=f"It declares: {', '.join(list(header.info)[:12]) or 'none'}.",
            )
        if name is not None and not _FIELD.fullmatch(name):
            raise InputError(
                f"{path.name}: no INFO field can be called {name[:60]!r}.",
                remedy="Letters, digits, _ and . are allowed: rename it in the sites file.",
            )
    return Counts(told["ac"], told["an"], told.get("nhomalt"))
