"""The names of groups that references use, to copy, and what each crosswalk assumes."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from everygenome.vocabulary.countries import country
from everygenome.vocabulary.references import Descriptor, crosswalks, references
from everygenome.web.audit.fields import CROSSWALK, REFERENCE


@dataclass(frozen=True, slots=True)
class Names:
    """Groups that a comparison can use.

    Attributes:
        kind: what the groups are.
        titles: of the references that are counted by them, or of the crosswalks that lead to them.
        of: names of these.
        names: each name as it is to be typed, and what it means where that is not plain.
    """

    kind: str
    titles: tuple[str, ...]
    of: tuple[str, ...]
    names: tuple[tuple[str, str], ...]


@cache
def _lists() -> tuple[Names, ...]:
    found: dict[tuple[str, tuple[str, ...]], list[tuple[str, str]]] = {}
    for one in references():
        found.setdefault((one.descriptor, tuple(one.groups)), []).append((one.name, one.title))
    for way in crosswalks():
        # In the order of the scheme; groups to which nobody is taken are no use.
        led = {row.to_group for row in way.rows}
        groups = tuple(group for group in way.leads_to.groups if group in led)
        key = (Descriptor.GENETIC_ANCESTRY_CATEGORY, groups)
        found.setdefault(key, []).append((way.name, way.title))
    return tuple(
        Names(
            kind=kind,
            titles=tuple(title for _, title in of),
            of=tuple(name for name, _ in of),
            names=tuple((_as_typed(group), _meaning(kind, group)) for group in groups),
        )
        for (kind, groups), of in found.items()
    )


def names_listed(values: Any) -> tuple[list[Names], list[Names]]:
    """The lists that a form with these values needs, and the others."""
    # With a crosswalk the groups are those that it leads to.
    chosen = values.get(CROSSWALK) or values.get(REFERENCE)
    wanted = [one for one in _lists() if chosen in one.of]
    return wanted, [one for one in _lists() if one not in wanted]


def _as_typed(group: str) -> str:
    # A comma would end the name.
    return f'"{group}"' if "," in group else group


def _meaning(kind: str, group: str) -> str:
    return country(group).name if kind == Descriptor.COUNTRY else ""
