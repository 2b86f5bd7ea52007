"""The seed file of the evidence collection: its form, and the figures it must hold."""

import re

import pytest

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

TEXT, SEEDS = seeds_of("evidence")
ITEMS = SEEDS["items"]
CLAIMS = [item for item in ITEMS if item["kind"] == "claim"]
CASES = [item for item in ITEMS if item["kind"] == "case-study"]
BY_ID = {item["id"]: item for item in ITEMS}

THEMES = [
    "participation",
    "portability",
    "variants",
    "imputation",
    "reference-data",
    "funding",
    "workforce",
    "trust",
    "care",
]
PROGRESS_PLUS = [
    "place-of-residence",
    "race-ethnicity-ancestry",
    "occupation",
    "gender-sex",
    "religion",
    "education",
    "socioeconomic-position",
    "social-capital",
    "age",
    "disability",
    "other",
]
CERTAINTIES = ["high", "moderate", "low", "very-low", "not-assessed"]
READ_IN = ["source", "secondary copy", "reproduced"]
ALLOWED = {
    "measure": ["composition"],
    "group": GROUPS,
    "unit": ["participations", "studies", "publications", "associations"],
    "stage": ["discovery", "replication", "all"],
    "denominator": ["recorded", "all"],
    "scheme": ["broad", "detailed", "monitor"],
    "match": ["same", "near"],
}
LIVE_TEXTS = dict.fromkeys((*ALLOWED, "published_as_of"), 70)
# Longest text, in characters.
COMMON = {
    "population": 200,
    "certainty": 20,
    "certainty_why": 200,
    "read_in": 20,
    "date_searched": 10,
    "next_review": 10,
    "limits": 260,
}
CLAIM_TEXTS = COMMON | {"claim": 170, "rule": 330, "studies": 160}
CASE_TEXTS = COMMON | {
    "title": 90,
    "tried": 400,
    "happened": 600,
    "did_not_work": 330,
    "would_do": 330,
}
WHOSE = ("The authors say: ", "The community says: ", "The organisation says: ", "Our reading: ")


def check_list(values: list[str], allowed: list[str]) -> None:
    assert values
    assert set(values) <= set(allowed)
    assert len(set(values)) == len(values)


def is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def test_the_file_is_plain_and_under_the_open_licence() -> None:
    assert set(SEEDS) == {"licence", "items"}
    assert SEEDS["licence"] == "CC0-1.0"
    # An address cannot be broken over two lines.
    long = [line for line in TEXT.splitlines() if len(line) >= 110]
    assert all(line.strip().startswith("url: http") for line in long)
    assert "\t" not in TEXT


def test_there_are_enough_cards_of_both_kinds() -> None:
    assert (len(CLAIMS), len(CASES)) == (37, 12)
    assert len(CLAIMS) + len(CASES) == len(ITEMS)


def test_ids_are_words_unique_and_sorted() -> None:
    ids = [item["id"] for item in ITEMS]
    assert len(BY_ID) == len(ids)
    assert ids == sorted(ids)
    assert all(WORD_ID.fullmatch(one) for one in ids)


@pytest.mark.parametrize("item", ITEMS, ids=BY_ID)
def test_what_every_card_says(item: dict) -> None:
    check_list(item["themes"], THEMES)
    assert item["certainty"] in CERTAINTIES
    assert item["read_in"] in READ_IN
    assert (item["date_searched"], item["next_review"]) == ("2026-11", "2027-11")
    assert item["certainty_why"].count(". ") == 0
    assert item["sources"]
    for source in item["sources"]:
        check_keys(source, required={"title", "url"})
        assert ADDRESS.fullmatch(source["url"])
        assert 0 < len(source["title"]) <= 170
    addresses = [source["url"] for source in item["sources"]]
    assert len(set(addresses)) == len(addresses)


@pytest.mark.parametrize("item", ITEMS, ids=BY_ID)
def test_texts_are_clean(item: dict) -> None:
    for text in texts_of(item):
        assert text == text.strip() != ""
        assert "  " not in text
        assert "\n" not in text
        assert not re.search(r"caucasian|minorit(y|ies)", text, re.IGNORECASE)


@pytest.mark.parametrize("item", CLAIMS, ids=lambda item: item["id"])
def test_claims(item: dict) -> None:
    check_keys(
        item,
        required={"id", "kind", "numbers", "themes", "sources"} | set(CLAIM_TEXTS),
        optional={"progress_plus", "live"},
    )
    check_texts(item, CLAIM_TEXTS)
    if "progress_plus" in item:
        check_list(item["progress_plus"], PROGRESS_PLUS)
    assert item["numbers"]
    for number in item["numbers"]:
        check_keys(number, required={"what", "value", "unit"}, optional={"group", "as_of", "table"})
        assert is_number(number["value"]) or isinstance(number["value"], str)
        assert number.get("group", "European") in GROUPS
        assert DATE.fullmatch(number.get("as_of", "2026"))
        assert len(number["what"]) <= 120


