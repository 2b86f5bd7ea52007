"""The page on variants in a browser: by hand, by keyboard, without scripts, and its files."""

import json
import os
import subprocess
import sys
import urllib.request

import pytest

from tests.browser.community import looks_right, quiet, sent, tab_to
from tests.browser.test_looks import too_wide
from tests.functional.web.variants.engine import ON_X, PRO82SER, SYMBOLIC, UNCOVERED

pytestmark = [pytest.mark.browser]
NOBODY = "1-55051215-G-GA"
_SERVE = """
import sys
from pathlib import Path
from tests.functional.web.variants import engine
engine.install()
from everygenome.web.serve import serve
serve(store=Path(sys.argv[1]), host="127.0.0.1", port=0,
      on_ready=lambda address: print(address, flush=True))
"""


@pytest.fixture(scope="module")
def site(demonstration, chromium):
    """A site with frequencies, over the small engine of the functional tests."""
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVE, str(demonstration)],
        stdout=subprocess.PIPE,
        text=True,
        env={k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
        | {"EVERYGENOME_FREQUENCIES": "gnomad,old"},
    )
    try:
        address = process.stdout.readline().strip()
        with urllib.request.urlopen(address + "health", timeout=60) as response:
            assert response.status == 200
        yield address
    finally:
        process.terminate()
        process.stdout.close()
        assert process.wait(timeout=20) == 0


def press(page, words="Show the evidence"):
    """Press a button that can be seen."""
    sent(page, page.get_by_role("button", name=words).last.click)


def fill(page, variants):
    """A question with a disease model."""
    page.fill("#variants", variants)
    page.check("input[name='bar'][value='model']")
    if not page.locator("#prevalence").is_visible():
        page.get_by_text("The disease model", exact=True).click()
    page.select_option("#inheritance", "dominant")
    page.fill("#prevalence", "1 in 500")
    page.fill("#contribution", "0.02")
    page.fill("#penetrance", "0.5")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_variant_becomes_a_card_a_link_and_files(scripts, open_page, site, tmp_path):
    page = open_page(f"{site}variants/", java_script_enabled=scripts)
    press(page)
    assert page.locator("#variants-wrong").inner_text() == "Please fill in: Variants."
    fill(page, PRO82SER)
    press(page)
    # What was asked is in no address.
    assert page.url == f"{site}variants/"
    main = page.locator("main").inner_text()
    assert "More common than expected in Other, African" in main
    drawings = page.locator(".variant .chart svg")
    assert [one.is_visible() for one in drawings.all()] == [True, False]
    page.set_viewport_size({"width": 360, "height": 900})
    assert [one.is_visible() for one in drawings.all()] == [False, True]
    page.set_viewport_size({"width": 1440, "height": 900})
    begins = {"html": b"<!doctype html", "pdf": b"%PDF-", "csv": b"chrom,", "json": b"{"}
    for form, begin in begins.items():
        with page.expect_download() as waiting:
            page.locator(f"button[formaction$='.{form}']").click()
        path = tmp_path / f"variants.{form}"
        waiting.value.save_as(path)
        assert path.read_bytes().startswith(begin), form
    assert "22562" in json.dumps(json.loads((tmp_path / "variants.json").read_text("utf-8")))
    page.goto(page.input_value("#link"))
    assert page.locator("main").inner_text().split("Link to")[0] == main.split("Link to")[0]
    quiet(page, site)


def test_it_can_be_done_with_keys_alone(open_page, site):
    page = open_page(f"{site}variants/")
    tab_to(page, "#variants")
    page.keyboard.type(NOBODY)
    tab_to(page, "input[name='background']")
    page.keyboard.press("ArrowDown")
    tab_to(page, "input[name='groups'][value='nfe']")
    page.keyboard.press("Space")
    tab_to(page, "input[name='bar']")
    page.keyboard.press("ArrowDown")
    tab_to(page, "#frequency")
    page.keyboard.type("0.00004")
    tab_to(page, "form.variants-form > .buttons button")
    sent(page, lambda: page.keyboard.press("Enter"))
    assert "Rare (PM2, supporting)" in page.locator(".variant .verdict").inner_text()
    tab_to(page, ".lead a[href='#take']")
    page.keyboard.press("Enter")
    tab_to(page, "button[formaction$='.csv']")
    with page.expect_download():
        page.keyboard.press("Enter")
    tab_to(page, ".variant .scroll")
    quiet(page, site)


def test_every_state_of_the_page_looks_right(open_page, site):
    page = open_page(f"{site}variants/", width=1280)
    looks_right(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    press(page)
    looks_right(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    fill(page, "\n".join([PRO82SER, NOBODY, UNCOVERED, ON_X, SYMBOLIC, "7-1-A-" + "ACGT" * 110]))
    press(page)
    looks_right(page)
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert too_wide(page) == [], width
    quiet(page, site)


def test_a_site_without_frequencies_looks_right(open_page, demonstration_site):
    page = open_page(f"{demonstration_site}variants/")
    assert "no allele frequencies" in page.locator("main").inner_text()
    looks_right(page)
    quiet(page, demonstration_site)
