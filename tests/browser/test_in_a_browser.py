"""The site in a real browser: wide and narrow, light and dark, with keys, without scripts."""

import signal
import socket
import subprocess
import sys
import urllib.request
from urllib.parse import urlsplit

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PATHS = {"": 200, "about/counting/": 200, "?release=nope": 404, "no/such/page": 404}
BUDGET = 400_000
AIM = 60_000


@pytest.fixture
def open_page(chromium):
    """Open an address in a fresh profile; collects every request."""
    contexts = []

    def opened(address, *, width=1440, scheme="light", **options):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, **options
        )
        contexts.append(context)
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.requested = []

        # Playwright marks the function it is given, so it must be one of ours.
        def note(request):
            page.requested.append(request)

        page.on("request", note)
        page.faults = []
        page.on(
            "console",
            lambda said: (
                page.faults.append(said.text) if said.type in ("error", "warning") else None
            ),
        )
        response = page.goto(address, wait_until="networkidle")
        page.status = response.status
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_no_violation(path, width, scheme, open_page, demonstration_site):
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(demonstration_site + path, width=width, scheme=scheme, bypass_csp=True)
    assert page.status == PATHS[path]
    page.evaluate("document.querySelectorAll('details').forEach(item => item.open = true)")
    found = Axe().run(page).response["violations"]
    assert [(item["id"], item["nodes"][0]["html"]) for item in found] == []


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("width", [320, 360, 768])
def test_nothing_scrolls_sideways(path, width, open_page, demonstration_site):
    page = open_page(demonstration_site + path, width=width)
    assert page.status == PATHS[path]
    page.evaluate("document.querySelectorAll('details').forEach(item => item.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_keyboard_reaches_skip_link_navigation_details_and_form(open_page, real_site):
    page = open_page(real_site)
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        place = page.evaluate(
            "(() => { const e = document.activeElement; const s = getComputedStyle(e);"
            "return [e.tagName, e.textContent.trim().slice(0, 30), s.outlineStyle,"
            "e.getBoundingClientRect().top >= 0] })()"
        )
        if place[0] == "BODY":
            break
        reached.append(place)
    assert reached[0][:2] == ["A", "Skip to the content"]
    assert reached[0][3], "the skip link is hidden when it has the focus"
    names = [(tag, text) for tag, text, _, _ in reached]
    assert ("A", "Who takes part") in names
    assert ("A", "How we count") in names
    assert len([tag for tag, _ in names if tag == "SUMMARY"]) == 5
    assert [tag for tag, _ in names if tag in ("SELECT", "BUTTON")] == ["SELECT", "BUTTON"]
    assert all(outline != "none" for _, _, outline, _ in reached)


def test_the_skip_link_leads_to_the_content_and_enter_opens_details(open_page, real_site):
    page = open_page(real_site)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.locator("summary", has_text="The same as a table").focus()
    page.keyboard.press("Enter")
    assert page.locator("table", has_text="Shares are of").is_visible()


def test_everything_comes_from_our_own_host_and_nothing_is_refused(open_page, real_site):
    page = open_page(real_site)
    hosts = {urlsplit(request.url).netloc for request in page.requested}
    assert hosts == {urlsplit(real_site).netloc}
    assert page.faults == []
    assert all(request.response().status == 200 for request in page.requested)


@pytest.mark.parametrize("width", [360, 1440])
def test_the_first_view_is_light(width, open_page, real_site):
    page = open_page(real_site, width=width)
    sizes = [request.sizes() for request in page.requested]
    bytes_ = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
    assert len(sizes) <= 5
    assert bytes_ < AIM < BUDGET


def test_without_scripts_everything_works(open_page, real_site):
    page = open_page(real_site, java_script_enabled=False)
    page.locator("select").select_option(index=1)
    page.locator("button", has_text="Show").click()
    assert (
        page.locator("aside")
        .inner_text()
        .startswith("You are looking at the release of 12 July 2019")
    )
    page.locator("summary", has_text="The same as a table").click()
    assert page.locator("table", has_text="Shares are of").is_visible()


@pytest.mark.parametrize(
    ("width", "scheme", "expected"),
    [
        (1440, "light", ""),
        (1440, "dark", "theme=dark"),
        (360, "light", "layout=narrow"),
        (360, "dark", "layout=narrow&theme=dark"),
    ],
)
def test_the_chart_fits_the_screen_and_the_ground(
    width, scheme, expected, open_page, demonstration_site
):
    page = open_page(demonstration_site, width=width, scheme=scheme)
    image = page.locator("figure img")
    _, _, choices = urlsplit(image.evaluate("i => i.currentSrc")).query.partition("&")
    assert choices == expected
    assert image.evaluate("i => i.complete && i.naturalWidth > 300")


_AFTER_A_BUILD = """
import sys
from pathlib import Path
from tests.functional.web import stores
from everygenome.queries.release import open_release
from everygenome.web.serve import serve
store = Path(sys.argv[1])
if sys.argv[2] == "built":
    store = stores.demonstration_store(store)
    release = open_release(store=store)
    release.trend(bands=True)
serve(store=store, host="127.0.0.1", port=0, on_ready=lambda a: print(a, flush=True))
print("ended", flush=True)
"""


@pytest.mark.parametrize("before", ["nothing", "built"])
def test_ctrl_c_ends_the_server_quietly_whatever_ran_before(before, tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", _AFTER_A_BUILD, str(tmp_path), before],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    address = process.stdout.readline().strip()
    if before == "built":
        with urllib.request.urlopen(address, timeout=60) as response:
            assert response.status == 200
    process.send_signal(signal.SIGINT)
    out, errors = process.communicate(timeout=20)
    assert (out, errors, process.returncode) == ("ended\n", "", 0)


def test_a_taken_port_is_told_in_plain_words(tmp_path):
    from everygenome.errors import UsageError
    from everygenome.web.serve import serve

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"Port {port} on 127.0.0.1 is in use") as told:
            serve(store=tmp_path, host="127.0.0.1", port=port)
    assert f"--port {port + 1}" in told.value.remedy
    with pytest.raises(UsageError, match="no address of this machine"):
        serve(store=tmp_path, host="192.0.2.1", port=0)
    assert list(tmp_path.iterdir()) == []
