"""Every real file loads, and every row of it is in a core table or in quarantine."""

import gzip
import shutil
import zipfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from everygenome.errors import InputError
from everygenome.pipeline.build import Options, Outcome, build
from everygenome.sources.gwas_catalog.find import find
from everygenome.sources.gwas_catalog.layout import Kind
from everygenome.store.folder import Store
from tests.factories.release import ancestry_rows, write_catalogue

pytestmark = [pytest.mark.slow]

# Rows of each real file, counted once with `zcat FILE | tail -n +2 | wc -l`.
RELEASES = {
    "2019-07-12": (7230, 14005, 7633),
    "2019-08-05": (7407, 14353, 7863),
    "2019-09-05": (7661, 14780, 8198),
    "2019-09-25": (7796, 15122, 8252),
    "2019-10-25": (7978, 15340, 8470),
    "2019-12-06": (8232, 15761, 8590),
}


def accounted(outcome: Outcome, folder: Path) -> dict[str, int]:
    """Rows in, by kind, after checking that none is lost between file, table and quarantine."""
    quarantine = pq.read_table(folder / "quarantine.parquet").to_pylist()
    core = {
        "studies": "studies",
        "ancestry": "ancestry",
        "trait_mappings": "trait_mapping",
        "associations": "associations",
    }
    for item in outcome.manifest.inputs:
        rows = pq.read_metadata(folder / f"{core[item.kind]}.parquet").num_rows
        aside = [row for row in quarantine if row["kind"] == item.kind]
        assert (rows, len(aside)) == (item.rows_core, item.rows_quarantined)
        assert item.rows_in == rows + len(aside)
    return {item.kind: item.rows_in for item in outcome.manifest.inputs}


@pytest.mark.parametrize("day", RELEASES)
def test_a_real_release_loads_whole(catalogue: Path, tmp_path: Path, day: str) -> None:
    outcome = build(Store(tmp_path), catalogue / "releases" / day)
    rows = accounted(outcome, tmp_path / "releases" / outcome.manifest.id)
    assert (rows["studies"], rows["ancestry"], rows["trait_mappings"]) == RELEASES[day]
    assert outcome.manifest.date.isoformat() == day
    assert outcome.manifest.date_inferred
    assert not outcome.manifest.demonstration
    assert outcome.manifest.unreviewed == ()


@pytest.mark.parametrize("layout", ["v1.0.3", "v1.0.3.1"])
def test_a_modern_layout_parses_row_for_row(catalogue: Path, tmp_path: Path, layout: str) -> None:
    folder = catalogue / "layouts" / layout
    with pytest.raises(InputError, match="lacks trait_mappings"):
        build(Store(tmp_path), folder)
    outcome = build(Store(tmp_path), folder, options=Options(partial=True))
    place = tmp_path / "releases" / outcome.manifest.id
    assert accounted(outcome, place) == {"studies": 19, "ancestry": 19, "associations": 19}
    assert outcome.manifest.unmatched["studies_without_ancestry"] > 0.05
    first = pq.read_table(place / "associations.parquet").to_pylist()[0]
    assert (first["variant_stated"], first["p_mantissa"], first["p_exponent"]) == (
        "rs28383314",
        7.0,
        -27,
    )
    assert (first["chromosome"], first["position"]) == ("6", 32619436)


def test_studies_alone_load_with_partial(catalogue: Path, tmp_path: Path) -> None:
    folder = catalogue / "studies_only_2020-05-03"
    with pytest.raises(InputError, match="lacks ancestry"):
        build(Store(tmp_path), folder)
    outcome = build(Store(tmp_path), folder, options=Options(partial=True))
    rows = accounted(outcome, tmp_path / "releases" / outcome.manifest.id)
    assert rows == {"studies": 8744, "trait_mappings": 9412}
    assert outcome.manifest.missing == ("ancestry",)
    # A file that was not given proves nothing of a study.
    assert "no_ancestry" not in outcome.manifest.flags


