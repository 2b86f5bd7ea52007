"""Every study as a dot: all are there, and each leads to its study."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.reading import choose

pytestmark = [pytest.mark.browser]
# Places of ink in a canvas, in CSS pixels, far enough from the axis labels at the left.
_DOTS = """canvas => {
  const { width, height } = canvas;
  const scale = width / canvas.clientWidth;
  const ink = getComputedStyle(document.documentElement).getPropertyValue("--mark").trim();
  const want = [1, 3, 5].map(at => parseInt(ink.slice(at, at + 2), 16));
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  const found = [];
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] < 100 || want.some((value, i) => Math.abs(data[at + i] - value) > 3)) continue;
    const pixel = at / 4;
    found.push([(pixel % width) / scale, Math.floor(pixel / width) / scale]);
  }
  return found; }"""
_ALIKE = "canvas => canvas.toDataURL()"


@pytest.fixture
def studies(open_page, demonstration_site):
    page = open_page(demonstration_site + "studies/")
    expect(page.locator("#every")).to_be_visible()
    drawn(page)
    return page


def drawn(page):
    """Wait until the next picture is on the screen."""
    page.evaluate("() => new Promise(d => requestAnimationFrame(() => requestAnimationFrame(d)))")


def said(page):
    return [
        int(n.replace(",", ""))
        for n in re.findall(r"[\d,]*\d", page.locator("[data-said]").inner_text())
    ]


def expected(release, **choices):
    coverage = release.points(**choices).coverage
    return [coverage[f"points_{name}"] for name in ("drawable", "without_number", "without_day")]


def picked(page):
    """The study that the page names: accession, group, day and size."""
    words = page.locator("[data-picked]").inner_text()
    found = re.match(r"Study (\S+): (.+), published (\S+), ([\d,]+) participations", words)
    accession, group, day, size = found.groups()
    return accession, group, date.fromisoformat(day), int(size.replace(",", ""))


def points(release, **choices):
    answer = release.points(**choices)
    groups = answer.coverage["groups"]
    return {
        (
            row["study_accession"],
            groups[row["group"]],
            date(1970, 1, 1) + timedelta(days=row["day"]),
            row["participations"],
        )
        for row in answer.rows
        if row["day"] is not None and row["participations"] is not None
    }


def test_as_many_dots_as_there_are_points_in_every_group(studies, release):
    assert said(studies) == expected(release)
    all_points = points(release)
    strips = studies.locator(".strip h3").all_inner_texts()
    found = {}
    for text in strips:
        group, _, number = text.rpartition(": ")
        found[group] = int(number.removesuffix(" studies").replace(",", ""))
    groups = {group for _, group, *_ in all_points}
    assert found == {group: len([p for p in all_points if p[1] == group]) for group in groups}
    for canvas, number in zip(studies.locator(".strip canvas").all(), found.values(), strict=True):
        ink = canvas.evaluate(_DOTS)
        # Each dot is two pixels wide and high; dots may lie on each other.
        assert 4 <= len(ink) <= 4 * number
    assert studies.faults == []


def test_one_study_is_a_study(open_page, demonstration_site, release):
    year, group = next(
        (year, group)
        for year in range(2007, 2026)
        for found in [[of for _, of, *_ in points(release, from_year=year, to_year=year)]]
        for group in sorted(set(found))
        if found.count(group) == 1
    )
    page = open_page(f"{demonstration_site}studies/?view=1&from_year={year}&to_year={year}")
    expect(page.locator("#every")).to_be_visible()
    assert f"{group}: 1 study" in page.locator(".strip h3").all_inner_texts()


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_click_near_a_dot_names_a_study_that_has_a_page(place, studies, release):
    canvas = studies.locator(".strip canvas").nth(place)
    canvas.scroll_into_view_if_needed()
    ink = [(x, y) for x, y in canvas.evaluate(_DOTS) if x > 80]
    x, y = ink[len(ink) // 2]
    canvas.click(position={"x": x + 2, "y": y + 1})
    found = picked(studies)
    assert found in points(release)
    assert found[1] == studies.locator(".strip h3").nth(place).inner_text().rpartition(": ")[0]
    link = studies.locator("[data-picked] a")
    link.click()
    expect(studies.locator("h1")).to_have_text(f"Study {found[0]}")
    stated = [row["participations"] for row in release.study(found[0]).rows[0]["ancestry"]]
    shown = studies.locator('[aria-label="Records of who took part"] tbody tr td:nth-child(2)')
    assert shown.all_inner_texts() == [
        "not stated" if number is None else f"{number:,}" for number in stated
    ]


def test_a_click_far_from_every_dot_names_none(studies):
    canvas = studies.locator(".strip canvas").first
    ink = canvas.evaluate(_DOTS)
    box = canvas.bounding_box()
    places = ((x, y) for x in range(5, int(box["width"]), 5) for y in range(5, 105, 5))
    x, y = next((x, y) for x, y in places if min((x - i) ** 2 + (y - j) ** 2 for i, j in ink) > 400)
    canvas.click(position={"x": x, "y": y})
    assert studies.locator("[data-picked]").inner_text() == ""


def test_keys_go_from_study_to_study_and_open_one(studies, release):
    canvas = studies.locator(".strip canvas").first
    canvas.focus()
    group = studies.locator(".strip h3").first.inner_text().rpartition(": ")[0]
    days = sorted(day for _, of, day, _ in points(release) if of == group)
    canvas.press("ArrowRight")
    first = picked(studies)
    canvas.press("ArrowRight")
    second = picked(studies)
    assert [first[2], second[2]] == days[:2]
    assert first != second
    canvas.press("ArrowLeft")
    canvas.press("ArrowLeft")
    assert picked(studies) == first
    assert studies.locator("[data-picked]").get_attribute("role") == "status"
    canvas.press("Enter")
    expect(studies.locator("h1")).to_have_text(f"Study {first[0]}")


def test_closer_farther_and_all_years(studies):
    canvas = studies.locator(".strip canvas").first
    before = canvas.evaluate(_ALIKE)

    def press(name):
        studies.locator("#every button", has_text=name).click()
        drawn(studies)
        return canvas.evaluate(_ALIKE)

    closer = press("Closer")
    assert closer != before
    assert press("Closer") != closer
    assert press("Farther") == closer
    assert press("Farther") == before
    press("Closer")
    assert press("All years") == before
    # Keys reach studies of years that are not in sight, and bring them there.
    press("Closer")
    canvas.focus()
    canvas.press("ArrowRight")
    drawn(studies)
    focus = "getComputedStyle(document.documentElement).getPropertyValue('--focus')"
    ink = canvas.evaluate(_DOTS.replace("--mark", "--focus"))
    assert len(ink) > 20, studies.evaluate(focus)


def test_a_choice_draws_its_own_dots(studies, release, demonstration_site):
    choose(studies, "stage", "replication")
    numbers = expected(release, stage="replication")
    expect(studies.locator("[data-said]")).to_contain_text(f"{numbers[0]:,} dots")
    assert said(studies) == numbers
    canvas = studies.locator(".strip canvas").first
    drawn(studies)
    assert canvas.evaluate(_DOTS)
    canvas.focus()
    canvas.press("ArrowRight")
    assert picked(studies) in points(release, stage="replication")
    assert studies.faults == []


def test_the_dots_change_with_the_ground(studies):
    canvas = studies.locator(".strip canvas").first
    before = canvas.evaluate(_DOTS)
    studies.emulate_media(color_scheme="dark")
    drawn(studies)
    assert canvas.evaluate(_DOTS) == before
