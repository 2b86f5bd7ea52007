"""The seed file of the toolbox: its form, and the questions that it must answer."""

import re
from collections import Counter

import pytest

from tests.unit.seeds.checking import ADDRESS, DATE, GROUPS, WORD_ID, check_keys, seeds_of, texts_of

TEXT, SEEDS = seeds_of("toolbox")
ITEMS = SEEDS["items"]
BY_ID = {item["id"]: item for item in ITEMS}
TESTED = [item for item in ITEMS if "populations_tested" in item]

# Vocabularies written out: this file is checked without our own.
KINDS = [
    "software",
    "dataset",
    "dashboard",
    "method",
    "framework",
    "guidance",
    "standard",
    "ontology",
    "training",
    "community",
    "service",
]
STAGES = [
    "participants",
    "data-collection",
    "analysis",
    "interpretation",
    "clinical-delivery",
    "cross-cutting",
]
AUDIENCES = [
    "researcher",
    "bioinformatician",
    "clinician",
    "laboratory",
    "funder",
    "ethics-committee",
    "community",
    "participant",
    "policy",
    "educator",
    "data-curator",
]
TASKS = [
    "choosing-words",
    "planning-a-study",
    "recruiting-people",
    "consent-and-governance",
    "working-with-a-community",
    "collecting-data",
    "measuring-diversity",
    "inferring-ancestry",
    "imputing-genotypes",
    "association-study",
    "fine-mapping",
    "building-a-risk-score",
    "judging-a-risk-score",
    "interpreting-a-variant",
    "finding-data",
    "sharing-data",
    "reporting-results",
    "returning-results",
    "delivering-care",
    "teaching",
    "funding-and-policy",
]
CHECKED = ["repo", "page", "catalogue"]
RELATIONS = ["successor-of", "uses", "alternative-to", "part-of"]
SPDX = ["AGPL-3.0-only", "Apache-2.0", "BSD-3-Clause", "CC-BY-4.0", "GPL-3.0-only", "MIT"]
UNCLEAR = ["none stated", "conflict", "other"]
REQUIRED = {
    "id",
    "name",
    "purpose",
    "kind",
    "stages",
    "audiences",
    "tasks",
    "checked",
    "sources",
}
# Longest text, in characters.
TEXTS = {
    "name": 160,
    "purpose": 200,
    "url": 300,
    "reuse": 200,
    "maintainer": 100,
    "doi": 60,
    "repository": 120,
    "last_commit_seen": 10,
    "region": 40,
    "note": 300,
}
OPTIONAL = set(TEXTS) | {"licence", "populations_tested", "relations", "seen_in"}
# Words that stand here only in names: of a toolkit, and of an institute.
NAMED = {"bame-toolkit", "schare"}

DOI = re.compile(r"10\.\d{4,9}/[^\sA-Z]+|10\.48508/GCC/2018\.05")


def check_list(values: list[str], allowed: list[str], *, most: int) -> None:
    assert 1 <= len(values) <= most
    # Each once, in the order of the vocabulary.
    assert values == [one for one in allowed if one in values]


def fitting(audience: str, task: str) -> list[str]:
    return [i["id"] for i in ITEMS if audience in i["audiences"] and task in i["tasks"]]


def test_the_file_is_plain_and_under_the_open_licence() -> None:
    assert set(SEEDS) == {"licence", "items"}
    assert SEEDS["licence"] == "CC0-1.0"
    # An address cannot be broken over two lines.
    long = [line.strip() for line in TEXT.splitlines() if len(line) >= 110]
    assert all(line.startswith(("url: http", "source: http")) for line in long)
    assert "\t" not in TEXT


def test_all_entries_are_there() -> None:
    assert len(ITEMS) == 133
    assert Counter(item["checked"] for item in ITEMS) == {"repo": 64, "page": 35, "catalogue": 34}
    assert sum("seen_in" in item for item in ITEMS) == 62


def test_ids_are_words_unique_and_sorted() -> None:
    ids = [item["id"] for item in ITEMS]
    assert len(BY_ID) == len(ids)
    assert ids == sorted(ids)
    assert all(WORD_ID.fullmatch(one) for one in ids)
    assert len({item["name"] for item in ITEMS}) == len(ids)


@pytest.mark.parametrize("item", ITEMS, ids=BY_ID)
def test_fields_and_vocabularies(item: dict) -> None:
    check_keys(item, required=REQUIRED, optional=OPTIONAL)
    assert item["kind"] in KINDS
    assert item["checked"] in CHECKED
    check_list(item["stages"], STAGES, most=len(STAGES))
    check_list(item["audiences"], AUDIENCES, most=5)
    check_list(item["tasks"], TASKS, most=4)
    assert item.get("seen_in", ["link23 toolbox"]) == ["link23 toolbox"]


@pytest.mark.parametrize("item", ITEMS, ids=BY_ID)
def test_texts_are_clean_and_short(item: dict) -> None:
    for name in set(TEXTS) & set(item):
        assert isinstance(item[name], str), name
        assert len(item[name]) <= TEXTS[name], (name, len(item[name]))
    for text in texts_of(item):
        assert text == text.strip() != ""
        assert "  " not in text
        assert "\n" not in text
        assert not re.search(r"caucasian", text, re.IGNORECASE)
        assert item["id"] in NAMED or not re.search(r"minorit(y|ies)", text, re.IGNORECASE)
    for name in ("purpose", "reuse"):
        sentence = item.get(name, "Absent.")
        assert sentence.endswith(".")
        assert ". " not in sentence
        assert sentence[0].isupper() or sentence[0].isdigit()


