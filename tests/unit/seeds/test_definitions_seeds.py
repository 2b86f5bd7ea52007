"""The seed file of the definitions collection: its form, and the advice it must hold."""

import re
from collections import Counter

import pytest

from tests.unit.seeds.checking import (
    ADDRESS,
    DATE,
    WORD_ID,
    check_keys,
    check_texts,
    seeds_of,
    texts_of,
)

TEXT, SEEDS = seeds_of("definitions")
ITEMS = SEEDS["items"]
BY_ID = {item["id"]: item for item in ITEMS}
SENSES = [(item, sense) for item in ITEMS for sense in item["senses"]]

CONTEXTS = ["research", "clinic", "everyday", "law", "statistics"]
STATUSES = ["preferred", "use-with-care", "avoid", "no-agreement", "not-assessed"]
PLACES = ["UK", "US", "international"]
TOOLKIT = "Lost in Translation language toolkit"
TOOLKIT_ADDRESS = "https://doi.org/10.5281/zenodo.10013320"
# Who speaks without an address where it says so.
WITHOUT_SOURCE = ["Everyday use", "This site"]
# Longest text, in characters.
LIMITS = {"term": 60, "simple": 240, "why_it_matters": 330, "debate": 420}
SENSE_LIMITS = {"definition": 300, "whose": 110, "status_why": 200}
ALTERNATIVE_LIMITS = {"term": 70, "when": 110}


def sentences(text: str) -> int:
    return len(re.findall(r"[.?!](?= |$)", text))


def toolkit_status(slug: str) -> str:
    (status,) = [one["status"] for one in BY_ID[slug]["senses"] if one["whose"] == TOOLKIT]
    return status


def test_the_file_is_plain_and_under_the_open_licence() -> None:
    assert set(SEEDS) == {"licence", "items"}
    assert SEEDS["licence"] == "CC0-1.0"
    # An address cannot be broken over two lines.
    long = [line for line in TEXT.splitlines() if len(line) >= 110]
    assert all(re.match(r"(url|source): http", line.strip()) for line in long)
    assert "\t" not in TEXT


def test_there_are_enough_terms() -> None:
    assert len(ITEMS) == 85
    assert len(SENSES) == 194


def test_ids_are_words_unique_and_sorted() -> None:
    ids = [item["id"] for item in ITEMS]
    assert len(BY_ID) == len(ids)
    assert ids == sorted(ids)
    assert all(WORD_ID.fullmatch(one) for one in ids)


def test_no_two_terms_answer_to_the_same_word() -> None:
    words = [word.casefold() for item in ITEMS for word in {item["term"], *item.get("aliases", ())}]
    assert [word for word, count in Counter(words).items() if count > 1] == []


@pytest.mark.parametrize("item", ITEMS, ids=BY_ID)
def test_what_every_term_says(item: dict) -> None:
    check_keys(
        item,
        required={"id", "term", "simple", "senses", "why_it_matters", "sources"},
        optional={"aliases", "alternatives", "debate", "named_by_it", "related"},
    )
    check_texts(item, LIMITS)
    assert sentences(item["simple"]) == 1
    assert 1 <= sentences(item["why_it_matters"]) <= 2
    assert 1 <= sentences(item.get("debate", "None.")) <= 3
    assert item.get("named_by_it", True) is True
    assert 1 <= len(item["senses"]) <= 4
    for alternative in item.get("alternatives", []):
        check_keys(alternative, required={"term", "when"})
        check_texts(alternative, ALTERNATIVE_LIMITS)


@pytest.mark.parametrize("item", ITEMS, ids=BY_ID)
def test_aliases_and_related_terms(item: dict) -> None:
    for name in ("aliases", "related"):
        values = item.get(name, ["one"])
        assert values
        assert len(set(values)) == len(values)
    related = item.get("related", [])
    assert related == sorted(related)
    assert set(related) <= set(BY_ID) - {item["id"]}


