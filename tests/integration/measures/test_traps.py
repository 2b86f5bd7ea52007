"""Each trap that the Diversity Monitor fell into, on the real release where it shows."""

import gzip
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from everygenome.errors import EverygenomeError, UnreviewedError
from everygenome.pipeline.build import Options, build
from everygenome.queries.release import Release, list_releases, open_release
from everygenome.store.folder import Store
from everygenome.vocabulary.countries import scan_countries
from tests.factories.release import ancestry_rows, engine_warning, write_catalogue

pytestmark = engine_warning
Real = Callable[[str], Release]
IN_PART = "In Part Not Recorded"


def rows_of(release: Release) -> list[dict[str, Any]]:
    return (
        release.table("ancestry")
        .select(
            [
                "study_accession",
                "pubmed_id",
                "stage",
                "participations",
                "publication_year",
                "broad_ancestral_category_stated",
                "country_of_recruitment_stated",
                "countries_named",
            ]
        )
        .to_pylist()
    )


def pairs_of(dictionary: Path) -> dict[str, list[str]]:
    groups = defaultdict(list)
    for line in dictionary.read_text("utf-8").splitlines()[1:]:
        cell, group = line.split("\t")
        groups[cell].append(group)
    return groups


def total(rows: list[dict[str, Any]]) -> int:
    return sum(row["participations"] or 0 for row in rows)


@pytest.mark.slow
@pytest.mark.parametrize("day", ["2019-08-05", "2019-09-25", "2019-12-06"])
def test_trap_1_duplicate_keys_multiplied_25_rows_of_59_305_people(
    real: Real, dictionary: Path, day: str
) -> None:
    """185 lines for 175 keys. Under their rule the rows multiply; under ours none can."""
    groups = pairs_of(dictionary)
    assert (sum(map(len, groups.values())), len(groups)) == (185, 175)
    rows = rows_of(real(day))
    extra = [row for row in rows for _ in groups[row["broad_ancestral_category_stated"]][1:]]
    assert (len(extra), total(extra)) == (25, 59_305)
    choices = {
        "rule": "monitor2020",
        "broad_dictionary": dictionary,
        "stage": "all",
        "denominator": "all",
    }
    counted = real(day).composition(unit="studies", **choices)
    summed = real(day).composition(**choices)
    with_number = [row for row in rows if row["participations"] is not None]
    assert sum(row["value"] for row in counted.rows) == len(with_number) + 25
    assert sum(row["value"] for row in summed.rows) == total(rows) + 59_305
    assert real(day).composition(stage="all").coverage["all_value"] == total(rows)


def test_trap_2_european_with_african_american_is_multiple_and_not_unrecorded(
    real: Real, dictionary: Path
) -> None:
    """Five recorded cells, 21 rows of 103,254, are filed as not recorded in part.

    "European, African American or Afro-Caribbean" is one of them, with three rows.
    """
    release, groups = real("2019-12-06"), pairs_of(dictionary)
    rows = (
        release.table("ancestry")
        .select(["broad_ancestral_category_stated", "category_set", "participations"])
        .to_pylist()
    )
    misfiled = [
        row
        for row in rows
        if "NR" not in row["category_set"].split(";")
        and IN_PART in groups[row["broad_ancestral_category_stated"]]
    ]
    assert (len(misfiled), total(misfiled)) == (21, 103_254)
    cell = "European, African American or Afro-Caribbean"
    named = [row for row in misfiled if row["broad_ancestral_category_stated"] == cell]
    assert (len(named), total(named)) == (3, 25_010)
    assert {row["category_set"] for row in named} == {cell.replace(", ", ";")}
    assert groups[cell] == [IN_PART]


def test_trap_3_an_unseen_combination_of_known_labels_counts(
    tmp_path: Path, dictionary: Path
) -> None:
    """A combination that their dictionary lacks vanished; the scanner reads any."""
    cell = "Oceanian, Central Asian, Aboriginal Australian"
    assert cell not in pairs_of(dictionary)
    files = write_catalogue(tmp_path / "files", ancestry_rows(f"GCST000001 discovery 70 {cell}"))
    build(Store(tmp_path / "store"), files)
    release = open_release(store=tmp_path / "store")
    assert release.composition().coverage["recorded_value"] == 70
    theirs = release.composition(rule="monitor2020", broad_dictionary=dictionary)
    assert theirs.rows == []


def test_trap_4_not_recorded_is_said_to_be_8_percent(real: Real) -> None:
    """7.9% of N on 2019-09-25 over both stages, 8.8% on 2019-12-06: said, never dropped."""
    for day, excluded, words in (
        ("2019-09-25", 0.079257, "7.9%"),
        ("2019-12-06", 0.088162, "8.8%"),
    ):
        rows = rows_of(real(day))
        unclear = [row for row in rows if "NR" in row["broad_ancestral_category_stated"]]
        found = real(day).composition(stage="all")
        assert found.coverage["excluded_share"] == pytest.approx(
            total(unclear) / total(rows), rel=1e-12
        )
        assert found.coverage["excluded_share"] == pytest.approx(excluded, abs=1e-6)
        note = next(note for note in found.caveats if note.id == "not_recorded_excluded")
        assert note.text.startswith(f"{words} of the participations")


