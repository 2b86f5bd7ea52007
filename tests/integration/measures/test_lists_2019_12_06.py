"""Lists of studies, points and searches on the release of 2019-12-06, with its real numbers."""

import gzip
from collections import Counter, defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from everygenome.errors import NotFoundError, UsageError
from everygenome.queries.measures.trait_names import trait_names
from everygenome.queries.measures.words import alike
from everygenome.queries.release import Release
from everygenome.store.release import OpenRelease
from tests.factories.release import engine_warning
from tests.properties.measures.test_lists_agree import unpacked

pytestmark = engine_warning
DAY = "2019-12-06"
Real = Callable[[str], Release]


def every_page(release: Release, **choices: Any) -> list[dict[str, Any]]:
    rows, after = [], None
    while True:
        page = release.studies(limit=1000, after=after, **choices)
        rows += page.rows
        after = page.coverage["next"]
        if after is None:
            return rows


@pytest.mark.slow
@pytest.mark.parametrize("order", ["newest", "oldest", "largest", "smallest", "most_associations"])
def test_no_study_stands_twice_and_none_is_lost(real: Real, order: str) -> None:
    """8,223 studies have a discovery row; nine have no ancestry row at all."""
    rows = every_page(real(DAY), order=order)
    names = [row["study_accession"] for row in rows]
    assert (len(names), len(set(names))) == (8223, 8223)
    ancestry = real(DAY).table("ancestry")
    sums: dict[str, list[int]] = defaultdict(list)
    for row in ancestry.select(["study_accession", "stage", "participations"]).to_pylist():
        if row["stage"] == "discovery":
            sums[row["study_accession"]] += [row["participations"]]
    assert {row["study_accession"]: row["participations"] for row in rows} == {
        name: sum(n for n in numbers if n is not None)
        if any(n is not None for n in numbers)
        else None
        for name, numbers in sums.items()
    }
    assert sum(row["participations"] or 0 for row in rows) == 334_891_170
    # Thirteen rows state no number, beside rows of the same study that do.
    assert sum(row["rows_without_number"] for row in rows) == 13
    if order in ("largest", "smallest"):
        known = [row["participations"] for row in rows]
        assert known == sorted(known, reverse=order == "largest")


@pytest.mark.parametrize("order", ["largest", "smallest"])
def test_studies_without_a_number_come_last(real: Real, order: str) -> None:
    rows = every_page(real(DAY), stage="replication", order=order)
    missing = [row["participations"] is None for row in rows]
    assert (len(rows), sum(missing)) == (3527, 10)
    assert missing == sorted(missing)


def test_a_group_has_as_many_studies_as_the_composition_says(real: Real) -> None:
    release = real(DAY)
    shares = release.composition(unit="studies", stage="all").rows
    for row in shares:
        found = release.studies(stage="all", group=row["group"], limit=1)
        assert found.coverage["studies"] == row["value"], row["group"]
        if not row["is_class"]:
            found = release.studies(stage="all", group=row["group"], with_others=True, limit=1)
            assert found.coverage["studies"] == row["rows_with_others"], row["group"]


@pytest.mark.slow
def test_a_search_is_the_text_and_nothing_else(real: Real) -> None:
    """Percent sign and underscore are letters like any other."""
    release = real(DAY)
    stated = release.table("studies").to_pylist()
    selected = {row["study_accession"] for row in every_page(release, stage="all")}
    for text in ("asthma", "%", "_", '"', "31005972", "gcst0087"):
        expected = {
            row["study_accession"]
            for row in stated
            if row["study_accession"] in selected
            and any(
                text.casefold() in row[name].casefold()
                for name in (
                    "title",
                    "first_author",
                    "trait_reported",
                    "journal",
                    "study_accession",
                    "pubmed_id",
                )
            )
        }
        found = {row["study_accession"] for row in every_page(release, stage="all", search=text)}
        assert found == expected, text


def test_one_study(real: Real) -> None:
    """GCST000237: one row of 2,321 people in discovery, and one of 1,400 nobody describes."""
    found = real(DAY).study("gcst000237 ")
    row = found.rows[0]
    assert row["study_accession"] == "GCST000237"
    assert row["pubmed_id"] == "18823527"
    assert [
        (
            one["stage"],
            one["participations"],
            one["group"],
            one["country_of_recruitment_stated"],
            [place["iso3"] for place in one["countries"]],
        )
        for one in row["ancestry"]
    ] == [
        ("replication", 1400, "Not reported", "NR", []),
        ("discovery", 2321, "European", "U.K.", ["GBR"]),
    ]
    assert [link["url"] for link in row["links"]] == [
        "https://www.ebi.ac.uk/gwas/studies/GCST000237",
        "https://pubmed.ncbi.nlm.nih.gov/18823527/",
    ]
    assert found.to_json()


