"""A plan can be added to the records before anybody is asked to take part.

It is arithmetic on what the plan states, and no forecast: what a call would change if its studies
were done as planned, and nothing else happened.
"""

from pathlib import Path
from typing import Any

import pytest

from everygenome.errors import InputError, UsageError
from everygenome.queries.release import Release
from tests.factories.release import Mapping, Study, engine_warning, tiny_release

pytestmark = engine_warning
title = "Plans"
URI = "http://www.ebi.ac.uk/efo/EFO_0000270"
ROWS = (
    "GCST000001 discovery 90 European @ U.K.",
    "GCST000002 discovery 10 East Asian @ U.S.",
    "GCST000003 discovery 100 NR @ U.K.",
)
STUDIES = [
    Study("GCST000001", "11", uris=URI, trait="Asthma"),
    Study("GCST000002", "12", uris=URI, trait="Asthma"),
    Study("GCST000003", "13", trait="Height"),
]
MAPPINGS = [Mapping("Asthma", URI, "Lung disease")]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    folder = tmp_path_factory.mktemp("plans")
    return tiny_release(folder, *ROWS, studies=STUDIES, mappings=MAPPINGS)


def rows(answer: Any) -> dict[str, dict[str, Any]]:
    return {row["group"]: row for row in answer.rows}


def test_both_sides_are_enlarged(release: Release) -> None:
    """90 of 100 are European; with 100 African participations more they are 90 of 200.

    In the portfolio of what was recruited in the United Kingdom they were all of 90, and are then
    90 of 190. Records that do not say who took part stay out of both shares.
    """
    found = release.simulate("group,participants\nAfrican,100", country="GBR")
    european, african = rows(found)["European"], rows(found)["African"]
    assert (european["field_before"], european["field_after"]) == (0.9, 0.45)
    assert (european["portfolio_before"], european["portfolio_after"]) == (1.0, 90 / 190)
    assert (african["field_before"], african["field_after"]) == (0.0, 0.5)
    assert (african["field_value_before"], african["field_value_after"]) == (0, 100)
    assert african["portfolio_change"] == 100 / 190
    assert {"planned_not_done", "one_person_many_uses"} <= {item.id for item in found.caveats}


def test_an_empty_plan_changes_nothing(release: Release) -> None:
    """Nothing added is nothing changed, and before is what the composition says."""
    found = release.simulate([], country="GBR")
    own = {row["group"]: row["share"] for row in release.composition(country="GBR").rows}
    for group, row in rows(found).items():
        assert row["portfolio_before"] == row["portfolio_after"] == own[group]
        assert row["field_change"] in (0, None)


def test_samples_of_another_stage_are_counted_and_left_out(release: Release) -> None:
    """A replication sample does not enter the shares of discovery; the coverage says how many."""
    plan = "group,participants,stage\nAfrican,100,\nAfrican,7,replication"
    found = release.simulate(plan)
    assert rows(found)["African"]["planned"] == 100
    assert found.coverage["plan"]["participations_of_other_stages"] == 7
    assert rows(release.simulate(plan, stage="all"))["African"]["planned"] == 107


def test_gaps_that_a_plan_would_close(release: Release) -> None:
    """No discovery study of asthma names African; three planned ones are more than few.

    One study with two samples is one study. A group that a people governs is never offered as a
    gap, however few its studies are, and a note says so.
    """
    lines = [f"{name},African,10,asthma" for name in ("a", "a", "b")]
    lines.append("c,Indigenous and Oceanian,10,asthma")
    plan = "\n".join(["study,group,participants,trait", *lines]).replace("asthma", "EFO_0000270")
    found = release.simulate(plan)
    [gap] = found.coverage["gaps"]
    assert (gap["group"], gap["state_before"], gap["studies_after"]) == ("African", "none", 2)
    assert (gap["state_after"], gap["closed"]) == ("few", False)
    assert found.coverage["governed"] == ["Indigenous and Oceanian"]
    assert "governed_by_peoples" in {item.id for item in found.caveats}
    [gap] = release.simulate(f"{plan}\nd,African,10,EFO_0000270").coverage["gaps"]
    assert (gap["studies_after"], gap["state_after"], gap["closed"]) == (3, "some", True)


def test_shares_within_a_subject(release: Release) -> None:
    """Of asthma, East Asian participations are 10 of 100, and with 100 more 110 of 200."""
    plan = "group,participants,trait\nEast Asian,100,EFO_0000270\nAfrican,50,"
    found = release.simulate(plan).coverage["traits"]
    [east] = [row for row in found if row["group"] == "East Asian"]
    assert (east["before"], east["after"]) == (0.1, 0.55)
    # The African sample is of no subject.
    assert {row["group"]: row["planned"] for row in found}["African"] == 0


def test_distance_from_a_reference(release: Release, tmp_path: Path) -> None:
    """Against 1 European to 1 East Asian, 40 in 100 would have to change; then none.

    Shortfalls are of one group at a time, and a group that a people governs has none.
    """
    path = tmp_path / "reference.csv"
    path.write_text(
        "# descriptor: genetic ancestry category\n# citation: Made up\n# date: 2020\n"
        "group,people\nEuropean,50\nEast Asian,49\nIndigenous and Oceanian,1\n",
        "utf-8",
    )
    found = release.simulate("group,participants\nEast Asian,80", reference=str(path))
    told = found.coverage["reference"]["field"]
    assert told["before"]["shortfall"]["East Asian"] == pytest.approx(39 / 0.51)
    assert told["after"]["shortfall"]["East Asian"] == 0
    assert "Indigenous and Oceanian" not in told["after"]["shortfall"]
    before, after = (told[when]["distance"]["dissimilarity"] for when in ("before", "after"))
    assert before == pytest.approx(0.4)
    assert after == pytest.approx(0.01)


def test_a_group_that_there_is_not(release: Release) -> None:
    """The message names the line, and what the word counts as, or the nearest names."""
    with pytest.raises(InputError, match=r"line 2, column group: .*Under this scheme .* 'African'"):
        release.simulate("group,participants\nSub-Saharan African,10")
    with pytest.raises(InputError, match=r"line 3, column group: .*Did you mean 'South Asian'"):
        release.simulate("group,participants\nafrican,10\nSouth Asain,10")
    with pytest.raises(InputError, match=r"line 2, column trait: .*has no trait 'nothing at all'"):
        release.simulate("group,participants,trait\nAfrican,10,nothing at all")
    for refused in ({"unit": "studies"}, {"trait": "EFO_0000270"}):
        with pytest.raises(UsageError):
            release.simulate("group,participants\nAfrican,10", **refused)
    split = {"country": "GBR", "country_rule": "split"}
    with pytest.raises(UsageError, match="split"):
        release.simulate("group,participants\nAfrican,10", **split)
    with pytest.raises(UsageError, match="name of a file"):
        release.simulate(Path("plan.csv"))  # type: ignore[arg-type]
