"""One ZIP file for a figure: numbers, picture, choices, origin, method, and how to cite it.

The same answer gives the same bytes, so that a bundle can be compared and cached.
"""

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from everygenome.queries.answer import Answer
from everygenome.reports import exports
from everygenome.reports.citation import NOT_REAL, bibtex, ris, works
from everygenome.reports.method_text import method_text
from everygenome.store.manifest import Manifest
from everygenome.vocabulary.flags import FLAGS

_PNG_HEADER = 33  # bytes before the place where further information may stand
# ZIP files know no earlier day; a real one would make equal bundles differ.
_NO_DAY = (1980, 1, 1, 0, 0, 0)
_FILES = {
    "README.txt": "what is in this folder",
    "citation.bib": "how to cite it, for LaTeX",
    "citation.ris": "how to cite it, for Zotero, EndNote and others",
    "data.csv": "the numbers, for a spreadsheet",
    "data.json": "the numbers with everything needed to read them",
    "data.parquet": "the numbers, for Python and R",
    "figure.png": "the picture, for documents and slides",
    "figure.svg": "the picture, at any size",
    "method.md": "how this is counted, and what to know before you use it",
    "provenance.json": "which files the numbers come from, with their fingerprints",
    "settings.json": "every choice behind the numbers, and the address of the view",
}


def bundle(
    answer: Answer,
    manifest: Manifest,
    *,
    svg: str | bytes | None,
    png: bytes | None,
    address: str,
) -> bytes:
    """Everything about one figure as a ZIP file.

    Args:
        answer: the numbers.
        manifest: the record of their release.
        svg: the picture as SVG; None where there is none.
        png: the picture as PNG; None where there is none.
        address: of the view, so that others can open it.

    Returns:
        The bytes of a ZIP file with one folder; the same arguments give the same bytes.

    Raises:
        ValueError: the answer is of another release than the manifest, or a picture is damaged.
    """
    if answer.release.id != manifest.id:
        raise ValueError(f"The answer is of {answer.release.id}, the manifest of {manifest.id}.")
    cited = works(manifest, address=address)
    mark = f"{NOT_REAL}.\n\n" if manifest.demonstration else ""
    files: dict[str, bytes] = {
        # Text outside an entry is a comment in BibTeX; RIS carries the mark in its titles.
        "citation.bib": (mark + bibtex(cited)).encode(),
        "citation.ris": ris(cited).encode(),
        "data.csv": exports.to_csv(answer),
        "data.json": exports.to_json(answer),
        "data.parquet": exports.to_parquet(answer),
        "method.md": method_text(answer).encode(),
        "provenance.json": _json(_provenance(manifest)),
        "settings.json": _json(_settings(answer, address)),
    }
    if svg is not None:
        drawn = svg.encode() if isinstance(svg, str) else svg
        files["figure.svg"] = _marked_svg(drawn) if manifest.demonstration else drawn
    if png is not None:
        files["figure.png"] = _marked_png(png) if manifest.demonstration else png
    files["README.txt"] = _readme(answer, manifest, list(files), address).encode()
    return _zipped(files, folder=folder_name(answer))


def folder_name(answer: Answer) -> str:
    """The folder in the bundle, and the name of the bundle without `.zip`."""
    mark = "-demonstration-not-real" if answer.release.demonstration else ""
    return f"everygenome-{answer.measure}-{answer.release.id}{mark}"


def _settings(answer: Answer, address: str) -> dict[str, Any]:
    said = answer.to_dict()
    for name in ("rows", "caveats", "coverage"):
        said.pop(name)
    return {**said, "columns": answer.table.column_names, "address": address}


def _provenance(manifest: Manifest) -> dict[str, Any]:
    said = manifest.model_dump(mode="json")
    return {
        "release": {
            name: said[name]
            for name in ("id", "date", "date_inferred", "demonstration", "built_at", "content_hash")
        },
        "software": {
            "name": "everygenome",
            "release_built_with": manifest.software,
            "bundle_written_with": version("everygenome"),
            "tables_version": manifest.tables_version,
            "licence": "MIT",
        },
        "files": said["inputs"],
        "missing_files": said["missing"],
        "rows_in_tables": said["tables"],
        "flags": [
            {"flag": name, "rows": rows, "meaning": FLAGS.get(name, "")}
            for name, rows in said["flags"].items()
        ],
        "unreviewed_labels": said["unreviewed"],
        "share_of_studies_in_one_file_alone": said["unmatched"],
    }


def _readme(answer: Answer, manifest: Manifest, names: list[str], address: str) -> str:
    mark = f"{NOT_REAL.upper()}: made up by the software. It describes nobody.\n\n"
    listed = "\n".join(
        f"  {name:<16}  {about}" for name, about in _FILES.items() if name in (*names, "README.txt")
    )
    licences = sorted({item.licence for item in manifest.inputs})
    return (
        f"{mark if manifest.demonstration else ''}"
        f"{answer.caption}\n\n"
        f"This folder holds one figure from everygenome and everything needed to check it.\n"
        f"To see it on the web: {address}\n\n"
        f"{listed}\n\n"
        "Before you use the numbers, read method.md. A participation is one use of a person's\n"
        "data in one study; it is not a person. Groups are labels in records. They describe no\n"
        "single person, and no group is all alike. Shares in data files go from 0 to 1.\n\n"
        f"Licence of the data: {'; '.join(licences) or 'not stated'}.\n"
        "Licence of the software: MIT.\n"
    )


def _json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _marked_svg(svg: bytes) -> bytes:
    """The picture with a description that says what it is; it looks as before."""
    start = svg.find(b"<svg")
    end = svg.find(b">", start)
    if start < 0 or end < 0:
        raise ValueError("The picture is no SVG.")
    return svg[: end + 1] + f"<desc>{NOT_REAL}.</desc>".encode() + svg[end + 1 :]


def _marked_png(png: bytes) -> bytes:
    """The picture with a comment that says what it is (PNG specification, tEXt)."""
    if not png.startswith(b"\x89PNG\r\n\x1a\n") or len(png) < _PNG_HEADER:
        raise ValueError("The picture is no PNG.")
    chunk = b"tEXt" + b"Comment\x00" + f"{NOT_REAL}.".encode("latin-1")
    comment = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return png[:_PNG_HEADER] + comment + png[_PNG_HEADER:]


def _zipped(files: Mapping[str, bytes], *, folder: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for name in sorted(files):
            item = zipfile.ZipInfo(f"{folder}/{name}", date_time=_NO_DAY)
            item.compress_type = zipfile.ZIP_DEFLATED
            item.create_system = 3  # Unix, wherever it is made: else the bytes would differ
            item.external_attr = 0o644 << 16
            made.writestr(item, files[name], compresslevel=9)
    return held.getvalue()
