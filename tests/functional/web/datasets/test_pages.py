"""The pages of a dataset, of the map, and of what is offered as a reference."""

import json

import pytest

from tests.functional.web.collections.shelf import count_of, facet_links, get
from tests.functional.web.datasets.made import SOURCE, composition, dataset, people, store

pytestmark = [pytest.mark.usefixtures("django")]

HOSTILE = "<script>alert(1)</script> & \u202eback"


def described(page):
    scripts = [e for e in page.all("script") if e["attrs"].get("type") == "application/ld+json"]
    return [one for script in scripts for one in json.loads(script["text"])]


def test_a_full_entry_says_everything(register):
    store(
        "full",
        url="https://full.example.org/",
        participants=people(("with-genomes", 1200, "2024-05"), ("planned", 5000)),
        composition=composition(("Group one", 900, "European"), ("Group two", 300, None)),
        access={"route": "committee", "how": "Write to it.", "wait": "90 days", "source": SOURCE},
        consent="Broad consent.",
        governance="A committee of nine.",
        communities_decide=True,
        publications=[{"title": "A paper", "doi": "10.5555/paper"}, {"title": "No DOI"}],
        gwas_catalog_cohort="no-such-cohort",
    )
    page = get(register, "/datasets/full/")
    text = page.text
    for said in (
        "1,200 people with whole genomes 2024-05",
        "5,000 people planned date not stated",
        "in its own words: Self-told .",
        "Group one 900 75.0% European",
        "Group two 300 25.0% maps to none",
        "Way in By decision of a committee",
        "Typical wait 90 days (as published)",
        "Cost not stated",
        "A committee of nine.",
        "Do the communities concerned have a seat? Yes",
        "Its label there: no-such-cohort . No study of the current release names it.",
    ):
        assert " ".join(said.split()).replace(" .", ".") in text.replace(" .", "."), said
    assert "All parts map to" not in text
    links = [e["attrs"]["href"] for e in page.all("a")]
    assert "https://doi.org/10.5555/paper" in links
    assert "/datasets/?country=KEN" in links
    bars = [e["attrs"]["width"] for e in page.all("rect") if e["attrs"]["class"] == "part"]
    assert bars == ["150.0", "50.0"]
    (machine, _) = described(page)
    assert machine["@type"] == "Dataset"
    assert machine["spatialCoverage"] == [
        {"@type": "Country", "name": "Kenya", "identifier": "KEN"}
    ]
    assert machine["measurementTechnique"] == ["whole-genome sequencing"]
    assert machine["conditionsOfAccess"] == "By decision of a committee. Write to it"
    assert machine["citation"] == ["https://doi.org/10.5555/paper"]
    assert machine["includedInDataCatalog"]["url"] == "http://localhost/datasets/"
    assert "license" not in machine


def test_what_is_not_known_is_said_and_is_not_the_same_as_not_published(register):
    store("bare", countries=None, region="several")
    store("looked", composition_published=False, communities_decide=False)
    bare = get(register, "/datasets/bare/").text
    for said in (
        "Several regions; the countries are not listed.",
        "We do not know how many people it holds.",
        "We do not know whether it was published who is in this dataset.",
        "We do not know how researchers get access.",
        "have a seat? We do not know.",
    ):
        assert said in bare
    assert "Not published." not in bare
    looked = get(register, "/datasets/looked/").text
    assert "Not published. Somebody looked" in looked
    assert "have a seat? No" in looked


def test_a_cohort_of_the_release_is_linked(register):
    from everygenome.web.site.releases import SHELF

    release = SHELF.open(SHELF.listed().current)
    cohort = min(release.tables.entities.of("cohort").values(), key=lambda one: one.id)
    store("cohort", gwas_catalog_cohort=cohort.name[:60])
    links = [e["attrs"]["href"] for e in get(register, "/datasets/cohort/").all("a")]
    assert f"/cohorts/{cohort.id}/" in links
    assert register.get(f"/cohorts/{cohort.id}/").status_code == 200


def test_the_map_of_nothing_is_a_page(register):
    page = get(register, "/datasets/map/")
    assert page.text.count("none registered") == 6
    assert page.text.count("Level 0 of 3: not on the map") == 6
    assert "No country is coloured" in page.text
    empty = register.get("/datasets/references.json").json()
    assert (empty["count"], empty["items"], empty["licence"]) == (0, [], "CC0-1.0")
    assert "None yet." in get(register, "/datasets/references/").text


def test_the_map_counts_and_says_what_is_missing(register):
    store("one", participants=people(("with-genomes", 300)))
    store("two", participants=people(("with-genotypes", 100)), countries=["GBR"], region="Europe")
    store("three", countries=["SGP"], region="Asia")
    page = get(register, "/datasets/map/")
    text = page.text
    assert "People counted: 400, in datasets of one region." in text
    assert "United Nations" in text
    assert "Africa 1 not stated not stated 300 300 75.0%" in text
    assert "Asia 1 not stated not stated not stated not stated not stated" in text
    assert "Oceania none registered – – – – –" in text
    assert "Level 1 of 3: on the map Lifted by One ." in text
    assert "One lacks: who is in it; how researchers get access." in text
    assert "Three lacks: how many people it holds." in text
    titles = [e["text"] for e in page.all("title")]
    assert "Kenya: 1 dataset" in titles
    assert "Brazil: no dataset registered here" in titles
    by_people = get(register, "/datasets/map/?by=people")
    titles = [e["text"] for e in by_people.all("title")]
    assert "Singapore: 1 dataset, people not stated for this country" in titles
    assert [e["attrs"]["fill"] for e in by_people.all("circle")] == ["url(#hatch)"]


