"""A release's tables as expressions are what Ibis itself would make of them."""

import pytest

from tests.factories.release import tiny_release

pytestmark = [pytest.mark.slow]


@pytest.mark.parametrize(
    "name", ["ancestry", "studies", "study_trait", "trait_parent", "publications", "grant_status"]
)
def test_columns_and_types_are_those_that_ibis_finds(tmp_path_factory, name):
    opened = tiny_release(
        tmp_path_factory.mktemp("release"), "GCST000001 discovery 100 European @ U.K."
    ).tables.opened
    assert opened.table(name).schema() == opened._backend.table(name).schema()


def test_codes_are_text_to_those_who_ask(tmp_path):
    opened = tiny_release(tmp_path, "GCST000001 discovery 100 European @ U.K.").tables.opened
    stage = opened.table("ancestry").stage
    assert stage.type().is_string()
    told = opened.run("stages", lambda: opened.table("ancestry").select("stage").distinct())
    assert told.column("stage").to_pylist() == ["discovery"]
