"""A copy of a small site: circles end, links are relative, and nothing is half written."""

import os
from datetime import date
from pathlib import Path

import pytest

from everygenome.errors import StoreError, UsageError
from everygenome.web.export import target
from everygenome.web.export.crawl import crawl
from everygenome.web.export.fetch import Fetched, through
from everygenome.web.export.options import Bounds, Options
from everygenome.web.export.places import read, relative
from everygenome.web.export.rewrite import FORM_INSTEAD, POLICY, Frame, links, rewritten

RELEASE = "2026-02-01-0123abcd"


def fake(pages: dict[str, str | bytes | int]):
    """A site of a few addresses; asked for any other it answers 404."""
    asked: list[str] = []

    def fetch(address: str) -> Fetched:
        asked.append(address)
        found = pages.get(address, 404)
        if isinstance(found, int):
            return Fetched(found, "text/html", b"")
        if isinstance(found, bytes):
            kind = "text/css" if address.endswith(".css") else "application/octet-stream"
            return Fetched(200, kind, found)
        return Fetched(200, "text/html", found.encode())

    fetch.asked = asked
    return fetch


def crawled(tmp_path: Path, site, **bounds):
    fetch = fake(site)
    found = crawl(fetch, tmp_path, release=RELEASE, bounds=Bounds(**bounds), hosts=("localhost",))
    return found, fetch.asked


def test_pages_in_a_circle_are_fetched_once(tmp_path: Path) -> None:
    pages = {"/": '<a href="/a/">', "/a/": '<a href="/b/">', "/b/": '<a href="/"><a href="../a/">'}
    found, asked = crawled(tmp_path, pages)
    assert asked == ["/", "/a/", "/b/"]
    assert list(found.pages) == ["index.html", "a/index.html", "b/index.html"]
    assert (tmp_path / "b" / "index.html").read_text() == pages["/b/"]


def test_pictures_and_data_with_choices_become_files(tmp_path: Path) -> None:
    picture = f"/charts/trend.svg?release={RELEASE}"
    home = (
        f'<img src="{picture}&amp;theme=dark" srcset="{picture}&amp;layout=narrow 1x">'
        f'<a href="/data/trend.csv?view=1&amp;unit=studies&amp;release={RELEASE}">'
        '<link href="/static/s.css"><a href="/trend/?unit=studies"><a href="https://else.org/x/">'
    )
    found, _ = crawled(
        tmp_path,
        {
            "/": home,
            f"/charts/trend.svg?theme=dark&release={RELEASE}": b"1",
            f"/charts/trend.svg?layout=narrow&release={RELEASE}": b"2",
            f"/data/trend.csv?unit=studies&release={RELEASE}": b"3",
            "/static/s.css": b"a { background: url('../static/ground.svg') }",
            "/static/ground.svg": b"4",
        },
    )
    assert found.failed == {}
    assert found.files == {
        "charts/trend.theme-dark.svg",
        "charts/trend.layout-narrow.svg",
        "data/trend.unit-studies.csv",
        "static/s.css",
        "static/ground.svg",
    }
    assert (tmp_path / "data" / "trend.unit-studies.csv").read_bytes() == b"3"


def test_what_needs_a_server_is_not_asked_for(tmp_path: Path) -> None:
    names = [
        "/api/v1/docs",
        "/alerts/",
        "/health",
        "/changes/view.atom?unit=studies",
        "/studies/GCST000001/",
        "/studies/search/",
    ]
    home = "".join(f'<a href="{name}">' for name in [*names, "/studies/"])
    found, asked = crawled(tmp_path, {"/": home, "/studies/": ""})
    assert asked == ["/", "/studies/"]
    assert found.failed == {}


def test_bounds_hold(tmp_path: Path) -> None:
    endless = {"/": '<a href="/0/">'} | {f"/{n}/": f'<a href="/{n + 1}/">' for n in range(50)}
    found, _ = crawled(tmp_path / "a", endless, pages=5)
    assert (len(found.pages), found.beyond) == (5, 1)
    with pytest.raises(UsageError, match="larger than 0 MB"):
        crawled(tmp_path / "b", endless, size_bytes=30)
    files = {"/": '<a href="/a.png"><a href="/a.csv">', f"/a.csv?release={RELEASE}": b"1"}
    found, asked = crawled(tmp_path / "c", files, without=frozenset({"png"}))
    assert found.files == {"a.csv"}
    assert len(asked) == 2


