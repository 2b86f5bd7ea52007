"""Portfolios of the real release with the real grants, against plain Python over the raw files.

The catalogue's release of 2019-12-06, and the grant lists of 2022-10-30.
"""

import csv
import fcntl
import gzip
import html
import re
from collections import defaultdict
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from everygenome.pipeline.build import Options, build
from everygenome.pipeline.grants import Wanted
from everygenome.queries.release import Release, open_release
from everygenome.store.folder import Store
from everygenome.vocabulary.entities.resolve import Names
from everygenome.vocabulary.entities.review import audit
from tests.factories.release import engine_warning
from tests.integration.entities.test_grants import LIST_OF_SIX, TWO_BODIES

pytestmark = [pytest.mark.slow, engine_warning]
RELEASE = "gwas_catalog/releases/2019-12-06"
GRANTS = "grants/paper_grants_2022-10-30.tsv.gz"
NOTHING = {"", "Missing Acronym", "Missing Agency", "Missing Country", "Missing ID"}
COUNTRIES = {"United Kingdom": "GBR", "United States": "USA"}
LARGEST = ("wellcome-trust", "mrc", "nhlbi", "nih")
Row = dict[str, str]


@pytest.fixture(scope="session")
def funded(test_data: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Release:
    """The real release with the real grants, built once for all workers of a run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "real_portfolios"
    folder.mkdir(exist_ok=True)
    store = Store(folder / "store")
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not store.ids():
            options = Options(grants=Wanted(str(test_data / GRANTS)))
            build(store, test_data / RELEASE, options=options)
    return open_release(store=store.root)


def rows_of(path: Path) -> list[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def vocabulary(name: str) -> list[Row]:
    text = files("everygenome.vocabulary.entities").joinpath(name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


@pytest.fixture(scope="session")
def people(test_data: Path) -> dict[str, int]:
    """Participations of discovery by publication."""
    found: dict[str, int] = defaultdict(int)
    for row in rows_of(test_data / RELEASE / "ancestry.tsv.gz"):
        if row["STAGE"] == "initial":
            # The file spells it so.
            found[row["PUBMEDID"]] += int(row["NUMBER OF INDIVDUALS"] or 0)
    return dict(found)


@pytest.fixture(scope="session")
def lists(test_data: Path, people: dict[str, int]) -> dict[str, list[tuple[str, str, str]]]:
    """Of each publication of the release that is in the table: acronym, agency and country."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for row in rows_of(test_data / GRANTS):
        if row["PUBMEDID"] not in people:
            continue
        # "&amp;" holds a ";": unescape before splitting.
        columns = ("Acronym", "Agency", "Country", "GrantID")
        parts = [html.unescape(row[name] or "").split(";") for name in columns]
        said = {value.strip() for part in parts for value in part} - NOTHING
        grants = found.setdefault(row["PUBMEDID"], [])
        if said:
            grants += [
                (acronym.strip(), agency.strip(), country.strip())
                for acronym, agency, country in zip(*parts[:3], strict=True)
            ]
    return found


def plainly(text: str) -> str:
    """Words alone: without case, signs, and a "The" before them."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text.casefold()).split()).removeprefix("the ")


class ByHand:
    """Whom a grant means, from the tables of names alone; of "Department | Institute (ABC)" the
    last part is looked up, and that without its abbreviation."""

    def __init__(self) -> None:
        self.funders = {row["id"]: row for row in vocabulary("funders.csv")}
        self.names = {
            (plainly(row["stated"]), row["country_iso3"]): row["entity_id"]
            for row in vocabulary("funder_names.csv")
        }
        for row in self.funders.values():
            self.names.setdefault((plainly(row["name"]), ""), row["id"])
        self.codes = {
            code: row["id"] for row in self.funders.values() for code in row["codes"].split()
        }

    def means(self, acronym: str, agency: str, country: str) -> str | None:
        if agency in NOTHING:
            return self.codes.get(acronym)
        last = agency.rsplit("|", maxsplit=1)[-1].strip()
        for text in (agency, last, re.sub(r" *\([^)]*\)$", "", last)):
            for iso3 in (COUNTRIES.get(country, "?"), ""):
                if (plainly(text), iso3) in self.names:
                    return self.names[plainly(text), iso3]
        return None

    def with_above(self, name: str | None) -> set[str]:
        found = set()
        while name in self.funders:
            found.add(name)
            name = self.funders[name]["parent"]
        return found


def listed(release: Release, kind: str, **choices: Any) -> dict[str, dict[str, Any]]:
    rows = release.portfolio(kind, **choices).rows
    found = {row["id"]: row for row in rows}
    # Each once.
    assert len(found) == len(rows)
    return found


def test_coverage_as_the_raw_files_have_it(
    funded: Release,
    people: dict[str, int],
    lists: dict[str, list[tuple[str, str, str]]],
) -> None:
    hand = ByHand()
    # Whoever names an agency names a funder, reviewed or not; a code alone must be a known one.
    naming = {
        pubmed
        for pubmed, grants in lists.items()
        if any(agency not in NOTHING or acronym in hand.codes for acronym, agency, _ in grants)
    }
    told = funded.portfolio("funder").coverage["grants"]
    assert told == {
        "publications": len(people),
        "with_grants": sum(bool(grants) for grants in lists.values()),
        "without_grants": sum(not grants for grants in lists.values()),
        "not_returned": 0,
        "not_asked": len(people) - len(lists),
        "naming_a_funder": len(naming),
        "share": len(naming) / len(people),
    }
    assert (told["publications"], told["with_grants"]) == (4343, 3189)
    # The same whichever funder is looked at.
    for choices in ({"funder": "mrc"}, {"funder": "mrc;nih"}):
        assert funded.composition(**choices).coverage["grants"] == told
    one = funded.portfolio("funder", name="Medical Research Council")
    assert one.coverage["grants"] == told


def test_the_largest_funders_as_the_raw_files_have_them(
    funded: Release,
    people: dict[str, int],
    lists: dict[str, list[tuple[str, str, str]]],
) -> None:
    hand = ByHand()
    publications: dict[str, set[str]] = defaultdict(set)
    for pubmed, grants in lists.items():
        for grant in grants:
            for name in hand.with_above(hand.means(*grant)):
                publications[name].add(pubmed)
    rows = listed(funded, "funder")
    for name in LARGEST:
        assert rows[name]["publications"] == len(publications[name])
        total = sum(people[pubmed] for pubmed in publications[name])
        assert rows[name]["participations"] == total
    assert rows["wellcome-trust"]["publications"] == 856
    assert rows["nih"]["publications"] == 2681


def test_the_twenty_largest_stand_under_no_second_name(
    funded: Release, lists: dict[str, list[tuple[str, str, str]]]
) -> None:
    rows = funded.portfolio("funder", order="publications").rows
    bodies = [row for row in rows if row["level"] != "country"]
    top = {row["id"] for row in bodies[:20]}
    assert {"mrc", "nhlbi", "wellcome-trust", "nci", "niddk", "nih"} <= top
    assert all(row["reviewed"] for row in bodies[:20])
    stated: dict[tuple[str, str | None], set[str]] = defaultdict(set)
    for pubmed, grants in lists.items():
        for _, agency, country in grants:
            stated[agency, country].add(pubmed)
    counts = {pair: len(papers) for pair, papers in stated.items()}
    alike = set()
    for pair in audit(Names("funder"), counts, top=200).near:
        one, other = sorted((pair.first.entity_id, pair.second.entity_id))
        if {one, other} & top and not any(name.startswith(LIST_OF_SIX) for name in (one, other)):
            alike.add((one, other))
    # Look-alikes that a person found to be two bodies, each with the reason.
    assert alike <= set(TWO_BODIES)
    names = [row["name"].casefold() for row in rows]
    assert len(set(names[:20])) == 20
    for row in bodies[:20]:
        assert names.count(row["name"].casefold()) == 1


def test_fractions_of_agencies_add_up_to_the_publications_that_name_one(funded: Release) -> None:
    rows = listed(funded, "funder").values()
    agencies = [row for row in rows if row["level"] == "agency"]
    naming = funded.portfolio("funder").coverage["grants"]["naming_a_funder"]
    assert sum(row["publications_fractional"] for row in agencies) == pytest.approx(naming)
    assert sum(row["publications"] for row in agencies) > naming
    every = [row["id"] for row in agencies]
    # More names than a filter takes: in parts, what each adds is found by hand above.
    assert len(every) > 50
    journals = listed(funded, "journal").values()
    assert sum(row["publications_fractional"] for row in journals) == 4343


def test_the_whole_field_against_itself_is_exactly_one(funded: Release) -> None:
    rows = funded.standardised("field", inclusive=True).rows
    held = [row for row in rows if row["publications_of_group"]]
    assert len(held) >= 10
    for row in held:
        figures = ("ratio", "crude_ratio", "balanced_ratio")
        assert [row[name] for name in figures] == [1.0, 1.0, 1.0]
        bounds = [
            row[f"{name}_{end}"]
            for name in ("ratio", "crude_ratio", "balanced")
            for end in ("low", "high")
        ]
        assert set(bounds) <= {1.0, None}
        assert row["matched_share"] == 1.0


def test_every_funder_over_the_minimum_is_compared_in_one_call_and_once(funded: Release) -> None:
    answer = funded.standardised("funder")
    enough = {
        name: row["publications"]
        for name, row in listed(funded, "funder").items()
        if row["publications"] >= 20
    }
    assert len(enough) == 45
    pairs = [(row["id"], row["group"]) for row in answer.rows]
    assert len(set(pairs)) == len(pairs)
    assert {row["id"]: row["publications"] for row in answer.rows} == enough
    by_name = [row["name"] for row in answer.rows]
    assert by_name == sorted(by_name, key=str.casefold)
    # Together or alone, a funder's figures are the same.
    alone = {row["group"]: row for row in funded.standardised("funder", name="mrc").rows}
    for row in answer.rows:
        if row["id"] == "mrc":
            same = ("ratio", "ratio_low", "ratio_high", "balanced_ratio", "crude_share")
            assert [row[name] for name in same] == [alone[row["group"]][name] for name in same]


@pytest.mark.parametrize("kind", ["funder", "journal", "country"])
def test_beside_every_name_stands_what_its_filter_selects(funded: Release, kind: str) -> None:
    rows = listed(funded, kind)
    for name, row in rows.items():
        found = {item["unit"]: item["value"] for item in funded.amounts(**{kind: name}).rows}
        for unit in ("publications", "studies", "participations"):
            assert row[unit] == found[unit], (name, unit)
    assert len(rows) > 60


@pytest.mark.parametrize("rule", ["split", "any"])
def test_the_same_under_the_other_rules_of_countries(funded: Release, rule: str) -> None:
    for name, row in listed(funded, "country", country_rule=rule).items():
        choices = {"country": name, "country_rule": rule}
        found = {item["unit"]: item["value"] for item in funded.amounts(**choices).rows}
        assert (row["publications"], row["studies"]) == (found["publications"], found["studies"])
        assert row["participations"] == pytest.approx(found["participations"], abs=0.5)


def test_a_list_under_a_filter_agrees_too(funded: Release) -> None:
    field = {"journal": "nature;nat-genet", "stage": "all"}
    rows = listed(funded, "funder", **field)
    for name in LARGEST:
        found = {i["unit"]: i["value"] for i in funded.amounts(funder=name, **field).rows}
        assert [rows[name][unit] for unit in ("publications", "studies", "participations")] == [
            found[unit] for unit in ("publications", "studies", "participations")
        ]
        shares = funded.composition(funder=name, **field).rows
        share = next(row["share"] for row in shares if row["group"] == rows[name]["group"])
        assert rows[name]["observed_share"] == pytest.approx(share, rel=1e-12)
