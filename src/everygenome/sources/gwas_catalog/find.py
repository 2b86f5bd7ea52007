"""Find the files of a release in a folder by what they hold, not by what they are called."""

import gzip
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from everygenome.errors import InputError, NotFoundError, StoreError
from everygenome.snapshots.archives import open_plain
from everygenome.sources.gwas_catalog.layout import TRIO, Kind, explain, recognise
from everygenome.store.tsv_careful import shown

# The expanded association file is near 1 GB in 2026; ten times that is no catalogue.
EXPANDED_LIMIT_BYTES = 10_000_000_000
_RELEASE_IN_NAME = re.compile(r"(?<![a-z0-9])r(\d{4}-\d{2}-\d{2})(?!\d)", re.IGNORECASE)
_NAMED_FOR = {
    Kind.STUDIES: ("studies", "study"),
    Kind.ANCESTRY: ("ancestr",),
    Kind.TRAIT_MAPPINGS: ("trait",),
    Kind.ASSOCIATIONS: ("assoc",),
}
_PEEK_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Found:
    """One file of the release: where it is, and the release date that its names carry."""

    kind: Kind
    name: str
    original: Path
    plain: Path
    named_date: date | None


def find(
    folder: Path,
    work: Path,
    *,
    partial: bool = False,
    served: Mapping[str, str] | None = None,
) -> dict[Kind, Found]:
    """Find the studies, ancestry, trait mapping and association files in a folder.

    Plain, gzip and zip files are looked into; others are left alone.

    Args:
        folder: where to look (not below it), or one file.
        work: a folder for what is expanded.
        partial: accept that files of the trio are missing.
        served: the name under which a downloaded file was served, by its name here.

    Raises:
        NotFoundError: the folder is not there.
        InputError: a file of the trio is missing, stands there twice, or cannot be used.
    """
    found: dict[Kind, Found] = {}
    reasons: list[str] = []
    for path in _candidates(folder):
        served_as = (served or {}).get(path.name, path.name)
        for name, header, problem in _headers(path, served_as):
            kind = recognise(header) if header else None
            if kind is None:
                reason = problem or str(explain(header, name=name))
                if any(word in name.casefold() for words in _NAMED_FOR.values() for word in words):
                    raise InputError(reason)
                reasons.append(f"{name}: not a catalogue file")
                continue
            if kind in found:
                raise InputError(
                    f"{folder} holds two {kind.value} files: {found[kind].name} and {name}.",
                    remedy="Keep the files of one release in one folder.",
                )
            found[kind] = Found(kind, name, path, path, _named_date(served_as, name))
    missing = [kind.value for kind in TRIO if kind not in found]
    if not found or (missing and not partial):
        looked = "; ".join(reasons[:8]) or "no other file"
        has = ", ".join(f"{kind.value} ({item.name})" for kind, item in found.items()) or "nothing"
        raise InputError(
            f"{folder} lacks {', '.join(missing)}. Found {has}; also looked at: {looked}.",
            remedy="Put the missing files beside the others, or add --partial to publish what "
            "the given files allow.",
        )
    return {kind: _expanded(item, work) for kind, item in found.items()}


def agreed_date(found: dict[Kind, Found], *, given: date | None = None) -> date | None:
    """The release date that the file names carry, where they agree.

    Raises:
        InputError: two names carry different dates, or another than the one given.
    """
    named = {item.name: item.named_date for item in found.values() if item.named_date}
    dates = set(named.values()) | ({given} if given else set())
    if len(dates) > 1:
        listed = ", ".join(f"{name} ({day})" for name, day in named.items())
        said = f" and --release-date says {given}" if given else ""
        raise InputError(
            f"The files are named for different releases: {listed}{said}.",
            remedy="Use the files of one release; download the odd one again.",
        )
    return dates.pop() if dates else None


def _candidates(folder: Path) -> list[Path]:
    if not folder.exists():
        raise NotFoundError(f"There is no folder {folder}.", remedy="Check --from.")
    try:
        paths = [folder] if folder.is_file() else sorted(folder.iterdir())
    except PermissionError as error:
        raise StoreError(
            f"{folder} may not be read ({error.strerror}).", remedy="Give yourself read permission."
        ) from error
    return [
        path
        for path in paths
        if path.is_file()
        and not path.name.startswith(".")
        and not path.name.endswith((".json", ".md", ".part", ".yml", ".toml"))
    ]


def _headers(path: Path, called: str) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Each table in a file: name, header, and the problem where there is no header."""
    try:
        with path.open("rb") as file:
            magic = file.read(4)
        if magic.startswith(b"PK"):
            with zipfile.ZipFile(path) as archive:
                for info in archive.infolist():
                    if not info.is_dir():
                        with archive.open(info) as member:
                            yield _header(f"{called}/{info.filename}", member.read(_PEEK_BYTES))
        elif magic.startswith(b"\x1f\x8b"):
            with gzip.open(path) as stream:
                yield _header(called, stream.read(_PEEK_BYTES))
        else:
            with path.open("rb") as file:
                yield _header(called, file.read(_PEEK_BYTES))
    except PermissionError as error:
        raise StoreError(
            f"{path} may not be read ({error.strerror}).", remedy="Give yourself read permission."
        ) from error
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError) as error:
        yield called, (), f"{called} is damaged: {error}. Download it again."


def _header(name: str, start: bytes) -> tuple[str, tuple[str, ...], str]:
    text = start.removeprefix(b"\xef\xbb\xbf")
    line = text.split(b"\n", 1)[0].strip()
    if not line:
        return name, (), f"{name} is empty (its first line holds nothing). Download it again."
    if line.lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        return (
            name,
            (),
            (
                f"{name} is a web page, not a table: line 1 starts with {shown(line)}. The address "
                "may have moved; open it in a browser and download the tab-separated file itself."
            ),
        )
    if b"\0" in line:
        return name, (), f"{name}, line 1 holds NUL bytes: not a text file. Download it again."
    try:
        fields = line.decode().split("\t")
    except UnicodeDecodeError as error:
        return (
            name,
            (),
            (
                f"{name}, line 1 holds the byte 0x{line[error.start]:02X}, which is not UTF-8. "
                "Download the file again, or save it as UTF-8."
            ),
        )
    return name, tuple(field.strip() for field in fields), ""


def _named_date(*names: str) -> date | None:
    for name in names:
        if match := _RELEASE_IN_NAME.search(name):
            try:
                return date.fromisoformat(match[1])
            except ValueError:
                continue
    return None


def _expanded(item: Found, work: Path) -> Found:
    members = open_plain(item.original, work / item.kind.value, limit_bytes=EXPANDED_LIMIT_BYTES)
    inner = item.name.rpartition("/")[2]
    plain = next((m.path for m in members if Path(m.name).name == inner), members[0].path)
    return Found(item.kind, item.name, item.original, plain, item.named_date)
