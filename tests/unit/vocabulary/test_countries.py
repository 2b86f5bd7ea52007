"""Countries: codes, plain names, and cells that list them."""

import csv
import gzip
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pycountry
import pytest

from everygenome.errors import NotFoundError
from everygenome.vocabulary.countries import (
    COUNTRIES,
    CountryScan,
    country,
    scan_countries,
    spelling_key,
    spellings,
)


def pieces_of_real_cells(catalogue: Path) -> set[str]:
    files = [
        *sorted((catalogue / "releases").glob("*/ancestry.tsv.gz")),
        *sorted((catalogue / "layouts").glob("*/ancestries.tsv")),
    ]
    pieces: set[str] = set()
    for path in files:
        opened = gzip.open if path.suffix == ".gz" else open
        with opened(path, "rt", encoding="utf-8") as file:
            names = file.readline().rstrip("\r\n").split("\t")
            places = [place for place, name in enumerate(names) if name.startswith("COUNTRY OF")]
            for line in file:
                cells = line.rstrip("\r\n").split("\t")
                for place in places:
                    pieces.update(cells[place].split(", ") if place < len(cells) else [])
    return pieces


def test_all_139_real_spellings_are_known(catalogue: Path) -> None:
    pieces = pieces_of_real_cells(catalogue)
    scans = {piece: scan_countries(piece) for piece in pieces}
    assert len(pieces) == 139
    assert [piece for piece, scan in scans.items() if scan.unknown] == []
    assert [piece for piece, scan in scans.items() if scan.not_reported] == ["NR"]
    assert len({scan.iso3 for scan in scans.values() if scan.iso3}) == 138


def test_every_iso_3166_1_code_is_there_and_two_more() -> None:
    expected = {one.alpha_3: one.alpha_2 for one in pycountry.countries}
    ours = {one.iso3: one.iso2 for one in COUNTRIES.values()}
    assert ours == expected | {"ANT": "AN", "XKX": "XK"}
    assert len(COUNTRIES) == 251


def test_plain_names_are_unique_and_are_spellings_of_themselves() -> None:
    assert len({one.name for one in COUNTRIES.values()}) == len(COUNTRIES)
    assert {scan_countries(one.name).iso3 for one in COUNTRIES.values()} == {
        (iso3,) for iso3 in COUNTRIES
    }


@pytest.mark.parametrize(
    ("iso3", "name"),
    [
        ("GBR", "United Kingdom"),
        ("USA", "United States"),
        ("KOR", "South Korea"),
        ("PRK", "North Korea"),
        ("COD", "DR Congo"),
        ("IRN", "Iran"),
        ("TUR", "Türkiye"),
    ],
)
def test_names_are_everyday_english(iso3: str, name: str) -> None:
    assert country(iso3).name == name


def test_there_are_six_regions_and_22_subregions_and_antarctica_has_neither() -> None:
    regions = {one.region for one in COUNTRIES.values()} - {""}
    subregions = {(one.region, one.subregion) for one in COUNTRIES.values()} - {("", "")}
    assert (len(regions), len(subregions)) == (6, 22)
    assert [one.iso3 for one in COUNTRIES.values() if not one.region] == ["ATA"]


def test_dissolved_and_user_assigned_codes_say_so() -> None:
    assert "dissolved on 10 October 2010" in country("ANT").note
    assert "User-assigned" in country("XKX").note


@pytest.mark.parametrize(
    ("spelling", "iso3"),
    [
        ("The former Yugoslav Republic of Macedonia", "MKD"),
        ("North Macedonia", "MKD"),
        ("Congo", "COG"),
        ("Democratic Republic of the Congo", "COD"),
        ("Congo, The Democratic Republic of the", "COD"),
        ("Republic of Korea", "KOR"),
        ("Democratic People's Republic of Korea", "PRK"),
        ("Georgia", "GEO"),
        ("Guinea", "GIN"),
        ("Guinea-Bissau", "GNB"),
        ("Equatorial Guinea", "GNQ"),
        ("Papua New Guinea", "PNG"),
        ("French Guiana", "GUF"),
        ("Guyana", "GUY"),
        ("Niger", "NER"),
        ("Nigeria", "NGA"),
        ("Dominica", "DMA"),
        ("Dominican Republic", "DOM"),
        ("Hong Kong SAR", "HKG"),
        ("Macau", "MAC"),
        ("Macao SAR", "MAC"),
        ("U.S.", "USA"),
        ("U.S.A.", "USA"),
        ("U.K.", "GBR"),
        ("United Kingdom", "GBR"),
        ("Republic of Ireland", "IRL"),
        ("Republic of Moldova", "MDA"),
        ("Bolivia (Plurinational State of)", "BOL"),
        ("Lao People's Democratic Republic", "LAO"),
        ("Lao People’s Democratic Republic", "LAO"),
        ("Czechia", "CZE"),
        ("Eswatini", "SWZ"),
        ("Turkey", "TUR"),
        ("Türkiye", "TUR"),
        ("Tu\u0308rkiye", "TUR"),
        ("Côte d'Ivoire", "CIV"),
        ("Occupied Palestinian Territory", "PSE"),
        ("State of Palestine", "PSE"),
        ("Bonaire, Sint Eustatius and Saba", "BES"),
        ("Netherlands Antilles", "ANT"),
        ("Kosovo", "XKX"),
        ("  kenya ", "KEN"),
    ],
)
def test_a_spelling_means_one_country(spelling: str, iso3: str) -> None:
    assert scan_countries(spelling) == CountryScan((iso3,), not_reported=False, unknown=())


