"""Opening served files: what they are is decided by content, and hostile ones are refused."""

import gzip
import io
import random
import stat
import struct
import tempfile
import warnings
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from everygenome.errors import InputError, StoreError
from everygenome.snapshots.archives import Member, open_plain

TABLE = b"STUDY ACCESSION\tN\n" + b"".join(b"GCST%06d\t%d\n" % (n, n * n) for n in range(20_000))
LIMIT = 100 << 20


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = 8) -> bytes:
    held = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(held, "w", method) as archive:
        warnings.simplefilter("ignore")  # zipfile warns of the duplicates that we want
        for name, content in members:
            archive.writestr(name, content)
    return held.getvalue()


def opened(folder: Path, content: bytes, name: str = "a.bin", limit: int = LIMIT) -> list[Member]:
    path = folder / name
    path.write_bytes(content)
    return open_plain(path, folder / "work", limit_bytes=limit)


def refusal(folder: Path, content: bytes, name: str = "a.bin", limit: int = LIMIT) -> str:
    """The message of the refusal; nothing may be left behind, and nothing written elsewhere."""
    with pytest.raises(InputError) as caught:
        opened(folder, content, name, limit)
    assert [path for path in folder.rglob("*") if path.is_file()] == [folder / name]
    assert name in caught.value.what
    assert caught.value.remedy
    return caught.value.what


def test_a_plain_file_stays_where_it_is(tmp_path: Path) -> None:
    [only] = opened(tmp_path, TABLE, "studies.tsv.gz")
    assert only == Member(
        name="studies.tsv.gz",
        path=tmp_path / "studies.tsv.gz",
        original=tmp_path / "studies.tsv.gz",
    )
    assert not (tmp_path / "work").exists()


@pytest.mark.parametrize(
    ("name", "member"),
    [("s.tsv.gz", "s.tsv"), ("s.TSV.GZ", "s.TSV"), ("s.tsv", "s.tsv"), (".gz", ".gz")],
)
def test_gzip_is_recognised_by_content(tmp_path: Path, name: str, member: str) -> None:
    [only] = opened(tmp_path, gzip.compress(TABLE), name)
    assert (only.name, only.original) == (member, tmp_path / name)
    assert only.path == tmp_path / "work" / f"{name}.expanded" / member
    assert only.path.read_bytes() == TABLE


def test_gzip_in_many_parts_is_one_file(tmp_path: Path) -> None:
    parts = b"".join(gzip.compress(TABLE[n : n + 997]) for n in range(0, len(TABLE), 997))
    [only] = opened(tmp_path, parts + gzip.compress(b"") + b"\0" * 70_000)
    assert only.path.read_bytes() == TABLE


def test_zip_gives_its_files_in_order_under_their_base_names(tmp_path: Path) -> None:
    content = zipped(
        ("gwas/", b""), ("gwas/b.tsv", TABLE), ("__MACOSX/gwas/._b.tsv", b"x"), ("a.tsv", b"")
    )
    first, second = opened(tmp_path, content, "all.tsv")
    assert (first.name, first.path.name, first.path.read_bytes()) == ("gwas/b.tsv", "b.tsv", TABLE)
    assert (second.name, second.path.read_bytes()) == ("a.tsv", b"")
    assert first.original == second.original == tmp_path / "all.tsv"


def test_opening_again_replaces_what_was_there(tmp_path: Path) -> None:
    opened(tmp_path, zipped(("a.tsv", b"1"), ("b.tsv", b"2")))
    [only] = opened(tmp_path, zipped(("a.tsv", b"3")))
    assert only.path.read_bytes() == b"3"
    assert [path.name for path in only.path.parent.iterdir()] == ["a.tsv"]


@pytest.mark.parametrize(
    "name",
    [
        "../a.tsv",
        "x/../../a.tsv",
        "/etc/passwd",
        "..\\a.tsv",
        "\\\\host\\a",
        "C:\\a.tsv",
        "C:a.tsv",
        "x/..",
        "a\nb.tsv",
        "a" * 256,
    ],
)
def test_a_member_that_points_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    what = refusal(tmp_path, zipped(("good.tsv", b"good"), (name, b"evil")))
    assert "does not stay in its folder" in what


def test_links_are_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("a.tsv")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert "'a.tsv' is a link or a device" in refusal(tmp_path, zipped((link, b"/etc/passwd")))


@pytest.mark.parametrize("names", [("a.tsv", "a.tsv"), ("x/a.tsv", "y/a.tsv"), ("a.tsv", "A.TSV")])
def test_two_members_of_one_name_are_refused(tmp_path: Path, names: tuple[str, str]) -> None:
    what = refusal(tmp_path, zipped(*((name, b"x") for name in names)))
    assert f"{names[1]!r} has the same name as another" in what


def test_a_password_is_refused(tmp_path: Path) -> None:
    content = bytearray(zipped(("a.tsv", b"secret")))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert "needs a password" in refusal(tmp_path, bytes(content))


def test_other_methods_and_kinds_are_refused(tmp_path: Path) -> None:
    assert "method 12" in refusal(tmp_path, zipped(("a.tsv", b"x"), method=zipfile.ZIP_BZIP2))
    assert "is a xz archive" in refusal(tmp_path, b"\xfd7zXZ\x00rest")
    assert "no file in it" in refusal(tmp_path, zipped())
    assert "no file in it" in refusal(tmp_path, zipped(("folder/", b"")))


