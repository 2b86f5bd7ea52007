"""Sync from a server over real HTTP: conditional, complete, and never half."""

import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from everygenome.errors import DownloadError, InputError
from everygenome.pipeline.build import Options
from everygenome.pipeline.sync import sync, sync_demonstration
from everygenome.snapshots.origin import read_origin
from everygenome.snapshots.policy import Policy
from everygenome.sources.gwas_catalog import remote
from everygenome.sources.gwas_catalog.layout import Kind
from everygenome.store.folder import Store
from tests.factories.release import ancestry_rows, write_catalogue
from tests.fixtures.server import FakeServer, Reply, serve_file

QUICK = Policy(
    attempts=2, idle_timeout_s=0.3, connect_timeout_s=0.3, total_timeout_s=10,
    sleep=lambda _seconds: None,
)  # fmt: skip
ROWS = ("GCST000001 discovery 100 European @ U.K.", "GCST000002 discovery 50 East Asian @ Japan")


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with FakeServer() as fake:
        yield fake


def named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def offer(server: FakeServer, folder: Path, day: str) -> None:
    """Serve a folder's files as the live catalogue does: no file names in the addresses."""
    studies = (folder / "studies.tsv").read_bytes()
    ancestry = (folder / "ancestry.tsv").read_bytes()
    traits = (folder / "trait_mappings.tsv").read_bytes()
    server.on(
        "/api/studies/v1.0.3.1",
        serve_file(
            studies, etag=f'"s{day}"', headers=named(f"gwas_catalog_v1.0.3.1-studies_r{day}.tsv")
        ),
    )
    server.on(
        "/api/ancestries/v1.0.3.1",
        serve_file(
            ancestry, etag=f'"a{day}"', headers=named(f"gwas_catalog-ancestries_r{day}.tsv")
        ),
    )
    server.on(
        "/api/trait_mappings",
        serve_file(
            traits, etag=f'"t{day}"', headers=named(f"gwas_catalog_trait-mappings_r{day}.tsv")
        ),
    )


def test_a_release_takes_its_date_from_the_names_served(server: FakeServer, tmp_path: Path) -> None:
    offer(server, write_catalogue(tmp_path / "files", ancestry_rows(*ROWS)), "2026-11-16")
    store = Store(tmp_path / "store")
    outcome = sync(store, server.url("/api"), policy=QUICK)
    assert outcome.new
    assert outcome.manifest.id.startswith("2026-11-16-")
    assert not outcome.manifest.date_inferred
    kinds = {item.kind: item for item in outcome.manifest.inputs}
    assert kinds["studies"].name == "gwas_catalog_v1.0.3.1-studies_r2026-11-16.tsv"
    assert kinds["studies"].url == server.url("/api/studies/v1.0.3.1")
    origin = read_origin(store.snapshots / "gwas_catalog" / "studies")
    assert origin.sha256 == kinds["studies"].stored_sha256
    assert "EMBL-EBI" in kinds["studies"].licence


def test_unchanged_upstream_sends_no_byte_again_and_reads_nothing(
    server: FakeServer, tmp_path: Path
) -> None:
    offer(server, write_catalogue(tmp_path / "files", ancestry_rows(*ROWS)), "2026-11-16")
    store = Store(tmp_path / "store")
    first = sync(store, server.url("/api"), policy=QUICK)
    asked = len(server.requests)
    steps: list[str] = []
    again = sync(
        store,
        server.url("/api"),
        policy=QUICK,
        progress=lambda stage, *_a, **_k: steps.append(stage),
    )
    assert not again.new
    assert again.manifest == first.manifest
    trio = [r for r in server.requests[asked:] if "associations" not in r.path]
    assert [request.headers["if-none-match"] for request in trio] == [
        '"s2026-11-16"', '"a2026-11-16"', '"t2026-11-16"',
    ]  # fmt: skip
    assert not any(step.startswith(("reading", "writing")) for step in steps)


@pytest.mark.slow
def test_a_new_release_upstream_is_published_and_the_old_one_stays(
    server: FakeServer, tmp_path: Path
) -> None:
    store = Store(tmp_path / "store")
    offer(server, write_catalogue(tmp_path / "one", ancestry_rows(*ROWS)), "2026-11-16")
    old = sync(store, server.url("/api"), policy=QUICK)
    more = (*ROWS, "GCST000003 replication 7 South Asian @ India")
    offer(server, write_catalogue(tmp_path / "two", ancestry_rows(*more)), "2026-11-17")
    new = sync(store, server.url("/api"), policy=QUICK)
    assert store.ids() == [old.manifest.id, new.manifest.id]
    assert store.current() == new.manifest.id
    assert new.manifest.tables["ancestry"] == 3


def test_files_of_two_releases_served_at_once_stop_and_the_old_release_stays(
    server: FakeServer, tmp_path: Path
) -> None:
    store = Store(tmp_path / "store")
    files = write_catalogue(tmp_path / "files", ancestry_rows(*ROWS))
    offer(server, files, "2026-11-16")
    old = sync(store, server.url("/api"), policy=QUICK)
    server.on(
        "/api/ancestries/v1.0.3.1",
        serve_file(
            (files / "ancestry.tsv").read_bytes().replace(b"\t100\t", b"\t101\t"),
            etag='"new"',
            headers=named("gwas_catalog-ancestries_r2026-11-17.tsv"),
        ),
    )
    with pytest.raises(InputError, match="different releases"):
        sync(store, server.url("/api"), policy=QUICK)
    assert store.ids() == [old.manifest.id]
    assert store.current() == old.manifest.id


