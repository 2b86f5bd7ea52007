"""The audit of typed counts in a browser: by hand, by keyboard, without scripts, and its files."""

import json

import pytest

from tests.browser.community import looks_right, quiet, sent, tab_to
from tests.browser.test_looks import too_wide

pytestmark = [pytest.mark.browser]
COUNTS = (
    "European,48210\nEast Asian,3120\nSouth Asian,1204\nAfrican,311\n"
    "Hispanic or Latin American,6\nOther,9\nIndigenous and Oceanian,0"
)


def fill(page):
    """Fill in the form, with a comparison through a crosswalk."""
    page.fill("#source", "Coast cohort")
    page.fill("#counts", COUNTS)
    page.check("input[value='genetic ancestry category']")
    page.fill("#missing", "812")
    page.select_option("#reference", "un_wpp2024_subregions")
    page.select_option("#crosswalk", "un_subregions_to_broad")


def press(page, words):
    """Press a button that can be seen."""
    sent(page, page.get_by_role("button", name=words).last.click)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_counts_become_an_audit_its_files_and_a_statement(
    scripts, open_page, demonstration_site, tmp_path
):
    page = open_page(f"{demonstration_site}audit/", java_script_enabled=scripts)
    press(page, "Audit these counts")
    assert page.locator(".wrong[role='alert'] a").count() == 2
    fill(page)
    page.select_option("#crosswalk", "")
    press(page, "Audit these counts")
    # The assumption is never made for a reader.
    assert "cannot be divided by each other" in page.locator("#crosswalk-wrong").inner_text()
    page.select_option("#crosswalk", "un_subregions_to_broad")
    press(page, "Show the names to use")
    assert "Greater Middle Eastern" in page.locator("details.names[open] pre").inner_text()
    press(page, "Audit these counts")
    assert page.locator("h1").inner_text() == "Who is in Coast cohort?"
    main = page.locator("main").inner_text()
    assert "fewer than expected: South Asian" in main
    assert page.locator("article.audit svg").count() == 3
    assert page.url == f"{demonstration_site}audit/"
    begins = {"html": b"<!doctype html", "pdf": b"%PDF-", "md": b"# Who is in", "json": b"{"}
    for form, begin in begins.items():
        with page.expect_download() as waiting:
            page.locator(f"button[name='form'][value='{form}']").click()
        path = tmp_path / f"audit.{form}"
        waiting.value.save_as(path)
        content = path.read_bytes()
        assert content.lower().startswith(begin.lower()), form
        assert form == "pdf" or b"48,210" in content or b"48210" in content
    made = json.loads((tmp_path / "audit.json").read_text("utf-8"))
    assert made["suppress"] == 10
    # The file is read as the earlier audit, and what was hidden stays hidden.
    press(page, "Change the counts")
    page.get_by_text("An earlier audit of the same data was published").click()
    page.locator("#earlier-file").set_input_files(tmp_path / "audit.json")
    page.fill("#counts", COUNTS.replace("1204", "1207"))
    press(page, "Audit these counts")
    row = page.locator("tr", has=page.get_by_role("rowheader", name="South Asian", exact=True))
    assert "hidden" in row.first.inner_text()
    press(page, "Use these counts in a diverse data statement")
    assert page.url == f"{demonstration_site}definitions/statement/"
    assert page.input_value("#counts").startswith("European,48210\n")
    assert "South Asian" not in page.input_value("#counts")
    quiet(page, demonstration_site)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_it_can_be_done_with_keys_alone(scripts, open_page, demonstration_site):
    page = open_page(f"{demonstration_site}audit/", java_script_enabled=scripts)
    tab_to(page, "#source")
    page.keyboard.type("Coast")
    page.keyboard.press("Tab")
    # The first of the kinds; none is chosen until a key says so.
    assert page.evaluate("document.activeElement.id") == "kind-1"
    assert page.locator("input[name='kind']:checked").count() == 0
    page.keyboard.press("ArrowDown")
    assert page.locator("input[name='kind']:checked").get_attribute("value") == "world region"
    tab_to(page, "#counts")
    page.keyboard.type("Africa,1200\nAsia,9100\nEurope,700")
    tab_to(page, "#reference")
    page.keyboard.type("Six")
    tab_to(page, "form.audit-form > .buttons button")
    sent(page, lambda: page.keyboard.press("Enter"))
    assert page.locator("h1").inner_text() == "Who is in Coast?"
    tab_to(page, ".lead a[href='#take']")
    page.keyboard.press("Enter")
    tab_to(page, "button[value='json']")
    with page.expect_download():
        page.keyboard.press("Enter")
    tab_to(page, "article.audit .scroll")
    quiet(page, demonstration_site)


def test_every_state_of_the_page_looks_right(open_page, demonstration_site):
    page = open_page(f"{demonstration_site}audit/", width=1280)
    looks_right(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    press(page, "Audit these counts")
    looks_right(page)
    fill(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    press(page, "Audit these counts")
    looks_right(page)
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert too_wide(page) == [], width
    quiet(page, demonstration_site)


def test_two_hundred_long_names_fit(open_page, demonstration_site):
    page = open_page(f"{demonstration_site}audit/", width=360)
    page.fill("#counts", "\n".join(f"{'Groupwithoutblank' * 5}{n},{n * 7}" for n in range(200)))
    page.check("input[value='other']")
    press(page, "Audit these counts")
    assert page.locator("h1").inner_text() == "Who is in the data?"
    assert too_wide(page) == []
    quiet(page, demonstration_site)
