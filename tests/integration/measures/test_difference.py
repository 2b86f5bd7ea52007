"""What changed between two releases, by hand and on the real ones."""

from pathlib import Path

import pytest

from everygenome.errors import NotFoundError, UsageError
from everygenome.pipeline.build import Options, build
from everygenome.queries import difference as module
from everygenome.queries.difference import Difference, difference
from everygenome.queries.kept import Kept
from everygenome.queries.release import open_release
from everygenome.store.folder import Store
from tests.factories.release import Study, ancestry_rows, engine_warning, write_catalogue

pytestmark = engine_warning
BEFORE = ("GCST000001 discovery 50 European", "GCST000002 discovery 30 East Asian")
AFTER = (
    "GCST000001 discovery 50 European",
    "GCST000003 discovery 100 European",
    "GCST000003 replication 40 East Asian",
    "GCST000004 discovery 10 South Asian",
)


@pytest.fixture(scope="module")
def _two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    folder = tmp_path_factory.mktemp("two")
    store = Store(folder / "store")
    first = [Study("GCST000001", "1", 2010), Study("GCST000002", "2", 2010)]
    then = [
        Study("GCST000001", "1", 2010, trait="Weight", associations=7),
        Study("GCST000003", "3", 2011),
        Study("GCST000004", "3", 2011),
    ]
    ids = [
        build(
            store,
            write_catalogue(folder / name, ancestry_rows(*rows), studies),
            options=Options(partial=True),
        ).manifest.id
        for name, rows, studies in (("old", BEFORE, first), ("new", AFTER, then))
    ]
    return store.root, ids[0], ids[1]


@pytest.fixture
def two(_two: tuple[Path, str, str]) -> tuple[Path, str, str]:
    """A store with two small releases, and nothing kept from other tests."""
    module._kept = Kept(newest=2)
    return _two


def test_every_total_by_hand(two: tuple[Path, str, str]) -> None:
    store, old, new = two
    found = difference(old, new, store=store)
    assert found.totals == {
        "studies_added": 2,
        "studies_removed": 1,
        "studies_changed": 1,
        "studies_before": 2,
        "studies_after": 3,
        "publications_added": 1,
        "publications_removed": 1,
        "participations_before": 80,
        "participations_after": 200,
        "participations_added": 150,
        "participations_removed": 30,
    }
    assert found.counts() == {"added": 2, "removed": 1, "changed": 1}
    changed = next(row for row in found.studies if row["change"] == "changed")
    assert changed["what"] == "trait_reported, association_count"
    moved = {(row["unit"], row["group"]): row for row in found.measures}
    assert moved["participations", "European"]["share_before"] == 50 / 80
    assert moved["participations", "European"]["share_after"] == 150 / 160
    assert moved["studies", "European"]["change"] == pytest.approx(2 / 3 - 1 / 2)


def test_it_says_so_in_words(two: tuple[Path, str, str]) -> None:
    store, old, new = two
    said = difference(old, new, store=store).words()
    assert said[0].endswith("2 studies were added, 1 removed and 1 changed.")
    assert said[1] == "1 publications are new, and 1 are gone."
    assert said[2].startswith("The added studies hold 150 participations.")
    assert said[3] == "The share of East Asian in participations went from 37.50% to 0.00%."


def test_pages_are_the_whole_list(two: tuple[Path, str, str]) -> None:
    store, old, new = two
    whole = difference(old, new, store=store).studies
    pages: list[dict[str, object]] = []
    found: Difference | None = None
    while found is None or found.next:
        start = found.next if found else None
        found = difference(old, new, store=store, limit=1, start=start)
        assert found.found == 4
        pages += found.studies
    assert pages == whole
    only = difference(old, new, store=store, change="added")
    names = [row["study_accession"] for row in only.studies]
    assert (names, only.found, only.next) == (["GCST000003", "GCST000004"], 2, None)
    assert only.totals["studies_removed"] == 1


def test_an_open_release_is_used_and_left_open(two: tuple[Path, str, str]) -> None:
    store, old, new = two
    opened = {name: open_release(name, store=store) for name in (old, new)}
    asked: list[str] = []

    def opener(name: str) -> object:
        asked.append(name)
        return opened[name]

    found = difference(old, new, store=store, opener=opener)  # type: ignore[arg-type]
    again = difference(old, new, store=store, opener=opener)  # type: ignore[arg-type]
    assert asked == [old, new]
    assert again == found
    assert opened[old].composition().rows[0]["value"] == 50


def test_nothing_changed_between_a_release_and_itself(two: tuple[Path, str, str]) -> None:
    store, old, _ = two
    found = difference(old, old, store=store)
    assert (found.studies, found.found, found.next) == ([], 0, None)
    assert {row["change"] for row in found.measures} == {0.0}
    assert found.totals["participations_added"] == 0


def test_what_cannot_be_asked_is_refused(two: tuple[Path, str, str]) -> None:
    store, old, new = two
    with pytest.raises(UsageError, match="'moved' is no kind of change"):
        difference(old, new, store=store, change="moved")
    with pytest.raises(UsageError, match="0 studies cannot be shown"):
        difference(old, new, store=store, limit=0)
    after = difference(old, new, store=store, limit=1).next
    with pytest.raises(UsageError, match="another list"):
        difference(old, new, store=store, limit=1, start=after, change="added")
    with pytest.raises(NotFoundError, match="1999-01-01"):
        difference("1999-01-01", new, store=store)


@pytest.mark.slow
def test_two_real_releases(catalogue: Path, tmp_path: Path) -> None:
    """Of 2019-07-12 and 2019-12-06: what the raw files say, counted as sets."""
    store = Store(tmp_path / "store")
    days = ("2019-07-12", "2019-12-06")
    old, new = (build(store, catalogue / "releases" / day).manifest.id for day in days)
    found = difference(old, new, store=store.root, limit=5)
    rows = [
        open_release(name, store=store.root)
        .table("studies")
        .select(["study_accession", "pubmed_id"])
        for name in (old, new)
    ]
    before, after = (set(table["study_accession"].to_pylist()) for table in rows)
    papers = [set(table["pubmed_id"].to_pylist()) - {None} for table in rows]
    assert found.totals["studies_added"] == len(after - before)
    assert found.totals["studies_removed"] == len(before - after)
    assert found.totals["publications_added"] == len(papers[1] - papers[0])
    assert (found.totals["studies_before"], found.totals["studies_after"]) == (7230, 8232)
    assert len(found.studies) == 5
    assert found.found == sum(found.counts().values())
