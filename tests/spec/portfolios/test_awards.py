"""At the end of an award, its studies are looked up by their numbers.

Every number that is given is answered: with the studies that it leads to, or by saying that the
release has none.
"""

from collections.abc import Callable
from typing import Any

import pytest

from everygenome.errors import NotFoundError, UsageError
from everygenome.pipeline.build import Options
from everygenome.pipeline.grants import Wanted
from everygenome.queries.release import Release
from everygenome.vocabulary.terms import Stage
from tests.factories.release import Study, engine_warning, tiny_release

pytestmark = engine_warning
title = "Awards"
ROWS = (
    "GCST000001 discovery 90 European @ U.K.",
    "GCST000001 replication 7 East Asian @ U.K.",
    "GCST000002 discovery 10 East Asian @ U.S.",
    "GCST000003 discovery 100 NR @ U.K., U.S.",
    "GCST000004 discovery ? European, NR @ Kenya",
)
STUDIES = [
    Study("GCST000001", "11"),
    Study("GCST000002", "12"),
    Study("GCST000003", "12"),
    Study("GCST000004", ""),
]
GRANTS = (
    "PUBMEDID\tAcronym\tAgency\tCountry\tGrantID\n"
    "11\tHL;HL\tNHLBI NIH HHS;NHLBI NIH HHS\tUnited States;United States\t"
    "R01 HL071250-03;U01HL999999\n"
    "12\tMissing Acronym\tMedical Research Council\tUnited Kingdom\tMR/L01341X/1\n"
)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    folder = tmp_path_factory.mktemp("awards")
    path = folder / "grants_2022-10-30.tsv"
    path.write_text(GRANTS, "utf-8")
    options = Options(partial=True, grants=Wanted(str(path)))
    return tiny_release(folder, *ROWS, studies=STUDIES, options=options)


def counts(answer: Any) -> dict[str, int]:
    return {row["group"]: row["value"] for row in answer.rows if row["rows"]}


def test_numbers_lead_to_studies_or_are_named(release: Release) -> None:
    """A grant leads to the publications that list it, and these to their studies.

    The same grant may be written otherwise; a part of a number is another number. One without its
    activity code is not taken for one with it, and both are named.
    """
    found = release.award(
        grants=["5R01HL71250-04", "mr/l01341x/1", "HL071250", "R01 HL07125"],
        publications=["PMID 11", "99"],
        studies=["gcst000004", "GCST000009", "height"],
    )
    led = {one.text: one.studies for one in found.given}
    assert led["5R01HL71250-04"] == led["PMID 11"] == ("GCST000001",)
    assert led["mr/l01341x/1"] == ("GCST000002", "GCST000003")
    assert led["gcst000004"] == ("GCST000004",)
    lost = {one.text: one.near for one in found.not_found}
    assert lost == {
        "HL071250": ("R01HL071250",),
        "R01 HL07125": (),
        "99": (),
        "GCST000009": (),
        "height": (),
    }
    assert found.studies == ("GCST000001", "GCST000002", "GCST000003", "GCST000004")
    assert {paper["number"]: len(paper["studies"]) for paper in found.publications} == {
        "": 1,
        "11": 1,
        "12": 2,
    }


def test_who_took_part_stages_apart(release: Release) -> None:
    """Discovery and replication are never added up, and the whole field stands beside them."""
    found = release.award(publications=["11"])
    assert counts(found.own[Stage.DISCOVERY]) == {"European": 90}
    assert counts(found.own[Stage.REPLICATION]) == {"East Asian": 7}
    assert counts(found.field[Stage.DISCOVERY]) == {
        "European": 90,
        "East Asian": 10,
        "Partly reported": None,
        "Not reported": 100,
    }


def test_one_study_of_a_publication(release: Release) -> None:
    """A study that is named alone brings no other study of its publication with it."""
    assert counts(release.award(studies=["GCST000002"]).own[Stage.DISCOVERY]) == {"East Asian": 10}
    whole = release.award(publications=["12"])
    assert counts(whole.own[Stage.DISCOVERY]) == {"East Asian": 10, "Not reported": 100}


def test_planned_beside_recorded(release: Release) -> None:
    """What was planned and is not recorded is shown, and so is what was not planned."""
    plan = "group,participants,stage\nAfrican,50,\nEuropean,50,\nEast Asian,7,replication"
    found = release.award(publications=["11"], plan=plan)
    told = {
        (row["stage"], row["group"]): (row["planned"], row["achieved"])
        for row in found.planned or ()
    }
    assert told == {
        ("discovery", "European"): (50, 90),
        ("discovery", "African"): (50, 0),
        ("replication", "East Asian"): (7, 7),
    }
    assert "planned_not_achieved" in {item.id for item in found.caveats}


def test_few_publications_are_not_compared_like_for_like(release: Release) -> None:
    """Under 20 publications chance would decide, and the report says so instead."""
    found = release.award(publications=["11", "12"])
    assert found.compared.rows == ()
    assert "There are 2 publications" in found.compared.why_not


def test_an_award_of_a_part_of_a_publication_is_compared_too(release: Release) -> None:
    """The publication's other studies are then part of the rest of the field, and no part of both.

    Study 1 has the same year, stage and want of a trait: 90 participations, all European. So all 10
    of study 2 have something to compare with, and would be European elsewhere.
    """
    found = release.award(studies=["GCST000002"], min_publications=1).compared
    rows = {row["group"]: row for row in found.rows}
    assert found.matched_share == 1
    shares = {group: (row["observed_share"], row["expected_share"]) for group, row in rows.items()}
    assert (shares["European"], shares["East Asian"]) == ((0, 1), (1, 0))
    assert (rows["European"]["ratio"], rows["East Asian"]["ratio"]) == (0, None)


def test_nothing_found_is_an_answer(release: Release) -> None:
    """An award without a study in the catalogue has a report too: it names what was given."""
    found = release.award(studies=["GCST000009"], plan="group,participants\nAfrican,50")
    assert (found.studies, found.own, found.countries) == ((), {}, None)
    assert [row["achieved"] for row in found.planned or ()] == [None]


def test_what_cannot_be_asked(release: Release, build_in: Callable[..., Any]) -> None:
    """No number, a filter, or a grant in a release that knows no grants."""
    with pytest.raises(UsageError, match="No study of the award was named"):
        release.award(publications=[" "])
    with pytest.raises(UsageError, match="whole"):
        release.award(publications=["11"], country="GBR")
    with pytest.raises(UsageError, match="at most 1,000"):
        release.award(publications=[str(number) for number in range(1001)])


def test_a_release_without_grants(build_in: Callable[..., Any]) -> None:
    """A grant cannot be looked up there; a publication can."""
    made = build_in(*ROWS, studies=STUDIES)
    with pytest.raises(NotFoundError, match="without grants"):
        made.award(grants=["R01HL071250"])
    assert made.award(publications=["11"]).studies == ("GCST000001",)


def test_a_question_may_name_publications_and_studies(release: Release) -> None:
    """The same filters are there for every measure; one that the release lacks is refused."""
    both = release.composition(publication=["12", "11"], stage="all")
    assert both.coverage["rows"] == 4
    assert both.filters["publication"] == "11;12"
    assert release.composition(study="gcst000002;GCST000001").coverage["rows"] == 2
    assert release.composition(study="GCST000002", publication="11").coverage["rows"] == 0
    with pytest.raises(NotFoundError, match="no study 'GCST000009'"):
        release.composition(study="GCST000009")
    with pytest.raises(NotFoundError, match="no publication with the PubMed number '99'"):
        release.amounts(publication="99")
