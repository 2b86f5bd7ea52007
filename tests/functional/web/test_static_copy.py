"""The site over the demonstration catalogue, written out as plain files."""

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.functional.web.page import Page

pytestmark = [pytest.mark.slow]
KINDS = frozenset({"png", "parquet", "zip", "json", "csv"})


@pytest.fixture
def copied(site, demonstration: Path, tmp_path: Path):
    """Write a copy with these options; gives its folder, what was done, and the release."""
    from django.core.wsgi import get_wsgi_application

    from everygenome.queries.release import list_releases
    from everygenome.web.export.fetch import through
    from everygenome.web.export.options import Bounds, Options
    from everygenome.web.export.site import copy_site

    site(demonstration)
    (release,) = [item["id"] for item in list_releases(store=demonstration)]

    def make(**options):
        done = copy_site(
            tmp_path / "copy",
            fetch=through(get_wsgi_application()),
            release=release,
            options=Options(
                made_on=date(2026, 2, 3), bounds=Bounds(pages=5, without=KINDS), **options
            ),
        )
        return tmp_path / "copy", done, release

    return make


def test_the_copy_stands_alone(copied) -> None:
    folder, done, release = copied(live="https://monitor.example.org", publisher="A <b> House")
    pages = sorted(folder.rglob("*.html"))
    # Five that were found, and the one that reckons.
    assert len(pages) == done.pages == 6
    assert done.release == release
    for path in pages:
        html = path.read_text("utf-8")
        page = Page(html)
        assert page.unclosed == []
        assert html.count("Content-Security-Policy") == 1
        (notice,) = [e for e in page.all("aside") if e["attrs"].get("aria-label") == "Fixed copy"]
        told = " ".join(notice["text"].split())
        assert "fixed copy of everygenome, published by A <b> House" in told
        assert "written out on 3 February 2026" in told
        assert "page of each single study need the live site" in told
        assert [
            e for e in page.all("aside") if e["attrs"].get("aria-label") == "Demonstration data"
        ]
        if path.name != "explore.html":
            assert page.all("form", "select", "input", "button") == []
        check_links(page, path, folder)
    said = json.loads((folder / "everygenome-copy.json").read_text("utf-8"))
    assert said["release"] == release
    assert said["demonstration"] is True
    assert not [path for path in folder.rglob("*") if path.suffix[1:] in KINDS - {"json"}]


def check_links(page: Page, path: Path, folder: Path) -> None:
    for element in page.elements:
        for name in ("href", "src", "srcset"):
            link = element["attrs"].get(name)
            if not link or link.startswith(("#", "https://", "http://")):
                continue
            for one in link.split(",") if name == "srcset" else [link]:
                parts = urlsplit(one.strip().split(" ")[0])
                assert not parts.path.startswith("/"), (path, link)
                target = (path.parent / unquote(parts.path)).resolve()
                assert target.is_file(), (path, link)
                assert target.is_relative_to(folder)


def test_without_a_live_site_links_to_it_are_text(copied) -> None:
    folder, _, _ = copied()
    html = (folder / "index.html").read_text("utf-8")
    assert not re.search(r'href="[^"]*/api/', html)
    assert 'href="explore.html"' in html
    links = [e for e in Page(html).all("a") if "href" not in e["attrs"]]
    assert links


def test_a_second_copy_replaces_the_first_and_has_the_same_bytes(copied) -> None:
    folder, first, _ = copied()
    before = {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    _, second, _ = copied()
    after = {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert before.keys() == after.keys()
    assert [name for name in before if before[name] != after[name]] == []
    assert first == second


def test_the_command_writes_a_copy_and_leaves_the_store_alone(
    demonstration: Path, tmp_path: Path
) -> None:
    before = sorted(str(p) for p in demonstration.rglob("*"))
    folder = tmp_path / "copy"
    arguments = ["export", "site", folder, "--store", demonstration, "--max-pages", "1"]
    for kind in ("png", "parquet", "zip"):
        arguments += ["--without", kind]
    done = run(*arguments, "--format", "json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["pages"] == 2
    assert told["beyond"] > 0
    assert (folder / "index.html").is_file()
    assert sorted(str(p) for p in demonstration.rglob("*")) == before


def test_mistakes_of_the_command_are_told(demonstration: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    done = run("export", "site", tmp_path, "--store", demonstration)
    assert done.returncode == 2
    assert "holds other files (mine.txt)" in done.stderr
    done = run(
        "export", "site", tmp_path / "a", "--store", demonstration, "--release", "1999-01-01"
    )
    assert done.returncode == 7
    assert "no release 1999-01-01" in " ".join(done.stderr.split())
    done = run("export", "site", tmp_path / "a", "--store", tmp_path / "nothing")
    assert done.returncode == 7
    assert not (tmp_path / "a").exists()


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own: it sets Django up for itself."""
    return subprocess.run(
        [sys.executable, "-m", "everygenome", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
