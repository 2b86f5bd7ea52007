"""The real grant lists: the twenty largest funders stand under no second name.

Publications are those of the catalogue's release of 2019-12-06; the grant lists are of 2022-10-30.
"""

import csv
import gzip
import html
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from everygenome.vocabulary.entities.resolve import Names
from everygenome.vocabulary.entities.review import audit, read_decisions, review_rows, to_csv

Pair = tuple[str, str | None]

# Every pair of look-alikes among the 200 names with most publications, and why it is two.
TWO_BODIES = {
    ("isciii-and-erdf", "isciii-and-esf"): "each names two funders; two funds of the EU",
    ("mhlw", "ministry-of-health-and-welfare"): "Japan; of no stated country",
    ("mohw-kor", "mohw-twn"): "Korea; Taiwan",
    ("ministry-of-health-and-welfare", "mohw-kor"): "of no stated country: not to be guessed",
    ("ministry-of-health-and-welfare", "mohw-twn"): "of no stated country: not to be guessed",
    ("mhlw", "mohw-kor"): "Japan; Korea",
    ("mhlw", "mohw-twn"): "Japan; Taiwan",
    ("nih", "nimh"): "an institute of NIH, and NIH where no institute is named",
    ("nci", "nei"): "cancer; eyes",
    ("mrc", "vetenskapsradet"): "United Kingdom; Sweden",
    ("dfg", "mrf-gbr"): "Germany; United Kingdom",
    ("niehs", "nigms"): "environmental health; general medical sciences",
    ("mrc", "mrf-gbr"): "a public council; the independent charity beside it",
    ("niehs", "nimh"): "environmental health; mental health",
    ("arc-aus", "erc"): "Australia; the European Union",
    ("fnih", "nih"): "an independent charity; the agency that it supports",
    (
        "beijing-nova-program",
        "beijing-nova-program-interdisciplinary-collaborative-project",
    ): "a programme and a project of it, both unreviewed",
    ("ministarstvo-obrazovanja-znanosti-i-sporta", "mzo-hrv"): "words in another order: unreviewed",
    ("forte", "vetenskapsradet"): "two Swedish councils",
}
# One text that lists six funders: it cannot be given to one of them.
LIST_OF_SIX = "medical-research-council-uk-european-commission-framework-6-project-eurospan-con"

# What a reader would search for, by hand and apart from our rules, and what else it finds.
SEARCHES = {
    "mrc": (r"medical research council|\bmrc\b", {"nhmrc", LIST_OF_SIX}),
    "nhlbi": (r"nhlbi|heart,? lung|women's health init|\bwhi\b", set()),
    "wellcome-trust": (r"wellcome", set()),
    "nci": (r"\bnci\b|national cancer inst|\bccr\b", set()),
    "niddk": (r"niddk|digestive|kidney dis", set()),
    "nhgri": (r"nhgri|human genome", set()),
    "nia": (r"\bnia\b|institutes? (on|of|for) ag(e)?ing", set()),
    "ncrr": (r"ncrr|research resources", set()),
    "nih": (
        r"national institutes? of health|\bnih\b",
        {"fnih", "strategic-research-program-in-epidemiology-at-karolinska-institute"},
    ),
    "ncats": (r"ncats|advancing transl", set()),
    "nimh": (r"nimh\b|institutes? (of|for) mental", set()),
    "nigms": (r"nigms|general medical sci", set()),
    "ninds": (r"ninds|neurological", set()),
    "nida": (r"\bnida\b|drug abuse", set()),
    "nichd": (r"nichd|child health", set()),
    "phs": (r"\bphs\b|public health serv", set()),
    "niehs": (r"niehs|environmental health", set()),
    "niams": (r"niams|musculoskeletal", set()),
    "cruk": (r"\bcruk\b|cancer research uk", set()),
    "bhf": (r"\bbhf\b|british heart", set()),
}


@pytest.fixture(scope="module")
def listed(test_data: Path) -> dict[Pair, set[str]]:
    """Publications by the name and country of a funder that they state."""
    catalogue = {
        row["PUBMEDID"]
        for row in _rows(test_data / "gwas_catalog/releases/2019-12-06/studies.tsv.gz")
    }
    assert len(catalogue) == 4346
    found: dict[Pair, set[str]] = defaultdict(set)
    for row in _rows(test_data / "grants/paper_grants_2022-10-30.tsv.gz"):
        if row["PUBMEDID"] in catalogue:
            # "&amp;" holds a ";": unescape before splitting.
            lists = [html.unescape(row[name] or "").split(";") for name in ("Agency", "Country")]
            for agency, country in zip(*lists, strict=True):
                found[agency, country].add(row["PUBMEDID"])
    return dict(found)


