"""What is kept of a file opens only whole, in its place, and as long as its key is there."""

import os
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everygenome.errors import StoreError

pytestmark = pytest.mark.usefixtures("django")
PLAIN = random.Random(1843).randbytes(10_123)
PIECE = 1000


@pytest.fixture(scope="module")
def kept(django):
    """The module, with pieces small enough that a test has many."""
    from everygenome.web.stories.media import kept as module

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "PIECE", PIECE)
        yield module


@pytest.fixture(scope="module")
def keep(kept, tmp_path_factory):
    """Keep bytes in a vault; the name of what was kept."""
    from everygenome.web.stories.media.cleaning import Cleaned

    def done(vault: str, data: bytes) -> str:
        path = tmp_path_factory.mktemp("cleaned") / "whole"
        path.write_bytes(data)
        return kept.keep(
            vault, Cleaned(path, "sound", "audio/mpeg", len(data), None, None, 1.0, "whole")
        )

    return done


@pytest.fixture
def vault(django):
    from everygenome.web.people import vaults

    return vaults.made()


@pytest.fixture(scope="module")
def whole(keep):
    """A vault, and the name of a file in it that nobody changes."""
    from everygenome.web.people import vaults

    vault = vaults.made()
    return vault, keep(vault, PLAIN)


def sealed(vault: str, name: str) -> Path:
    from everygenome.web.people import vaults

    return vaults.folder(vault) / name


@given(start=st.integers(0, 11_000), length=st.integers(0, 11_000))
def test_any_part_is_the_same_part_of_the_plain_bytes(kept, whole, start, length):
    assert kept.read(*whole, start, start + length) == PLAIN[start : start + length]
    assert kept.read(*whole, start) == PLAIN[start:]


def test_the_whole_is_read_without_saying_where_it_ends(kept, whole):
    assert kept.read(*whole) == PLAIN
    assert kept.read(*whole, 500, 200) == b""


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_files_of_every_length_are_kept(kept, keep, vault, size):
    name = keep(vault, PLAIN[:size])
    assert kept.read(vault, name) == PLAIN[:size]
    assert kept.read(vault, name, size) == b""


def test_pieces_of_the_real_length_are_kept(kept, keep, vault, monkeypatch):
    monkeypatch.setattr(kept, "PIECE", 1024**2)
    plain = PLAIN * 300
    name = keep(vault, plain)
    assert (
        kept.read(vault, name, 1024**2 - 5, 2 * 1024**2 + 5)
        == (plain[1024**2 - 5 : 2 * 1024**2 + 5])
    )
    assert kept.read(vault, name, len(plain) - 1) == plain[-1:]
    # Sealing adds 81 bytes to each of the three pieces, and fills the last up to a block.
    assert sealed(vault, name).stat().st_size - len(plain) == pytest.approx(3 * 89, abs=24)


def test_nothing_of_the_plain_bytes_is_in_the_folder(kept, keep, vault):
    name = keep(vault, PLAIN)
    assert (len(name), set(name) <= set("0123456789abcdef")) == (16, True)
    [path] = sealed(vault, name).parent.iterdir()
    data = path.read_bytes()
    assert path.name == name
    assert not any(PLAIN[at : at + 6] in data for at in range(len(PLAIN) - 6))
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_two_files_have_two_names(keep, vault):
    assert keep(vault, PLAIN) != keep(vault, PLAIN)


def pieces(data: bytes) -> list[bytes]:
    length = 1 + 8 + 16 + ((24 + PIECE) // 16 + 1) * 16 + 32
    return [data[at : at + length] for at in range(0, len(data), length)]


@pytest.mark.parametrize(
    "changed",
    [
        lambda found, other: [found[1], found[0], *found[2:]],
        lambda found, other: [found[0], *found[2:]],
        lambda found, other: found[:-1],
        lambda found, other: [*found, found[-1]],
        lambda found, other: [other[0], *found[1:]],
        lambda found, other: other,
        lambda found, other: [*found[:-1], found[-1][:-1]],
        lambda found, other: [*found[:-1], found[-1] + b"\0"],
        lambda found, other: [found[0][:-1] + bytes([found[0][-1] ^ 1]), *found[1:]],
        lambda found, other: [bytes(100)],
        lambda found, other: [],
    ],
    ids=[
        *["swapped", "one is missing", "the last is missing", "one more", "of another file"],
        *["another file", "a byte is missing", "a byte more", "a byte changed", "zeros", "empty"],
    ],
)
def test_a_file_that_was_changed_does_not_open(kept, keep, vault, changed):
    name, other = keep(vault, PLAIN), keep(vault, PLAIN)
    path = sealed(vault, name)
    found = pieces(path.read_bytes())
    assert len(found) == 11
    path.write_bytes(b"".join(changed(found, pieces(sealed(vault, other).read_bytes()))))
    assert kept.read(vault, name) is None
    assert kept.read(vault, name, 0, 10) is None
    assert kept.read(vault, other) == PLAIN


def test_a_byte_changed_in_one_piece_does_no_harm_to_the_others(kept, keep, vault):
    name = keep(vault, PLAIN)
    path = sealed(vault, name)
    found = pieces(path.read_bytes())
    for at in (0, 9, 30, -1):
        broken = bytearray(found[5])
        broken[at] ^= 1
        path.write_bytes(b"".join([*found[:5], broken, *found[6:]]))
        assert kept.read(vault, name, 0, 5000) == PLAIN[:5000]
        assert kept.read(vault, name, 6000) == PLAIN[6000:]
        assert kept.read(vault, name, 4999, 5001) is None
        assert kept.read(vault, name) is None


def test_a_file_of_one_story_does_not_open_in_another(kept, keep, vault, whole):
    name = keep(vault, PLAIN)
    sealed(vault, name).write_bytes(sealed(*whole).read_bytes())
    assert kept.read(vault, name) is None


def test_without_its_key_a_file_does_not_open_even_from_a_copy(kept, keep, vault):
    from everygenome.web.people import vaults

    name = keep(vault, PLAIN)
    copy = sealed(vault, name).read_bytes()
    vaults.destroy(vault)
    assert not sealed(vault, name).exists()
    assert kept.read(vault, name) is None
    sealed(vault, name).parent.mkdir(parents=True)
    sealed(vault, name).write_bytes(copy)
    assert kept.read(vault, name) is None
    with pytest.raises(StoreError, match="it was withdrawn, and takes nothing more"):
        keep(vault, PLAIN)
    # Nor is half a file left behind.
    assert os.listdir(sealed(vault, name).parent) == [name]


def test_what_is_removed_is_gone_and_the_rest_stays(kept, keep, vault):
    first, second = keep(vault, PLAIN), keep(vault, PLAIN)
    kept.remove(vault, first)
    kept.remove(vault, first)
    assert kept.read(vault, first) is None
    assert kept.read(vault, second) == PLAIN


@pytest.mark.parametrize("name", ["", "../../../etc/passwd", "0" * 15, "0" * 17, "G" * 16, "."])
def test_no_other_name_is_looked_for(kept, vault, name, tmp_path):
    assert kept.read(vault, name) is None
    kept.remove(vault, name)
    assert kept.read(name, "0" * 16) is None


def test_where_there_is_no_room_nothing_is_left(kept, keep, vault, monkeypatch):
    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept.os, "fsync", full)
    with pytest.raises(StoreError, match=r"No space left on device\. Check that there is room"):
        keep(vault, PLAIN)
    assert os.listdir(sealed(vault, "").resolve()) == []
