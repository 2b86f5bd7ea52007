"""Real people beside real populations: figures checked against what was published of them."""

import csv
import gzip
from collections import defaultdict
from pathlib import Path

import pytest

from everygenome.audit.mapping import Kind, parse_map
from everygenome.audit.reading import read_counts, stated_map
from everygenome.audit.run import audit
from everygenome.audit.standing import find_reference
from everygenome.errors import UsageError
from everygenome.vocabulary.references import read_crosswalk, reference

CENSUS_MAP = """
[file]
people = "value"
[columns.ethnic_group]
dimension = "group"
kind = "ethnic group (census)"
assigned_by = "participant"
[columns.ethnic_group.values]
"""
PANEL_MAP = """
[columns.super_pop]
dimension = "group"
kind = "genetic ancestry category"
[columns.super_pop.values]
"AFR" = "African"
"EUR" = "European"
"EAS" = "East Asian"
"SAS" = "South Asian"
"AMR" = "Hispanic or Latin American"
[columns.gender]
dimension = "sex"
kind = "sex"
values = {female = "female", male = "male"}
"""


@pytest.fixture(scope="module")
def rows(test_data: Path) -> list[dict[str, str]]:
    """The census of England and Wales by local authority, as published."""
    with gzip.open(test_data / "populations" / "ltla21_ethnic_group_numbers.csv.gz", "rt") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def census_map(rows):
    groups = sorted({row["ethnic_group"] for row in rows})
    return parse_map(
        CENSUS_MAP + "\n".join(f'"{group}" = "{group}"' for group in groups), source="map.toml"
    )


def _audited(path, census_map, **how):
    nation = reference("census_england_wales_2021_19")
    return audit(read_counts(path, census_map), reference=nation, **how)


