"""The seed file of the datasets collection: its form, and the figures it must hold."""

import csv
import re
from importlib import resources

import pycountry
import pytest

from everygenome.vocabulary.countries import COUNTRIES
from tests.unit.seeds.checking import (
    ADDRESS,
    DATE,
    GROUPS,
    WORD_ID,
    check_keys,
    check_texts,
    seeds_of,
    texts_of,
)

TEXT, SEEDS = seeds_of("datasets")
ITEMS = SEEDS["items"]
BY_ID = {item["id"]: item for item in ITEMS}
COMPOSED = [item for item in ITEMS if "composition" in item]
_COHORTS = (resources.files("everygenome.vocabulary.entities") / "cohorts.csv").read_text("utf-8")
COHORTS = {
    row["id"]
    for row in csv.DictReader(row for row in _COHORTS.splitlines() if not row.startswith("#"))
}

KINDS = [
    "biobank",
    "cohort",
    "reference-panel",
    "frequency-database",
    "disease-cohort",
    "programme",
]
REGIONS = [
    "Africa",
    "Asia",
    "Europe",
    "Latin America and the Caribbean",
    "Northern America",
    "Oceania",
]
COUNTED = ["recruited", "with-genotypes", "with-genomes", "with-exomes", "planned"]
ROUTES = [
    "open",
    "registered",
    "controlled-application",
    "committee",
    "not-shared",
    "collaboration",
]
# Descriptors of genetic ancestry or of a reference panel: only their parts have a category.
# Ethnicity and nationality are other kinds, and are never mixed with it without a crosswalk.
BY_ANCESTRY = {"1000-genomes", "gnomad", "million-veteran-program", "uk-biobank"}
# Compositions that may count more than twice the people of the dataset, each with the reason.
# There are none.
ODD_COMPOSITIONS: dict[str, str] = {}
# Longest text, in characters.
TEXTS = {"id": 60, "name": 160, "about": 220, "url": 160, "kind": 20, "region": 40}
MORE_TEXTS = {"consent": 300, "governance": 320, "note": 300, "gwas_catalog_cohort": 60}
DOI = re.compile(r"10\.\d{4,9}/\S+")


def is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def test_the_file_is_plain_and_under_the_open_licence() -> None:
    assert set(SEEDS) == {"licence", "items"}
    assert SEEDS["licence"] == "CC0-1.0"
    # An address cannot be broken over two lines.
    long = [line for line in TEXT.splitlines() if len(line) >= 110]
    assert all(re.fullmatch(r" +(- )?(url|source): http\S+", line) for line in long)
    assert "\t" not in TEXT


def test_there_are_enough_datasets_from_every_region() -> None:
    regions = [item["region"] for item in ITEMS]
    assert len(ITEMS) == 48
    assert {region: regions.count(region) for region in [*REGIONS, "several"]} == {
        "Africa": 3,
        "Asia": 16,
        "Europe": 8,
        "Latin America and the Caribbean": 5,
        "Northern America": 7,
        "Oceania": 3,
        "several": 6,
    }


def test_ids_are_words_unique_and_sorted() -> None:
    ids = [item["id"] for item in ITEMS]
    assert len(BY_ID) == len(ids)
    assert ids == sorted(ids)
    assert all(WORD_ID.fullmatch(one) for one in ids)


@pytest.mark.parametrize("item", ITEMS, ids=BY_ID)
def test_what_every_dataset_says(item: dict) -> None:
    check_keys(
        item,
        required=set(TEXTS) | {"sources"},
        optional={
            *MORE_TEXTS,
            "countries",
            "participants",
            "composition",
            "access",
            "communities_decide",
            "publications",
        },
    )
    check_texts(item, TEXTS | MORE_TEXTS)
    assert item["kind"] in KINDS
    assert item["about"].count(". ") == 0
    assert ADDRESS.fullmatch(item["url"])
    # That communities have a seat is said together with which seat it is.
    assert item.get("communities_decide", True) is True
    assert "communities_decide" not in item or "governance" in item


@pytest.mark.parametrize("item", ITEMS, ids=BY_ID)
def test_sources_and_publications(item: dict) -> None:
    assert item["sources"]
    for source in item["sources"]:
        check_keys(source, required={"title", "url"})
        check_texts(source, {"title": 170, "url": 200})
        assert ADDRESS.fullmatch(source["url"])
    addresses = [source["url"] for source in item["sources"]]
    assert len(set(addresses)) == len(addresses)
    for publication in item.get("publications", [{"title": "x"}]):
        check_keys(publication, required={"title"}, optional={"doi"})
        check_texts(publication, {"title": 260, "doi": 60})
        assert DOI.fullmatch(publication.get("doi", "10.1000/x"))


@pytest.mark.parametrize("item", ITEMS, ids=BY_ID)
def test_texts_are_clean(item: dict) -> None:
    for text in texts_of(item):
        assert text == text.strip() != ""
        assert "  " not in text
        assert "\n" not in text
        assert not re.search(r"caucasian|minorit(y|ies)", text, re.IGNORECASE)
    for name in ("about", "consent", "governance", "note"):
        assert item.get(name, ".").endswith(".")


