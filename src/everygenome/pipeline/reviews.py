"""Names that were reviewed here: a file in the store, beside those that come with the software."""

import csv
import io
import os
import re
from dataclasses import dataclass
from pathlib import Path

from everygenome.errors import InputError
from everygenome.store.folder import Store, told
from everygenome.vocabulary.entities.model import Alias
from everygenome.vocabulary.entities.normal import normal
from everygenome.vocabulary.entities.own import read_country
from everygenome.vocabulary.entities.resolve import Names
from everygenome.vocabulary.entities.review import read_decisions
from everygenome.vocabulary.entities.sheet import COLUMNS, guarded, sheet_rows

_DESCRIPTION = ("name", "level", "parent", "country_iso3")
_LINE = re.compile(r", line (\d+):")
Row = dict[str, str]
Key = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a table of decisions.

    Attributes:
        path: the store's own file, which now holds them.
        added: names that were decided for the first time.
        repeated: names that had been decided just so before.
        replaced: names that were decided otherwise before: name, country or "", whom it meant,
            and whom it means now.
        total: decisions that the store holds now.
    """

    path: Path
    added: int
    repeated: int
    replaced: tuple[tuple[str, str, str, str], ...]
    total: int


def review_file(store_root: Path, kind: str) -> Path:
    """Where the store keeps the decisions about the names of a kind."""
    return store_root / "reviews" / f"{kind}s.csv"


def reviewed(store_root: Path | None, kind: str) -> list[Alias]:
    """The decisions that were made in this store; none where there is no file.

    Raises:
        InputError: the file is not as a review writes it; it names the line.
        StoreError: it cannot be read.
    """
    if store_root is None:
        return []
    path = review_file(store_root, kind)
    text = _read(path)
    return read_decisions(text, file_name=str(path), names=Names(kind)) if text else []


def keep_decisions(store: Store, kind: str, text: str, *, file_name: str) -> Kept:
    """Check decisions, and keep them beside those that the store has: all of them, or none.

    A decision about a name that was decided otherwise before takes its place.

    Args:
        store: the store.
        kind: funder or cohort.
        text: the whole table, as `review.to_csv` writes it and a person filled it in.
        file_name: what messages call it.

    Raises:
        InputError: the table is not as it must be, holds no decision, or a decision is
            incomplete or contradicts another in it; it names the line.
        StoreError: another process is writing, or the store cannot be written.
    """
    given = [row for _, row in sheet_rows(text, file_name=file_name) if row["means"].strip()]
    if not given:
        raise InputError(
            f"{file_name} holds no decision: `means` is empty in every row.",
            remedy="Write whom a name means, with source and reviewed_on, and apply it again.",
        )
    path = review_file(store.root, kind)
    with store.writing():
        before = _decided(path)
        means = {_key(row): row["means"].strip() for row in given}
        earlier = _described([row for row in before if _stays(row, given, means)], given, before)
        # First the table as the person has it, so that messages name its own lines.
        ours = _written(earlier, head=False)
        both = f"{text}{'' if text.endswith(chr(10)) else chr(10)}{ours}"
        _check(both, kind, file_name=file_name, lines=len(text.splitlines()), path=path)
        _replace(path, _written([*earlier, *given], head=True))
    old = {_key(row): row for row in before}
    changed = [
        (old[key]["stated"], key[1] or "", old[key]["means"].strip(), now)
        for key, now in means.items()
        if key in old and old[key]["means"].strip() != now
    ]
    added = sum(key not in old for key in means)
    return Kept(
        path, added, len(means) - added - len(changed), tuple(changed), len(old.keys() | means)
    )


def _stays(row: Row, given: list[Row], means: dict[Key, str]) -> bool:
    """Whether an earlier decision goes on: none contradicts it, and none says just the same."""
    now = means.get(_key(row))
    if now is None:
        return True
    same = [item for item in given if item["stated"] == row["stated"] and _key(item) == _key(row)]
    # Another spelling is a row of its own, and so is the only one that describes a new entity.
    needed = bool(row["name"].strip()) and not any(item["name"].strip() for item in same)
    return now == row["means"].strip() and (needed or not same)


def _described(earlier: list[Row], given: list[Row], before: list[Row]) -> list[Row]:
    """Earlier decisions, with each new entity described once: by the newest table that does."""
    anew = {row["means"].strip() for row in given if row["name"].strip()}
    told_before = {row["means"].strip(): row for row in before if row["name"].strip()}
    told_still = {row["means"].strip() for row in earlier if row["name"].strip()}
    listed = []
    for row in earlier:
        means = row["means"].strip()
        told_now = {}
        if means in anew:
            told_now = dict.fromkeys(_DESCRIPTION, "")
        elif means in told_before and means not in told_still:
            # The row that described it has been decided otherwise.
            told_now = {name: told_before[means][name] for name in _DESCRIPTION}
            told_still.add(means)
        listed.append(row | told_now)
    return listed


def _check(both: str, kind: str, *, file_name: str, lines: int, path: Path) -> None:
    try:
        read_decisions(both, file_name=file_name, names=Names(kind))
    except InputError as error:
        found = _LINE.search(error.what)
        if found is None or int(found[1]) <= lines:
            raise
        raise InputError(
            f"{file_name} does not go with the decisions that {path} holds. "
            f"{error.what[found.end() :].strip()}",
            remedy=error.remedy,
        ) from error


def _decided(path: Path) -> list[Row]:
    text = _read(path)
    rows = sheet_rows(text, file_name=str(path)) if text else ()
    return [row for _, row in rows if row["means"].strip()]


def _key(row: Row) -> Key:
    """What makes two rows decisions about one name: case, blanks and dashes make no other."""
    return normal(row["stated"]), read_country(row["stated_country"])[0]


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path} is no text in UTF-8 (byte {error.start}).", remedy="Save it as UTF-8."
        ) from error
    except OSError as error:
        raise told(error, path) from error


def _written(rows: list[Row], *, head: bool) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    if head:
        writer.writerow(COLUMNS)
    writer.writerows([guarded(row[column]) for column in COLUMNS] for row in rows)
    return out.getvalue()


def _replace(path: Path, text: str) -> None:
    """Write a file so that readers see the old one or the new one, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    with new.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, path)
