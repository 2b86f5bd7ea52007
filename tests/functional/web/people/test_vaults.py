"""Vaults: one key each, apart from every backup, and no way back once it is destroyed."""

import stat

import pytest

from everygenome.errors import StoreError

pytestmark = [pytest.mark.usefixtures("django")]


@pytest.fixture
def apart(tmp_path):
    from django.test import override_settings

    with override_settings(APART=tmp_path / "apart", STORE=tmp_path / "store"):
        yield tmp_path / "apart"


def test_a_key_is_for_its_owner_alone_and_its_folder_for_no_backup(apart):
    from everygenome.web.people import vaults

    name = vaults.made()
    key = apart / "keys" / name
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(apart.stat().st_mode) == 0o700
    assert stat.S_IMODE(key.parent.stat().st_mode) == 0o700
    # The first line is the mark, to the letter.
    tag = (apart / "CACHEDIR.TAG").read_bytes()
    assert tag.startswith(b"Signature: 8a477f597d28d172789f06886806bc55\n")
    assert [known for known, _ in vaults.known()] == [name]


def test_what_is_sealed_opens_with_its_own_key_only(apart):
    from everygenome.web.people import vaults

    one, two = vaults.made(), vaults.made()
    sealed = vaults.seal(one, b"a letter")
    assert b"letter" not in sealed
    assert vaults.unseal(one, sealed) == b"a letter"
    assert vaults.unseal(two, sealed) is None
    assert vaults.unseal(one, sealed[:-1] + b"A") is None


def test_destroyed_is_destroyed(apart):
    from everygenome.web.people import vaults

    name = vaults.made()
    sealed = vaults.seal(name, b"a letter")
    key = apart / "keys" / name
    before = key.read_bytes()
    # Another name of the same file: what was in it is written over before it goes.
    kept = apart / "watched"
    kept.hardlink_to(key)
    files = vaults.folder(name)
    files.mkdir(parents=True)
    (files / "picture").write_bytes(b"x")
    vaults.destroy(name)
    assert not key.exists()
    assert len(kept.read_bytes()) == len(before)
    assert kept.read_bytes() != before
    assert not files.exists()
    assert not vaults.is_open(name)
    assert vaults.unseal(name, sealed) is None
    with pytest.raises(StoreError, match="was withdrawn"):
        vaults.seal(name, b"more")
    # Again, and of what never was: no harm.
    vaults.destroy(name)
    vaults.destroy("")


@pytest.mark.parametrize("name", ["", "../keys", "x" * 32, "A" * 32, "/etc/passwd", "0" * 31])
def test_a_name_that_is_none_opens_nothing(apart, name):
    from everygenome.web.people import vaults

    assert not vaults.is_open(name)
    assert vaults.unseal(name, b"x") is None
    vaults.destroy(name)
    with pytest.raises(StoreError):
        vaults.folder(name)


def test_a_folder_that_cannot_be_made_is_told_in_plain_words(tmp_path):
    from django.test import override_settings

    from everygenome.web.people import vaults

    (tmp_path / "file").write_text("")
    with (
        override_settings(APART=tmp_path / "file" / "apart"),
        pytest.raises(StoreError, match="keys of stories cannot be kept") as told,
    ):
        vaults.made()
    assert "EVERYGENOME_APART" in told.value.remedy


def test_nobody_can_write_what_looks_sealed():
    """The mark of sealed text begins with a character that no form takes."""
    from everygenome.web.moderation.fields.plain import plain

    assert plain("\x01sealed:abc", longest=100) == "sealed:abc"
