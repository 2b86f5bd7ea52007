"""The rules, without a database: people, places, levels of maturity, shares, references."""

import doctest
import importlib

import pytest

from tests.functional.web.datasets.made import composition, dataset, people

pytestmark = [pytest.mark.usefixtures("django")]

COUNTED = people(("with-genomes", 10))
DESCRIBED = {"composition": composition(("A", 1, None)), "access": {"route": "open"}}
GOVERNED = {"governance": "A committee.", "communities_decide": True}


def registered(name="One", **fields):
    from everygenome.web.datasets.maturity import Registered

    return Registered(name, f"/datasets/{name.lower()}/", dataset(name, **fields))


@pytest.mark.parametrize("name", ["people", "places", "maturity", "representation", "references"])
def test_the_examples_in_the_rules_hold(name):
    module = importlib.import_module(f"everygenome.web.datasets.{name}")
    failed, tried = doctest.testmod(module)
    assert (failed, tried > 0) == (0, True)


def test_a_dated_count_goes_before_an_undated_one_and_plans_are_no_people():
    from everygenome.web.datasets.people import counted, genetic, newest

    genomes = [("with-genomes", 245, "2024"), ("with-genomes", 414)]
    said = people(*genomes, ("with-genotypes", 300), ("planned", 9))
    assert newest({"participants": said}, "with-genomes") == 245
    assert genetic({"participants": said}) == 300
    assert genetic({"participants": people(("recruited", 5))}) is None
    assert [counted({"participants": people((what, 5))}) for what in ("recruited", "planned")] == [
        True,
        False,
    ]
    assert genetic({}) is None


def test_countries_say_more_than_the_region():
    from everygenome.web.datasets.places import region_facet, regions_of

    assert regions_of({"region": "Europe"}) == ("Europe",)
    assert regions_of({"region": "several", "countries": ["PER", "KEN"]}) == (
        "Africa",
        "Latin America and the Caribbean",
    )
    # Antarctica is in no region, so the one that was chosen stands.
    assert regions_of({"region": "Oceania", "countries": ["ATA"]}) == ("Oceania",)
    assert region_facet({"region": "several"}) == ["several"]
    assert region_facet({}) == []


@pytest.mark.parametrize(
    ("fields", "level", "lacking"),
    [
        ({}, 0, ("how many people it holds",)),
        ({"participants": people(("planned", 5))}, 0, ("how many people it holds",)),
        ({"participants": COUNTED}, 1, ("who is in it", "how researchers get access")),
        (
            {"participants": COUNTED, "composition_published": False, "access": {"route": "open"}},
            1,
            ("who is in it (not published)",),
        ),
        (
            {"participants": COUNTED} | DESCRIBED,
            2,
            ("who decides", "whether the communities concerned have a seat"),
        ),
        (
            {"participants": COUNTED} | DESCRIBED | GOVERNED | {"communities_decide": False},
            2,
            ("a seat for the communities concerned (they have none)",),
        ),
        ({"participants": COUNTED} | DESCRIBED | GOVERNED, 3, None),
        # What decides and a seat do not make up for what is not described.
        ({"participants": COUNTED} | GOVERNED, 1, ("who is in it", "how researchers get access")),
        # A composition of nobody knows how many people.
        (dict(DESCRIBED), 0, ("how many people it holds",)),
    ],
)
def test_a_level_is_met_by_one_dataset(fields, level, lacking):
    from everygenome.web.datasets.maturity import maturity

    found = maturity("Africa", [registered(**fields)])
    assert found.level == level
    assert [one.title for one in found.lifted_by] == (["One"] if level else [])
    assert [one.lacks for one in found.nearest] == ([] if lacking is None else [lacking])


def test_levels_are_not_put_together_from_two_datasets():
    from everygenome.web.datasets.maturity import maturity

    one = registered("One", participants=COUNTED, composition=DESCRIBED["composition"])
    two = registered("Two", participants=COUNTED, access={"route": "open"})
    found = maturity("Africa", [two, one])
    assert (found.level, found.word, found.next_word) == (1, "on the map", "described")
    assert [(near.dataset.title, near.lacks) for near in found.nearest] == [
        ("One", ("how researchers get access",)),
        ("Two", ("who is in it",)),
    ]


def test_a_region_is_told_first_of_datasets_of_its_own():
    from everygenome.web.datasets.maturity import maturity

    world = registered("A panel", participants=COUNTED, countries=["KEN", "PER"], region="several")
    own = [registered(f"Own {n}", participants=COUNTED) for n in range(5)]
    found = maturity("Africa", [world, *own])
    assert found.lifted_by[0].title == "Own 0"
    assert found.lifted_by[-1].title == "A panel"
    assert (len(found.nearest), found.also) == (3, 3)
    assert maturity("Latin America and the Caribbean", [world]).level == 1
    empty = maturity("Europe", [world, *own])
    assert (empty.level, empty.word, empty.nearest) == (0, "not on the map", ())


