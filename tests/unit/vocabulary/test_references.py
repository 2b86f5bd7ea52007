"""Reference populations: figures as published, dates stated, comparisons refused."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from everygenome.errors import NotFoundError, UsageError
from everygenome.vocabulary.countries import COUNTRIES
from everygenome.vocabulary.references import (
    Descriptor,
    comparable,
    reference,
    reference_for_year,
    references,
)

YEARS = range(2024, 2031)
UN_GROUP = {"LAC": "Latin America and the Caribbean"}
CENSUS_GROUP = {
    "White": "White",
    "Asian": "Asian, Asian British or Asian Welsh",
    "Black": "Black, Black British, Black Welsh, Caribbean or African",
    "Mixed": "Mixed or Multiple ethnic groups",
    "Other": "Other ethnic group",
}
WHITE_BRITISH = "White: English, Welsh, Scottish, Northern Irish or British"


def published(test_data: Path, start: str) -> dict[str, tuple[float, float]]:
    with (test_data / "acceptance_numbers.csv").open(encoding="utf-8") as file:
        return {
            row["id"].removeprefix(start): (float(row["value"]), float(row["tolerance"]))
            for row in csv.DictReader(file)
            if row["id"].startswith(start) and row["status"] in {"READ-IN-SOURCE", "REPRODUCED"}
        }


def test_un_regions_are_as_published(test_data: Path) -> None:
    numbers = published(test_data, "WPP24-")
    regions = reference("un_wpp2024_regions")
    ours = {name: regions.groups.get(UN_GROUP.get(name, name), 0) / 1000 for name in numbers}
    ours["World"] = regions.total / 1000
    assert len(numbers) == 7
    assert {
        name: value for name, (value, within) in numbers.items() if abs(ours[name] - value) > within
    } == {}


def test_census_shares_are_as_published(test_data: Path) -> None:
    numbers = published(test_data, "UK21-")
    five = reference("census_england_wales_2021_5").shares
    ours = {name: 100 * five[group] for name, group in CENSUS_GROUP.items()}
    ours["WB"] = 100 * reference("census_england_wales_2021_19").shares[WHITE_BRITISH]
    assert len(numbers) == 6
    assert {
        name: value for name, (value, within) in numbers.items() if abs(ours[name] - value) > within
    } == {}


def test_census_figures_are_those_of_the_file(test_data: Path) -> None:
    path = test_data / "populations" / "england_wales_ethnic_group_ts021_summed.csv"
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    slugs = {"England and Wales": "england_wales", "England": "england", "Wales": "wales"}
    for area, slug in slugs.items():
        for level, size in (("high-level", 5), ("19-category", 19)):
            stated = {
                row["ethnic_group"]: float(row["n"])
                for row in rows
                if (row["area"], row["level"]) == (area, level)
            }
            assert dict(reference(f"census_{slug}_2021_{size}").groups) == stated
            assert len(stated) == size


def test_england_and_wales_together_are_england_and_wales() -> None:
    for size in (5, 19):
        both = reference(f"census_england_wales_2021_{size}").groups
        england = reference(f"census_england_2021_{size}").groups
        wales = reference(f"census_wales_2021_{size}").groups
        assert dict(both) == {group: england[group] + wales[group] for group in both}


@pytest.mark.parametrize("year", YEARS)
def test_countries_sum_to_subregions_to_regions_to_the_world(year: int) -> None:
    countries = reference("un_wpp2024_countries", year=year).groups
    subregions = reference("un_wpp2024_subregions", year=year)
    regions = reference("un_wpp2024_regions", year=year)
    by_subregion: defaultdict[str, float] = defaultdict(float)
    by_region: defaultdict[str, float] = defaultdict(float)
    for iso3, people in countries.items():
        by_subregion[COUNTRIES[iso3].subregion] += people
    for group, people in subregions.groups.items():
        (region,) = {one.region for one in COUNTRIES.values() if one.subregion == group}
        by_region[region] += people
    # Vatican City is not in the file of countries, but the source counts it in the sub-region.
    gap = {group: people - by_subregion[group] for group, people in subregions.groups.items()}
    assert 495 <= gap.pop("Southern Europe") <= 535
    assert gap == dict.fromkeys(gap, 0)
    assert dict(by_region) == dict(regions.groups)
    assert subregions.total == regions.total


def test_there_are_236_countries_22_subregions_and_6_regions() -> None:
    sizes = {one.name: len(one.groups) for one in references()}
    assert sizes == {
        "un_wpp2024_countries": 236,
        "un_wpp2024_regions": 6,
        "un_wpp2024_subregions": 22,
        "census_england_wales_2021_5": 5,
        "census_england_wales_2021_19": 19,
        "census_england_2021_5": 5,
        "census_england_2021_19": 19,
        "census_wales_2021_5": 5,
        "census_wales_2021_19": 19,
    }


def test_every_reference_says_where_its_figures_come_from() -> None:
    for one in references():
        assert one.unit == "people"
        assert one.source_url.startswith("https://")
        assert all((one.title, one.citation, one.date, one.licence, one.notes))
        assert sum(one.shares.values()) == pytest.approx(1)
    assert reference("un_wpp2024_regions").date == "31 December 2024"
    assert reference("census_wales_2021_5").date == "21 March 2021"


def test_a_figure_for_a_year_is_for_its_last_day() -> None:
    kenya = {year: reference("un_wpp2024_countries", year=year).groups["KEN"] for year in YEARS}
    assert (kenya[2024], kenya[2025]) == (56_981_395, 58_083_590)


def test_mid_year_is_halfway_between_two_ends_of_year() -> None:
    middle = reference_for_year("un_wpp2024_countries", year=2025)
    assert middle.groups["KEN"] == (56_981_395 + 58_083_590) / 2
    assert middle.date == "mid-year 2025"
    assert "halfway between two ends of year" in middle.notes[-1]


@pytest.mark.parametrize(
    ("year", "date", "words"),
    [
        (2019, "31 December 2024", "The year 2019 lies outside the file"),
        (2024, "31 December 2024", "The year 2024 has no mid-year figure in the file"),
        (2033, "31 December 2030", "The year 2033 lies outside the file"),
    ],
)
def test_a_year_without_a_middle_says_which_date_stands_in(
    year: int, date: str, words: str
) -> None:
    nearest = reference_for_year("un_wpp2024_regions", year=year)
    assert nearest.date == date
    assert nearest.notes[-1] == f"{words}; the figures are for {date}."


def test_a_census_stands_for_its_own_day_in_any_year() -> None:
    census = reference_for_year("census_england_wales_2021_5", year=2019)
    assert census.date == "21 March 2021"
    assert census.notes[-1].endswith("whatever the year compared (2019).")


def test_figures_for_a_year_that_is_not_there_are_refused() -> None:
    with pytest.raises(NotFoundError, match="no figures for 2019; it has 2024 to 2030"):
        reference("un_wpp2024_regions", year=2019)
    with pytest.raises(NotFoundError, match="no figures for 2020; it has 21 March 2021"):
        reference("census_wales_2021_5", year=2020)


def test_an_unknown_name_is_met_with_close_ones() -> None:
    with pytest.raises(NotFoundError) as caught:
        reference("un_wpp_regions")
    assert "un_wpp2024_regions" in caught.value.remedy


def test_figures_cannot_be_changed_by_a_caller() -> None:
    with pytest.raises(TypeError):
        reference("un_wpp2024_regions").groups["Africa"] = 0  # type: ignore[index]


def test_a_comparison_across_kinds_is_refused_with_the_reason() -> None:
    comparable(reference("un_wpp2024_countries"), Descriptor.COUNTRY)
    with pytest.raises(UsageError, match=r"counts people by ethnic group \(census\)") as caught:
        comparable(reference("census_england_wales_2021_5"), Descriptor.GENETIC_ANCESTRY_CATEGORY)
    assert "crosswalk" in caught.value.remedy
