"""Suggesting and correcting without an account: with keys alone, with mistakes, without scripts."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.community import looks_right, quiet, sent, tab_to

pytestmark = [pytest.mark.browser]
SEND = "main form.send button[name='send']:not(.unseen)"
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


def write(page: Any, place: str, text: str) -> None:
    """Go to a field with Tab and type."""
    tab_to(page, f"#{place}")
    page.keyboard.type(text)


def press(page: Any, selector: str) -> None:
    """Go to a button with Tab and press it."""
    tab_to(page, selector)
    page.keyboard.press("Enter")


def fill_in(page: Any, name: str) -> None:
    """The form of a tool, with keys alone."""
    write(page, "name", name)
    write(page, "purpose", "Shows which people a score was tried on.")
    write(page, "url", f"https://{name.replace(' ', '-').lower()}.example.org/")
    tab_to(page, "#kind")
    page.keyboard.press("ArrowDown")
    for place in ("stages-2", "audiences-1", "tasks-1"):
        tab_to(page, f"#{place}")
        page.keyboard.press("Space")


def code_on(page: Any) -> str:
    """The receipt code that a page shows."""
    expect(page.locator("h1")).to_have_text("Thank you, it arrived")
    code = page.locator(".receipt code").inner_text()
    assert re.fullmatch(r"[A-Z0-9]{4}(-[A-Z0-9]{4})+", code), code
    return code


def look_up(page: Any, site: str, code: str) -> None:
    """Find a contribution again by its receipt code, with keys alone."""
    page.goto(f"{site}contributions/")

    def go() -> None:
        tab_to(page, "#code")
        page.keyboard.press("Control+a")
        page.keyboard.type(code)
        page.keyboard.press("Enter")

    sent(page, go)
    page.wait_for_url("**/contributions/*/")


@SCRIPTS
def test_a_newcomer_suggests_a_tool_with_keys_alone_and_sees_where_it_stands(
    scripts, open_page, demonstration_site
):
    page = open_page(f"{demonstration_site}toolbox/", java_script_enabled=scripts)
    press(page, "main a[href='/contribute/toolbox/']")
    page.wait_for_url("**/contribute/toolbox/")
    name = f"Lantern {'with' if scripts else 'without'} scripts"
    fill_in(page, name)
    sent(page, lambda: press(page, SEND))
    code = code_on(page)
    if scripts:
        looks_right(page)
    look_up(page, demonstration_site, code)
    expect(page.locator("h1")).to_have_text(f"{name}: waiting for review")
    main = page.locator("main").inner_text()
    assert re.search(r"Place in the queue: \d+", main)
    assert "We aim to answer by" in main
    quiet(page, demonstration_site)


@SCRIPTS
def test_a_newcomer_corrects_an_entry(scripts, open_page, demonstration_site):
    page = open_page(f"{demonstration_site}toolbox/", java_script_enabled=scripts)
    page.locator(".entries h3 a").nth(0 if scripts else 1).click()
    title = page.locator("h1").inner_text()
    press(page, "main a[href^='/contribute/toolbox/']")
    page.wait_for_url("**/contribute/toolbox/*/")
    assert page.locator("#name").input_value() == title
    tab_to(page, "#cost")
    page.keyboard.press("Control+a")
    page.keyboard.type("Free, except on Sundays")
    sent(page, lambda: press(page, SEND))
    look_up(page, demonstration_site, code_on(page))
    main = page.locator("main").inner_text()
    assert "What you would change" in main
    assert "Free, except on Sundays" in main
    # Only that was changed; the sentence that explains the marks has one too.
    (put_in,) = page.locator("main ins").all_inner_texts()[1:]
    assert "Free, except on Sundays" in put_in
    quiet(page, demonstration_site)


@SCRIPTS
def test_mistakes_stand_beside_their_fields_and_nothing_that_was_written_is_lost(
    scripts, open_page, demonstration_site
):
    page = open_page(f"{demonstration_site}contribute/toolbox/", java_script_enabled=scripts)
    given = {
        "name": "<script>alert(1)</script>",
        "purpose": "What we wrote for an hour.",
        "url": "javascript:alert(1)",
        "doi": "10.5555/" + "x" * 200,
    }
    for place, text in given.items():
        page.locator(f"#{place}").fill(text)
    page.locator("#by-address, #by-email").first.fill("nobody@nowhere")
    sent(page, lambda: page.locator(SEND).click())
    assert page.title().startswith("Please look again: ")
    for place, text in given.items():
        field = page.locator(f"#{place}")
        assert field.input_value() == text
        wrong = place != "purpose"
        assert (field.get_attribute("aria-invalid") == "true") is wrong, place
        if wrong:
            assert f"{place}-wrong" in field.get_attribute("aria-describedby").split()
            assert page.locator(f"#{place}-wrong").inner_text()
    for place in ("kind", "stages", "audiences", "tasks"):
        assert page.locator(f"#{place}-wrong").is_visible(), place
    summary = page.locator("main .lead .wrong[role='alert']")
    links = summary.locator("a")
    assert links.count() >= 7
    for link in links.all():
        target = link.get_attribute("href")
        assert page.locator(target).count() == 1, target
    summary.locator("a[href='#url']").click()
    assert page.evaluate("document.activeElement.id") == "url"
    if scripts:
        looks_right(page)
    # Mended, it is taken.
    for place, text in {"name": "Mended", "url": "https://m.example.org/", "doi": ""}.items():
        page.locator(f"#{place}").fill(text)
    page.locator("#by-address, #by-email").first.fill("")
    page.locator("#kind").select_option(index=1)
    for place in ("stages-1", "audiences-1", "tasks-1"):
        page.locator(f"#{place}").check()
    sent(page, lambda: page.locator(SEND).click())
    if page.get_by_label("It is another one").count():
        page.get_by_label("It is another one").check()
        sent(page, lambda: page.locator(SEND).click())
    code_on(page)
    quiet(page, demonstration_site)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        *((f"contribute/{kind}/", 200) for kind in
          ("toolbox", "definitions", "evidence", "datasets")),
        ("contribute/toolbox/1000-genomes/", 200),
        ("contribute/toolbox/1000-genomes/claim/", 200),
        ("contribute/evidence/african-genomes-new-variants-2020/", 200),
        ("contribute/datasets/1000-genomes/", 200),
        ("contributions/", 200),
        ("contributions/mailed/", 200),
        ("contributions/erased/", 200),
        ("contributions/no-such-link-of-ours/", 404),
        ("report/", 200),
        ("report/?about=toolbox/1000-genomes", 200),
        ("report/sent/", 200),
        ("moderation/", 200),
        ("moderation/panel/", 200),
        ("about/privacy/", 200),
        ("people/login/", 200),
    ],
)  # fmt: skip
def test_pages_look_right(path, status, open_page, demonstration_site):
    page = open_page(demonstration_site + path)
    assert page.status == status
    looks_right(page)
    quiet(page, demonstration_site)


@pytest.mark.parametrize("kind", ["toolbox", "definitions", "evidence", "datasets"])
def test_a_form_that_was_sent_empty_looks_right(kind, open_page, demonstration_site):
    page = open_page(f"{demonstration_site}contribute/{kind}/")
    sent(page, lambda: page.locator(SEND).click())
    assert page.locator("main .lead .wrong a").count() >= 2
    looks_right(page)
    quiet(page, demonstration_site)


def test_ones_own_pages_look_right(open_page, demonstration_site):
    page = open_page(f"{demonstration_site}contribute/toolbox/")
    page.locator("#name").fill("A draft of a tool")
    sent(page, lambda: page.locator("main form.send button[name='draft']").click())
    expect(page.locator("h1")).to_have_text("Your draft is kept")
    code = page.locator(".receipt code").inner_text()
    look_up(page, demonstration_site, code)
    own = page.url
    for part in ("", "edit/", "withdraw/", "erase/"):
        page.goto(own + part)
        looks_right(page)
    quiet(page, demonstration_site)


def test_a_report_that_was_sent_empty_and_then_filled_in(open_page, demonstration_site):
    page = open_page(f"{demonstration_site}report/")
    button = page.locator("main form.send button").last
    sent(page, button.click)
    assert page.locator("main .wrong").count() == 1
    looks_right(page)
    quiet(page, demonstration_site)