def test_trap_5_participations_are_never_shown_as_people(real: Real) -> None:
    """334,891,170 discovery participations are at least 1 and at most so many people."""
    release = real("2019-12-06")
    found = release.composition()
    assert found.unit == "participations"
    assert "participations_are_not_people" in {note.id for note in found.caveats}
    everyone = release.people().rows[0]
    assert everyone["ceiling"] == found.coverage["all_value"] == 334_891_170
    largest = Counter()
    for row in rows_of(release):
        if row["stage"] == "discovery":
            largest[row["study_accession"]] += row["participations"] or 0
    assert everyone["floor"] == max(largest.values())
    assert everyone["floor"] < everyone["publication_estimate"] < everyone["ceiling"]


def test_trap_6_rows_are_not_studies_58_75_and_73_percent(real: Real, dictionary: Path) -> None:
    """European discovery: 58.4% of rows, 75.0% of accessions, 72.6% of publications.

    The quoted figures are of 2019-09-25, through the dictionary with each key once.
    """
    groups = pairs_of(dictionary)
    rows = [
        row
        for row in rows_of(real("2019-09-25"))
        if row["stage"] == "discovery"
        and row["participations"] is not None
        and groups[row["broad_ancestral_category_stated"]][0] != IN_PART
    ]
    european = [
        row for row in rows if groups[row["broad_ancestral_category_stated"]][0] == "European"
    ]
    shares = [len(european) / len(rows)] + [
        len({row[name] for row in european}) / len({row[name] for row in rows})
        for name in ("study_accession", "pubmed_id")
    ]
    assert [round(100 * share, 1) for share in shares] == [58.4, 75.0, 72.6]


def test_trap_6_our_units_are_what_they_are_called(real: Real) -> None:
    """Of studies and publications that state ancestry clearly, 2019-09-25, discovery, alone."""
    release = real("2019-09-25")
    for unit, share in (("studies", 0.750718), ("publications", 0.726532)):
        european = release.composition(unit=unit).rows[0]
        assert european["group"] == "European"
        assert european["share"] == pytest.approx(share, abs=1e-6)


def test_trap_7_totals_before_any_fan_out(real: Real, dictionary: Path) -> None:
    """Associations 350,159 against 152,961 distinct; the denominator 1.244 times too large.

    Their figures are reckoned again from the rows; ours stay what they are.
    """
    release, groups = real("2019-09-25"), pairs_of(dictionary)
    studies = {
        row["study_accession"]: row
        for row in release.table("studies")
        .select(["study_accession", "trait_reported", "association_count"])
        .to_pylist()
    }
    parents = defaultdict(set)
    for row in release.table("trait_mapping").to_pylist():
        parents[row["trait_reported"]].add(row["trait_parent"])
    rows = [
        row
        for row in rows_of(release)
        if row["stage"] == "discovery" and row["participations"] is not None
        for group in groups[row["broad_ancestral_category_stated"]]
        if group != IN_PART
    ]
    spread = [
        (row, len(parents[studies[row["study_accession"]]["trait_reported"]]))
        for row in rows
        if row["study_accession"] in studies
    ]
    counts = {name: one["association_count"] for name, one in studies.items()}
    fanned = sum(counts[row["study_accession"]] * times for row, times in spread)
    distinct = {row["study_accession"] for row, times in spread if times}
    assert fanned == 350_159
    assert sum(counts[name] for name in distinct) == 152_961
    inflated = sum(row["participations"] * times for row, times in spread)
    assert inflated / total(rows) == pytest.approx(1.244, abs=0.0005)
    # Ours: "All traits" is the composition itself, in every unit.
    for unit in ("participations", "associations", "studies"):
        ours = release.traits(unit=unit)
        whole = [row["value"] for row in ours.rows if row["trait_parent"] == "All traits"]
        assert whole == [row["value"] for row in release.composition(unit=unit).rows]
    everything = release.composition(unit="associations", stage="all").coverage["all_value"]
    with_ancestry = {row["study_accession"] for row in rows_of(release)}
    assert everything == sum(counts[name] for name in with_ancestry if name in counts) == 159_192


def test_trap_8_no_group_is_overwritten_by_another(real: Real) -> None:
    """Each group of each year is there once, and the groups of a year add up to the year."""
    release = real("2019-12-06")
    found = release.trend(denominator="all").rows
    assert len({(row["year"], row["group"]) for row in found}) == len(found)
    years = Counter()
    for row in rows_of(release):
        if row["stage"] == "discovery":
            years[row["publication_year"]] += row["participations"] or 0
    sums = Counter()
    for row in found:
        sums[row["year"]] += row["value"] or 0
    assert sums == years


