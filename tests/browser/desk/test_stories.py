"""A story, told on a phone, read by two, published, changed and withdrawn."""

import re

import pytest

from tests.browser.community import looks_right, quiet, sent, tab_to
from tests.browser.desk.steps import main_text

pytestmark = [pytest.mark.browser]
EDITOR = "eve@staff.example"
TITLE = "The letter that never came"
TEXT = "They took my blood in spring, for a study of diabetes.\n\nNobody wrote to me."


def on(page):
    """Keep a step and go on to the next."""
    with page.expect_navigation():
        page.get_by_role("button", name="Keep it and go on").last.click()


def told(page, site):
    """Tell a story on a phone, up to its being sent; the receipt code."""
    page.goto(f"{site}stories/")
    page.get_by_role("link", name="Tell a story").first.click()
    page.get_by_label("In my own words").check()
    sent(page, lambda: page.get_by_role("button", name="Begin").click())
    code = page.locator("code.code").inner_text()
    page.get_by_role("link", name="I have it. Go on").click()
    page.fill("#title", TITLE)
    page.fill("#text", TEXT)
    on(page)
    page.fill("#summary", "Waiting for a result.")
    page.get_by_label("What comes back to participants").check()
    page.get_by_label("Serious illness").check()
    on(page)
    page.get_by_label("no, of nobody else").check()
    page.get_by_label("a name that I made up for this").check()
    page.fill("#name", "Nightingale")
    page.get_by_label("I have read this and agree").check()
    looks_right(page)
    page.set_viewport_size({"width": 360, "height": 780})
    on(page)
    on(page)
    assert page.url.endswith("/look/")
    main = page.locator("main").inner_text()
    assert "It speaks of: Serious illness" in main
    assert "told by Nightingale" in main
    assert "Before you can send it" not in main
    looks_right(page)
    page.set_viewport_size({"width": 360, "height": 780})
    sent(page, lambda: page.get_by_role("button", name="Send it to the reviewers").click())
    assert "Place in the queue" in page.locator("main").inner_text()
    return code


def accepted(page, site, number):
    """Accept a story after looking for all that has to be looked for."""
    page.goto(f"{site}desk/{number}/")
    if page.locator("form[action$='/take/']").count():
        with page.expect_navigation():
            page.locator("form[action$='/take/'] button").click()
    page.locator("#do-review > summary").click()
    page.locator("#do-review-reason").fill("It is told with care.")
    for box in page.locator("#do-review input[name='check']").all():
        box.check()
    with page.expect_navigation():
        page.locator("#do-review form button").click()
    assert "Done: you" in page.locator("main").inner_text()


def test_from_a_phone_to_readers_and_back(curator, log_in, desk, open_page):
    site, _ = desk
    phone = open_page(f"{site}stories/", width=360, fresh="phone")
    code = told(phone, site)
    own = phone.url

    curator.goto(f"{site}desk/?kind=stories")
    curator.get_by_role("link", name=TITLE).first.click()
    number = int(re.search(r"/desk/(\d+)/", curator.url)[1])
    text = curator.locator("main").inner_text()
    assert "2 different people must accept it; 0 did." in text
    assert "a name that I made up for this" in text
    # Nobody who reviews is shown how to reach its teller.
    assert "How to reach its teller" not in text
    looks_right(curator)
    accepted(curator, site, number)
    curator.goto(f"{site}desk/stories/{number}/")
    looks_right(curator)
    editor = log_in(EDITOR)
    accepted(editor, site, number)
    editor.goto(f"{site}desk/{number}/")
    editor.locator("#do-publish > summary").click()
    editor.locator("#do-publish-reason").fill("Two people reviewed it.")
    with editor.expect_navigation():
        editor.locator("#do-publish form button").click()

    phone.goto(own)
    phone.get_by_role("link", name="See it on its page").click()
    page_of_it = phone.url
    main = phone.locator("main").inner_text()
    assert "They took my blood in spring" in main
    assert "This site only: please do not copy it." in main
    looks_right(phone)
    quiet(phone, site)
    reader = open_page(f"{site}stories/?q=spring", fresh="reader")
    assert TITLE in reader.locator("main").inner_text()
    looks_right(reader)

    editor.goto(f"{site}desk/stories/")
    looks_right(editor)
    for path in ("stories/safety/", "talking-points/", "contribute/talking-points/"):
        phone.goto(f"{site}{path}")
        looks_right(phone)
    # A choice is changed: it takes effect at once.
    phone.goto(own)
    phone.get_by_role("link", name="Change the words").click()
    looks_right(phone)
    phone.goto(own)
    phone.get_by_role("link", name="Change your choices").click()
    phone.get_by_label("registered researchers only").check()
    with phone.expect_navigation():
        phone.get_by_role("button", name="Change it now").click()
    assert reader.goto(page_of_it).status == 404
    assert TITLE not in main_text(reader, f"{site}stories/?q=spring")

    # Withdrawn by its code, from another computer.
    other = open_page(f"{site}contributions/", width=360, fresh="other")
    other.fill("#code", code)
    sent(other, other.locator("form:has(#code) button").first.click)
    other.get_by_role("link", name="Withdraw it").click()
    assert "This cannot be undone" in other.locator("main").inner_text()
    looks_right(other)
    sent(other, lambda: other.get_by_role("button", name="Yes, withdraw it").click())
    assert "This page is your receipt" in other.locator("main").inner_text()
    answer = reader.goto(page_of_it)
    assert answer.status == 410
    assert "A story was withdrawn." in reader.locator("main").inner_text()
    looks_right(reader)
    curator.goto(f"{site}desk/{number}/")
    assert "blood" not in curator.locator("main").inner_text()


def test_by_keyboard_alone(desk, open_page):
    site, _ = desk
    page = open_page(f"{site}stories/offer/", width=360, fresh="keys")
    tab_to(page, "#form")
    page.keyboard.press("Space")

    def begin():
        tab_to(page, "button[type='submit']:not(.unseen)")
        page.keyboard.press("Enter")

    sent(page, begin)
    tab_to(page, "main a.button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, "#title")
    page.keyboard.type("By keyboard")
    tab_to(page, "#text")
    page.keyboard.type("Every word of it.")
    tab_to(page, "button[type='submit']:not(.unseen)")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("h1").inner_text() == "About it"


def test_leaving_at_once_leaves_no_page_behind(desk, open_page):
    site, _ = desk
    page = open_page(f"{site}stories/", fresh="leaver")
    page.route("https://www.wikipedia.org/**", lambda route: route.fulfill(body="elsewhere"))
    page.goto(f"{site}stories/safety/")
    page.goto(f"{site}stories/offer/")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url("https://www.wikipedia.org/")
    # The page that was left makes room for the other one, and is not a step back.
    page.go_back()
    assert page.url == f"{site}stories/safety/"
