"""Write the demonstration catalogue in the layout of the catalogue's own files."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from everygenome.sources.gwas_catalog.demonstration import rows, weights
from everygenome.sources.gwas_catalog.demonstration.draws import Draws
from everygenome.sources.gwas_catalog.demonstration.records import studies
from everygenome.store.folder import told


def write_demonstration(folder: Path) -> date:
    """Write studies, ancestry, trait mappings and associations into a folder.

    The bytes are the same at every call and on every machine. Accessions start with
    `DEMO`; PubMed numbers, titles, variants and addresses can be taken for no real ones.

    Args:
        folder: where to write; it is made where it is not there.

    Returns:
        The release date that the file names carry.

    Raises:
        StoreError: the folder cannot be written.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     write_demonstration(Path(folder)).isoformat()
        '2025-06-30'
    """
    every = list(studies())
    draws = Draws(weights.SEED + 1)
    tables = {
        "studies": (rows.STUDIES, [rows.study_row(study) for study in every]),
        "ancestry": (
            rows.ANCESTRY,
            [rows.ancestry_row(s, group) for s in every for group in s.groups],
        ),
        "trait_mappings": (rows.TRAITS, list(rows.mapping_rows())),
        "associations": (
            rows.ASSOCIATIONS,
            [row for s in every for row in rows.association_rows(draws, s)],
        ),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, (header, lines) in tables.items():
            columns = header.replace("\n", "").split("|")
            path = folder / f"demonstration_{name}_r{weights.RELEASE_DATE}.tsv"
            path.write_bytes(_table([columns, *lines]))
    except OSError as error:
        raise told(error, folder) from error
    return weights.RELEASE_DATE


def _table(lines: Iterable[Iterable[object]]) -> bytes:
    return "".join("\t".join(map(str, row)) + "\n" for row in lines).encode()
