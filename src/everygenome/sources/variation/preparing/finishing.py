"""The parts of all files, put together: sorted, and one row for each variant's first statement."""

import os
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from everygenome.errors import StoreError
from everygenome.sources.variation.builds import Build
from everygenome.sources.variation.preparing import classes
from everygenome.sources.variation.preparing.joined import Joined
from everygenome.sources.variation.preparing.kept import Chromosome, merged
from everygenome.sources.variation.preparing.most import Most
from everygenome.store.engine import start

_MEMORY_LIMIT = "500MB"


@dataclass(slots=True)
class Together:
    """One chromosome of the store.

    Attributes:
        rows: in it; classes: what was met when its parts were put together -> rows.
        most: the largest AN, by region and group; copies: all AC that occur.
    """

    rows: int
    classes: Counter[str]
    most: Most = field(default_factory=dict)
    copies: set[int] = field(default_factory=set)


def put_together(
    found: Sequence[Chromosome],
    folder: Path,
    *,
    work: Path,
    combine: bool,
    files: int,
    build: Build,
) -> Together:
    """Make one chromosome of the store; its parts stay, in case the command is stopped.

    Args:
        found: what the files hold of it.
        folder: where its file goes.
        work: for what does not fit into memory.
        combine: files are of different people: counts of the same variant are added up.
        files: how many there are of each chromosome, where they are added up.
        build: of the positions.

    Raises:
        InputError: two files state the same variant, and were not to be added up.
        StoreError: there is no room.
    """
    parts = [one.part for one in found]
    met, most, copies = merged(found)
    folder.mkdir(parents=True)
    goal = folder / "part.parquet"
    added = combine and files > 1
    if len(parts) == 1 and parts[0].sorted and not added:
        _linked(parts[0].path, goal)
        met[classes.REPEATED] += parts[0].repeated
        return Together(parts[0].rows, +met, most, copies)
    engine = start(temporary=work / "spill", threads=2, memory_limit=_MEMORY_LIMIT)
    try:
        joined = Joined(engine.con, parts, goal)
        met[classes.REPEATED] += joined.repeated()
        if not added:
            joined.check_apart()
            return Together(joined.sort(), +met, most, copies)
        rows = joined.add_up(files)
        met += joined.met(sum(part.rows for part in parts) - rows)
        # Sums are other numbers than those that were added.
        return Together(rows, +met, joined.most(build), joined.copies())
    except duckdb.Error as error:
        raise StoreError(
            f"Chromosome {parts[0].contig} cannot be sorted: {str(error).splitlines()[0][:200]}",
            remedy="Make room in memory or on the disk, and run the same command again.",
        ) from None
    finally:
        engine.disconnect()


def _linked(source: Path, goal: Path) -> None:
    """The same file under a second name; where the disk knows no such thing, a copy."""
    try:
        os.link(source, goal)
    except OSError:
        shutil.copyfile(source, goal)
