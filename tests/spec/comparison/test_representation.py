"""A share alone says little: it is set beside a share of a reference population.

The reference is named, and its groups must be of the same kind as ours, or a stated bridge
must lead from one to the other.
"""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from tests.factories.reference.others import representation, shortfall
from tests.factories.release import engine_warning
from tests.spec.conftest import Asked

pytestmark = engine_warning
title = "Representation"
REFERENCE = """# descriptor: genetic ancestry category
# citation: Made up for this specification
# date: 1 January 2020
group,people
European,100
East Asian,300
African,600
"""


@pytest.fixture
def reference(tmp_path: Path) -> Path:
    path = tmp_path / "reference.csv"
    path.write_text(REFERENCE, "utf-8")
    return path


def test_ratio_and_shortfall(given: Callable[..., Asked], reference: Path) -> None:
    """80 of 100 where a tenth is expected is eight times; 20 where 3 in 10 are is two thirds.

    The shortfall is what a group still lacks with the others as they are: new people enlarge
    the whole as well, so African participations would have to be 150 of then 250.
    """
    found = given("GCST000001 discovery 80 European", "GCST000001 discovery 20 East Asian")(
        "composition", reference=str(reference)
    )
    rows = {row["group"]: row for row in found.rows}
    expected = {
        "European": (80, Fraction(1, 10)),
        "East Asian": (20, Fraction(3, 10)),
        "African": (0, Fraction(6, 10)),
    }
    for group, (n, q) in expected.items():
        assert rows[group]["ratio"] == pytest.approx(representation(Fraction(n, 100), q), rel=1e-12)
        assert rows[group]["shortfall"] == pytest.approx(shortfall(n, 100, q), rel=1e-12)
    assert rows["African"]["shortfall"] == pytest.approx(150, rel=1e-12)
    assert rows["European"]["shortfall"] == 0


def test_what_the_reference_lacks_has_no_ratio(
    given: Callable[..., Asked], reference: Path
) -> None:
    """A group that the reference does not hold has no ratio; nor has a class such as Multiple."""
    found = given(
        "GCST000001 discovery 80 European", "GCST000001 discovery 20 European, East Asian"
    )("composition", reference=str(reference))
    rows = {row["group"]: row for row in found.rows}
    assert rows["South Asian"]["ratio"] is None
    assert rows["Multiple"]["ratio"] is None
    assert rows["Multiple"]["shortfall"] is None


def test_no_interval_from_few_publications(given: Callable[..., Asked], reference: Path) -> None:
    """Under ten publications no interval is given: it would look surer than it is."""
    found = given("GCST000001 discovery 80 European", "GCST000001 discovery 20 East Asian")(
        "composition", reference=str(reference)
    )
    assert found.rows[0]["share_low"] is None
    assert "small_base" in {note.id for note in found.caveats}


def test_a_people_that_governs_research_has_no_shortfall(
    given: Callable[..., Asked], tmp_path: Path
) -> None:
    """Where peoples in a group govern research themselves, nobody sets them a target.

    The ratio stands, because it says what is; a shortfall would say what ought to be.
    """
    path = tmp_path / "governed.csv"
    path.write_text(REFERENCE.replace("African", "Indigenous and Oceanian"), "utf-8")
    found = given("GCST000001 discovery 80 European", "GCST000001 discovery 20 East Asian")(
        "composition", reference=str(path)
    )
    row = next(row for row in found.rows if row["group"] == "Indigenous and Oceanian")
    assert row["ratio"] == 0
    assert row["shortfall"] is None