def _rows(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def names() -> Names:
    return Names("funder")


@pytest.fixture(scope="module")
def stated(listed: dict[Pair, set[str]]) -> dict[Pair, int]:
    return {pair: len(publications) for pair, publications in listed.items()}


@pytest.fixture(scope="module")
def funders(names: Names, listed: dict[Pair, set[str]]) -> dict[str, set[str]]:
    """Publications by the entity that they name."""
    found: dict[str, set[str]] = defaultdict(set)
    for (agency, country), publications in listed.items():
        resolved = names.resolve(agency, country=country)
        if resolved:
            found[resolved.entity.id] |= publications
    return dict(found)


def test_the_twenty_largest_funders(funders: dict[str, set[str]]) -> None:
    ranked = sorted(funders, key=lambda one: -len(funders[one]))
    assert {one: len(funders[one]) for one in ranked[:20]} == {
        "mrc": 1168,
        "nhlbi": 1096,
        "wellcome-trust": 857,
        "nci": 729,
        "niddk": 710,
        "nhgri": 638,
        "nia": 630,
        "ncrr": 625,
        "nih": 546,
        "ncats": 520,
        "nimh": 486,
        "nigms": 402,
        "ninds": 282,
        "nida": 256,
        "nichd": 255,
        "phs": 246,
        "niehs": 245,
        "niams": 236,
        "cruk": 231,
        "bhf": 212,
    }
    assert set(SEARCHES) == set(ranked[:20])


def test_counts(names: Names, stated: dict[Pair, int], funders: dict[str, set[str]]) -> None:
    found = audit(names, stated)
    assert len(stated) == 300
    assert found.nobody == (("Missing Agency", "Missing Country"), ("", ""))
    how = Counter(name.how for one in found.merged for name in one.names)
    assert (how["alias"], how["rule"], len(found.own)) == (208, 22, 68)
    assert (len(funders), len(found.merged)) == (212, 145)
    links = sum(map(len, funders.values()))
    reviewed = sum(len(funders[one]) for one in funders if one in names.known)
    assert (reviewed, links) == (12483, 12551)


def test_every_look_alike_among_the_200_largest_names_is_two_bodies(
    names: Names, stated: dict[Pair, int]
) -> None:
    near = audit(names, stated, top=200).near
    pairs = [sorted((one.first.entity_id, one.second.entity_id)) for one in near]
    plain = {(one, other) for one, other in pairs if not other.startswith(LIST_OF_SIX)}
    plain = {(one, other) for one, other in plain if not one.startswith(LIST_OF_SIX)}
    assert plain == set(TWO_BODIES)
    assert len(pairs) == len(plain) + 4


@pytest.mark.parametrize("funder", SEARCHES)
def test_whoever_searches_by_hand_finds_no_second_name(
    funder: str, names: Names, stated: dict[Pair, int]
) -> None:
    pattern, others = SEARCHES[funder]
    found = set()
    for agency, country in stated:
        resolved = names.resolve(agency, country=country)
        if resolved and re.search(pattern, agency, re.IGNORECASE):
            found.add(resolved.entity.id)
    assert funder in found
    beneath = {one for one in names.known if funder in {up.id for up in names.above(one)}}
    rest = found - {funder} - beneath
    assert {next((one for one in others if here.startswith(one)), here) for here in rest} == others


def test_names_that_need_a_country_are_not_merged_without(
    names: Names, stated: dict[Pair, int]
) -> None:
    own = {(one.stated, one.country) for one in audit(names, stated).own}
    assert ("Ministry of Health and Welfare", "") in own
    assert ("Consejo Nacional de Ciencia y Tecnología", "") in own


def test_names_with_two_publications_are_all_reviewed(
    names: Names, stated: dict[Pair, int]
) -> None:
    assert [one.stated for one in audit(names, stated).own if one.publications > 1] == []


def test_the_review_table_of_the_real_names_decides_nothing_until_it_is_filled_in(
    names: Names, stated: dict[Pair, int]
) -> None:
    rows = review_rows(names, stated)
    assert [(row.publications, row.now) for row in rows[:2]] == [(1168, "mrc"), (1090, "nhlbi")]
    assert len(rows) == 298
    assert read_decisions(to_csv(rows), file_name="names.csv", names=names) == []


def test_cohort_columns_of_the_samples_name_nobody(catalogue: Path) -> None:
    path = catalogue / "layouts/v1.0.3.1/studies.tsv"
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    cohorts = Names("cohort")
    assert len(rows) == 19
    assert [cohorts.resolve(row["COHORT"]) for row in rows] == [None] * 19


def test_journals_differ_by_more_than_how_they_are_typed(test_data: Path) -> None:
    journals = Names("journal")
    path = test_data / "gwas_catalog/releases/2019-12-06/studies.tsv.gz"
    texts = {row["JOURNAL"] for row in _rows(path)}
    found = defaultdict(set)
    for text in texts:
        resolved = journals.resolve(text)
        assert resolved is not None
        found[resolved.entity.id].add(text)
    assert (len(texts), len(found)) == (557, 557)