def test_shares_of_regions_and_what_cannot_be_divided():
    from everygenome.web.datasets.representation import by_country, by_region, unplaced

    datasets = [
        registered("A", participants=people(("with-genotypes", 30), ("with-genomes", 10))),
        registered("B", participants=people(("with-genomes", 70)), countries=["GBR"]),
        registered("C", participants=people(("with-exomes", 500)), countries=["KEN", "GBR"]),
        registered("D", participants=people(("with-genomes", 9)), countries=None, region="several"),
        registered("E", countries=["PER"]),
    ]
    inhabitants = {
        "Africa": 400, "Asia": 200, "Europe": 100, "Latin America and the Caribbean": 100,
        "Northern America": 100, "Oceania": 100,
    }  # fmt: skip
    found = {place.code: place for place in by_region(datasets, inhabitants)}
    africa, europe = found["Africa"], found["Europe"]
    assert (africa.datasets, africa.shared, africa.genotypes, africa.exomes) == (2, 1, 30, None)
    assert (africa.genomes, africa.people, africa.share, africa.world_share) == (10, 30, 0.3, 0.4)
    assert (africa.in_words, europe.in_words) == ("75% of it", "7.0 times")
    latin = found["Latin America and the Caribbean"]
    assert (latin.datasets, latin.people, latin.share, latin.in_words) == (
        1,
        None,
        None,
        "not stated",
    )
    assert (found["Asia"].datasets, found["Asia"].people) == (0, None)
    assert [one.title for one in unplaced(datasets)] == ["D"]

    countries = {place.code: place for place in by_country(datasets, {"KEN": 60_000})}
    assert list(countries) == ["KEN", "PER", "GBR"]  # by name
    assert (countries["KEN"].people, countries["KEN"].per_1000) == (30, 0.5)
    assert (countries["GBR"].people, countries["GBR"].per_1000) == (70, None)
    assert countries["PER"].people is None


def test_the_map_tells_no_dataset_from_no_number():
    from everygenome.web.datasets.representation import by_country
    from everygenome.web.datasets.world import picture, summary

    datasets = [
        registered("A", participants=people(("with-genomes", 600))),
        registered("B", countries=["SGP"]),
        *(registered(f"C{n}", countries=["PER"]) for n in range(4)),
    ]
    countries = by_country(datasets, {"KEN": 60_000, "PER": 1, "SGP": 1})
    counts = {mark.words: mark.look for mark in picture(countries, people=False).marks}
    assert counts["Kenya: 1 dataset"] == counts["Singapore: 1 dataset"] == "step1"
    assert counts["Peru: 4 datasets"] == "step3"
    assert counts["Brazil: no dataset registered here"] == "none"
    rates = {mark.words: mark.look for mark in picture(countries, people=True).marks}
    assert rates["Kenya: 10.00 people for each 1,000 inhabitants"] == "step3"
    assert rates["Peru: 4 datasets, people not stated for this country"] == "unstated"
    (circle,) = [mark for mark in picture(countries, people=True).marks if not mark.path]
    assert circle.words == "Singapore: 1 dataset, people not stated for this country"
    assert summary(countries, {"Africa": 1, "Europe": 0}) == (
        "3 countries have at least one dataset. Most are in Peru (4), Kenya (1), Singapore (1). "
        "No dataset is registered in Europe."
    )
    assert summary([], {}).startswith("No country is coloured")


@pytest.mark.parametrize(
    ("parts", "offered"),
    [
        ([{"share": 0.6, "group": "European"}, {"share": 0.4, "group": "East Asian"}], True),
        ([{"share": 0.6, "group": "European"}, {"share": 0.3, "group": "East Asian"}], False),
        ([{"share": 0.6, "group": "European"}, {"count": 3, "group": "East Asian"}], False),
        ([{"count": 6, "group": "European"}, {"count": 3, "group": "NR"}], False),
        ([{"count": 6, "group": "European"}, {"count": 3}], False),
        ([{"count": 0, "group": "European"}], False),
        ([{"group": "European"}], False),
        ([], False),
    ],
)
def test_only_what_maps_wholly_is_a_reference(parts, offered):
    from everygenome.web.datasets.references import whole

    rows = [{"label": "L"} | part for part in parts]
    assert bool(whole({"parts": rows})) is offered


def test_parts_show_published_shares_and_reckon_the_others_from_counts():
    from everygenome.web.datasets.composition import left_out, parts_of, shares_are_ours

    counts = composition(("A", 30, None), ("B", 10, "European"))
    assert [(p.share, p.length, p.group) for p in parts_of(counts)] == [
        (0.75, 150.0, ""),
        (0.25, 50.0, "European"),
    ]
    assert (shares_are_ours(counts), left_out(counts)) == (True, False)
    shares = {"parts": [{"label": "A", "share": 0.5}, {"label": "B", "share": 0.25, "count": 5}]}
    assert [(p.count, p.share) for p in parts_of(shares)] == [(None, 0.5), (5, 0.25)]
    assert (shares_are_ours(shares), left_out(shares)) == (False, True)
    mixed = {"parts": [{"label": "A", "count": 5}, {"label": "B"}]}
    assert [p.share for p in parts_of(mixed)] == [None, None]
    assert [p.share for p in parts_of({"parts": [{"label": "A", "count": 0}]})] == [None]


def test_a_file_may_say_not_published_and_may_not_contradict_itself():
    from everygenome.web.datasets.schema import SCHEMA

    made, errors = SCHEMA.clean(dataset("X", composition="not published"))
    assert (made["composition_published"], "composition" in made, errors) == (False, False, {})
    both = dataset("X", composition=composition(("A", 1, None)), composition_published=False)
    assert list(SCHEMA.clean(both)[1]) == ["composition_published"]
    assert list(SCHEMA.clean(dataset("X", composition="unpublished"))[1]) == ["composition"]