def test_zipped_associations_are_read(server: FakeServer, tmp_path: Path) -> None:
    offer(server, write_catalogue(tmp_path / "files", ancestry_rows(*ROWS)), "2026-11-16")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "gwas-catalog-download-associations-alt-full.tsv",
            "STUDY ACCESSION\tSNPS\tP-VALUE\nGCST000001\trs1\t3E-9\nGCST000002\trs2\t0.0\n",
        )
    server.on(
        "/api/associations/v1.0.2",
        serve_file(
            packed.getvalue(), headers=named("gwas_catalog_v1.0.2-associations_r2026-11-16.zip")
        ),
    )
    outcome = sync(Store(tmp_path / "store"), server.url("/api"), policy=QUICK)
    assert outcome.manifest.tables["associations"] == 2
    assert {item.kind for item in outcome.manifest.inputs} == {kind.value for kind in Kind}


def test_plain_names_below_an_address_will_do(server: FakeServer, tmp_path: Path) -> None:
    files = write_catalogue(tmp_path / "files", ancestry_rows(*ROWS))
    for kind in ("studies", "ancestry", "trait_mappings"):
        data = gzip.compress((files / f"{kind}.tsv").read_bytes())
        server.on(f"/mirror/{kind}.tsv.gz", serve_file(data))
    outcome = sync(Store(tmp_path / "store"), server.url("/mirror/"), policy=QUICK)
    assert outcome.manifest.tables["studies"] == 2
    assert outcome.manifest.date_inferred


@pytest.mark.slow
@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(status=500), "500"),
        (Reply(body=b"<html>log in</html>", headers={"Content-Type": "text/html"}), "web page"),
        (Reply(body=b"STUDY ACCESSION\tX\n" * 9, cut_after=20), "studies"),
        (Reply(body=b"STUDY ACCESSION\tX\n" * 9, stall_after=20), "studies"),
    ],
)
def test_a_server_that_fails_leaves_the_store_as_it_was(
    server: FakeServer, tmp_path: Path, reply: Reply, words: str
) -> None:
    store = Store(tmp_path / "store")
    offer(server, write_catalogue(tmp_path / "files", ancestry_rows(*ROWS)), "2026-11-16")
    old = sync(store, server.url("/api"), policy=QUICK)
    for name in ("studies/v1.0.3.1", "studies.tsv", "studies.tsv.gz", "studies.zip"):
        server.on(f"/api/{name}", reply)
    with pytest.raises(DownloadError) as caught:
        sync(store, server.url("/api"), policy=QUICK)
    assert words in str(caught.value)
    assert "endpoints.toml" in str(caught.value)
    assert store.ids() == [old.manifest.id]


def test_no_server_at_all_says_so_in_one_paragraph(tmp_path: Path) -> None:
    with pytest.raises(DownloadError) as caught:
        sync(Store(tmp_path), "http://127.0.0.1:9", policy=QUICK)
    assert "127.0.0.1:9" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert Store(tmp_path).ids() == []


def test_the_live_addresses_are_data_and_safe() -> None:
    for urls in remote.addresses().values():
        assert urls
        assert all(url.startswith("https://") and ".ebi.ac.uk/" in url for url in urls)


@pytest.mark.slow
def test_the_demonstration_is_marked_in_every_answer(tmp_path: Path) -> None:
    from everygenome.queries.release import open_release

    outcome = sync_demonstration(Store(tmp_path))
    assert outcome.manifest.demonstration
    assert {item.licence for item in outcome.manifest.inputs} == {"made by this software; CC0 1.0"}
    answer = open_release(store=tmp_path).composition()
    assert answer.release.demonstration
    assert answer.caveats[0].id == "demonstration"
    assert json.loads(answer.to_json())["release"]["demonstration"] is True


def test_a_correction_applies_and_fails_once_the_source_is_mended(tmp_path: Path) -> None:
    from everygenome.pipeline.build import build
    from everygenome.queries.release import open_release
    from everygenome.sources.gwas_catalog.corrections import read_corrections

    text = """
corrections:
- {file: ancestry, study_accession: GCST000001, column: participations_stated, expect: "100",
   value: "1000", what: A zero was lost., why: The paper says 1000., source: Table 1,
   added: 2026-11-21}
"""
    (tmp_path / "corrections.yml").write_text(text, "utf-8")
    options = Options(corrections=read_corrections(tmp_path / "corrections.yml"))
    files = write_catalogue(tmp_path / "files", ancestry_rows(*ROWS))
    store = Store(tmp_path / "store")
    outcome = build(store, files, options=options)
    assert outcome.manifest.flags["corrected"] == 1
    assert [item.corrections for item in outcome.manifest.inputs if item.kind == "ancestry"] == [1]
    rows = {row["group"]: row["value"] for row in open_release(store=store.root).composition().rows}
    assert rows["European"] == 1000
    mended = write_catalogue(
        tmp_path / "mended", ancestry_rows("GCST000001 discovery 1000 European @ U.K.", ROWS[1])
    )
    with pytest.raises(InputError, match="expects '100', but line 2 holds '1000'"):
        build(store, mended, options=options)