def test_what_is_withdrawn_or_retired_is_not_on_the_map(register):
    from everygenome.web.collections.models import Item, Standing

    for standing in (Standing.WITHDRAWN, Standing.RETIRED):
        item = store(f"gone-{standing}", participants=people(("with-genomes", 300)))
        Item.objects.filter(pk=item.pk).update(standing=standing)
    text = get(register, "/datasets/map/").text
    assert "0 datasets of this register" in text
    assert "gone" not in text.casefold()


def test_facets_agree_with_their_lists(register):
    store("one", countries=["KEN", "PER"], region="several", access={"route": "open"})
    store("two", composition_published=False, communities_decide=False)
    store("three", composition=composition(("A", 1, None)), communities_decide=True)
    store("four", countries=None, region="several")
    found = facet_links(get(register, "/datasets/"))
    counts = {address: count for address, count, _ in found}
    assert counts["/datasets/?region=Africa"] == 3
    assert counts["/datasets/?region=several"] == 1
    assert counts["/datasets/?country=KEN"] == 3
    assert counts["/datasets/?country=PER"] == 1
    assert counts["/datasets/?composition=not-published"] == 1
    assert counts["/datasets/?communities_decide=yes"] == 1
    assert counts["/datasets/?access=open"] == 1
    for address, count in counts.items():
        assert count_of(get(register, address)) == count, address


def test_a_reference_is_offered_with_its_source(register):
    store(
        "whole",
        composition=composition(
            ("A", 30, "East Asian"), ("B", 60, "European"), ("C", 30, "East Asian"), as_of="2020"
        ),
    )
    store("part", composition=composition(("A", 30, "East Asian"), ("B", 60, None)))
    answer = register.get("/datasets/references.json")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.json()["items"] == [
        {
            "id": "whole",
            "label": "Whole",
            "descriptor": "Self-told",
            "parts": [
                {"group": "East Asian", "share": 0.5, "count": 60, "labels": ["A", "C"]},
                {"group": "European", "share": 0.5, "count": 60, "labels": ["B"]},
            ],
            "as_of": "2020",
            "source": SOURCE,
            "address": "http://localhost/datasets/whole/",
        }
    ]
    assert "East Asian 50.0% 60 A; C" in get(register, "/datasets/references/").text
    assert "All parts map to an ancestry category" in get(register, "/datasets/whole/").text


def test_words_of_strangers_stay_words(register):
    """Even if they came past the form, which takes no text that looks like HTML."""
    from everygenome.web.collections.models import Speaker
    from everygenome.web.collections.registry import collection_of
    from everygenome.web.collections.storing import Saying
    from everygenome.web.collections.storing import store as stored

    said = dataset(
        HOSTILE,
        about=HOSTILE,
        participants=people(("with-genomes", 10**10)),
        composition=composition((HOSTILE, 10, "European"), descriptor=HOSTILE),
        access={"route": "open", "how": HOSTILE, "wait": HOSTILE, "cost": HOSTILE},
        consent=HOSTILE,
        governance=HOSTILE,
        publications=[
            {"title": HOSTILE, "doi": 'javascript:alert(1)"'},
            {"title": "B", "doi": '10.1/"><b>'},
        ],
        gwas_catalog_cohort=HOSTILE,
    )
    saying = Saying(speaker=Speaker.CONTRIBUTOR, why="For a test.")
    stored(collection_of("datasets"), said, slug="odd", saying=saying)
    for address in ("/datasets/odd/", "/datasets/map/", "/datasets/references/", "/datasets/"):
        answer = register.get(address)
        assert answer.status_code == 200, address
        body = answer.content.decode()
        assert "<script>alert" not in body
        assert "<b>" not in body
        assert 'href="javascript' not in body
    assert register.get("/datasets/references.json").json()["count"] == 1


@pytest.mark.parametrize(
    "query",
    [
        "by=people&by=x",
        "by=%00",
        "by=%ff%fe",
        "by=" + "9" * 4000,
        "country=%00",
        "region=%27",
        "release=nothing",
    ],
)
@pytest.mark.parametrize("address", ["map/", "references/", "references.json", ""])
def test_odd_addresses_are_answered(register, address, query):
    assert register.get(f"/datasets/{address}?{query}").status_code in (200, 404)


def test_only_reading_is_allowed(register):
    for address in ("map/", "references/", "references.json"):
        assert register.post(f"/datasets/{address}").status_code == 405
        assert register.head(f"/datasets/{address}").status_code == 200


def test_the_seeds_as_they_are(web, seeded):
    """What the seeds show: the figures are those of the file, counted by hand."""
    page = get(web, "/datasets/map/")
    assert page.text.startswith("Datasets Where datasets recruited people, and where people live")
    assert "48 datasets of this register" in page.text
    assert "Africa 4 1 of several regions 6,400 not stated 1,978 6,400" in page.text
    assert "5 datasets of several regions do not list countries" in page.text
    levels = [e["text"] for e in page.all("strong") if e["text"].startswith("Level")]
    assert [level.split(":")[0][6] for level in levels] == ["2", "2", "2", "2", "2", "1"]
    references = web.get("/datasets/references.json").json()
    assert [one["id"] for one in references["items"]] == ["1000-genomes"]
    parts = {part["group"]: part["count"] for part in references["items"][0]["parts"]}
    assert (parts["European"], parts["Sub-Saharan African"], sum(parts.values())) == (
        503,
        504,
        2504,
    )
    for slug in ("qatar-biobank", "gnomad", "uk-biobank", "aotearoa-variome", "all-of-us"):
        assert web.get(f"/datasets/{slug}/").status_code == 200
