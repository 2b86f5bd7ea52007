"""Backups and what they refuse; that nothing withdrawn comes back is in `stories/test_drill.py`."""

import io
import json
import stat
import tarfile

import pytest

from everygenome.errors import InputError, UsageError

pytestmark = [pytest.mark.usefixtures("rolled_back")]


def archive(path, **files):
    with tarfile.open(path, "w:gz") as tar:
        for name, data in files.items():
            member = tarfile.TarInfo(name.replace("__", "/").replace("_dot_", "."))
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return path


def test_a_backup_is_for_its_owner_alone_and_never_written_over(tmp_path):
    from django.db import connection

    from everygenome.web.backup.making import backup

    path = tmp_path / "monday.tar.gz"
    assert backup(path) == path.stat().st_size
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with tarfile.open(path) as tar:
        names = set(tar.getnames())
        about = json.loads(tar.extractfile("about.json").read())
    wanted = "site.sqlite3" if connection.vendor == "sqlite" else "site.dump"
    assert about["database"] == wanted
    assert {"about.json", wanted} <= names
    assert [n for n in names if "apart" in n or "keys" in n or "secret" in n] == []
    assert {p.name for p in tmp_path.iterdir()} == {"monday.tar.gz"}
    with pytest.raises(UsageError, match="is there already"):
        backup(path)


def test_a_site_in_use_is_not_replaced_by_mistake(tmp_path):
    from everygenome.web.backup.restoring import restore
    from tests.functional.web import database

    database.account("curator")
    with pytest.raises(UsageError, match="in use"):
        restore(archive(tmp_path / "a.tar.gz"))


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "no whole backup"),
        ({"about_dot_json": b"{}"}, "no whole backup"),
        ({"about_dot_json": b"[" * 9999}, "no whole backup"),
        ({"about_dot_json": b'{"version": 9, "database": "site.sqlite3"}'}, "another version"),
        ({"sealed-not": b"x"}, "something that no backup of ours does"),
        ({"__etc__passwd": b"x"}, "something that no backup of ours does"),
        ({"sealed__..__..__x": b"x"}, "no whole backup"),
    ],
)
def test_what_is_no_backup_is_told_in_plain_words(tmp_path, files, said):
    from everygenome.web.backup.restoring import restore

    path = archive(tmp_path / "given.tar.gz", **files)
    with pytest.raises(InputError, match=said) as told:
        restore(path, over=True)
    assert "given.tar.gz" in str(told.value)
    assert not (tmp_path / "x").exists()


def test_a_file_that_is_no_archive_is_told_in_plain_words(tmp_path):
    from everygenome.web.backup.restoring import restore

    (tmp_path / "letter.txt").write_text("Dear")
    with pytest.raises(InputError, match=r"letter.txt is no whole backup"):
        restore(tmp_path / "letter.txt", over=True)
    with pytest.raises(InputError, match=r"none.tar.gz is no whole backup"):
        restore(tmp_path / "none.tar.gz", over=True)


def test_a_backup_of_another_site_changes_nothing(tmp_path):
    from django.test import override_settings

    from everygenome.errors import StoreError
    from everygenome.web.backup.making import backup
    from everygenome.web.backup.restoring import restore
    from everygenome.web.people.models import Account
    from tests.functional.web import database

    backup(tmp_path / "monday.tar.gz")
    made = database.account("curator")
    with (
        override_settings(APART=tmp_path / "elsewhere"),
        pytest.raises(StoreError, match="do not belong together") as told,
    ):
        restore(tmp_path / "monday.tar.gz", over=True)
    assert "Nothing was changed" in told.value.what
    assert Account.objects.filter(pk=made.pk).exists()