@pytest.mark.parametrize("item", ITEMS, ids=BY_ID)
def test_addresses_and_dates(item: dict) -> None:
    assert item["sources"]
    for source in item["sources"]:
        check_keys(source, required={"title", "url"})
        assert 0 < len(source["title"]) <= 120
    addresses = [source["url"] for source in item["sources"]]
    assert len(set(addresses)) == len(addresses)
    if "repository" in item:
        assert re.fullmatch(r"https://github\.com/[\w.-]+/[\w.-]+", item["repository"])
        assert item["repository"] in addresses
    addresses += [item[name] for name in ("url", "repository") if name in item]
    assert all(ADDRESS.fullmatch(address) for address in addresses)
    assert "doi" not in item or DOI.fullmatch(item["doi"])
    assert DATE.fullmatch(item.get("last_commit_seen", "2026"))
    assert "last_commit_seen" not in item or item["checked"] == "repo"


@pytest.mark.parametrize("item", ITEMS, ids=BY_ID)
def test_a_licence_says_what_was_seen_and_what_it_allows(item: dict) -> None:
    assert ("licence" in item) == ("reuse" in item)
    if "licence" in item:
        check_keys(item["licence"], required={"id", "note"})
        assert item["licence"]["id"] in SPDX + UNCLEAR
        assert 10 <= len(item["licence"]["note"]) <= 160
        # Only a look into the repository tells that there is none, or two.
        assert item["licence"]["id"] not in ("none stated", "conflict") or item["checked"] == "repo"


def test_licences_in_numbers() -> None:
    found = Counter(item["licence"]["id"] for item in ITEMS if "licence" in item)
    assert found["MIT"] == 23
    assert (found["none stated"], found["conflict"], found["other"]) == (7, 3, 25)
    assert [i["id"] for i in ITEMS if i.get("licence", {}).get("id") == "conflict"] == [
        "ct-sleb",
        "globetrotter",
        "h3agwas",
    ]


@pytest.mark.parametrize("item", TESTED, ids=lambda item: item["id"])
def test_populations_tested_name_a_source_of_the_entry(item: dict) -> None:
    sources = {source["url"] for source in item["sources"]}
    assert item["populations_tested"]
    for tested in item["populations_tested"]:
        check_keys(tested, required={"population", "source"}, optional={"group", "sample_size"})
        assert len(tested["population"]) <= 200
        assert tested.get("group", "European") in GROUPS
        size = tested.get("sample_size", 1)
        assert type(size) is int
        assert size >= 1
        assert tested["source"] in sources
    names = [tested["population"] for tested in item["populations_tested"]]
    assert len(set(names)) == len(names)


def test_populations_in_numbers() -> None:
    assert len(TESTED) == 28
    sizes = {
        (item["id"], tested.get("group")): tested["sample_size"]
        for item in TESTED
        for tested in item["populations_tested"]
        if "sample_size" in tested
    }
    assert sizes["stitch", "East Asian"] == 11_670
    assert sizes["bmix", "African American or Afro-Caribbean"] == 922
    assert sizes["prs-csx", "European"] == 33_640 + 43_456
    assert sizes["prs-csx", "East Asian"] == 7_856 + 11_562
    assert sizes["hgdp-1kgp", None] == 4_094
    for slug, total in (("gnomad-browser", 807_162), ("1000-genomes", 2_504)):
        assert sum(one["sample_size"] for one in BY_ID[slug]["populations_tested"]) == total


def test_relations_lead_to_other_entries() -> None:
    related = {item["id"]: item["relations"] for item in ITEMS if "relations" in item}
    assert len(related) == 18
    for slug, relations in related.items():
        assert relations
        for relation in relations:
            check_keys(relation, required={"kind", "to"})
            assert relation["kind"] in RELATIONS
            assert relation["to"] in BY_ID
            assert relation["to"] != slug
        ends = [(relation["kind"], relation["to"]) for relation in relations]
        assert ends == sorted(set(ends))


@pytest.mark.parametrize("task", TASKS)
def test_every_task_has_an_entry(task: str) -> None:
    assert [item["id"] for item in ITEMS if task in item["tasks"]]


@pytest.mark.parametrize(
    ("audience", "task", "first"),
    [
        ("clinician", "interpreting-a-variant", ["clingen-adwg", "frequency-filter"]),
        ("researcher", "building-a-risk-score", ["bridgeprs", "prs-csx"]),
        ("community", "consent-and-governance", ["care-principles", "local-contexts-hub"]),
        ("funder", "measuring-diversity", ["gwas-catalog", "gwas-diversity-monitor"]),
    ],
)
def test_needs_that_the_toolbox_must_answer(audience: str, task: str, first: list[str]) -> None:
    found = fitting(audience, task)
    assert set(first) <= set(found)
    assert 3 <= len(found) <= 8
