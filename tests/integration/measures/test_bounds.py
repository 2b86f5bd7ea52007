"""Endless questions do not fill the memory of a site that answers them."""

from pathlib import Path

import pytest

import everygenome.store.release
from tests.factories.release import tiny_release


def test_what_is_kept_for_questions_has_bounds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(everygenome.store.release, "_STATEMENTS_KEPT", 8)
    monkeypatch.setattr(everygenome.store.release, "_RESULTS_KEPT", 5)
    release = tiny_release(tmp_path, "GCST000001 discovery 5 European @ U.K.")
    opened = release.tables.opened
    for year in range(2000, 2030):
        rows = {row["group"]: row["value"] for row in release.composition(to_year=year).rows}
        assert rows["European"] == (5 if year >= 2019 else 0)
        assert len(opened._statements) <= 8
        assert len(opened._local.planned) <= 8
        assert len(opened._results) <= 5
        assert len(release.tables._selected) == 1