@pytest.mark.parametrize(
    "text",
    [
        "Korea",
        "Saint Martin",
        "Virgin Islands",
        "Nigerian",
        "New Niger",
        "South Korea (Seoul)",
        "Kenya/Uganda",
        "Democratic People's Korea, South",
        "Europe",
        "unknown",
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    scan = scan_countries(text)
    assert scan.iso3 == ()
    assert ", ".join(scan.unknown) == text


def test_order_is_kept_repeats_are_dropped_and_unknown_pieces_are_named() -> None:
    scan = scan_countries("U.K., Narnia, Bonaire, Sint Eustatius and Saba, NR, United Kingdom, Oz")
    assert scan == CountryScan(("GBR", "BES"), not_reported=True, unknown=("Narnia", "Oz"))


@pytest.mark.parametrize("cell", ["", "  ", "NR", " , "])
def test_a_cell_that_names_nothing_is_not_reported(cell: str) -> None:
    assert scan_countries(cell) == CountryScan((), not_reported=True, unknown=())


def test_a_list_of_china_and_hong_kong_is_two_countries() -> None:
    # The UN writes "China, Hong Kong SAR" for Hong Kong alone; the catalogue's cells mean both.
    assert scan_countries("China, Hong Kong SAR, Japan").iso3 == ("CHN", "HKG", "JPN")


def test_a_us_territory_written_backwards_stops_for_review() -> None:
    assert scan_countries("Virgin Islands, U.S.").unknown == ("Virgin Islands",)


def test_each_spelling_is_written_once_for_a_known_country() -> None:
    text = resources.files("everygenome.vocabulary").joinpath("country_spellings.csv")
    lines = [line for line in text.read_text("utf-8").splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines))
    assert len({spelling_key(row["spelling"]) for row in rows}) == len(rows) == len(spellings())
    assert {row["iso3"] for row in rows} == set(COUNTRIES)


def test_no_list_of_names_can_be_read_in_two_ways() -> None:
    # A name with commas is safe while no later piece of it can begin another name.
    beginnings = {key.split(", ")[0] for key in spellings()}
    inner = {piece for key in spellings() for piece in key.split(", ")[1:]}
    assert inner & beginnings == set()


def test_iso_and_un_names_are_known(test_data: Path) -> None:
    # Left out on purpose: in a list they would hide a second country, or be read as one.
    left_out = {"Virgin Islands, U.S.", "Taiwan Province of China"}
    for one in pycountry.countries:
        names = {one.name, getattr(one, "common_name", one.name)} - left_out
        assert {scan_countries(name).iso3 for name in names} <= {(one.alpha_3,)}
    with (test_data / "populations" / "country-codes.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            name = row["official_name_en"]
            if not name.startswith("China, ") and name not in left_out:
                assert scan_countries(name).iso3 == (row["ISO3166-1-Alpha-3"],)


def test_an_unknown_code_names_close_ones() -> None:
    with pytest.raises(NotFoundError) as caught:
        country("Germny")
    assert caught.value.remedy == "Did you mean DEU (Germany)?"
    with pytest.raises(NotFoundError, match="No country has the ISO 3166-1 code 'ZZZ'"):
        country("ZZZ")


def test_importing_reads_no_table_and_no_heavy_package() -> None:
    code = (
        "import sys, everygenome.vocabulary.countries as c, everygenome.vocabulary.references;"
        "assert c._countries.cache_info().currsize == 0;"
        "print({'pycountry', 'numpy', 'ibis', 'duckdb'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