def test_an_address_that_cannot_be_shown_is_told(tmp_path: Path) -> None:
    found, _ = crawled(tmp_path, {"/": '<a href="/gone/"><a href="/bad/">', "/bad/": 500})
    assert found.failed == {"/gone/": 404, "/bad/": 500}
    with pytest.raises(UsageError, match="first page of the site cannot be shown"):
        crawled(tmp_path, {})


@pytest.mark.parametrize(
    "link",
    [
        "/../../etc/passwd",
        "/a/../../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2fetc%2fpasswd",
        "/a\\..\\b",
        "/a%00b/",
        "/" + "x" * 400 + "/",
        "/data/x.csv?name=../../../etc/passwd",
        "/data/x.csv?a=/&b=%2F..%2F",
        "/....//",
    ],
)
def test_no_address_leads_out_of_the_folder(link: str, tmp_path: Path) -> None:
    made = read(link, base="/", release=RELEASE)
    if made is None or made.place is None:
        return
    assert (tmp_path / made.place).resolve().is_relative_to(tmp_path.resolve())
    assert all(
        len(part) < 120 and "\\" not in part and "\0" not in part for part in made.place.split("/")
    )


@pytest.mark.parametrize(
    "link",
    [
        "https://else.org/",
        "//else.org/x",
        "mailto:a@b.org",
        "javascript:alert(1)",
        "data:text/html,x",
        "http://[broken/",
    ],
)
def test_links_that_lead_away_are_left(link: str) -> None:
    assert read(link, base="/", release=RELEASE, hosts=("localhost",)) is None


def test_places_are_stable_and_kept_apart() -> None:
    def place(link: str) -> str | None:
        found = read(link, base="/trend/", release=RELEASE, hosts=("localhost",))
        return found and found.place

    assert place("?release=" + RELEASE) == "trend/index.html"
    assert place("?release=2026-02-01&view=1") == "trend/index.html"
    assert place("?release=2019-12-06") is None
    assert place("http://localhost/gaps/#top") == "gaps/index.html"
    assert place("/a.svg?b=1&a=2") == place("/a.svg?a=2&b=1") == "a.a-2.b-1.svg"
    one, other = place("/a.svg?t=x%20y"), place("/a.svg?t=x/y")
    assert one != other
    assert one is not None
    assert one.startswith("a.t-x-y-")
    assert relative("a/index.html", seen_from="index.html") == "a/index.html"


def test_a_page_is_rewritten_and_the_rest_stays_as_it_is() -> None:
    html = (
        '<!doctype html><html><head><meta charset="utf-8"><title>A &amp; B</title>'
        '<script type="module" src="/static/site/site.0a1b.js"></script>'
        '<script type="module" src="/static/site/chart.0a1b.js"></script></head><body>'
        '<main id="main"><p>5 &lt; 6 &#8212; “x”</p><a href="/gaps/#g" class="k">Gaps</a> '
        '<a href="/api/">API</a> <a href="#here">here</a> <a href="https://else.org/?a=1&amp;b=2">'
        'else</a><form action="/x/"><label>A <select><option>1</option></select></label>'
        "<button>Go</button></form><button>Copy</button><input name=q>"
        '<svg viewBox="0 0 1 1"><use href="/static/i.svg#a"/></svg></main></body></html>'
    )
    held = {
        "/gaps/#g": "../gaps/index.html#g",
        "/static/i.svg#a": "../static/i.svg#a",
        "/static/site/chart.0a1b.js": "../static/site/chart.0a1b.js",
    }

    def resolve(link: str) -> str | None:
        return link if link.startswith("https:") else held.get(link)

    made = rewritten(html, resolve, Frame(notice="<aside>copy</aside>", style="../c.css"))
    assert (
        f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        in made
    )
    assert '<link rel="stylesheet" href="../c.css">\n</head>' in made
    assert '<aside>copy</aside><main id="main"><p>5 &lt; 6 &#8212; “x”</p>' in made
    assert '<a href="../gaps/index.html#g" class="k">Gaps</a> <a>API</a> <a href="#here">' in made
    assert '<a href="https://else.org/?a=1&amp;b=2">else</a>' in made
    assert f'<p class="quiet">{FORM_INSTEAD}</p><svg viewBox="0 0 1 1">' in made
    assert '<use href="../static/i.svg#a" />' in made or '<use href="../static/i.svg#a"/>' in made
    assert "site.0a1b.js" not in made
    assert "chart.0a1b.js" in made
    found = [link for link, _ in links(html)]
    assert found == [
        "/static/site/chart.0a1b.js",
        "/gaps/#g",
        "/api/",
        "https://else.org/?a=1&b=2",
        "/static/i.svg#a",
    ]


