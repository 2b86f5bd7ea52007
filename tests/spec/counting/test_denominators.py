"""A share is a share of something: of the rows that say clearly who took part, or of all.

Unclear rows could hide any group. So over all rows each group has a lowest and a highest
possible share, and the truth lies between.
"""

from collections.abc import Callable

from tests.factories.release import engine_warning
from tests.spec.conftest import Asked

pytestmark = engine_warning
title = "Recorded, all, and the interval between"
ROWS = (
    "GCST000001 discovery 60 European",
    "GCST000001 discovery 20 European, East Asian",
    "GCST000001 discovery 15 East Asian, NR",
    "GCST000001 discovery 5 NR",
)


def test_recorded(given: Callable[..., Asked]) -> None:
    """`recorded` leaves out partly and not reported rows: 60 of 80. It says how much."""
    found = given(*ROWS)("composition")
    european = found.rows[0]
    assert (european["value"], european["share"], european["share_with_others"]) == (60, 0.75, 1.0)
    assert found.coverage["excluded_share"] == 1 - 80 / 100
    note = next(note for note in found.caveats if note.id == "not_recorded_excluded")
    assert "20.0% of the participations" in note.text


def test_all(given: Callable[..., Asked]) -> None:
    """`all` keeps them; with the classes, the shares add up to one."""
    found = given(*ROWS)("composition", denominator="all")
    shares = {row["group"]: row["share"] for row in found.rows}
    assert (shares["European"], shares["Multiple"]) == (0.6, 0.2)
    assert (shares["Partly reported"], shares["Not reported"]) == (0.15, 0.05)
    assert abs(sum(shares.values()) - 1) < 1e-12


def test_the_interval(given: Callable[..., Asked]) -> None:
    """Lowest: alone. Highest: alone, with others, and every unclear row, whatever it names."""
    rows = {row["group"]: row for row in given(*ROWS)("composition").rows}
    assert [
        (rows[group]["share_min"], rows[group]["share_max"])
        for group in ("European", "East Asian", "African")
    ] == [(0.6, 1.0), (0.0, 0.4), (0.0, 0.2)]
    assert rows["Multiple"]["share_max"] is None


def test_an_unclear_study_counts_once_in_the_interval(given: Callable[..., Asked]) -> None:
    """A study with a clear and an unclear row is one study, in the highest share too."""
    found = given(
        "GCST000001 discovery 10 European",
        "GCST000001 discovery 10 NR",
        "GCST000002 discovery 10 East Asian",
    )("composition", unit="studies")
    assert (found.rows[0]["share_min"], found.rows[0]["share_max"]) == (0.5, 0.5)
    assert found.coverage["recorded_value"] == 2
