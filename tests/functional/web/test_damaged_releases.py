"""A damaged release is told, and takes no other away."""

import re
import shutil

import pytest

from everygenome.store.folder import Store
from tests.functional.web.page import read


def _manifest(folder):
    return (folder / "manifest.json").read_text()


DAMAGES = {
    "no manifest": lambda folder: (folder / "manifest.json").unlink(),
    "half a manifest": lambda folder: (folder / "manifest.json").write_text('{"id": "x"'),
    "no table": lambda folder: (folder / "ancestry.parquet").unlink(),
    "half a table": lambda folder: (folder / "studies.parquet").write_bytes(b"PAR1 and no more"),
    "tables of another version": lambda folder: (folder / "manifest.json").write_text(
        re.sub(r'"tables_version": \d+', '"tables_version": 0', _manifest(folder))
    ),
}


@pytest.fixture
def two(real, tmp_path, django):
    from everygenome.web.site.releases import SHELF

    # A release that is open stays good, whatever becomes of its files.
    SHELF._open.clear()
    shutil.copytree(real, tmp_path / "store")
    return Store(tmp_path / "store")


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES)
def test_the_last_good_release_is_served_and_says_so(site, two, damage):
    old, new = two.ids()
    DAMAGES[damage](two.root / "releases" / new)
    get = site(two.root)
    page = read(get("/"))
    assert f"The newest release ({new}) cannot be read just now." in page.one("aside")["text"]
    assert "12 July 2019" in page.one("footer")["text"]
    assert get("/health").json() == {"status": "ok", "release": old}
    assert get("/data/composition.json").json()["release"]["id"] == old
    asked = get(f"/?release={new}")
    assert asked.status_code in (404, 503)
    assert "Traceback" not in asked.content.decode()
    assert str(two.root) not in asked.content.decode()


def test_an_old_release_that_is_damaged_troubles_nobody_else(site, two):
    old, new = two.ids()
    (two.root / "releases" / old / "ancestry.parquet").unlink()
    get = site(two.root)
    assert read(get("/")).all("aside") == []
    assert get("/health").json()["release"] == new
    asked = get(f"/?release={old}")
    assert asked.status_code == 503
    assert f"The release {old} cannot be read." in read(asked).one("h1")["text"]


def test_where_none_can_be_read_the_site_says_that_there_are_no_numbers(site, two):
    for name in two.ids():
        (two.root / "releases" / name / "manifest.json").unlink()
    response = site(two.root)("/")
    assert response.status_code == 503
    assert "everygenome sync" in response.content.decode()


def test_a_mended_release_comes_back(site, two):
    from everygenome.web.site.releases import SHELF

    _, new = two.ids()
    table = two.root / "releases" / new / "ancestry.parquet"
    held = table.read_bytes()
    table.unlink()
    get = site(two.root)
    assert get("/health").json()["release"] != new
    table.write_bytes(held)
    SHELF.forget()
    assert get("/health").json()["release"] == new