def test_trap_9_a_map_says_what_share_of_the_people_it_shows(real: Real) -> None:
    """2019-09-25, both stages: the UK has 56% under `single` and 38% under `split`.

    Two thirds of N name a country at all, and half of these name exactly one.
    """
    release = real("2019-09-25")
    found = {
        rule: release.countries(stage="all", country_rule=rule)
        for rule in ("single", "split", "any")
    }
    kingdom = {
        rule: next(row["share"] for row in answer.rows if row["iso3"] == "GBR")
        for rule, answer in found.items()
    }
    assert round(kingdom["single"], 2) == 0.56
    assert round(kingdom["split"], 2) == 0.38
    assert found["split"].coverage["share"] == pytest.approx(0.666091, abs=1e-6)
    silent = next(row for row in found["split"].rows if row["name"] == "Not reported")
    assert silent["share_of_all"] == pytest.approx(1 - 0.666091, abs=1e-6)
    rows = rows_of(release)
    exactly_one = [
        row
        for row in rows
        if row["countries_named"] == 1 and "NR" not in row["country_of_recruitment_stated"]
    ]
    assert found["single"].coverage["counted_value"] == total(exactly_one)
    uk = [row for row in exactly_one if row["country_of_recruitment_stated"] == "U.K."]
    assert kingdom["single"] == pytest.approx(total(uk) / total(exactly_one), rel=1e-12)
    # All that is counted and all that is not add up to everything.
    assert sum(row["value"] for row in found["single"].rows) == total(rows)


def test_trap_9_not_all_of_a_row_is_given_to_its_first_country(real: Real) -> None:
    """Under `split` the parts of a row add up to the row."""
    found = real("2019-09-25").countries(stage="all", country_rule="split")
    parts = sum(row["value"] for row in found.rows if row["iso3"])
    assert parts == pytest.approx(found.coverage["counted_value"], rel=1e-12)


def test_trap_10_both_koreas_are_read_as_they_are_written(real: Real) -> None:
    """No name is made from another by a pattern; every cell of six releases is understood."""
    assert scan_countries("Republic of Korea").iso3 == ("KOR",)
    assert scan_countries("Democratic People's Republic of Korea").iso3 == ("PRK",)
    assert scan_countries("Democratic People's Korea, South").iso3 == ()
    names = {row["iso3"]: row["name"] for row in real("2019-12-06").countries(stage="all").rows}
    assert (names["KOR"], names["PRK"]) == ("South Korea", "North Korea")
    assert real("2019-12-06").manifest.unreviewed == ()


def test_trap_11_missing_is_not_written_as_zero(real: Real) -> None:
    """32 rows of 2019-12-06 state no number; they stay missing and are counted."""
    release = real("2019-12-06")
    rows = [row for row in rows_of(release) if row["participations"] is None]
    assert len(rows) == 32
    assert release.manifest.flags["participations_missing"] == 32
    found = release.composition(stage="all")
    assert found.coverage["rows_without_number"] == 32
    told = next(note for note in found.caveats if note.id == "numbers_missing")
    assert "(32)" in told.text
    alone = release.composition(stage="all", trait="EFO_0000249").rows
    assert all(row["value"] == 0 for row in alone if not row["rows"])


def test_trap_12_an_error_is_raised_and_the_old_release_is_called_old(
    tmp_path: Path,
) -> None:
    """A failing update ends with an error; what is served still says its own date."""
    store = Store(tmp_path / "store")
    good = write_catalogue(tmp_path / "good", ancestry_rows("GCST000001 discovery 5 European"))
    first = build(store, good, options=Options(partial=True)).manifest
    bad = write_catalogue(tmp_path / "bad", ancestry_rows("GCST000001 discovery 6 Martian"))
    with pytest.raises(UnreviewedError) as caught:
        build(store, bad, options=Options(partial=True))
    assert isinstance(caught.value, EverygenomeError)
    assert caught.value.exit_code == 4
    assert [line["id"] for line in list_releases(store=store.root)] == [first.id]
    assert open_release(store=store.root).composition().release.date == "2020-01-01"


def test_what_was_read_is_what_was_written(catalogue: Path, real: Real) -> None:
    """N of every row of 2019-12-06 reaches the sum, counted without the engine."""
    with gzip.open(
        catalogue / "releases/2019-12-06/ancestry.tsv.gz", "rt", encoding="utf-8", newline=""
    ) as file:
        lines = [line.rstrip("\r\n").split("\t") for line in file][1:]
    assert sum(int(fields[7]) for fields in lines if fields[7].strip()) == 429_060_793
    assert real("2019-12-06").composition(stage="all").coverage["all_value"] == 429_060_793
