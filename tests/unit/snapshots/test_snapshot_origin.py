"""The record of origin, hashes, and files that were given to us."""

import hashlib
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from pydantic import ValidationError

from everygenome.errors import InputError, NotFoundError, StoreError
from everygenome.snapshots.hashing import sha256_file
from everygenome.snapshots.local import local_origin, steady
from everygenome.snapshots.origin import Origin, read_origin, sidecar, write_origin

AT = datetime(2025, 3, 1, 12, tzinfo=UTC)


def origin(**changes: object) -> Origin:
    values: dict[str, object] = {
        "url": "https://a.org/x",
        "final_url": "https://a.org/r/x.tsv",
        "file_name": "résumé-r2025.tsv",
        "retrieved_at": AT,
        "last_modified": "Wed, 01 Jan 2025 00:00:00 GMT",
        "etag": 'W/"v1"',
        "size_bytes": 3,
        "sha256": "ab" * 32,
        "licence": "CC0-1.0",
        "content_type": "text/plain",
    }
    return Origin.model_validate(values | changes)


def test_an_origin_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_origin(tmp_path / "x.tsv", origin())
    assert sidecar(tmp_path / "x.tsv") == tmp_path / "x.tsv.origin.json"
    assert read_origin(tmp_path / "x.tsv") == origin()
    assert os.listdir(tmp_path) == ["x.tsv.origin.json"]


def test_times_are_kept_in_utc() -> None:
    east = AT.astimezone(timezone(timedelta(hours=5, minutes=30)))
    assert origin(retrieved_at=east).retrieved_at.isoformat() == "2025-03-01T12:00:00+00:00"


@pytest.mark.parametrize(
    "change",
    [
        {"colour": "red"},
        {"sha256": "AB" * 32},
        {"sha256": "ab"},
        {"size_bytes": -1},
        {"retrieved_at": datetime(2025, 3, 1)},  # noqa: DTZ001 - that is the point
        {"licence": None},
    ],
)
def test_an_origin_that_is_not_one_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        origin(**change)


def test_an_origin_cannot_be_altered() -> None:
    with pytest.raises(ValidationError):
        origin().licence = "mine"  # type: ignore[misc]


def test_a_missing_or_damaged_record_says_so(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"x\.tsv has no record of its origin"):
        read_origin(tmp_path / "x.tsv")
    for content in (b"", b"{", b"[]", b"{}", b'{"colour": 1}', b"\xff"):
        sidecar(tmp_path / "x.tsv").write_bytes(content)
        with pytest.raises(StoreError, match=r"x\.tsv\.origin\.json is not a record"):
            read_origin(tmp_path / "x.tsv")


def test_a_hash_is_the_hash_of_all_bytes(tmp_path: Path) -> None:
    content = bytes(range(256)) * 20_000
    (tmp_path / "x").write_bytes(content)
    assert sha256_file(tmp_path / "x") == hashlib.sha256(content).hexdigest()
    with pytest.raises(InputError, match="Cannot read"):
        sha256_file(tmp_path / "missing")


def test_a_given_file_has_a_name_a_date_and_no_address(tmp_path: Path) -> None:
    (tmp_path / "x.tsv").write_bytes(b"abc")
    os.utime(tmp_path / "x.tsv", (0, 1_735_689_600.5))
    given = local_origin(tmp_path / "x.tsv", "CC0-1.0")
    assert (given.file_name, given.size_bytes, given.url, given.etag) == ("x.tsv", 3, None, None)
    assert given.last_modified == "Wed, 01 Jan 2025 00:00:00 GMT"
    assert given.sha256 == hashlib.sha256(b"abc").hexdigest()


def test_what_is_not_a_file_cannot_be_given(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="it is a folder"):
        local_origin(tmp_path, "CC0-1.0")
    with pytest.raises(InputError, match="there is no such file"):
        local_origin(tmp_path / "x", "CC0-1.0")


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path, other = tmp_path / "x", tmp_path / "y"
    path.write_bytes(b"abc")
    other.write_bytes(b"wxyz")
    grown = r"changed while .* \(3 bytes before, 4 bytes after\)"
    with pytest.raises(InputError, match=grown), steady(path):
        path.write_bytes(b"abcd")
    with pytest.raises(InputError, match="changed while"), steady(path):
        os.replace(other, path)  # of the same size
    with pytest.raises(InputError, match="no such file"), steady(path):
        path.unlink()


def test_importing_is_cheap() -> None:
    names = ["archives", "download", "hashing", "local", "origin"]
    modules = ", ".join(f"everygenome.snapshots.{name}" for name in names)
    code = f"import sys, {modules}; print({{'httpx', 'ibis', 'numpy'}} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert ran.stdout.strip() == "set()"
