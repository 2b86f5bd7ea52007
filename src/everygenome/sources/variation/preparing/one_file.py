"""One sites file, read and written in parts; what was finished before is not read again."""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from everygenome.sources.variation.bcftools import streamed
from everygenome.sources.variation.layouts import Layout
from everygenome.sources.variation.preparing.columns import Asked, asked, question
from everygenome.sources.variation.preparing.parsing import Parser
from everygenome.sources.variation.preparing.writing import Part, PartWriter
from everygenome.sources.variation.streams import ahead, blocks

# A table of each: of fewer lines, it would cost more to begin than to make.
_BLOCK_BYTES = 8 << 20
_SEX_CHROMOSOMES = ("X", "Y")


@dataclass(slots=True)
class FileRead:
    """What became of one file.

    Attributes:
        parts: for each chromosome; classes: what was met -> rows.
        most: group -> the largest AN; copies: all AC that occur.
        sha256: of the bytes; done: it was read to its end.
    """

    parts: list[Part] = field(default_factory=list)
    classes: Counter[str] = field(default_factory=Counter)
    most: dict[str, int] = field(default_factory=dict)
    copies: set[int] = field(default_factory=set)
    sha256: str = ""
    done: bool = False

    def write(self, path: Path) -> None:
        """Write it down, so that an interrupted command goes on from here."""
        # By hand: `asdict` copies every number, and takes a Counter apart.
        told = {
            "parts": [asdict(part) for part in self.parts],
            "classes": dict(self.classes),
            "most": self.most,
            "copies": sorted(self.copies),
            "sha256": self.sha256,
            "done": self.done,
        }
        draft = path.with_suffix(".draft")
        draft.write_text(json.dumps(told, default=str), encoding="utf-8")
        draft.replace(path)


def read_back(path: Path) -> FileRead:
    """What was written down; nothing where there is no such file."""
    if not path.exists():
        return FileRead()
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    parts = [Part(**(part | {"path": Path(part["path"])})) for part in told["parts"]]
    return FileRead(
        parts=parts,
        classes=Counter(told["classes"]),
        most=dict(told["most"]),
        copies=set(told["copies"]),
        sha256=told["sha256"],
        done=told["done"],
    )


def read_sites(
    path: Path, layout: Layout, *, folder: Path, report: Callable[..., None]
) -> FileRead:
    """Read a sites file into parts.

    Args:
        path: the file.
        layout: where it keeps its counts.
        folder: of this file's parts and of its record.
        report: is told what is done, how far, and of how much.

    Raises:
        InputError: the file is damaged; chromosomes that were finished are kept.
    """
    folder.mkdir(parents=True, exist_ok=True)
    record = folder / "read.json"
    read = read_back(record)
    if read.done:
        return read
    if any(set(part.named) & set(":,^") for part in read.parts):
        # Such names cannot be left out by name: this file is read from its beginning.
        read = FileRead()
    with ThreadPoolExecutor(1) as beside:
        sha256 = beside.submit(_sha256, path)
        kept = {part.named for part in read.parts}
        others = ("-t", "^" + ",".join(sorted(kept))) if kept else ()
        fields = asked(layout, sexes=False)
        _stream(
            path, read, fields=fields, options=others, target=folder / "all", record=record,
            report=report,
        )  # fmt: skip
        sexed = asked(layout, sexes=True)
        on_sex = [part for part in read.parts if part.contig in _SEX_CHROMOSOMES]
        if len(sexed) > len(fields) and on_sex:
            # Only X and Y need the counts of XX and XY, so only they are read twice.
            for part in on_sex:
                read.parts.remove(part)
            again = FileRead(most=read.most, copies=read.copies)
            names = ",".join(part.named for part in on_sex)
            _stream(
                path, again, fields=sexed, options=("-t", names), target=folder / "sexes",
                record=None, report=report,
            )  # fmt: skip
            read.parts += again.parts
        read.sha256 = sha256.result()
    read.done = True
    read.write(record)
    return read


def _stream(
    path: Path,
    read: FileRead,
    *,
    fields: tuple[Asked, ...],
    options: tuple[str, ...],
    target: Path,
    record: Path | None,
    report: Callable[..., None],
) -> None:
    parser = Parser(fields)
    before = Counter(read.classes)

    def finished(part: Part) -> None:
        read.parts.append(part)
        read.classes = before + parser.classes
        if record is not None:
            read.write(record)

    target.mkdir(exist_ok=True)
    writer = PartWriter(target, parser.schema, name=path.name, finished=finished)
    whole, pid = path.stat().st_size, [0]
    stated = f"Reading {path.name}"
    with streamed(
        "query", "-f", question(fields), *options, path=path, started=lambda one: pid.insert(0, one)
    ) as stream:
        # Reading, parsing and writing each go on while the others do.
        read_blocks = ahead(blocks(stream, name=path.name, size=_BLOCK_BYTES))
        for table in ahead(map(parser.table, read_blocks)):
            writer.write(table)
            _remember(table, fields, read)
            report(stated, _offset(pid[0], path), whole)
    writer.close()


def _remember(table: pa.Table, fields: tuple[Asked, ...], read: FileRead) -> None:
    for one in fields:
        kind, _, code = one.column.partition("_")
        if kind == "an":
            most = pc.max(table[one.column]).as_py()
            read.most[code] = max(read.most.get(code, 0), most or 0)
        elif kind == "ac":
            column = table[one.column].combine_chunks().drop_null()
            read.copies.update(np.unique(column.to_numpy()).tolist())


def _offset(pid: int, path: Path) -> int:
    """How far a process has read a file; 0 where the system does not tell."""
    try:
        for entry in os.scandir(f"/proc/{pid}/fd"):
            if os.path.realpath(entry.path) == str(path.resolve()):
                told = Path(f"/proc/{pid}/fdinfo/{entry.name}").read_text(encoding="utf-8")
                return int(told.split(maxsplit=2)[1])
    except (OSError, ValueError):
        pass
    return 0


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def merged(reads: list[FileRead]) -> tuple[Counter[str], Mapping[str, int], set[int]]:
    """Classes, largest AN and copies of several files."""
    classes: Counter[str] = Counter()
    most: dict[str, int] = {}
    copies: set[int] = set()
    for read in reads:
        classes += read.classes
        copies |= read.copies
        for code, number in read.most.items():
            most[code] = max(most.get(code, 0), number)
    return classes, most, copies
