"""The first page says what the queries say, no more and no less."""

import pytest

from everygenome.charts import figures
from everygenome.charts.rows import percent
from everygenome.queries.release import open_release
from tests.functional.web.page import read


def _headline(release):
    rows = [row for row in release.composition().rows if row["share"] and not row["is_class"]]
    return max(rows, key=lambda row: row["share"])


@pytest.mark.parametrize("which", ["demonstration", "real"])
def test_the_headline_is_the_largest_group_of_the_composition(which, site, request):
    store = request.getfixturevalue(which)
    largest = _headline(open_release(store=store))
    page = read(site(store)("/"))
    said = " ".join(page.one("h1")["text"].split())
    assert said == (
        "Of every 100 times a person’s data were counted in a published genetic study, "
        f"{round(largest['share'] * 100)} were recorded as {largest['group']}."
    )
    assert f"{largest['share_min']:.1%} to {largest['share_max']:.1%}" in page.text


def test_many_records_of_several_groups_are_told_beside_the_headline(site, demonstration, real):
    rows = {row["group"]: row for row in open_release(store=demonstration).composition().rows}
    told = f"Another {figures.of_hundred(rows['Multiple']['share'])} of those 100 are in records"
    assert (told in read(site(demonstration)("/")).text) is (rows["Multiple"]["share"] >= 0.05)
    assert (
        "put several groups together in one number."
        not in read(site(real)("/")).one("main")["text"].split("Ten publications")[0]
    )


def test_the_real_release_says_the_known_figures(site, real):
    page = read(site(real)("/"))
    assert "91 were recorded as European." in page.one("h1")["text"]
    assert "Ten publications alone make up 19 of every 100 counts" in page.text
    assert "7.4% of the counts do not." in page.text
    assert "At least (can be proved) 2.1 million" in page.text
    assert "At most 335 million" in page.text
    assert "these are not numbers of people" in page.text


def test_headline_numbers_equal_the_summary(site, real):
    text = read(site(real)("/")).text
    values = {row["id"]: row["value"] for row in open_release(store=real).summary().rows}
    for name, label in (
        ("participations", "Participations"),
        ("studies", "Studies"),
        ("publications", "Publications"),
        ("associations", "Associations found"),
    ):
        assert f"{label} {figures.number(values[name])}" in text
    estimate = figures.number(values["people:publication_estimate"])
    assert f"Estimate, from publications {estimate}" in text
    assert "Estimate, from named cohorts not known" in text
    assert f"United Kingdom {values['country:GBR']:.1%}" in text


def test_every_caveat_of_every_measure_stands_on_the_page(get, demonstration):
    release = open_release(store=demonstration)
    text = read(get("/")).text
    answers = [
        release.composition(),
        release.trend(bands=True),
        release.people(),
        release.concentration(),
        release.countries(),
    ]
    told = {note.text for answer in answers for note in answer.caveats}
    assert len(told) >= 8
    for sentence in told:
        assert " ".join(sentence.split()) in text


def test_the_table_beneath_the_chart_holds_the_trend(site, real):
    page = read(site(real)("/"))
    trend = open_release(store=real).trend().rows
    rows = [row for row in trend if row["year"] == 2012 and row["share"] is not None]
    line = next(i for i in page.all("tr") if i["text"].strip().startswith("2012"))
    for row in rows:
        assert ("none" if not row["rows"] else percent(row["share"])) in line["text"]
    assert f"{rows[0]['denominator_value']:,}" in line["text"]


def test_small_groups_are_shown_with_their_counts(site, real):
    page = read(site(real)("/"))
    rows = open_release(store=real).composition().rows
    lines = [item["text"].strip() for item in page.all("tr")]
    assert all(any(line.startswith(row["group"]) for line in lines) for row in rows)
    middle_east = next(line for line in lines if line.startswith("Greater Middle Eastern"))
    row = next(row for row in rows if row["group"] == "Greater Middle Eastern")
    assert f"{row['value']:,}" in middle_east
    assert "0.0%" not in middle_east


def test_rows_read_are_rows_kept_and_rows_in_quarantine(site, real):
    page = read(site(real)("/"))
    for item in open_release(store=real).manifest.inputs:
        line = next(i["text"] for i in page.all("tr") if item.sha256 in i["text"])
        assert item.rows_in == item.rows_core + item.rows_quarantined
        for count in (item.rows_in, item.rows_core, item.rows_quarantined):
            assert f"{count:,}" in line


def test_flags_stand_there_with_their_sentence_and_count(site, real):
    text = read(site(real)("/")).text
    assert "no ancestry 9 No row of the ancestry file names this study." in text


def test_another_release_can_be_looked_at(site, real):
    get = site(real)
    ids = [
        open_release("2019-07-12", store=real).label.id,
        open_release("2019-12-06", store=real).label.id,
    ]
    page = read(get("/?release=2019-07-12"))
    assert "the release of 12 July 2019" in page.one("aside")["text"]
    values = [o["attrs"]["value"] for o in page.all("option")]
    assert values[-2:] == ids[::-1]
    chosen = [o["attrs"]["value"] for o in page.all("option") if "selected" in o["attrs"]]
    assert chosen.count(ids[0]) == 2  # among the choices, and where the release is told
    links = [a["attrs"]["href"] for a in page.all("a")]
    assert f"/about/counting/?release={ids[0]}" in links
    largest = _headline(open_release("2019-07-12", store=real))
    assert f"{round(largest['share'] * 100)} were recorded" in page.one("h1")["text"]


def test_an_incomplete_release_says_so_instead_of_showing_zero(site, incomplete):
    get = site(incomplete)
    page = read(get("/"))
    assert "This release is incomplete" in page.one("h1")["text"]
    assert "ancestry file" in page.text
    assert "0%" not in page.text
    assert get("/charts/trend.svg").status_code == 404
    assert get("/data/composition.json").status_code == 404


def test_a_new_release_is_served_without_a_restart(site, real, tmp_path):
    import shutil

    from everygenome.store.folder import Store
    from everygenome.web.site.releases import SHELF

    shutil.copytree(real, tmp_path / "store")
    store = Store(tmp_path / "store")
    old, new = store.ids()
    store.point_to(old)
    get = site(tmp_path / "store")
    assert get("/health").json() == {"status": "ok", "release": old}
    first = get("/").content
    store.point_to(new)
    SHELF.forget()
    assert get("/health").json()["release"] == new
    assert get("/").content != first


def test_how_we_count_names_every_word_of_the_vocabulary(get):
    from everygenome.vocabulary.ancestry import LABELS
    from everygenome.vocabulary.caveats import CAVEATS
    from everygenome.vocabulary.flags import FLAGS
    from everygenome.vocabulary.schemes import SCHEMES
    from everygenome.vocabulary.terms import CountryRule, Denominator, Rule, Stage, Unit

    text = read(get("/about/counting/")).text
    words_ = [unit.meaning for unit in Unit]
    words_ += [caveat.text for caveat in CAVEATS.values()]
    words_ += [caveat.expert for caveat in CAVEATS.values()]
    words_ += [*FLAGS.values(), *LABELS]
    words_ += [group for scheme in SCHEMES.values() for group in scheme.groups]
    for kind in (Stage, Denominator, Rule, CountryRule):
        words_ += [item.value for item in kind]
    for word in words_:
        assert word.casefold() in text.casefold(), word
