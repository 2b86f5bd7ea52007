"""The demonstration catalogue becomes a release that says what it is."""

import pytest

from everygenome.pipeline.build import Outcome, build
from everygenome.sources.gwas_catalog.demonstration.write import write_demonstration
from everygenome.store.folder import Store

# Ibis 12 calls a method that DuckDB 2 has renamed; there is nothing that we could change.
pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    folder = tmp_path_factory.mktemp("demonstration")
    write_demonstration(folder / "files")
    return build(Store(folder / "store"), folder / "files")


def test_the_release_is_marked_as_a_demonstration(outcome: Outcome) -> None:
    assert outcome.new
    assert outcome.manifest.demonstration is True
    assert outcome.manifest.date.isoformat() == "2025-06-30"
    assert outcome.manifest.date_inferred is False


def test_every_row_is_placed_and_nothing_awaits_review(outcome: Outcome) -> None:
    manifest = outcome.manifest
    assert manifest.unreviewed == ()
    assert manifest.tables["quarantine"] == 0
    assert manifest.missing == ()
    assert set(manifest.unmatched.values()) == {0.0}
    assert all(item.rows_in == item.rows_core for item in manifest.inputs)


def test_the_counts_are_those_of_the_files(outcome: Outcome) -> None:
    tables = outcome.manifest.tables
    assert tables["publications"] == 600
    assert tables["studies"] == tables["study_trait"] == 1535
    assert tables["ancestry"] == 2398
    assert tables["associations"] == 2397
    assert tables["trait_parent"] == tables["trait_mapping"] == 27
    assert set(outcome.manifest.flags) == {
        "no_associations", "participations_missing", "repeated_group",
    }  # fmt: skip
