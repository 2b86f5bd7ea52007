"""What is known of the release of 2019-12-06, and what we make of it."""

import gzip
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from everygenome.queries.release import Release
from tests.factories.release import engine_warning

pytestmark = engine_warning
DAY = "2019-12-06"
Real = Callable[[str], Release]


def raw_lines(catalogue: Path, name: str) -> list[list[str]]:
    path = catalogue / "releases" / DAY / f"{name}.tsv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return [line.rstrip("\r\n").split("\t") for line in file]


def test_sizes_and_flags(real: Real) -> None:
    manifest = real(DAY).manifest
    assert (str(manifest.date), manifest.date_inferred) == (DAY, True)
    assert (manifest.tables["studies"], manifest.tables["ancestry"]) == (8232, 15_761)
    assert manifest.flags["no_ancestry"] == 9
    assert manifest.flags["no_associations"] == 1424
    assert manifest.flags["participations_missing"] == 32
    assert manifest.tables["quarantine"] == 0


def test_repeated_groups_are_different_people_and_add_up(real: Real) -> None:
    """36 triples of accession, stage and cell stand twice, each time with another number."""
    rows = (
        real(DAY)
        .table("ancestry")
        .select(["study_accession", "stage", "broad_ancestral_category_stated", "participations"])
        .to_pylist()
    )
    triples = Counter(
        (row["study_accession"], row["stage"], row["broad_ancestral_category_stated"])
        for row in rows
    )
    assert sum(count > 1 for count in triples.values()) == 36
    assert sum(count - 1 for count in triples.values()) == 36
    assert real(DAY).manifest.flags["repeated_group"] == 72
    assert len({tuple(row.values()) for row in rows}) == len(rows)


def test_a_trailing_tab_on_every_row_is_no_column(catalogue: Path, real: Real) -> None:
    header, *lines = raw_lines(catalogue, "ancestry")
    assert len(header) == 12
    assert {len(fields) for fields in lines} == {13}
    assert len(lines) == real(DAY).table("ancestry").num_rows == 15_761


def test_bare_quotes_are_kept(catalogue: Path, real: Real) -> None:
    header, *lines = raw_lines(catalogue, "studies")
    at = {name: header.index(name) for name in ("STUDY ACCESSION", "STUDY", "DISEASE/TRAIT")}
    quoted = {
        fields[at["STUDY ACCESSION"]]: (fields[at["STUDY"]], fields[at["DISEASE/TRAIT"]])
        for fields in lines
        if '"' in "\t".join(fields)
    }
    assert len(quoted) == 13
    core = {
        row["study_accession"]: (row["title"], row["trait_reported"])
        for row in real(DAY)
        .table("studies")
        .select(["study_accession", "title", "trait_reported"])
        .to_pylist()
    }
    assert {name: core[name] for name in quoted} == {
        name: (title.strip(), trait.strip()) for name, (title, trait) in quoted.items()
    }


def test_a_misplaced_comma_is_flagged_and_not_corrected(real: Real) -> None:
    """ "5,4137 European ancestry individuals" stands against N = 54137, in six studies."""
    studies = (
        real(DAY)
        .table("studies")
        .select(["study_accession", "initial_sample_stated", "flags"])
        .to_pylist()
    )
    malformed = [
        row for row in studies if (row["initial_sample_stated"] or "").startswith("5,4137 European")
    ]
    assert len(malformed) == 6
    assert all("sample_text_malformed" in row["flags"] for row in malformed)
    names = {row["study_accession"] for row in malformed}
    rows = (
        real(DAY)
        .table("ancestry")
        .select(["study_accession", "broad_ancestral_category_stated", "participations"])
        .to_pylist()
    )
    assert {
        row["participations"]
        for row in rows
        if row["study_accession"] in names and row["broad_ancestral_category_stated"] == "European"
    } == {54_137}


def test_ten_publications_hold_about_15_percent(real: Real) -> None:
    """Over both stages 15.3%; in discovery alone 18.6%."""
    for stage, share in (("all", 0.153), ("discovery", 0.186)):
        found = real(DAY).concentration(stage=stage)
        last = [row for row in found.rows if row["kind"] == "publication"][-1]
        assert last["rank"] == 10
        assert round(last["cumulative_share"], 3) == share


def test_a_publication_whose_studies_hold_different_people(real: Real) -> None:
    """PubMed 31005972: British, American and Australian samples, of which one is counted.

    Its largest study has 174,424 people; the other samples are lost to the estimate, and all
    eleven studies are in the ceiling.
    """
    rows = [
        row
        for row in real(DAY)
        .table("ancestry")
        .select(["pubmed_id", "participations", "country_set"])
        .to_pylist()
        if row["pubmed_id"] == "31005972"
    ]
    assert {row["country_set"] for row in rows} == {"GBR", "USA", "AUS", "USA;AUS"}
    assert max(row["participations"] for row in rows) == 174_424
    assert (len(rows), sum(row["participations"] for row in rows)) == (11, 209_157)


def test_five_european_shares_of_one_release(real: Real) -> None:
    """One release, five shares: why a number carries unit and denominator."""
    release = real(DAY)

    def share(**choices: str) -> float:
        row = release.composition(**choices).rows[0]
        assert row["group"] == "European"
        return round(100 * row["share"], 1)

    assert share(unit="studies") == 75.2
    assert share(unit="publications") == 72.8
    assert share() == 90.7
    assert share(denominator="all") == 84.0
    assert share(stage="replication") == 79.6
