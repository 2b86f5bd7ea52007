"""What a plan starts from: the groups of an audit, as its JSON tells them."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from everygenome.audit.earlier import FORMAT, LARGEST
from everygenome.errors import InputError
from everygenome.texts import text_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Where a plan starts.

    Attributes:
        have: group -> people; None where that is hidden.
        shares: group -> share of the reference (0-1), for those that have one; empty without one.
        governed: groups of peoples who decide themselves about research.
        imputation_r2: group -> share of the signal that imputation keeps.
    """

    have: dict[str, int | None]
    shares: dict[str, float]
    governed: frozenset[str]
    imputation_r2: dict[str, float]


def read_start(path: Path) -> Start:
    """Read the groups of an audit.

    Args:
        path: a file that `everygenome audit run --format json` wrote.

    Raises:
        InputError: it cannot be read, or is no audit.
    """
    text = text_of(path, most=LARGEST, check="Check the name of the file.")
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        raise _strange(path) from None
    try:
        if told["format"] != FORMAT:
            raise _strange(path)
        return _start(told)
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError):
        raise _strange(path) from None


def _start(told: dict[str, Any]) -> Start:
    groups = told["can_show"]["groups"]
    compared = (told["comparison"] or {"rows": []})["rows"]
    have = {str(one["group"]): _people(one["people"]) for one in groups}
    # Groups that only the reference has: nobody is in them.
    have |= {str(row["group"]): _people(row["count"]) for row in compared}
    return Start(
        have=have,
        shares={
            str(row["group"]): float(row["reference_share"])
            for row in compared
            if row["reference_share"]
        },
        governed=frozenset(str(group) for group in told["governed"]),
        imputation_r2={str(one["group"]): float(one["imputation_r2"]) for one in groups},
    )


def _people(told: Any) -> int | None:
    if told is not None and (isinstance(told, bool) or int(told) != told or told < 0):
        raise ValueError(told)
    return None if told is None else int(told)


def _strange(path: Path) -> InputError:
    return InputError(
        f"{path} is no audit.",
        remedy="Give the JSON file that `everygenome audit run --format json` wrote.",
    )
