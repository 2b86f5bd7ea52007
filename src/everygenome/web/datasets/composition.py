"""Who is in a dataset, as its page shows it: the publisher's own parts, each with its share."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# Other compositions add up; these overlap, or leave people out.
_OFF = 0.02
BAR = 200  # the length of the whole bar, in its own units


@dataclass(frozen=True, slots=True)
class Part:
    """A part: the publisher's label, people, share (0-1), and our category if it maps to one."""

    label: str
    count: int | None
    share: float | None
    group: str

    @property
    def length(self) -> float:
        """Of its bar, of `BAR`."""
        return round(BAR * min(1.0, self.share or 0), 1)


def parts_of(composition: Mapping[str, Any]) -> list[Part]:
    """The parts in the order that they were published in.

    Where the publisher gives counts only, shares are ours: of all people counted in the table.
    """
    rows = composition.get("parts", [])
    counts = [row.get("count") for row in rows]
    total = sum(counts) if all(count is not None for count in counts) else None
    return [
        Part(
            row["label"],
            row.get("count"),
            row.get("share", row["count"] / total if total else None),
            row.get("group", ""),
        )
        for row in rows
    ]


def shares_are_ours(composition: Mapping[str, Any]) -> bool:
    """Whether any share was reckoned here, from counts."""
    return any("share" not in row for row in composition.get("parts", [])) and any(
        part.share is not None for part in parts_of(composition)
    )


def left_out(composition: Mapping[str, Any]) -> bool:
    """Whether the published shares do not add up to everybody."""
    shares = [row["share"] for row in composition.get("parts", []) if "share" in row]
    return len(shares) == len(composition.get("parts", [])) > 0 and abs(sum(shares) - 1) > _OFF
