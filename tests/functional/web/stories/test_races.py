"""Whoever was first, the teller's word holds: real transactions at one moment, on each engine."""

import pytest

from tests.functional.web.stories.alone import over
from tests.functional.web.stories.racing import ROUNDS

pytestmark = [pytest.mark.slow]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def told(request, tmp_path_factory):
    """How each race ended: [outcomes, state, standing, with a name, key there]."""
    folder = tmp_path_factory.mktemp("races") / "store"
    with over(request.param, "racing", folder, name="races") as (found, _):
        yield found


def test_a_choice_holds_while_a_correction_is_published(told):
    races = told["choose and publish"]
    assert len(races) == ROUNDS
    for outcomes, state, standing, with_name, is_open in races:
        assert outcomes == ["done", "done"]
        assert (state, standing, with_name, is_open) == ("published", "restricted", False, True)


def test_what_is_taken_down_stays_down_while_a_choice_is_changed(told):
    for outcomes, state, standing, with_name, _ in told["choose and hide"]:
        assert outcomes == ["done", "done"]
        assert (state, standing, with_name) == ("published", "hidden", False)


@pytest.mark.parametrize("race", ["recall and publish", "recall and due"])
def test_a_withdrawal_is_done_whatever_else_happens(told, race):
    for outcomes, state, standing, with_name, is_open in told[race]:
        assert outcomes[0] == "done"
        assert outcomes[1] in ("done", "refused")
        assert (state, standing, with_name, is_open) == ("withdrawn", "withdrawn", False, False)


def test_what_is_said_while_it_is_withdrawn_is_kept_nowhere(told):
    for outcomes, clear, waiting, standing in told["recall and say"]:
        assert outcomes[0] == "done"
        assert set(outcomes[1:]) <= {"done", "refused"}
        assert (clear, waiting, standing) == ([], False, False)


def test_what_was_begun_twice_at_once_is_one_correction(told):
    assert told["begun twice"] == [[[303, 303], 1]] * ROUNDS
