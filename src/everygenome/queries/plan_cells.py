"""One sample of a plan: what each of its cells may say."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from everygenome.errors import InputError
from everygenome.vocabulary.terms import Stage

COLUMNS = ("study", "group", "participants", "trait", "stage")
# More than any study has had; what is larger is a slip of the keys.
MAX_PARTICIPANTS = 10_000_000
_MAX_CELL = 300
_NUMBER = re.compile("[0-9]{1,12}")
_SEPARATOR = ";"
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Planned:
    """A planned sample.

    Attributes:
        group: as the plan writes it.
        participants: how many people are to take part, 1 or more.
        traits: as the plan writes them; may be none.
        study: label of the study; samples with the same label are of one study, and a sample
            without one is a study of its own.
        stage: discovery or replication.
        place: where it stands in the plan, for messages.
    """

    group: str
    participants: int
    traits: tuple[str, ...] = ()
    study: str | None = None
    stage: Stage = Stage.DISCOVERY
    place: str = "the plan"


def planned(cells: Mapping[str, Any], *, place: str) -> Planned:
    """A sample from its cells by the names of `COLUMNS`.

    Raises:
        InputError: an unknown column, or a cell that cannot be used; the message begins with
            the place and the column.

    Example:
        >>> planned({"group": "African", "participants": "2000"}, place="line 2").stage.value
        'discovery'
    """
    unknown = [name for name in cells if name not in COLUMNS]
    if unknown:
        raise InputError(
            f"{place} has {unknown[0]!r}.", remedy=f"It may have {', '.join(COLUMNS)}."
        )
    group = _text(cells, "group", place)
    if not group:
        raise InputError(
            f"{place}, column group: nothing stands there.",
            remedy="Name the group that is to take part, such as African.",
        )
    stage = _text(cells, "stage", place).lower() or Stage.DISCOVERY.value
    if stage not in (Stage.DISCOVERY, Stage.REPLICATION):
        raise InputError(
            f"{place}, column stage: {stage!r} is no stage of a sample.",
            remedy="Use discovery or replication, or leave it empty for discovery.",
        )
    return Planned(
        group=group,
        participants=_participants(cells.get("participants"), place),
        traits=_traits(cells.get("trait"), place),
        study=_text(cells, "study", place) or None,
        stage=Stage(stage),
        place=place,
    )


def _participants(value: Any, place: str) -> int:
    text = str(value if value is not None else "").strip()
    # Not int(): it would take signs, underscores, true, and digits of other scripts.
    number = int(text) if _NUMBER.fullmatch(text) and not isinstance(value, bool) else 0
    if not number or number > MAX_PARTICIPANTS:
        raise InputError(
            f"{place}, column participants: found {text[:40]!r}.",
            remedy=f"Write a whole number from 1 to {MAX_PARTICIPANTS} without separators, such "
            "as 12000; where a group is not to take part, leave the row out.",
        )
    return number


def _traits(value: Any, place: str) -> tuple[str, ...]:
    listed = value if isinstance(value, list | tuple) else str(value or "").split(_SEPARATOR)
    if not all(isinstance(item, str) for item in listed):
        raise InputError(
            f"{place}, column trait: found {value!r}.",
            remedy="Write identifiers or labels, such as EFO_0000249.",
        )
    told = (_text({"trait": item}, "trait", place) for item in listed)
    return tuple(sorted({item for item in told if item}))


def _text(cells: Mapping[str, Any], name: str, place: str) -> str:
    value = cells.get(name)
    text = str(value if value is not None else "").strip()
    if len(text) > _MAX_CELL or _CONTROLS.search(text):
        raise InputError(
            f"{place}, column {name}: {len(text)} letters, or letters that nobody can see.",
            remedy=f"Write at most {_MAX_CELL} letters.",
        )
    return text