def test_the_flags_of_a_study_are_said_in_words(real: Real) -> None:
    release = real(DAY)
    flagged = next(
        row["study_accession"]
        for row in release.table("studies").to_pylist()
        if "sample_text_malformed" in row["flags"]
    )
    flags = {item["flag"]: item["meaning"] for item in release.study(flagged).rows[0]["flags"]}
    assert flags["sample_text_malformed"] == (
        "A number in the sample description has a misplaced comma."
    )


def test_a_study_without_ancestry_rows_is_still_shown(real: Real) -> None:
    release = real(DAY)
    named = set(release.table("ancestry")["study_accession"].to_pylist())
    alone = [
        name
        for name in release.table("studies")["study_accession"].to_pylist()
        if name not in named
    ]
    assert len(alone) == 9
    found = release.study(alone[0])
    assert found.rows[0]["ancestry"] == []
    assert "nothing_selected" not in {note.id for note in found.caveats}


def test_the_number_of_a_paper_leads_to_its_studies(real: Real) -> None:
    with pytest.raises(NotFoundError) as caught:
        real(DAY).study("31005972")
    assert (
        caught.value.remedy
        == "Its studies are " + ", ".join(f"GCST00{number}" for number in range(8759, 8770)) + "."
    )
    with pytest.raises(NotFoundError) as caught:
        real(DAY).study("GCST999999")
    assert "GCST and six to eight digits" in caught.value.remedy


def test_points_add_up_to_what_the_rows_hold(real: Real) -> None:
    """10,742 pairs of study and group, of which four state no number."""
    release = real(DAY)
    found = release.points()
    assert found.table.num_rows == 10_742
    assert found.coverage["points_without_number"] == 4
    assert found.coverage["points_without_day"] == 0
    groups = found.coverage["groups"]
    sums: Counter[str] = Counter()
    studies: Counter[str] = Counter()
    for row in found.rows:
        sums[groups[row["group"]]] += row["participations"] or 0
        studies[groups[row["group"]]] += 1
    for row in release.composition().rows:
        assert sums[row["group"]] == row["value"]
    for row in release.composition(unit="studies").rows:
        assert studies[row["group"]] == row["value"]
    days = found.table["day"].to_pylist()
    assert days == sorted(days)


def test_the_bytes_hold_the_points(real: Real) -> None:
    release = real(DAY)
    packed = release.points_binary(stage="all", scheme="detailed")
    header, points = unpacked(packed)
    found = release.points(stage="all", scheme="detailed")
    groups = found.coverage["groups"]
    assert points == [
        (row["study_accession"], row["day"], row["participations"], groups[row["group"]])
        for row in found.rows
        if None not in (row["day"], row["participations"])
    ]
    assert header["accessions"] == {"prefix": "GCST", "digits": 6, "others": []}
    # Twelve thousand points: at this rate 300,000 stay under 1.2 MB.
    assert len(gzip.compress(packed, 6)) < 4 * len(points)
    with pytest.raises(UsageError):
        release.points_binary(rule="monitor2020", broad_dictionary="none.tsv")