def test_50_000_real_associations_load(catalogue: Path, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    shutil.copytree(catalogue / "releases" / "2019-12-06", folder)
    name = "associations_sample_50000_2020-04-30.tsv.gz"
    shutil.copy(catalogue / "associations" / name, folder / name)
    outcome = build(Store(tmp_path / "store"), folder)
    place = tmp_path / "store" / "releases" / outcome.manifest.id
    assert accounted(outcome, place)["associations"] == 50_000
    table = pq.read_table(place / "associations.parquet")
    assert len(set(table["study_accession"].to_pylist())) == 5168
    exponents = table["p_exponent"].to_pylist()
    # Below what a float holds: kept, because mantissa and exponent stand apart.
    assert min(exponents) < -308
    assert None not in exponents


def test_the_oldest_studies_layout_takes_its_accessions_from_the_ancestry_file(
    catalogue: Path, tmp_path: Path
) -> None:
    real = catalogue / "releases" / "2019-12-06"
    folder = tmp_path / "files"
    shutil.copytree(real, folder)
    lines = gzip.decompress((real / "studies.tsv.gz").read_bytes()).decode().split("\r\n")
    truth = [line.split("\t")[14] for line in lines if line]
    (folder / "studies.tsv.gz").chmod(0o600)
    (folder / "studies.tsv.gz").write_bytes(
        gzip.compress(
            "".join("\t".join(line.split("\t")[:12]) + "\r\n" for line in lines if line).encode()
        )
    )
    with pytest.raises(InputError, match="do not belong together"):
        build(Store(tmp_path / "store"), folder)
    outcome = build(Store(tmp_path / "store"), folder, options=Options(partial=True))
    place = tmp_path / "store" / "releases" / outcome.manifest.id
    accounted(outcome, place)
    found = pq.read_table(place / "studies.parquet").to_pylist()
    assert len(found) == 6080
    assert all(row["study_accession"] == truth[row["source_line"] - 1] for row in found)
    assert outcome.manifest.flags["accession_derived"] == 6080
    assert outcome.manifest.flags["no_accession"] == 8232 - 6080


def test_files_are_found_by_what_they_hold_in_any_packing(catalogue: Path, tmp_path: Path) -> None:
    real = catalogue / "releases" / "2019-12-06"
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "one").write_bytes(gzip.decompress((real / "ancestry.tsv.gz").read_bytes()))
    shutil.copy(real / "trait_mappings.tsv.gz", folder / "two.bin")
    with zipfile.ZipFile(folder / "three.dat", "w", zipfile.ZIP_DEFLATED) as archive:
        data = gzip.decompress((real / "studies.tsv.gz").read_bytes())
        archive.writestr("gwas-catalog_r2019-12-16.tsv", data)
    (folder / "notes.txt").write_text("not a table")
    found = find(folder, tmp_path / "work")
    assert {kind: item.name for kind, item in found.items()} == {
        Kind.ANCESTRY: "one",
        Kind.STUDIES: "three.dat/gwas-catalog_r2019-12-16.tsv",
        Kind.TRAIT_MAPPINGS: "two.bin",
    }
    outcome = build(Store(tmp_path / "store"), folder)
    assert outcome.manifest.id.startswith("2019-12-16-")
    assert not outcome.manifest.date_inferred


def test_a_damaged_association_goes_to_quarantine_with_line_flag_and_text(
    catalogue: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "files"
    shutil.copytree(catalogue / "releases" / "2019-12-06", folder)
    real = catalogue / "associations" / "associations_sample_50000_2020-04-30.tsv.gz"
    lines = gzip.decompress(real.read_bytes()).decode().split("\n")[:101]
    lines[5] = lines[5].replace("GCST", "XCST")
    lines[9] = lines[9] + "\tsurplus"
    lines.insert(20, "")
    (folder / "associations.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    outcome = build(Store(tmp_path / "store"), folder)
    place = tmp_path / "store" / "releases" / outcome.manifest.id
    rows = accounted(outcome, place)
    assert rows["associations"] == 100
    quarantine = pq.read_table(place / "quarantine.parquet").to_pylist()
    assert [(row["source_line"], row["flag"]) for row in quarantine] == [
        (6, "bad_accession"),
        (10, "too_many_fields"),
    ]
    assert quarantine[0]["text"] == lines[5]
    assert quarantine[1]["text"] == lines[9]
    assert quarantine[0]["file"] == "associations.tsv"


def test_a_value_that_was_mended_is_flagged(tmp_path: Path) -> None:
    rows = ancestry_rows("GCST000001 discovery 100 European", "GCST000002 discovery 50 East Asian")
    folder = write_catalogue(tmp_path / "files", rows)
    file = folder / "ancestry.tsv"
    lines = file.read_bytes().split(b"\n")
    lines[2] = lines[2].replace(b"Author A", b"Author\rA")
    # A blank line before it: the flag must find its row all the same.
    file.write_bytes(b"\n".join([lines[0], b"", *lines[1:]]))
    outcome = build(Store(tmp_path / "store"), folder)
    place = tmp_path / "store" / "releases" / outcome.manifest.id
    found = pq.read_table(place / "ancestry.parquet").to_pylist()
    assert [(row["ancestry_row"], "line_mended" in row["flags"]) for row in found] == [
        (3, False),
        (4, True),
    ]
    assert outcome.manifest.flags["line_mended"] == 1
