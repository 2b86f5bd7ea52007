"""Real files: the 1000 Genomes panel and sample list, and census counts of local authorities."""

import csv
import gzip
import json
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from everygenome.audit.mapping import parse_map
from everygenome.audit.reading import proposed_map, read_counts
from everygenome.errors import InputError

BY_SUPER_POP = """
[file]
identifier = "sample"
[columns.super_pop]
dimension = "group"
kind = "genetic similarity"
[columns.super_pop.values]
AFR = "African"
AMR = "American"
EAS = "East Asian"
EUR = "European"
SAS = "South Asian"
[columns.gender]
dimension = "sex"
kind = "sex"
values = {female = "Women", male = "Men"}
"""


@pytest.fixture
def panel(test_data: Path) -> Path:
    return test_data / "thousand_genomes" / "integrated_call_samples_v3.2504.panel"


@pytest.fixture
def samples(test_data: Path) -> Path:
    return test_data / "thousand_genomes" / "igsr_samples.tsv.gz"


@pytest.fixture
def census(test_data: Path) -> Path:
    return test_data / "populations" / "ltla21_ethnic_group_numbers.csv.gz"


def test_the_panel_has_2504_people_in_five_groups(panel):
    counts = read_counts(panel, parse_map(BY_SUPER_POP))
    # Auton et al. 2015, Nature 526:68: 661, 347, 504, 503 and 489 people.
    assert dict(counts.people) == {
        ("African",): 661,
        ("American",): 347,
        ("East Asian",): 504,
        ("European",): 503,
        ("South Asian",): 489,
    }
    assert counts.total == counts.rows == 2504
    by_sex = read_counts(panel, parse_map(BY_SUPER_POP), by=["sex"])
    sexes = Counter()
    for (_, sex), people in by_sex.people.items():
        sexes[sex] += people
    assert sexes == {"Women": 1271, "Men": 1233}


def test_the_map_of_the_panel_runs_once_filled_in(panel):
    text = proposed_map(panel)
    assert 'delimiter = "\\t"' in text
    assert '# identifier = "sample"    # differs in every row' in text
    start = text.index("[columns.super_pop]")
    used = text[start:].replace('dimension = ""', 'dimension = "group"', 1)
    used = used.replace('kind = ""', 'kind = "genetic similarity"', 1)
    counts = read_counts(panel, parse_map(text[:start] + used))
    assert counts.people["AFR",] == 661
    assert list(tomllib.loads(text)["columns"]) == ["pop", "super_pop", "gender"]


def test_the_sample_list_has_several_groups_in_a_cell(samples):
    column = "Superpopulation name"
    with gzip.open(samples, "rt", encoding="utf-8", newline="") as file:
        stated = Counter(row[column] for row in csv.DictReader(file, delimiter="\t"))
    single = sorted({part for value in stated for part in value.split(",") if part})
    values = "\n".join(f'"{part}" = "{part}"' for part in single)
    told = parse_map(
        f'[file]\nidentifier = "Sample name"\n[columns."{column}"]\ndimension = "group"\n'
        f'kind = "genetic similarity"\nseparator = ","\n[columns."{column}".values]\n{values}\n'
    )
    counts = read_counts(samples, told)
    assert counts.total == counts.rows == sum(stated.values())
    for value, people in stated.items():
        if value in single:
            assert counts.people[value,] == people
    several = sum(people for value, people in stated.items() if "," in value)
    assert counts.people.get(("Several groups",), 0) == sum(counts.sets.values()) == several
    assert counts.people.get(("Missing",), 0) == stated.get("", 0)


def test_census_counts_add_up(census):
    with gzip.open(census, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    expected = Counter()
    for row in rows:
        expected[row["ethnic_group"]] += int(float(row["value"]))
    values = "\n".join(f'"{group}" = "{group}"' for group in expected)
    told = (
        '[file]\npeople = "value"\n[columns.ethnic_group]\ndimension = "group"\n'
        'kind = "ethnic group (census)"\n[columns.country]\ndimension = "country"\n'
        'kind = "country"\nvalues = {England = "England", Wales = "Wales"}\n'
        f"[columns.ethnic_group.values]\n{values}\n"
    )
    counts = read_counts(census, parse_map(told), by=["country"])
    groups = Counter()
    for (group, _), people in counts.people.items():
        groups[group] += people
    assert groups == {group: people for group, people in expected.items() if people}
    # The usual residents of England and Wales on 21 March 2021, perturbed by cell.
    assert counts.total == sum(expected.values())
    assert 59_000_000 < counts.total < 60_000_000
    assert counts.rows == len(rows) == 6289
    repeated = told.replace('people = "value"', 'identifier = "ltla21_code"')
    with pytest.raises(InputError, match="5,958 rows, where each repeats an identifier"):
        read_counts(census, parse_map(repeated))


WRITE = """
import csv, random, sys
pick = random.Random(7)
with open(sys.argv[1], "w", encoding="utf-8", newline="") as file:
    writer = csv.writer(file)
    writer.writerow(["person", "site", "group", "sex", "age", "note"])
    for n in range(int(sys.argv[2])):
        writer.writerow([f"participant-{n * 7919 % int(sys.argv[2]):012}", f"s{n % 9}",
            ("AFR", "EUR", "EUR", "", "AFR;EUR")[n % 5], "FM"[n % 2], n % 100,
            'said "yes",\\nthen more' if n % 3 else "x"])
"""
COUNT = """
import json, resource, sys
from pathlib import Path
from everygenome.audit.mapping import parse_map
from everygenome.audit.reading import read_counts
counts = read_counts(Path(sys.argv[1]), parse_map(sys.argv[2]), by=["sex", "age_band"])
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([[list(cell), people] for cell, people in counts.people.items()]))
print(counts.rows, counts.repeated, dict(counts.sets)["African; European"], peak)
"""
TOLD = """
[file]
identifier = "person"
[columns.group]
dimension = "group"
kind = "genetic similarity"
separator = ";"
values = {AFR = "African", EUR = "European"}
[columns.sex]
dimension = "sex"
kind = "sex"
values = {F = "Women", M = "Men"}
[columns.age]
dimension = "age_band"
kind = "age"
bands = [50]
"""


@pytest.mark.slow
def test_two_million_people_with_line_breaks_in_cells(tmp_path):
    rows = 2_000_000
    path = tmp_path / "cohort.csv"
    subprocess.run([sys.executable, "-c", WRITE, str(path), str(rows)], check=True)
    done = subprocess.run(
        [sys.executable, "-c", COUNT, str(path), TOLD], check=True, capture_output=True, text=True
    )

    first, second = done.stdout.splitlines()
    cells = {tuple(cell): people for cell, people in json.loads(first)}
    groups = ("African", "European", "European", "Missing", "Several groups")
    expected = Counter()
    for n in range(100):
        band = "under 50" if n % 100 < 50 else "50 and over"
        expected[groups[n % 5], ("Women", "Men")[n % 2], band] += rows // 100
    assert cells == dict(expected)
    assert second.split()[:3] == [str(rows), "0", str(rows // 5)]
    # Kibibytes; the whole process with Python and its libraries.
    assert int(second.split()[3]) * 1024 < 1_000_000_000