@pytest.mark.parametrize("item", ITEMS, ids=BY_ID)
def test_sources(item: dict) -> None:
    addresses = [source["url"] for source in item["sources"]]
    assert addresses
    assert len(set(addresses)) == len(addresses)
    for source in item["sources"]:
        check_keys(source, required={"title", "url"})
        assert ADDRESS.fullmatch(source["url"])
        assert 0 < len(source["title"]) <= 170
    assert {sense["source"] for sense in item["senses"] if "source" in sense} <= set(addresses)


@pytest.mark.parametrize(
    "sense",
    [one for _, one in SENSES],
    ids=[f"{item['id']}:{one['whose']}" for item, one in SENSES],
)
def test_senses(sense: dict) -> None:
    check_keys(
        sense,
        required={"definition", "whose", "context", "status"},
        optional={"where", "since", "status_why", "source"},
    )
    check_texts(sense, SENSE_LIMITS)
    assert 1 <= sentences(sense["definition"]) <= 3
    assert sentences(sense.get("status_why", "None.")) == 1
    assert sense["context"] in CONTEXTS
    assert sense["status"] in STATUSES
    assert sense.get("where", "UK") in PLACES
    assert DATE.fullmatch(sense.get("since", "2026"))
    assert ("source" in sense) == (sense["whose"] not in WITHOUT_SOURCE)
    # Advice without a reason helps nobody.
    assert "status_why" in sense or sense["status"] == "not-assessed"


@pytest.mark.parametrize("item", ITEMS, ids=BY_ID)
def test_texts_are_clean(item: dict) -> None:
    for text in texts_of(item):
        assert text == text.strip() != ""
        assert "  " not in text
        assert "\n" not in text
        assert not re.search(r"\bprobably\b", text)
    if item["id"] != "caucasian":
        said = texts_of({key: value for key, value in item.items() if key != "related"})
        assert not any(re.search(r"caucas(ian|oid)", text, re.IGNORECASE) for text in said)


def test_the_toolkit_is_named_and_every_rating_is_attributed() -> None:
    ratings = [sense for _, sense in SENSES if sense["whose"] == TOOLKIT]
    assert {(one["where"], one["context"], one["source"]) for one in ratings} == {
        ("UK", "research", TOOLKIT_ADDRESS)
    }
    assert Counter(one["status"] for one in ratings) == {
        "preferred": 20,
        "use-with-care": 23,
        "avoid": 9,
        "not-assessed": 16,
    }
    assert TOOLKIT_ADDRESS in TEXT.partition("licence:")[0]


@pytest.mark.parametrize(
    ("slugs", "status"),
    [
        (("ancestry", "consanguinity", "equity", "global-majority", "inclusion"), "preferred"),
        (("admixture", "ethnicity", "race", "superpopulation", "white"), "use-with-care"),
        (("bame", "caucasian", "inbreeding", "pure", "self-reported-ancestry"), "avoid"),
        (("african", "european", "half-caste", "people-of-colour"), "not-assessed"),
    ],
)
def test_ratings_are_those_of_the_toolkit(slugs: tuple[str, ...], status: str) -> None:
    assert {toolkit_status(slug) for slug in slugs} == {status}


def test_words_of_our_own_field_are_there() -> None:
    assert {
        "admixture",
        "ancestry-category",
        "benefit-sharing",
        "data-sovereignty",
        "diverse-data",
        "founder-population",
        "genetic-ancestry",
        "genetic-similarity",
        "health-inequity",
        "indigenous-peoples",
        "polygenic-score",
        "population-descriptor",
        "portability",
        "reference-panel",
        "variant-of-uncertain-significance",
    } <= set(BY_ID)


def test_disagreement_between_advisers_is_kept() -> None:
    statuses = {slug: {one["status"] for one in BY_ID[slug]["senses"]} for slug in BY_ID}
    assert statuses["people-of-colour"] == {"avoid", "preferred", "not-assessed"}
    assert statuses["ethnic-minority"] == {"preferred", "use-with-care"}
    assert statuses["bame"] == {"avoid"}


def test_who_is_to_be_avoided_is_told_what_to_write_instead() -> None:
    avoided = {item["id"] for item, sense in SENSES if sense["status"] == "avoid"}
    # Eugenics is to be named as what it was; no milder word is offered.
    assert {slug for slug in avoided if "alternatives" not in BY_ID[slug]} == {"eugenics"}