@pytest.mark.parametrize(("period", "bins"), [("month", 10), ("quarter", 4), ("year", 1)])
def test_sizes_hold_every_point_once(real: Real, period: str, bins: int) -> None:
    release = real(DAY)
    found = release.densities(period=period, bins=bins)
    points = release.points()
    groups = points.coverage["groups"]
    rows = found.rows
    assert sum(row["studies"] for row in rows) == 10_738
    assert found.coverage["points_drawable"] == 10_738
    cells = {
        (row["group"], row["period_start"], row["size_low"]): [row["studies"], row["size_high"]]
        for row in rows
    }
    assert len(cells) == len(rows)
    months = {"month": 1, "quarter": 3, "year": 12}[period]
    for point, date in zip(points.rows, _dates(points), strict=True):
        if point["participations"] is None:
            continue
        start = date.replace(day=1, month=(date.month - 1) // months * months + 1)
        fits = [
            key
            for key in ((groups[point["group"]], start, low) for low in _lows(bins))
            if key in cells and key[2] <= point["participations"] < cells[key][1]
        ]
        assert len(fits) == 1
        cells[fits[0]][0] -= 1
    assert {left for left, _ in cells.values()} == {0}


def _lows(bins: int) -> list[float]:
    return [0.0, *(10 ** (step / bins) for step in range(8 * bins))]


def _dates(points: Any) -> list[Any]:
    return points.table["day"].cast("date32").to_pylist()


@pytest.mark.slow
def test_every_trait_is_found_by_every_name(real: Real) -> None:
    """2,364 traits, by label, identifier, address, and each name that authors reported."""
    release = real(DAY)
    names: dict[str, set[str]] = defaultdict(set)
    reported = dict(
        zip(
            *release.table("studies")
            .select(["study_accession", "trait_reported"])
            .to_pydict()
            .values(),
            strict=True,
        )
    )
    by_uri: dict[str, str] = {}
    for row in release.table("study_trait").to_pylist():
        by_uri[row["trait_uri"]] = row["trait_id"]
        names[row["trait_id"]] |= {row["trait_id"], row["trait_uri"]}
        names[row["trait_id"]].add(reported[row["study_accession"]])
    for row in release.table("trait_mapping").to_pylist():
        if row["trait_uri"] in by_uri:
            names[by_uri[row["trait_uri"]]] |= {row["trait_reported"], row["trait_label"]}
    assert len(names) == 2364
    known = trait_names(release.tables)
    found: dict[str, set[str]] = defaultdict(set)
    for row in known.names.to_pylist():
        found[row["bare"]].add(known.traits[row["trait"]].trait_id)
    pairs = sorted((text, trait) for trait, texts in names.items() for text in texts)
    assert all(trait in found[alike(text)] for text, trait in pairs)
    # What is in the index is found through the door: every fortieth of 14,000 pairs.
    for text, trait in pairs[::40]:
        rows = release.trait_search(text, limit=1000).rows
        assert trait in {row["trait_id"] for row in rows}, text


@pytest.mark.parametrize(
    ("text", "trait", "matched_by"),
    [
        ("asthma", "EFO_0000270", "label"),
        ("ASTHMA", "EFO_0000270", "label"),
        ("efo:0000270", "EFO_0000270", "identifier"),
        ("http://www.ebi.ac.uk/efo/EFO_0000270", "EFO_0000270", "identifier"),
        ("alzheimers disease", "EFO_0000249", "label"),
        ("Alzheimer’s disease", "EFO_0000249", "label"),
        ("Type 2 diabetes", "EFO_0001360", "reported name"),
        ("astma", "EFO_0000270", "label"),
        ("anaemia", "EFO_0004272", "label"),
        ("oesophageal carcinoma", "EFO_0002916", "label"),
    ],
)
def test_the_best_trait_comes_first(real: Real, text: str, trait: str, matched_by: str) -> None:
    row = real(DAY).trait_search(text).rows[0]
    assert (row["trait_id"], row["matched_by"]) == (trait, matched_by)


def test_words_that_mean_nothing_find_nothing(real: Real) -> None:
    for text in ("%", "'", '"', ",", "zzzzzzzzz", "", "\x00"):
        found = real(DAY).trait_search(text)
        assert (found.rows, found.coverage["traits"]) == ([], 0)
    with pytest.raises(UsageError):
        real(DAY).trait_search("x" * 1001)


def test_beneath_african(real: Real) -> None:
    """290 rows; a third of their participations are from records of the United States alone."""
    found = real(DAY).beneath("African")
    assert (found.coverage["group_rows"], found.coverage["group_value"]) == (290, 1_879_228)
    assert found.coverage["rows_without_population"] == 210
    rows = {(row["kind"], row["name"]): row for row in found.rows}
    assert rows["category", "African unspecified"]["value"] == 1_353_324
    assert rows["category", "African unspecified; Sub-Saharan African"]["rows"] == 4
    assert rows["category", "Sub-Saharan African"]["id"] == "HANCESTRO:0011"
    assert rows["country", "United States"]["value"] == 607_619
    assert rows["country", "Several countries"]["rows"] == 87
    assert rows["population", "Not stated"]["rows"] == 210
    for kind in ("category", "population", "country"):
        own = [row for row in found.rows if row["kind"] == kind]
        assert sum(row["rows"] for row in own) == 290
        assert sum(row["value"] or 0 for row in own) == 1_879_228
        assert sum(row["share"] or 0 for row in own) == pytest.approx(1, rel=1e-12)
    assert {"stated_populations", "country_is_not_ancestry"} <= {note.id for note in found.caveats}
    with pytest.raises(UsageError) as caught:
        real(DAY).beneath("Atlantean")
    assert "East Asian" in caught.value.remedy


@pytest.mark.slow
def test_many_threads_get_the_same_answers(real: Real) -> None:
    """A release that is opened anew is asked by eight threads at once."""
    folder = real(DAY).tables.opened.folder
    release = Release(OpenRelease(folder))
    stages = ["discovery", "replication", "all"] * 6

    def asked(stage: str) -> tuple[str, ...]:
        return (
            release.studies(stage=stage, limit=5, search="a").to_json(),
            release.densities(stage=stage, bins=1, period="year").to_json(),
            release.trait_search("asthma").to_json(),
            release.beneath("African", stage=stage).to_json(),
        )

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(asked, stages))
    alone = {stage: asked(stage) for stage in set(stages)}
    assert found == [alone[stage] for stage in stages]
    release.tables.opened.close()
