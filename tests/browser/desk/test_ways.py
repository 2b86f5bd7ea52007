"""What else can happen to a contribution, each way as its people go it in a browser."""

import pytest

from tests.browser.community import sent
from tests.browser.desk.steps import begun, decided, main_text

pytestmark = [pytest.mark.browser]
EDITOR = "eve@staff.example"


def own_of(desk, number):
    """The address of a contributor's own page."""
    site, offered = desk
    (own,) = [own for known, _, own in offered if known == number]
    return site.rstrip("/") + own


def test_what_is_declined_can_be_appealed_and_somebody_else_decides(
    curator, log_in, desk, open_page
):
    site, _ = desk
    number = begun(curator, site)
    decided(curator, site, number, "decline", reason="It does not belong here, it seems.")
    reader = open_page(own_of(desk, number))
    assert "It does not belong here, it seems." in reader.locator("main").inner_text()
    reader.locator("#text").fill("It does: it is about who was tested.")
    sent(reader, lambda: reader.locator("button[value='appeal']").click())
    assert "You asked for a second look" in reader.locator("main").inner_text()
    # Whoever declined it has no appeals to decide; an editor does.
    assert curator.goto(f"{site}desk/appeals/").status == 404
    editor = log_in(EDITOR)
    editor.goto(f"{site}desk/appeals/")
    editor.get_by_text("Decide", exact=True).first.click()
    editor.locator("input[name='upheld'][value='yes']").check()
    editor.locator("textarea[name='reason']").first.fill("You are right.")
    with editor.expect_navigation():
        editor.locator("article form button").first.click()
    text = main_text(reader, own_of(desk, number))
    assert "waiting for review" in text
    assert "You are right." in text


def test_other_wording_is_shown_to_its_contributor_who_agrees(curator, desk, open_page):
    site, _ = desk
    number = begun(curator, site)
    curator.goto(f"{site}desk/{number}/amend/")
    curator.locator("#purpose").fill("Says with whose data a score was tried.")
    curator.locator("#amend-reason").fill("In simpler words.")
    with curator.expect_navigation():
        curator.get_by_role("button", name="Send the suggestion").last.click()
    reader = open_page(own_of(desk, number))
    text = reader.locator("main").inner_text()
    assert "The wording that is suggested" in text
    assert "In simpler words." in text
    sent(reader, lambda: reader.locator("button[value='agree']").click())
    assert "waiting for review" in reader.locator("h1").inner_text()
    assert "Says with whose data a score was tried." in reader.locator("main").inner_text()


def test_what_the_panel_holds_cannot_be_published_and_everybody_reads_why(
    curator, log_in, desk, open_page
):
    site, _ = desk
    number = begun(curator, site)
    panel = log_in(EDITOR)
    decided(panel, site, number, "hold", reason="We want to speak with those whom it names.")
    curator.goto(f"{site}desk/{number}/")
    assert curator.locator("#do-accept_and_publish").count() == 0
    reader = open_page(f"{site}moderation/panel/")
    assert "We want to speak with those whom it names." in reader.locator("main").inner_text()
    decided(panel, site, number, "lift_hold", reason="We spoke: it is well as it is.")
    assert "We spoke: it is well as it is." in main_text(reader, f"{site}moderation/panel/")
    decided(curator, site, number, "accept_and_publish", reason="Held, spoken about, and right.")


def test_several_are_done_at_once_after_a_look_at_what_would_happen(curator, desk):
    site, _ = desk
    curator.goto(f"{site}desk/?show=submitted")
    boxes = curator.locator("ol.queue input[type='checkbox']")
    for place in (0, 1):
        boxes.nth(place).check()
    curator.locator("#doing").select_option("take")
    with curator.expect_navigation():
        curator.get_by_role("button", name="Show what would happen").click()
    text = curator.locator("main").inner_text()
    assert "Nothing has been done yet. 2 can be done, 0 cannot." in text
    with curator.expect_navigation():
        curator.locator("form[action='/desk/bulk/'] button").click()
    assert "2 done, 0 not." in curator.locator("main").inner_text()


def test_a_contributor_withdraws_one_and_erases_the_details_of_another(desk, open_page):
    site, offered = desk
    (_, _, first), (_, code, second) = offered[-1], offered[-2]
    reader = open_page(f"{site.rstrip('/')}{first}withdraw/")
    sent(reader, reader.locator("main form button[type='submit']").last.click)
    assert "withdrawn by its contributor" in reader.locator("h1").inner_text()
    reader.goto(f"{site.rstrip('/')}{second}erase/")
    sent(reader, reader.locator("main form button[type='submit']").last.click)
    assert reader.url.endswith("/erased/")
    assert reader.goto(site.rstrip("/") + second).status == 404
    reader.goto(f"{site}contributions/")
    reader.locator("#code").fill(code)
    sent(reader, lambda: reader.locator("#code").press("Enter"))
    assert "We have nothing under this code" in reader.locator("main").inner_text()


def test_a_retired_entry_says_so_and_a_withdrawn_one_is_gone(log_in, desk, open_page):
    site, _ = desk
    editor = log_in(EDITOR)
    for act, said in (("retire_item", "Retired"), ("withdraw_item", "withdrawn")):
        editor.goto(f"{site}desk/items/toolbox/popcorn/")
        form = editor.locator(f"form[action$='/{act}/']")
        editor.locator("details", has=form).locator("summary").first.click()
        form.locator("textarea").fill("Its makers say that it is no longer developed.")
        with editor.expect_navigation():
            form.locator("button").click()
        reader = open_page(f"{site}toolbox/popcorn/")
        assert said in reader.locator("main").inner_text()
    assert reader.status == 410


def test_a_maintainer_claims_an_entry_with_the_line_in_its_repository(desk, open_page):
    site, _ = desk
    page = open_page(f"{site}toolbox/tractor/")
    page.get_by_text("let me speak for it").click()
    page.wait_for_url("**/claim/")
    page.locator("#proof").select_option("line")
    sent(page, lambda: page.get_by_role("button", name="Send for review").click())
    assert "Please say where the file can be seen." in page.locator("main").inner_text()
    page.locator("#where").fill("https://github.com/Atkinson-Lab/Tractor#readme")
    sent(page, lambda: page.get_by_role("button", name="Send for review").click())
    assert page.locator("main code").first.inner_text().count("-") == 4
