"""What was read of a sites file and is kept, so that a command that was stopped goes on from it."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from everygenome.sources.variation.preparing.most import Most, add
from everygenome.sources.variation.preparing.writing import Part


@dataclass(slots=True)
class Chromosome:
    """What one file holds of one chromosome.

    Attributes:
        part: its rows.
        classes: what was met, in words -> rows.
        most: the largest AN, by region and group; copies: all AC that occur.
    """

    part: Part
    classes: Counter[str] = field(default_factory=Counter)
    most: Most = field(default_factory=dict)
    copies: set[int] = field(default_factory=set)

    def write(self) -> None:
        """Write it down beside its rows, all or nothing."""
        # By hand: `asdict` copies every number.
        told = {
            "part": asdict(self.part),
            "classes": self.classes,
            "most": self.most,
            "copies": sorted(self.copies),
        }
        _put(self.part.path.with_suffix(".json"), told)


@dataclass(slots=True)
class FileRead:
    """What became of one file.

    Attributes:
        chromosomes: in the order of the file.
        sha256: of its bytes; records: of it; crlf: lines that end as in Windows; endless: 1 where
            the last line has no end.
    """

    chromosomes: list[Chromosome]
    sha256: str
    records: int
    crlf: int
    endless: int

    @property
    def rows(self) -> int:
        """Rows of the store that were made of it."""
        return sum(one.part.rows for one in self.chromosomes)


def chromosomes_in(folder: Path) -> list[Chromosome]:
    """Chromosomes that were written down, from the first to the last that is whole."""
    found = []
    for path in sorted(folder.glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        part = Part(**(told["part"] | {"path": path.with_suffix(".parquet")}))
        if not _is_whole(part):
            break
        found.append(
            Chromosome(part, Counter(told["classes"]), dict(told["most"]), set(told["copies"]))
        )
    return found


def write_end(folder: Path, read: FileRead) -> None:
    """Write down that the file was read to its end."""
    _put(
        folder / "end",
        {
            "chromosomes": len(read.chromosomes),
            "sha256": read.sha256,
            "records": read.records,
            "crlf": read.crlf,
            "endless": read.endless,
        },
    )


def read_to_end(folder: Path, chromosomes: Sequence[Chromosome]) -> FileRead | None:
    """The file as it was read to its end; None where it was not, or where something is lost."""
    path = folder / "end"
    if not path.exists():
        return None
    told = json.loads(path.read_text(encoding="utf-8"))
    if told.pop("chromosomes") != len(chromosomes):
        return None
    return FileRead(list(chromosomes), **told)


def merged(
    chromosomes: Iterable[Chromosome],
) -> tuple[Counter[str], Most, set[int]]:
    """Classes, largest AN and copies of several."""
    classes: Counter[str] = Counter()
    most: Most = {}
    copies: set[int] = set()
    for one in chromosomes:
        classes += one.classes
        copies |= one.copies
        add(most, one.most)
    return classes, most, copies


def _is_whole(part: Part) -> bool:
    # A machine that lost its power can have lost rows of a file that was closed.
    try:
        return bool(pq.read_metadata(part.path).num_rows == part.rows)
    except (OSError, pa.ArrowInvalid):
        return False


def _put(path: Path, told: dict[str, Any]) -> None:
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(told, default=str), encoding="utf-8")
    draft.replace(path)