@pytest.mark.parametrize("pack", [gzip.compress, lambda inner: zipped(("in.tsv", inner))])
def test_an_archive_in_an_archive_is_refused(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    for inner, kind in ((gzip.compress(b"x"), "gzip"), (zipped(("a", b"x")), "zip")):
        assert f"is a {kind} archive itself" in refusal(tmp_path, pack(inner))


@pytest.mark.parametrize("pack", [gzip.compress, lambda data: zipped(("a.tsv", data))])
def test_the_limit_counts_expanded_bytes(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    assert opened(tmp_path, pack(TABLE), limit=len(TABLE))[0].path.read_bytes() == TABLE
    (tmp_path / "b").mkdir()
    what = refusal(tmp_path / "b", pack(TABLE), limit=len(TABLE) - 1)
    assert f"more than the limit of {len(TABLE) - 1:,} bytes" in what


def test_the_limit_is_for_all_members_together(tmp_path: Path) -> None:
    content = zipped(("a", b"x" * 60), ("b", b"y" * 60))
    assert "limit of 100 bytes" in refusal(tmp_path, content, limit=100)


@pytest.mark.parametrize("pack", [gzip.compress, lambda data: zipped(("a.tsv", data))])
def test_a_bomb_is_refused_by_its_ratio(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    assert "250 times its own size" in refusal(tmp_path, pack(bytes(20 << 20)))


def test_a_size_that_the_archive_claims_is_not_believed(tmp_path: Path) -> None:
    content = bytearray(zipped(("a.tsv", TABLE)))
    entry = content.index(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = struct.pack("<L", 10)
    assert "is damaged at byte 0" in refusal(tmp_path, bytes(content))


def test_a_truncated_gzip_names_the_byte_where_it_ends(tmp_path: Path) -> None:
    packed = gzip.compress(TABLE)
    for keep in (len(packed) - 1, len(packed) - 8, len(packed) // 2, 3):
        assert f"at byte {keep:,}: the file ends before" in refusal(tmp_path, packed[:keep])


def test_a_wrong_checksum_is_found(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(TABLE))
    packed[-6] ^= 1
    assert "incorrect data check" in refusal(tmp_path, bytes(packed))
    held = bytearray(zipped(("a.tsv", TABLE), method=zipfile.ZIP_STORED))
    held[500] ^= 1
    assert "Bad CRC-32" in refusal(tmp_path, bytes(held))


def test_bytes_after_the_end_of_gzip_are_found(tmp_path: Path) -> None:
    packed = gzip.compress(b"table")
    assert f"at byte {len(packed)}:" in refusal(tmp_path, packed + b"<html>")


def test_a_truncated_or_garbled_zip_is_found(tmp_path: Path) -> None:
    content = zipped(("a.tsv", TABLE))
    for keep in (4, len(content) // 2, len(content) - 1):
        what = refusal(tmp_path, content[:keep])
        assert f"at byte {keep:,}: no usable table of contents" in what
    garbled = content[:200] + bytes(1000) + content[1200:]
    assert "member 'a.tsv' breaks off" in refusal(tmp_path, garbled)


def test_an_empty_or_missing_file_is_refused(tmp_path: Path) -> None:
    assert "is empty (0 bytes)" in refusal(tmp_path, b"")
    with pytest.raises(InputError, match="No such file"):
        open_plain(tmp_path / "missing", tmp_path, limit_bytes=1)


def test_a_working_folder_that_cannot_be_written_is_an_error_of_the_store(
    tmp_path: Path,
) -> None:
    (tmp_path / "work").write_bytes(b"")
    with pytest.raises(StoreError, match="Cannot write"):
        opened(tmp_path, gzip.compress(b"x"))


def packed_inside(content: bytes) -> bool:
    return content.startswith((b"\x1f\x8b", b"PK", b"BZh", b"\xfd7z", b"\x28\xb5", b"7z", b"Rar!"))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.binary(max_size=3000), min_size=1, max_size=4), st.integers(0, 9))
def test_whatever_is_packed_comes_back(parts: list[bytes], level: int) -> None:
    whole = b"".join(parts)
    assume(not packed_inside(whole) and not any(map(packed_inside, parts)))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        [only] = opened(folder, b"".join(gzip.compress(part, level) for part in parts))
        assert only.path.read_bytes() == whole
        members = opened(folder, zipped(*((f"{n}", part) for n, part in enumerate(parts))))
        assert [member.path.read_bytes() for member in members] == parts


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["gzip", "zip", "stored"]), st.integers(0, 10_000), st.binary(max_size=8))
def test_damaged_archives_give_their_bytes_or_an_error_and_nothing_else(
    kind: str, place: int, noise: bytes
) -> None:
    content = random.Random(1).randbytes(300) + b"row\n" * 50
    packed = {
        "gzip": gzip.compress(content),
        "zip": zipped(("a.tsv", content)),
        "stored": zipped(("a.tsv", content), method=zipfile.ZIP_STORED),
    }[kind]
    place %= len(packed)
    with tempfile.TemporaryDirectory() as name:
        try:
            members = opened(
                Path(name), packed[:place] + noise + packed[place + len(noise) :], limit=10_000
            )
        except InputError:
            return
        for member in members:  # what is given is right, or was plain bytes to begin with
            plain = member.path.read_bytes()
            assert member.path == member.original or zlib.crc32(plain) == zlib.crc32(content)
