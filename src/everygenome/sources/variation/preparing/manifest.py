"""What a store of frequencies says of itself: `manifest.json` in its folder."""

import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from everygenome.errors import InputError, StoreError

# Raise this when the same files give another store than before.
STORE_VERSION = 2
# Version 1 has no `most_by_region`.
_READ = (1, STORE_VERSION)
FILE_NAME = "manifest.json"


class SitesFile(BaseModel):
    """One file that went in: `sha256` of its bytes as they lie there, its records, and the rows
    (one for each alternate allele) that were made of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    size_bytes: int
    sha256: str
    records: int = 0
    variants: int


class FrequencyManifest(BaseModel):
    """A store's own record.

    Attributes:
        store_version: version of the way from sites to this store.
        name, version, data: of the source, such as `gnomAD`, `4.0`, `exomes`; title: together.
        build: GRCh37 or GRCh38.
        groups: code -> name, where the source gives one; in the order of the columns.
        sampled, counting, continental: what a mapping file says of its groups.
        mapped: a mapping file was used; otherwise gnomAD's own settings hold.
        prepared: day, ISO 8601; made_with: version of the software.
        files: that went in.
        contigs: chromosome -> rows.
        variants: rows in all.
        classes: what was met and counted, in words -> rows.
        most_chromosomes: group -> the largest AN of any row: how many were sampled, about.
        most_by_region: the same for each region of `most.REGIONS` that has rows.
        sexes: X and Y hold the counts of XX and XY apart.
        allele_numbers: chromosome -> places with AN for all sites; empty: none given.
        notes: what a reader must know, in sentences.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    store_version: int
    name: str
    version: str
    data: str
    title: str
    build: str
    groups: Mapping[str, str]
    sampled: Mapping[str, str] = {}
    counting: tuple[str, ...] = ()
    continental: tuple[str, ...] = ()
    mapped: bool = False
    prepared: str
    made_with: str
    files: tuple[SitesFile, ...]
    contigs: Mapping[str, int]
    variants: int
    classes: Mapping[str, int]
    most_chromosomes: Mapping[str, int]
    most_by_region: Mapping[str, Mapping[str, int]] = {}
    sexes: bool
    allele_numbers: Mapping[str, int] = {}
    notes: tuple[str, ...] = ()

    def write(self, folder: Path) -> None:
        """Write it into a folder."""
        text = json.dumps(self.model_dump(mode="json"), indent=1, ensure_ascii=False)
        (folder / FILE_NAME).write_text(text + "\n", encoding="utf-8")


def read_frequencies(folder: Path) -> FrequencyManifest:
    """The manifest of a store of frequencies.

    Raises:
        InputError: the folder is no such store, or is one that was not finished.
        StoreError: it was made by another version of this software.
    """
    path = Path(folder) / FILE_NAME
    try:
        content = path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"{folder} is no store of frequencies: {FILE_NAME} cannot be read ({error.strerror}).",
            remedy="Make one with `everygenome variants prepare SITES.vcf.gz --out FOLDER`.",
        ) from None
    try:
        found = FrequencyManifest.model_validate_json(content)
    except ValidationError:
        raise StoreError(
            f"{path} cannot be understood: it is damaged, or of another version of everygenome.",
            remedy="Prepare the frequencies again.",
        ) from None
    if found.store_version not in _READ:
        raise StoreError(
            f"{folder} was prepared in version {found.store_version} of the store; this software "
            f"reads versions {_READ[0]} to {_READ[-1]}.",
            remedy="Prepare the frequencies again with this version.",
        )
    return found