@pytest.mark.parametrize("item", CLAIMS, ids=lambda item: item["id"])
def test_claims_have_a_date_or_are_arithmetic(item: dict) -> None:
    dated = re.search(r"\b(19|20)\d\d\b", item["claim"])
    arithmetic = item["claim"].startswith("By arithmetic")
    undated = item["id"] == "funding-united-states-united-kingdom"
    assert dated or arithmetic or undated


@pytest.mark.parametrize(
    "item", [one for one in CLAIMS if "live" in one], ids=lambda one: one["id"]
)
def test_live_figures_have_a_whole_rule_or_a_reason(item: dict) -> None:
    live = item["live"]
    if "cannot" in live:
        assert set(live) == {"cannot"}
        assert 40 <= len(live["cannot"]) <= 330
        return
    check_keys(
        live,
        required={*LIVE_TEXTS, "published"},
        optional={"from_year", "to_year", "difference"},
    )
    check_texts(live, LIVE_TEXTS)
    for name, allowed in ALLOWED.items():
        assert live[name] in allowed
    assert is_number(live["published"])
    assert DATE.fullmatch(live["published_as_of"])
    assert ("difference" in live) == (live["match"] == "near")
    assert 40 <= len(live.get("difference", "x" * 40)) <= 400
    assert 2005 <= live.get("from_year", 2005) <= live.get("to_year", 2026) <= 2026
    # The published figure is one that the card itself holds, for the same group.
    stated = [str(one["value"]) for one in item["numbers"] if one.get("group") == live["group"]]
    assert any(text.endswith(str(live["published"])) for text in stated)


@pytest.mark.parametrize("item", CASES, ids=lambda item: item["id"])
def test_case_studies(item: dict) -> None:
    check_keys(item, required={"id", "kind", "themes", "sources"} | set(CASE_TEXTS))
    check_texts(item, CASE_TEXTS)
    assert item["id"].startswith("case-")
    assert item["would_do"].startswith(WHOSE)
    assert "Our reading: " in item["would_do"]


def test_figures_that_only_a_copy_gives_are_the_founding_ones() -> None:
    assert {item["id"] for item in CLAIMS if item["read_in"] == "secondary copy"} == {
        "european-share-2018",
        "european-share-2021",
        "funding-united-states-united-kingdom",
        "polygenic-scores-accuracy-2019",
    }


@pytest.mark.parametrize(
    ("card", "values"),
    [
        ("african-genomes-under-two-percent-2021", ["under 2"]),
        ("european-share-2017", [88]),
        ("european-share-2018", [78]),
        ("european-share-2021", [86.3]),
        ("european-share-2024", ["about 95"]),
        ("european-share-common-diseases-2022", [91]),
        ("funding-united-states-united-kingdom", [83, 15]),
        ("gnomad-group-sizes-2023", [807162, 590031, 3031]),
        ("hcm-frequency-limits-2017", [9]),
        ("hcm-variants-by-group", [2.297, 0.011]),
        ("imputation-across-populations-2024", [0.79, 0.62]),
        ("polygenic-scores-accuracy-2019", [4.5]),
        ("quantitative-trait-samples-and-world-2017", [88.08, 13.3]),
        ("rare-allele-sample-sizes", [59, 299, 2995, 29956]),
        ("recruitment-countries-2018", [72]),
        ("reference-panel-1000-genomes", [2504, 347, 661]),
    ],
)
def test_the_figures_this_collection_must_hold(card: str, values: list) -> None:
    held = [number["value"] for number in BY_ID[card]["numbers"]]
    assert [value for value in values if value not in held] == []


def test_sums_that_the_numbers_must_give() -> None:
    gnomad = [number["value"] for number in BY_ID["gnomad-group-sizes-2023"]["numbers"]]
    assert sum(gnomad[1:]) == gnomad[0]
    panel = [number["value"] for number in BY_ID["reference-panel-1000-genomes"]["numbers"]]
    assert sum(panel[1:6]) == panel[0]
    tables = BY_ID["european-share-2021-authors-tables"]["numbers"]
    assert sum(number["value"] for number in tables) == pytest.approx(100, abs=0.03)
    countries = BY_ID["recruitment-countries-2018"]["numbers"]
    assert sum(number["value"] for number in countries[1:4]) == pytest.approx(71.8)
