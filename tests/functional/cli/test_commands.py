"""The command line as a user and a script see it."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from everygenome.pipeline.build import build
from everygenome.store.folder import Store
from tests.factories.release import Mapping, Study, ancestry_rows, write_catalogue

Run = Callable[..., tuple[int, str, str]]
ROWS = (
    "GCST000001 discovery 70 European @ U.K.",
    "GCST000001 discovery 10 East Asian @ Japan",
    "GCST000002 discovery 10 European, East Asian @ U.K., Japan",
    "GCST000003 discovery 10 NR",
    "GCST000003 replication 5 South Asian @ India",
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    uri = "http://www.ebi.ac.uk/efo/EFO_0000001"
    studies = [
        Study("GCST000001", "11", 2010, 4, "Height", uri),
        Study("GCST000002", "12", 2011, 5, "Height", uri),
        Study("GCST000003", "13", 2011, 6, "Gout"),
    ]
    mappings = [Mapping("Height", uri, "Body measurement")]
    files = write_catalogue(folder / "files", ancestry_rows(*ROWS), studies, mappings)
    build(Store(folder / "store"), files)
    return folder / "store"


def answer(run: Run, store: Path, *arguments: object) -> dict[str, object]:
    code, out, err = run("show", *arguments, "--format", "json", "--store", store)
    assert code == 0, err
    found: dict[str, object] = json.loads(out)
    return found


def rows_of(found: dict[str, object], key: str = "group") -> dict[object, dict[str, object]]:
    listed = found["rows"]
    assert isinstance(listed, list)
    return {row[key]: row for row in listed}


def test_composition_as_json_carries_everything(run: Run, store: Path) -> None:
    found = answer(run, store, "composition")
    assert {
        name: found[name] for name in ("measure", "unit", "stage", "scheme", "denominator")
    } == {
        "measure": "composition",
        "unit": "participations",
        "stage": "discovery",
        "scheme": "broad",
        "denominator": "recorded",
    }
    assert found["rule"] == "standard"
    assert found["filters"] == {}
    release = found["release"]
    assert isinstance(release, dict)
    assert (release["date"], release["demonstration"]) == ("2020-01-01", False)
    rows = rows_of(found)
    assert rows["European"]["value"] == 70
    assert rows["European"]["share"] == 70 / 90
    assert rows["European"]["share_with_others"] == 80 / 90
    assert rows["European"]["share_min"] == 0.7
    assert rows["European"]["share_max"] == 0.9
    assert rows["Multiple"]["share"] == 10 / 90
    assert rows["Not reported"]["share"] is None
    caveats = found["caveats"]
    assert isinstance(caveats, list)
    assert {"participations_are_not_people", "not_recorded_excluded", "multiple_is_not_mixed"} <= {
        caveat["id"] for caveat in caveats
    }


def test_a_reference_adds_share_ratio_and_shortfall(run: Run, store: Path) -> None:
    found = answer(run, store, "composition", "--reference", "un_wpp2024_subregions")
    row = rows_of(found)["South Asian"]
    assert row["value"] == 0
    share = row["reference_share"]
    assert isinstance(share, float)
    assert 0.2 < share < 0.3
    assert row["ratio"] == 0
    assert row["shortfall"] == pytest.approx(share * 90 / (1 - share))
    # Three publications: no interval is made of so few.
    assert row["ratio_low"] is None


@pytest.mark.parametrize(
    ("arguments", "group", "value"),
    [
        (("--unit", "studies"), "European", 1),
        (("--unit", "associations"), "European", 4),
        (("--unit", "publications", "--stage", "all"), "South Asian", 1),
        (("--stage", "replication"), "South Asian", 5),
        (("--year", "2011"), "Multiple", 10),
        (("--from-year", "2011"), "European", 0),
        (("--to-year", "2010"), "European", 70),
        (("--trait", "EFO_0000001"), "Not reported", 0),
        (("--trait", "http://www.ebi.ac.uk/efo/EFO_0000001"), "European", 70),
        (("--trait-parent", "Body measurement"), "European", 70),
        (("--country", "GBR"), "European", 70),
        (("--country", "JPN", "--country-rule", "any"), "Multiple", 10),
        (("--country", "JPN", "--country-rule", "split"), "Multiple", 5),
        (("--scheme", "monitor"), "Asian", 10),
    ],
)
def test_choices_change_what_is_counted(
    run: Run, store: Path, arguments: tuple[str, ...], group: str, value: int
) -> None:
    assert rows_of(answer(run, store, "composition", *arguments))[group]["value"] == value


def test_countries_say_what_they_leave_out(run: Run, store: Path) -> None:
    found = answer(run, store, "countries")
    assert found["denominator"] == "all"
    rows = rows_of(found, "name")
    assert rows["United Kingdom"]["share"] == 70 / 80
    assert rows["Several countries"]["value"] == 10
    coverage = found["coverage"]
    assert isinstance(coverage, dict)
    assert coverage["share"] == 0.8


@pytest.mark.slow
@pytest.mark.parametrize(
    "measure",
    ["summary", "composition", "trend", "countries", "traits", "people", "concentration"],
)
@pytest.mark.parametrize("output", ["table", "json", "csv", "parquet"])
def test_every_measure_in_every_format(
    run: Run, store: Path, tmp_path: Path, measure: str, output: str
) -> None:
    file = tmp_path / "out"
    code, out, err = run("show", measure, "--format", output, "--output", file, "--store", store)
    assert (code, out, err) == (0, "", "")
    data = file.read_bytes()
    if output == "json":
        found = json.loads(data)
        assert found["rows"]
        assert found["caveats"]
    elif output == "csv":
        rows = list(csv.DictReader(io.StringIO(data.decode())))
        assert {row["release"] for row in rows} == {json.loads(json.dumps(rows[0]["release"]))}
        assert all(row["measure"] == measure for row in rows)
    elif output == "parquet":
        table = pq.read_table(file)
        assert table.num_rows > 0
        assert table.schema.metadata[b"everygenome:measure"] == json.dumps(measure).encode()
    else:
        assert "What to know" in data.decode()


def test_trend_has_a_year_in_each_row(run: Run, store: Path) -> None:
    found = answer(run, store, "trend")
    listed = found["rows"]
    assert isinstance(listed, list)
    assert {row["year"] for row in listed} == {2010, 2011}
    by = {(row["year"], row["group"]): row["share"] for row in listed}
    assert by[2010, "European"] == 70 / 80
    assert by[2011, "European"] == 0


def test_releases_as_json_account_for_every_row(run: Run, store: Path) -> None:
    code, out, _ = run("releases", "--format", "json", "--store", store)
    assert code == 0
    (row,) = json.loads(out)["rows"]
    assert row["current"] is True
    assert row["inferred"] is True
    files = {item["kind"]: item for item in row["files"]}
    assert files["ancestry"]["name"] == "ancestry.tsv"
    for item in row["files"]:
        assert item["rows_in"] == item["rows_core"] + item["rows_quarantined"]


@pytest.mark.slow
def test_diff_names_what_was_added_removed_and_changed(run: Run, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    rows = ancestry_rows("GCST000001 discovery 50 European", "GCST000002 discovery 50 East Asian")
    first = [Study("GCST000001", "1", 2010), Study("GCST000002", "2", 2010)]
    old = build(store, write_catalogue(tmp_path / "old", rows, first))
    rows = ancestry_rows("GCST000001 discovery 50 European", "GCST000003 discovery 150 European")
    then = [Study("GCST000001", "1", 2010, trait="Weight"), Study("GCST000003", "3", 2011)]
    new = build(store, write_catalogue(tmp_path / "new", rows, then))
    code, out, err = run(
        "diff", old.manifest.id, new.manifest.id, "--format", "json", "--store", store.root
    )
    assert code == 0, err
    found = json.loads(out)
    assert found["counts"] == {"added": 1, "removed": 1, "changed": 1}
    changes = {row["study_accession"]: (row["change"], row["what"]) for row in found["studies"]}
    assert changes == {
        "GCST000001": ("changed", "trait_reported"),
        "GCST000002": ("removed", None),
        "GCST000003": ("added", None),
    }
    moved = {(row["unit"], row["group"]): row["change"] for row in found["measures"]}
    assert moved["participations", "European"] == 0.5
    code, out, _ = run("diff", old.manifest.id, new.manifest.id, "--store", store.root)
    assert "1 added, 1 removed, 1 changed" in " ".join(out.split())


def test_help_loads_nothing_heavy_and_is_quick() -> None:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    script = (
        "import sys, everygenome.__main__ as m\n"
        "try:\n m.main(['--help'])\nexcept SystemExit: pass\n"
        "heavy = {'ibis', 'duckdb', 'numpy', 'pandas', 'scipy', 'pyarrow', 'httpx', 'pydantic',"
        " 'django', 'altair'} & set(sys.modules)\n"
        "sys.exit(f'loaded {heavy}' if heavy else 0)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    for command in ("sync", "releases", "diff", "show", "serve", "references"):
        assert command in ran.stdout


@pytest.mark.slow
def test_a_pipe_that_closes_early_is_no_fault(store: Path) -> None:
    command = f"{sys.executable} -m everygenome show traits --format csv --store {store} | head -1"
    ran = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Traceback" not in ran.stderr
    assert ran.stdout.startswith("trait_parent,")


def test_a_setting_that_cannot_be_used_is_named() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "everygenome", "releases"],
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | {"EVERYGENOME_KEEP_RELEASES": "many"},
        check=False,
    )
    assert ran.returncode == 2
    assert "EVERYGENOME_KEEP_RELEASES" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_reference_says_how_far_apart_the_two_are(run: Run, store: Path) -> None:
    found = answer(run, store, "composition", "--reference", "un_wpp2024_subregions")
    coverage = found["coverage"]
    assert isinstance(coverage, dict)
    distance = coverage["distance"]
    rows = [row for row in rows_of(found).values() if row["reference_share"] is not None]
    assert distance["groups_compared"] == len(rows) == 10
    shares = [float(str(row["share"])) for row in rows]
    expected = [float(str(row["reference_share"])) for row in rows]
    assert distance["dissimilarity"] == pytest.approx(
        sum(abs(p / sum(shares) - q / sum(expected)) for p, q in zip(shares, expected, strict=True))
        / 2
    )
    european = rows_of(found)["European"]
    share, q = float(str(european["share"])), float(str(european["reference_share"]))
    assert european["ratio_if_5_points_more"] == pytest.approx(share / (q + 0.05))
    assert european["ratio_if_5_points_less"] == pytest.approx(share / (q - 0.05))


def test_countries_per_head_use_the_population_of_a_stated_date(run: Run, store: Path) -> None:
    found = answer(run, store, "countries")
    row = rows_of(found, "iso3")["GBR"]
    assert row["value"] == 70
    population = float(str(row["population"]))
    assert 60_000_000 < population < 75_000_000
    assert row["per_1000"] == pytest.approx(70 / population * 1000)
    caveats = found["caveats"]
    assert isinstance(caveats, list)
    texts = {caveat["id"]: caveat["text"] for caveat in caveats}
    assert "31 December 2024" in texts["per_capita"]


def test_a_chosen_country_says_what_it_leaves_out(run: Run, store: Path) -> None:
    caveats = answer(run, store, "composition", "--country", "gbr")["caveats"]
    assert isinstance(caveats, list)
    texts = {caveat["id"]: caveat["text"] for caveat in caveats}
    assert "United Kingdom" in texts["one_country_alone"]


def test_answers_become_frames_with_their_context(store: Path) -> None:
    import everygenome as eg

    found = eg.open_release(store=store).composition(unit="studies")
    frame = found.to_pandas()
    assert frame.attrs["unit"] == "studies"
    assert frame.set_index("group").loc["European", "value"] == 1
    assert found.to_polars().filter(group="European")["share"].item() == 0.5
    assert "<caption>" in found._repr_html_()
    assert eg.list_releases(store=store)[0]["current"] is True
