"""A diverse data statement, from the empty worksheet to its files, in a browser."""

import json
from pathlib import Path

import pytest

from tests.browser.community import quiet, sent

pytestmark = [pytest.mark.browser]


def fill(page):
    """Write something into every field that was missed."""
    for link in page.locator(".wrong a[href^='#']").all():
        page.locator(link.get_attribute("href")).fill("Who takes part, and why.")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_worksheet_becomes_a_statement_and_its_files(
    scripts, open_page, demonstration_site, tmp_path
):
    page = open_page(f"{demonstration_site}definitions/statement/", java_script_enabled=scripts)
    make = page.get_by_role("button", name="Make the statement").last
    sent(page, make.click)
    assert page.locator(".wrong[role='alert']").count() == 1
    fill(page)
    sent(page, page.get_by_role("button", name="Make the statement").last.click)
    assert "Take it with you" in page.locator("main").inner_text(), page.url
    begins = {"html": b"<!doctype html", "pdf": b"%PDF-", "md": b"#", "json": b"{"}
    for form, begin in begins.items():
        with page.expect_download() as waiting:
            page.locator(f"button[name='form'][value='{form}']").click()
        path = tmp_path / f"statement.{form}"
        waiting.value.save_as(path)
        content = path.read_bytes()
        assert content.lower().startswith(begin.lower()), form
        assert form in ("pdf",) or b"Who takes part, and why." in content
    saved = Path(tmp_path / "statement.json")
    assert json.loads(saved.read_text("utf-8"))["version"] == 1
    # The file leads back to the worksheet as it was.
    page.goto(f"{demonstration_site}definitions/statement/")
    page.locator("details summary").first.click()
    page.locator("#file").set_input_files(saved)
    sent(page, page.get_by_role("button", name="Load it").click)
    assert "Who takes part, and why." in page.locator(".worksheet").inner_html()
    quiet(page, demonstration_site)
