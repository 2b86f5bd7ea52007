"""Published figures beside those of today, on real data: numbers, differences and links."""

import csv
import io
import json
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.functional.web.evidence.cards import card
from tests.functional.web.page import read

pytestmark = [pytest.mark.usefixtures("django")]
# Participations on the release of 6 December 2019, both stages.
TODAY = {
    "european-share-2018": ("78%", "80.6%", "2.6 percentage points higher"),
    "european-share-2009": ("96%", "88.4%", "7.6 percentage points lower"),
    "european-share-2017": ("88%", "89.6%", "1.6 percentage points higher"),
    "european-share-2021": ("86.3%", "88.4%", "2.1 percentage points higher"),
    "european-share-2021-authors-tables": ("83.19%", "88.4%", "5.2 percentage points higher"),
    "european-share-2024": ("95%", "88.4%", "6.6 percentage points lower"),
}
THEN = {"european-share-2018": (2018, 79.9187), "european-share-2009": (2009, 91.5458)}
FOUNDING = {
    "funding-united-states-united-kingdom": (["83", "15"], "Our data name the funders"),
    "african-genomes-under-two-percent-2021": (["under 2"], "does not say what was counted"),
    "european-share-2018": (["78"], "80.6% European"),
    "polygenic-scores-accuracy-2019": (["4.5"], "Accuracy must be measured"),
}


@pytest.fixture
def over_real(rolled_back, seeded, site, real):
    return site(real)


@pytest.mark.parametrize("slug", TODAY)
def test_a_card_shows_both_figures_with_their_difference_in_words(over_real, slug):
    published, today, moved = TODAY[slug]
    text = read(over_real(f"/evidence/{slug}/")).text

    assert f"As published {published} European" in text
    assert f"Our count today {today} European Release 6 December 2019 of the GWAS Catalog" in text
    assert f"Our count today is {moved} than the published figure." in text
    assert "The rules are near, not the same" in text
    assert "How the published rule differs" in text
    assert ("of the same time as the published figure, or older" in text) == (
        slug in ("european-share-2021", "european-share-2021-authors-tables", "european-share-2024")
    )


@pytest.mark.parametrize("slug", FOUNDING)
def test_the_founding_four_show_today_or_the_reason(over_real, slug):
    numbers, beside = FOUNDING[slug]
    page = read(over_real(f"/evidence/{slug}/"))

    values = [e["text"].strip() for e in page.all("td") if e["attrs"].get("class") == "value"]
    assert values[: len(numbers)] == numbers
    assert beside in page.text
    assert ("We cannot work out today’s figure." in page.text) == (slug != "european-share-2018")


def test_no_figure_stands_without_what_it_counts(over_real):
    text = read(over_real("/evidence/european-share-2018/")).text

    assert "Counts participations; discovery and replication together" in text
    assert "Share of all records, unclear ones too: 429,060,793 participations" in text
    assert "Could be 80.6% to 90.0% of all records" in text
    assert "Our count, papers up to 2018 79.9% European" in text
    assert "288,018,519 participations" in text
    assert "Each time a person's data are used in a study counts once." in text
    clear = read(over_real("/evidence/european-share-2009/")).text
    assert "8.8% are left out as unclear" in clear


def test_the_links_lead_to_the_view_with_the_same_figure(over_real, real):
    page = read(over_real("/evidence/european-share-2017/"))
    links = [e["attrs"].get("href", "") for e in page.all("a")]
    current, pinned = (link for link in links if link.startswith("/composition/"))

    asked = parse_qs(urlsplit(pinned).query)
    release = asked.pop("release")
    assert asked == parse_qs(urlsplit(current).query)
    assert asked == {
        "view": ["1"], "stage": ["all"], "denominator": ["recorded"], "scheme": ["monitor"],
        "from_year": ["2017"], "to_year": ["2017"],
    }  # fmt: skip
    shown = over_real(pinned)
    assert shown.status_code == 200
    assert "89.6%" in read(shown).text
    assert release == [over_real("/health").json()["release"]]


def test_the_files_agree_with_the_release_to_the_last_digit(over_real, real):
    from everygenome.queries.outside import outside
    from everygenome.queries.release import open_release

    told = over_real("/evidence/live/figures.json").json()
    release = open_release(store=real)
    assert told["count"] == 14
    counted = {row["id"]: row for row in told["claims"] if row["why_not"] is None}
    assert set(counted) == set(TODAY)
    for slug, row in counted.items():
        words = ("unit", "stage", "denominator", "scheme", "from_year", "to_year")
        answer = release.ask("composition", outside(**{name: row[name] for name in words}))
        (european,) = [one for one in answer.rows if one["group"] == "European"]
        assert row["today_percent"] == european["share"] * 100
        assert row["caveats"] == [note.text for note in answer.caveats]
        assert row["release"] == release.label.id
        assert row["demonstration_data"] is False
        year, then = THEN.get(slug, (None, None))
        assert row["then_to_year"] == year
        assert row["then_percent"] == (then and pytest.approx(then, abs=1e-4))

    rows = list(
        csv.DictReader(io.StringIO(over_real("/evidence/live/figures.csv").content.decode()))
    )
    assert [row["id"] for row in rows] == [row["id"] for row in told["claims"]]
    assert {row["today_percent"] for row in rows if row["why_not"]} == {""}
    (one,) = [row for row in rows if row["id"] == "european-share-2018"]
    assert float(one["today_percent"]) == counted["european-share-2018"]["today_percent"]
    assert one["denominator_value"] == "429060793"


def test_one_page_lists_every_live_claim(over_real):
    page = read(over_real("/evidence/live/"))

    headings = [e["text"] for e in page.all("h2")]
    assert headings == ["Figures that we can count: 6", "Figures that we cannot count, and why: 8"]
    for published, today, moved in TODAY.values():
        assert f"{published} European" in page.text
        assert f"{today} release of 6 December 2019" in page.text
        assert moved in page.text
    assert "From the United Kingdom, as quoted : 15% of funding" in page.text
    assert page.text.count("not told apart") == 4
    assert page.unclosed == []


def test_the_list_shows_today_in_short_and_asks_each_rule_once(over_real):
    from everygenome.web.site.releases import SHELF

    page = read(over_real("/evidence/?q=european"))
    assert "As published: 78% of participants (2018) Our count today: 80.6% European" in page.text
    assert page.text.count("Our count today: 88.4% European") == 4
    assert "Our count today: cannot be worked out; the card says why." in page.text
    kept = SHELF.open(SHELF.listed().current).tables.kept._always
    asked = [key for key in kept if isinstance(key, tuple) and key[0] == "evidence"]
    # Four rules of today, and two of them up to an earlier year.
    assert len(asked) == 6


def test_the_same_rule_is_said_to_be_the_same(over_real):
    card(rule={"match": "same", "published": 80.6, "published_as_of": "2019-12-05"})
    text = read(over_real("/evidence/a-card/")).text

    assert "the same rule as ours" in text
    assert "Our count today is the same, to a tenth of a percentage point." in text
    assert "rules are near" not in text
    assert "How the published rule differs" not in text


def test_search_engines_are_told_of_an_article_and_of_no_rating(over_real):
    page = read(over_real("/evidence/european-share-2018/"))
    (script,) = [e for e in page.all("script") if e["attrs"].get("type") == "application/ld+json"]
    said = json.loads(script["text"])[0]

    assert said["@type"] == "Article"
    assert said["isBasedOn"][0]["url"] == "https://doi.org/10.1016/j.cell.2019.02.048"
    assert "ClaimReview" not in script["text"]
