"""Studies that were made up lead to no page elsewhere."""

import pytest

from everygenome.errors import NotFoundError
from everygenome.pipeline.build import build
from everygenome.queries.release import Release, open_release
from everygenome.sources.gwas_catalog.demonstration.write import write_demonstration
from everygenome.store.folder import Store
from tests.factories.release import engine_warning
from tests.properties.measures.test_lists_agree import unpacked

pytestmark = engine_warning


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Release:
    folder = tmp_path_factory.mktemp("demonstration_studies")
    write_demonstration(folder / "files")
    build(Store(folder / "store"), folder / "files")
    return open_release(store=folder / "store")


def test_no_study_has_a_link(made_up: Release) -> None:
    listed = made_up.studies(stage="all", limit=1000)
    for row in listed.rows[::100]:
        found = made_up.study(row["study_accession"])
        assert found.rows[0]["links"] == []
        assert found.rows[0]["link"] is None
        assert "demonstration" in {note.id for note in found.caveats}
        assert "ebi.ac.uk/gwas" not in found.to_json()
        assert "ncbi.nlm.nih.gov" not in found.to_json()


def test_an_unknown_one_is_told_how_they_look(made_up: Release) -> None:
    with pytest.raises(NotFoundError) as caught:
        made_up.study("GCST000001")
    assert "DEMO and six digits" in caught.value.remedy
    paper = made_up.studies(limit=1).rows[0]["pubmed_id"]
    with pytest.raises(NotFoundError) as caught:
        made_up.study(paper)
    assert "DEMO" in caught.value.remedy


def test_points_name_them(made_up: Release) -> None:
    header, points = unpacked(made_up.points_binary())
    assert header["accessions"] == {"prefix": "DEMO", "digits": 6, "others": []}
    assert header["head"]["release"]["demonstration"] is True
    assert {name[:4] for name, *_ in points} == {"DEMO"}
