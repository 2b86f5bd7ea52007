"""Whoever was first, the teller's word holds: real transactions at one moment, on each engine."""

import json
import os
import subprocess
import sys

import pytest

from tests.functional.web import database
from tests.functional.web.conftest import POSTGRES
from tests.functional.web.stories.racing import ROUNDS


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def told(request, tmp_path_factory):
    """How each race ended: [outcomes, state, standing, with a name, key there]."""
    environ = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    environ |= {"DJANGO_SETTINGS_MODULE": "everygenome.web.settings"}
    server = os.environ.get(POSTGRES)
    if request.param == "postgresql":
        if not server:
            pytest.skip(f"no PostgreSQL: set {POSTGRES} to the address of a database")
        environ["DATABASE_URL"] = database.created(server, "races")
    folder = tmp_path_factory.mktemp("races") / "store"
    try:
        command = [sys.executable, "-m", "tests.functional.web.stories.racing", str(folder)]
        done = subprocess.run(command, check=False, capture_output=True, text=True, env=environ)
        assert done.returncode == 0, done.stderr
        yield json.loads(done.stdout.splitlines()[-1])
    finally:
        if request.param == "postgresql" and server:
            database.dropped(server, "races")


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
