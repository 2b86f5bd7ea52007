"""The site's own files and settings: a secret that only its owner reads, names, a database."""

import stat

import pytest

from everygenome.errors import StoreError, UsageError
from everygenome.settings import Settings
from everygenome.web.site.releases import Listed, Shelf

pytestmark = [pytest.mark.usefixtures("django")]


# Imported only when they are needed: Django's settings read the environment then, and while
# tests are collected that is the user's own, with the user's own database.
def database(ours):
    from everygenome.web.settings.database import database

    return database(ours)


def secret_key(ours):
    from everygenome.web.settings.secret import secret_key

    return secret_key(ours)


def test_the_secret_is_made_once_and_only_its_owner_can_read_it(tmp_path):
    ours = Settings(store=tmp_path / "store", secret_key=None)
    secret = secret_key(ours)
    assert len(secret) >= 50
    assert secret_key(ours) == secret
    (kept,) = (tmp_path / "store" / "web").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_secret_that_is_given_is_used_and_written_nowhere(tmp_path):
    assert secret_key(Settings(store=tmp_path / "store", secret_key="given")) == "given"
    assert not (tmp_path / "store").exists()


def test_a_secret_that_cannot_be_kept_is_told(tmp_path):
    (tmp_path / "store").write_text("a file where a folder should be")
    with pytest.raises(StoreError, match="secret cannot be kept") as told:
        secret_key(Settings(store=tmp_path / "store", secret_key=None))
    assert "EVERYGENOME_SECRET_KEY" in told.value.remedy


def test_the_database_is_a_file_in_the_store_or_what_the_address_says(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    own = database(Settings(store=tmp_path))
    assert own["NAME"] == tmp_path / "web" / "site.sqlite3"
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:word@db.example:5433/genomes")
    named = database(Settings(store=tmp_path))
    assert (named["ENGINE"], named["HOST"], named["PORT"], named["NAME"]) == (
        "django.db.backends.postgresql",
        "db.example",
        5433,
        "genomes",
    )


def test_a_wrong_database_address_is_told_without_its_password(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "nosuch://me:word@db.example/genomes")
    with pytest.raises(UsageError) as told:
        database(Settings(store=tmp_path))
    assert "word" not in str(told.value)


def test_names_of_the_site_are_this_machine_and_those_configured(tmp_path):
    from everygenome.web.settings.security import hosts

    named = hosts(Settings(store=tmp_path, allowed_hosts="a.example, b.example,"))
    assert named == ["localhost", "127.0.0.1", "[::1]", "a.example", "b.example"]


def test_djangos_own_deployment_check_has_nothing_to_say_but_the_redirect(monkeypatch):
    from django.core import checks

    # Tests set it because of Playwright; a site that serves has no business with it.
    monkeypatch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE", raising=False)
    found = checks.run_checks(include_deployment_checks=True)
    # The redirect to HTTPS and its subdomains are for whoever runs the proxy.
    assert {item.id for item in found} <= {"security.W005", "security.W008", "security.W021"}


def test_a_date_that_fits_two_releases_names_neither():
    listed = Listed(
        tuple(
            {"id": f"2020-01-01-{end}", "date": "2020-01-01", "superseded": end == "cc"}
            for end in ("aa", "bb", "cc")
        ),
        "2020-01-01-bb",
    )
    assert listed.find("2020-01-01") is None
    assert listed.find("2020-01-01-cc") == "2020-01-01-cc"
    assert [item["id"][-2:] for item in listed.each] == ["aa", "bb"]
    assert listed.find("2020-01-01-aa") == "2020-01-01-aa"
    assert listed.find(None) == listed.find("current") == "2020-01-01-bb"


def test_the_store_is_looked_at_again_after_two_seconds_and_not_before(real):
    from django.test import override_settings

    from everygenome.store.folder import Store

    time = [100.0]
    store = Store(real)
    old, new = store.ids()
    with override_settings(STORE=real):
        shelf = Shelf(clock=lambda: time[0])
        assert shelf.listed().current == new
        try:
            store.point_to(old)
            time[0] += 1.9
            assert shelf.listed().current == new
            time[0] += 0.2
            assert shelf.listed().current == old
        finally:
            store.point_to(new)


def test_an_open_release_stays_open(real):
    from django.test import override_settings

    from everygenome.store.folder import Store

    with override_settings(STORE=real):
        shelf = Shelf()
        first, second = Store(real).ids()
        opened = shelf.open(first)
        assert shelf.open(first) is opened
        assert shelf.open(second) is not opened