def test_without_changes_a_page_passes_letter_by_letter() -> None:
    html = (Path(target.__file__).parent / "templates/export/explore.html").read_text("utf-8")
    body = html[html.index("<section") : html.index("<noscript>\n{%")]
    assert rewritten(body, lambda link: link, Frame(keep_controls=True)) == body


def test_redirects_and_names_of_the_site() -> None:
    def application(environ, start):
        if environ["PATH_INFO"] == "/a":
            start("301 Moved", [("Location", "http://localhost/a/?x=1")])
        elif environ["PATH_INFO"] == "/out":
            start("302 Found", [("Location", "https://else.org/")])
        elif environ["PATH_INFO"] == "/circle":
            start("302 Found", [("Location", "/circle")])
        else:
            start("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [environ["PATH_INFO"].encode("latin-1"), environ["QUERY_STRING"].encode()]

    fetch = through(application)
    assert fetch("/a") == Fetched(200, "text/html", b"/a/x=1")
    assert fetch("/caf%C3%A9/").body.decode() == "/café/"
    assert fetch("/out").status == 404
    assert fetch("/circle").status == 404


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("x")
    with pytest.raises(UsageError, match=r"holds other files \(thesis.doc\)"):
        target.check(tmp_path)
    with pytest.raises(UsageError, match="is no folder"):
        target.check(tmp_path / "thesis.doc")
    target.check(tmp_path / "new")


def test_a_copy_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    with target.building(folder) as made:
        (made / "old.html").write_text("1")
        target.mark(made, {"release": "a"})
        assert not folder.exists()
    assert sorted(os.listdir(folder)) == [target.MARKER, "old.html"]
    with pytest.raises(ZeroDivisionError), target.building(folder) as made:
        (made / "new.html").write_text(str(1 / 0))
    assert sorted(os.listdir(folder)) == [target.MARKER, "old.html"]
    with target.building(folder) as made:
        (made / "new.html").write_text("2")
        target.mark(made, {"release": "b"})
    assert sorted(os.listdir(folder)) == [target.MARKER, "new.html"]
    assert os.listdir(tmp_path) == ["copy"]


def test_a_full_disk_and_a_closed_folder_are_told(tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    with pytest.raises(StoreError, match="The disk that holds "), target.building(folder):
        raise OSError(28, "No space left on device")
    with pytest.raises(StoreError, match="cannot be written") as told, target.building(folder):
        raise PermissionError(13, "Permission denied", str(folder))
    assert told.value.remedy == "Give yourself permission, or name another folder."
    assert list(tmp_path.iterdir()) == []


def test_the_address_of_the_live_site_must_be_one() -> None:
    for live in ("javascript:alert(1)", "monitor.example.org", "https://a@b.org", "https://a/b"):
        with pytest.raises(UsageError, match="no address of a web site"):
            Options(made_on=date(2026, 2, 2), live=live)


def test_what_is_written_for_machines_needs_the_address_of_the_live_site() -> None:
    html = '<head><script type="application/ld+json">{"url": "http://localhost/"}</script></head>'
    assert rewritten(html, str, Frame()) == "<head></head>"
    assert rewritten(html, str, Frame(has_live=True)) == html