@pytest.mark.parametrize("item", ITEMS, ids=BY_ID)
def test_countries_have_codes_and_lie_in_the_region(item: dict) -> None:
    countries = item.get("countries", [])
    assert countries or "countries" not in item
    assert countries == sorted(set(countries))
    assert all(pycountry.countries.get(alpha_3=code) for code in countries)
    regions = {COUNTRIES[code].region for code in countries}
    if item["region"] == "several":
        assert len(regions) != 1
    else:
        assert item["region"] in REGIONS
        assert regions <= {item["region"]}


@pytest.mark.parametrize("item", ITEMS, ids=BY_ID)
def test_participants(item: dict) -> None:
    seen = set()
    for row in item.get("participants", []):
        check_keys(row, required={"count", "what", "source"}, optional={"as_of"})
        assert is_count(row["count"])
        assert row["what"] in COUNTED
        assert DATE.fullmatch(row.get("as_of", "2026"))
        assert ADDRESS.fullmatch(row["source"])
        seen.add((row["what"], row.get("as_of")))
    # Two counts of one thing need two dates, or nobody knows which one holds.
    assert len(seen) == len(item.get("participants", []))


@pytest.mark.parametrize("item", COMPOSED, ids=lambda item: item["id"])
def test_compositions(item: dict) -> None:
    composition = item["composition"]
    check_keys(composition, required={"descriptor", "parts", "as_of", "source"})
    check_texts(composition, {"descriptor": 200, "source": 160})
    assert DATE.fullmatch(composition["as_of"])
    parts = composition["parts"]
    assert len(parts) >= 2
    numbers = {"count", "share"} & set(parts[0])
    assert len(numbers) == 1
    for part in parts:
        check_keys(part, required={"label"} | numbers, optional={"group"})
        check_texts(part, {"label": 120})
        assert part.get("group", "European") in GROUPS
        assert is_count(part["count"]) if "count" in part else 0 < part["share"] < 1
    assert len({part["label"] for part in parts}) == len(parts)


@pytest.mark.parametrize("item", COMPOSED, ids=lambda item: item["id"])
def test_compositions_do_not_hold_more_than_there_is(item: dict) -> None:
    parts = item["composition"]["parts"]
    assert sum(part.get("share", 0) for part in parts) <= 1.001
    people = [row["count"] for row in item["participants"] if row["what"] != "planned"]
    counted = sum(part.get("count", 0) for part in parts)
    assert (counted > 2 * max(people)) == (item["id"] in ODD_COMPOSITIONS)


def test_only_parts_by_genetic_ancestry_have_a_category() -> None:
    mapped = {
        item["id"]
        for item in COMPOSED
        if any("group" in part for part in item["composition"]["parts"])
    }
    assert mapped == BY_ANCESTRY


@pytest.mark.parametrize(
    "item", [one for one in ITEMS if "access" in one], ids=lambda one: one["id"]
)
def test_access(item: dict) -> None:
    access = item["access"]
    check_keys(access, required={"route", "how", "source"}, optional={"wait", "cost"})
    check_texts(access, {"how": 320, "wait": 120, "cost": 120})
    assert access["route"] in ROUTES
    assert access["how"].endswith(".")
    assert ADDRESS.fullmatch(access["source"])


@pytest.mark.parametrize("item", ITEMS, ids=BY_ID)
def test_every_fact_has_a_source_that_the_entry_lists_or_names(item: dict) -> None:
    listed = {source["url"] for source in item["sources"]}
    named = [row["source"] for row in item.get("participants", [])]
    named += [item[name]["source"] for name in ("composition", "access") if name in item]
    assert [url for url in named if url not in listed] == []


def test_cohorts_are_those_of_our_table() -> None:
    named = [item["gwas_catalog_cohort"] for item in ITEMS if "gwas_catalog_cohort" in item]
    assert set(named) <= COHORTS
    assert len(set(named)) == len(named)


@pytest.mark.parametrize(
    ("dataset", "total", "parts"),
    [
        ("1000-genomes", 2504, 26),
        ("cartagene", 2173, 3),
        ("gnomad", 807162, 10),
        ("million-veteran-program", 635969, 4),
        ("page", 49839, 6),
        ("qatar-biobank", 29438, 3),
        ("singapore-sg10k", 4810, 3),
        ("uk-biobank", 441331, 6),
    ],
)
def test_sums_that_the_compositions_must_give(dataset: str, total: int, parts: int) -> None:
    counts = [part["count"] for part in BY_ID[dataset]["composition"]["parts"]]
    assert (sum(counts), len(counts)) == (total, parts)


def test_figures_that_were_read_in_the_sources() -> None:
    def of(dataset: str, label: str) -> int:
        parts = BY_ID[dataset]["composition"]["parts"]
        return next(part["count"] for part in parts if part["label"].startswith(label))

    assert of("gnomad", "European (non-Finnish)") == 590031
    assert of("gnomad", "Middle Eastern") == 3031
    assert of("1000-genomes", "Yoruba") == 108
    assert of("uk-biobank", "African") == 6636
    people = [row["count"] for row in BY_ID["gnomad"]["participants"]]
    assert sum(people) == 807162
