"""A curator at the desk, in a browser: by mailed code, with keys, and what readers then see."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.community import looks_right, sent, tab_to
from tests.browser.desk.steps import begun

pytestmark = [pytest.mark.browser]
MOST_PRESSES = 6


class Presses:
    """Keys and clicks, counted."""

    def __init__(self, page: Any) -> None:
        self.page, self.count = page, 0

    def key(self, *keys: str) -> None:
        for key in keys:
            self.count += 1
            self.page.keyboard.press(key)

    def click(self, selector: str, where: str) -> None:
        self.count += 1
        with self.page.expect_navigation(url=where):
            self.page.locator(selector).click()

    def leads(self, key: str, where: str) -> None:
        with self.page.expect_navigation(url=where):
            self.key(key)


def test_the_desk_is_driven_by_keys_and_what_is_accepted_is_public(curator, desk, open_page):
    """j, o, a; a canned reason; ten more in a row; no review takes more than six presses."""
    site, offered = desk
    titles = {}
    first = None
    counts = []
    for place in range(11):
        hand = Presses(curator)
        if place == 0:
            hand.key("j")
            assert curator.evaluate("document.activeElement.closest('ol.queue > li') !== null")
            hand.leads("o", re.compile(r"/desk/\d+/$"))
        else:
            hand.leads("n", re.compile(r"/desk/\d+/$"))
        number = int(re.search(r"/desk/(\d+)/", curator.url)[1])
        titles[number] = curator.locator("h1").inner_text()
        hand.click("#do-take button, form[action$='/take/'] button", "**/?done=take")
        hand.key("a")
        chosen = "#do-accept_and_publish-canned"
        assert curator.evaluate("s => document.activeElement.matches(s)", chosen)
        hand.key("ArrowDown")
        sentence = curator.locator(f"{chosen} option:checked").inner_text()
        assert sentence.startswith("Thank you.")
        hand.click("#do-accept_and_publish button", "**/?done=accept_and_publish")
        first = first or number
        assert "Done: you accepted and published it." in curator.locator("main").inner_text()
        counts.append(hand.count)
    assert max(counts) <= MOST_PRESSES, counts
    assert counts == [6] + [5] * 10
    assert len(titles) == 11
    # Readers see the entry, and its contributor reads why.
    reader = open_page(f"{site}toolbox/?q=lantern")
    assert reader.locator("#found-heading").inner_text().startswith("11 of ")
    reader.goto(f"{site}toolbox/{titles[first].lower().replace(' ', '-')}/")
    expect(reader.locator("h1")).to_have_text(titles[first])
    ((code, own),) = [(code, own) for number, code, own in offered if number == first]
    reader.goto(site.rstrip("/") + own)
    main = reader.locator("main").inner_text()
    assert f"{titles[first]}: published" in main
    assert "Thank you. We checked it against its sources, and it is right." in main
    # By the receipt code too.
    reader.goto(f"{site}contributions/")
    reader.locator("#code").fill(code)
    sent(reader, lambda: reader.locator("#code").press("Enter"))
    assert f"{titles[first]}: published" in reader.locator("main").inner_text()
    assert reader.context.cookies() == []


def test_keys_rest_while_somebody_writes_and_can_be_turned_off(curator, desk):
    site, _ = desk
    begun(curator, site)
    curator.keyboard.press("d")
    curator.locator("#do-decline-reason").focus()
    curator.keyboard.type("a hidden danger")
    assert curator.locator("#do-decline-reason").input_value() == "a hidden danger"
    assert not curator.locator("#do-accept_and_publish[open]").count()
    curator.evaluate("document.activeElement.blur()")
    curator.keyboard.press("?")
    expect(curator.locator("#keys")).to_be_visible()
    curator.locator("#keys-on").uncheck()
    curator.keyboard.press("Escape")
    curator.keyboard.press("a")
    assert not curator.locator("#do-accept_and_publish[open]").count()
    curator.keyboard.press("Tab")
    curator.evaluate("localStorage.removeItem('desk-keys')")


def test_pages_of_the_desk_look_right(log_in, desk):
    site, _ = desk
    curator = log_in("eve@staff.example")
    number = begun(curator, site)
    for path in (
        "desk/",
        f"desk/{number}/",
        f"desk/{number}/amend/",
        "desk/appeals/",
        "desk/reports/",
        "desk/holds/",
        "desk/people/",
        "desk/items/toolbox/1000-genomes/",
        "people/passkeys/",
    ):
        answer = curator.goto(site + path)
        assert answer.status == 200, path
        looks_right(curator)
    # A decision without a reason: told beside the field.
    curator.goto(f"{site}desk/{number}/")
    curator.keyboard.press("d")
    with curator.expect_navigation():
        curator.locator("#do-decline button").click()
    assert curator.locator("#do-decline-reason").get_attribute("aria-invalid") == "true"
    looks_right(curator)


def test_without_scripts_a_curator_decides_too(chromium, desk, mails, curator, open_page):
    site, offered = desk
    number = begun(curator, site)
    (own,) = [own for known, _, own in offered if known == number]
    context = chromium.new_context(
        java_script_enabled=False, storage_state=curator.context.storage_state()
    )
    try:
        page = context.new_page()
        page.goto(f"{site}desk/{number}/")
        page.locator("#do-ask_changes summary").click()
        page.locator("#do-ask_changes-canned").select_option(index=1)
        page.locator("#do-ask_changes-reason").fill("The one of its licence, for example.")
        page.locator("#do-ask_changes button").click()
        assert "Done: you" in page.locator("main").inner_text()
    finally:
        context.close()
    reader = open_page(site.rstrip("/") + own, java_script_enabled=False)
    main = reader.locator("main").inner_text()
    assert "A change is asked of you" in main
    assert "Please add a source that a reader can open." in main
    assert "The one of its licence, for example." in main
    tab_to(reader, "main a[href$='/edit/']")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/edit/")
    assert "What is asked of you" in reader.locator("main").inner_text()