def _written(path, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ["ethnic_group", "value"], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_all_local_authorities_together_are_the_nation(test_data, census_map):
    path = test_data / "populations" / "ltla21_ethnic_group_numbers.csv.gz"
    made = _audited(path, census_map)
    # Published: 59,597,540; small changes protect privacy in each area.
    assert made.groups.total.count == 59_597_578
    assert [row.ratio for row in made.comparison.rows] == pytest.approx([1.0] * 19)
    assert [row.shortfall for row in made.comparison.rows] == pytest.approx([0.0] * 19, abs=1e-6)
    assert made.comparison.dissimilarity == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize("place", ["Hartlepool", "Newham", "Cardiff", "Isles of Scilly"])
def test_a_local_authority_beside_the_nation(rows, census_map, tmp_path, place):
    mine = [row for row in rows if row["ltla21_name"] == place]
    made = _audited(_written(tmp_path / "place.csv", mine), census_map)
    nation, here = defaultdict(float), {}
    for row in rows:
        nation[row["ethnic_group"]] += float(row["value"])
    for row in mine:
        here[row["ethnic_group"]] = int(float(row["value"]))
    everybody, people = sum(nation.values()), sum(here.values())
    shown = 0
    for row in made.comparison.rows:
        if row.count is None:
            assert row.ratio is None
            continue
        shown += 1
        assert row.count == here[row.group]
        expected = (here[row.group] / people) / (nation[row.group] / everybody)
        assert row.ratio == pytest.approx(expected)
    # What is hidden: every count from 1 to 9, and then some.
    small = sum(0 < count < 10 for count in here.values())
    assert made.hidden["small"] == small
    assert len(made.comparison.rows) - shown >= (small if small != 1 else 3)


def test_shares_of_the_nation_are_those_that_were_published(test_data, rows, census_map, tmp_path):
    published = {}
    path = test_data / "populations" / "england_wales_ethnic_group_ts021_summed.csv"
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["area"] == "England" and row["level"] == "19-category":
                published[row["ethnic_group"]] = (int(row["n"]), float(row["pct"]))
    england = [row for row in rows if row["country"] == "England"]
    made = _audited(_written(tmp_path / "england.csv", england), census_map)
    for row in made.groups.rows:
        count, percent = published[row.values["group"]]
        assert row.count == count
        assert 100 * row.share == pytest.approx(percent, abs=0.0006)


def test_the_panel_beside_the_regions_of_the_world(test_data):
    panel = test_data / "thousand_genomes" / "integrated_call_samples_v3.2504.panel"
    counts = read_counts(panel, parse_map(PANEL_MAP, source="map.toml"), by=("sex",))
    made = audit(
        counts,
        reference=find_reference("un_wpp2024_subregions"),
        crosswalk="un_subregions_to_broad",
    )
    found = {row.group: row for row in made.comparison.rows}
    assert (found["African"].count, found["African"].share) == (661, 661 / 2504)
    assert found["South Asian"].ratio == pytest.approx(0.8086, abs=0.0001)
    assert found["African"].ratio == pytest.approx(1.691, abs=0.001)
    # The panel has nobody from Western Asia; the reference leads to expect them.
    middle = found["Greater Middle Eastern"]
    assert (middle.count, middle.ratio, middle.log2_ratio) == (0, 0.0, None)
    assert round(middle.shortfall) == 211
    # Nobody else sets an aim for peoples who govern research themselves.
    assert found["Indigenous and Oceanian"].shortfall is None
    assert found["Indigenous and Oceanian"].no_shortfall == "declined, or governed by the community"
    # Ratios are ranges where an assumption leads from one kind of group to another.
    assert found["East Asian"].reference_low < found["East Asian"].reference_share
    sexes = {row.values["sex"]: row.count for row in made.composition[1].rows}
    assert sexes == {"female": 1271, "male": 1233}


def test_two_kinds_of_group_are_not_compared_without_a_crosswalk(test_data):
    panel = test_data / "thousand_genomes" / "integrated_call_samples_v3.2504.panel"
    counts = read_counts(panel, parse_map(PANEL_MAP, source="map.toml"))
    with pytest.raises(UsageError, match="describe different things") as told:
        audit(counts, reference=find_reference("un_wpp2024_subregions"))
    assert "un_subregions_to_broad" in str(told.value)


def test_the_sample_list_by_a_crosswalk_of_ones_own(test_data, tmp_path):
    """Populations of the list beside two regions, as a user assumes they stand to each other."""
    path = tmp_path / "regions.csv"
    path.write_text(
        "# descriptor: world region\n# citation: Invented\n# date: 2024\ngroup,people\n"
        "Here,750\nThere,250\n"
    )
    assumed = tmp_path / "assumed.csv"
    assumed.write_text(
        "# descriptor: world region\nfrom_group,to_group,weight_low,weight,weight_high,why\n"
        "Here,African Ancestry,0.4,0.5,0.6,Invented\n"
        "Here,European Ancestry,0.4,0.5,0.6,Invented\n"
        "There,European Ancestry,1,1,1,Invented\n"
    )
    assert read_crosswalk(assumed).leads_to.groups == ("African Ancestry", "European Ancestry")
    samples = test_data / "thousand_genomes" / "igsr_samples.tsv.gz"
    told = stated_map(samples, group="Superpopulation name", kind=Kind.GENETIC_SIMILARITY)
    counts = read_counts(samples, told)
    made = audit(counts, reference=find_reference(str(path)), crosswalk=str(assumed))
    with gzip.open(samples, "rt") as file:
        raw = [row["Superpopulation name"] for row in csv.DictReader(file, delimiter="\t")]
    african, named = raw.count("African Ancestry"), sum(bool(one) for one in raw)
    row = next(row for row in made.comparison.rows if row.group == "African Ancestry")
    assert row.count == african
    assert (row.reference_low, row.reference_share, row.reference_high) == pytest.approx(
        (0.3, 0.375, 0.45)
    )
    assert row.ratio == pytest.approx(african / named / 0.375)
    # A group that the crosswalk does not lead to has no ratio, and says why.
    other = next(row for row in made.comparison.rows if row.group == "East Asian Ancestry")
    assert (other.ratio, other.no_ratio) == (None, "not in the reference")
