"""What the header of a VCF or BCF says, in our types."""

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from everygenome.sources.variation.bcftools import whole
from everygenome.sources.variation.builds import Build, build_of
from everygenome.sources.variation.children import failure, started

_HEADER = """
import json
import sys
import pysam
import pysam.bcftools
from pysam.utils import SamtoolsError
try:
    text = pysam.bcftools.view("-h", "--no-version", sys.argv[1])
except SamtoolsError as error:
    sys.exit(str(error))
if isinstance(text, bytes):
    text = text.decode("utf-8", errors="replace")
# All lines at once: with each that is added, the library goes through all before it.
lines = [line for line in text.split("\\n") if line.startswith("##")]
lines.append("#" + "\\t".join("CHROM POS ID REF ALT QUAL FILTER INFO".split()))
with open(sys.argv[2], "w", encoding="utf-8", errors="replace") as file:
    file.write("\\n".join(lines) + "\\n")
with pysam.VariantFile(sys.argv[2]) as file:
    header = file.header.copy()
names = text.rstrip().rsplit("\\n", 1)[-1].split("\\t")
told = {
    "contigs": [[c.name, c.length] for c in header.contigs.values()],
    "info": [
        [i.name, str(i.number), i.type, i.description] for i in header.info.values()
    ],
    "filters": list(header.filters),
    "samples": max(0, len(names) - 9),
    "plain": [[r.key, r.value] for r in header.records if r.type == "GENERIC"],
}
with open(sys.argv[2], "w", encoding="utf-8", errors="replace") as file:
    json.dump(told, file)
"""


@dataclass(frozen=True, slots=True)
class InfoField:
    """An INFO field as the header declares it."""

    number: str
    type: str
    description: str


@dataclass(frozen=True, slots=True)
class Header:
    """A header.

    Attributes:
        name: of the file.
        contigs: their names as the file has them -> length, where stated.
        info: INFO fields by identifier.
        filters: identifiers of FILTER.
        samples: how many columns of genotypes there are.
        build: by the lengths; None where none are stated.
        plain: other lines, `##key=value`, the first of each key.
    """

    name: str
    contigs: Mapping[str, int | None]
    info: Mapping[str, InfoField]
    filters: tuple[str, ...]
    samples: int
    build: Build | None
    plain: Mapping[str, str]


def read_header(path: Path, *, name: str = "") -> Header:
    """Read the header of a VCF or BCF.

    Args:
        path: the file.
        name: what messages call it; empty: its own name.

    Raises:
        InputError: it is no VCF or BCF, or states chromosomes of no build that is known.
    """
    name = name or Path(path).name
    told = _told(path)
    contigs = {str(name): length for name, length in told["contigs"]}
    plain: dict[str, str] = {}
    for key, value in told["plain"]:
        plain.setdefault(key, value)
    return Header(
        name=name,
        contigs=contigs,
        info={one: InfoField(number, kind, text or "") for one, number, kind, text in told["info"]},
        filters=tuple(told["filters"]),
        samples=int(told["samples"]),
        build=build_of(contigs.items(), name=name),
        plain=plain,
    )


def _told(path: Path) -> dict[str, Any]:
    """What the library says of it, in a process of its own."""
    with (
        tempfile.TemporaryDirectory(prefix="everygenome-") as folder,
        tempfile.TemporaryFile() as told,
    ):
        answer = Path(folder) / "header.json"
        child = started(_HEADER, str(whole(path)), str(answer), told=told)
        if child.wait():
            raise failure(path, child.returncode, told)
        found: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
    return found
