"""Reports as files: what they are called, and one for every portfolio of a kind."""

import errno
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from everygenome.errors import EverygenomeError, StoreError, UsageError
from everygenome.queries.release import Release
from everygenome.reports.documents.extra import program
from everygenome.reports.documents.model import Document
from everygenome.reports.documents.write import FORMATS
from everygenome.reports.portfolio.document import MINIMUM, portfolio_document
from everygenome.reports.portfolio.words import words_of
from everygenome.store.folder import told
from everygenome.vocabulary.entities.own import slug_of

_NEEDS = {"pdf": ("typst", "vl_convert"), "html": ("vl_convert",)}
# Choices that are part of a name, since they make another report of the same portfolio.
_DEFAULTS = {"scheme": "broad", "stage": "discovery", "unit": "participations"}
Progress = Callable[..., None]


@dataclass(slots=True)
class Made:
    """What became of the reports of a kind.

    Attributes:
        written: files that were written now.
        kept: files of this release that were there before.
        failed: portfolios whose report could not be made: name, and why.
    """

    written: list[Path] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)


def file_name(
    kind: str, identifier: str, release_id: str, suffix: str, choices: Mapping[str, Any]
) -> str:
    """What the file of a report is called.

    Example:
        >>> file_name("funder", "wellcome-trust", "2019-12-06-b2f66e7f", "pdf", {})
        'everygenome-portfolio-funder-wellcome-trust-2019-12-06-b2f66e7f.pdf'
        >>> file_name("country", "GBR", "2019-12-06-b2f66e7f", "md", {"from_year": 2015})
        'everygenome-portfolio-country-gbr-from-year-2015-2019-12-06-b2f66e7f.md'
    """
    chosen = [
        slug_of(f"{name} {value}")
        for name, value in sorted(choices.items())
        if value is not None and _DEFAULTS.get(name) != value
    ]
    parts = ("everygenome-portfolio", kind, slug_of(identifier), *chosen, release_id)
    return f"{'-'.join(parts)}.{suffix}"


def check_format(suffix: str) -> None:
    """Refuse a format that there is not, or whose programs are not installed.

    Raises:
        UsageError: what is missing, and how to get it.
    """
    if suffix not in FORMATS:
        raise UsageError(
            f"No report is written as {suffix!r}.", remedy=f"Use {', '.join(FORMATS)}."
        )
    for name in _NEEDS.get(suffix, ()):
        program(name)


def write_report(document: Document, path: Path, suffix: str) -> None:
    """Write a report, whole or not at all.

    Raises:
        EverygenomeError: a chart cannot be drawn, or the page cannot be set.
        StoreError: the file cannot be written.
    """
    _put(FORMATS[suffix](document), path)


def write_all(
    release: Release,
    kind: str,
    folder: Path,
    *,
    suffix: str,
    choices: Mapping[str, Any],
    minimum: int = MINIMUM,
    again: bool = False,
    contact: str = "",
    progress: Progress = lambda *_: None,
) -> Made:
    """Write a report on every portfolio of a kind that has the minimum of publications.

    Args:
        release: an open release.
        kind: funder, cohort, journal or country.
        folder: where to; it is made where it is not there.
        suffix: pdf, html or md.
        choices: as for one report.
        minimum: publications under which there is no report, as nothing is compared.
        again: write those too that are there for this release.
        contact: where an answer can be sent.
        progress: told of each report, with how many are done and how many there are.

    Raises:
        UsageError: no such kind or format, or a program is not installed.
        NotFoundError: the release knows nothing of the kind.
        StoreError: the folder cannot be written.
    """
    words_of(kind)
    check_format(suffix)
    listed = release.portfolio(kind, min_publications=minimum, **choices).rows
    wanted = [row for row in listed if not row["small"]]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(error, folder) from error
    made = Made()
    for place, row in enumerate(wanted):
        progress("making reports", place, len(wanted))
        path = folder / file_name(kind, row["id"], release.label.id, suffix, choices)
        if path.exists() and not again:
            made.kept.append(path)
            continue
        try:
            document = portfolio_document(
                release, kind, row["id"], choices=choices, minimum=minimum, contact=contact
            )
            data = FORMATS[suffix](document)
        except Exception as error:
            # One that fails must stop no other, and must not be passed over: it is told of.
            made.failed.append((row["name"], _why(error)))
            continue
        _put(data, path)
        made.written.append(path)
    progress("making reports", len(wanted), len(wanted))
    return made


def _why(error: Exception) -> str:
    if isinstance(error, EverygenomeError):
        return error.what
    return f"a fault of ours ({type(error).__name__}: {error})"


def _put(data: bytes, path: Path) -> None:
    """Write a file, whole or not at all: one cut short must not be taken for one that is there."""
    new = path.with_name(f".{path.name[:200]}.new")
    try:
        new.write_bytes(data)
        os.replace(new, path)
    except OSError as error:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise _unwritable(error, path) from error


def _unwritable(error: OSError, path: Path) -> StoreError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return told(error, path)
    if isinstance(error, FileNotFoundError):
        return StoreError(
            f"{path} cannot be written: there is no folder {path.parent}.",
            remedy="Make that folder, or choose another place.",
        )
    return StoreError(
        f"{path} cannot be written: {error.strerror}.",
        remedy="Give yourself permission, or choose another place.",
    )
