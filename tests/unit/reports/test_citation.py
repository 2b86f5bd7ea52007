"""Citations: facts as they are, and no title that breaks out of its field."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everygenome.reports.citation import Work, bibtex, ris, works
from everygenome.store.manifest import Input, Manifest

HOSTILE = [
    'A "quoted" {title} with } braces { and \\ backslashes',
    "50% of $10 & more #1 ~home^2 a_b",
    "Two\nlines\r\nTY  - JOUR\nER  - ",
    "@article{evil, title={x}}",
    "}, author={Mallory}, x={",
    "\\input{/etc/passwd} \\write18{rm}",
    "null\x00bell\x07 tab\t zero\u200bwidth \u2028line",
    "Größe, naïve, 東アジア",
    "",
]


def manifest(*, demonstration: bool = False) -> Manifest:
    return Manifest(
        id="2026-02-01-0123abcd",
        date=date(2026, 2, 1),
        date_inferred=False,
        demonstration=demonstration,
        content_hash="0123abcd",
        tables_version=1,
        built_at=datetime(2026, 2, 3, 4, 5, 6),  # noqa: DTZ001
        software="0.1.0",
        inputs=(
            Input(
                kind="studies",
                name="studies.tsv",
                url="https://example.org/studies.tsv",
                retrieved_at=datetime(2026, 2, 2, 1, 1, 1),  # noqa: DTZ001
                sha256="ab" * 32,
                size_bytes=10,
                licence="terms",
                rows_in=3,
                rows_core=2,
                rows_quarantined=1,
            ),
        ),
        missing=(),
        tables={"studies": 2},
        flags={"no_ancestry": 1},
    )


def test_the_data_the_software_and_the_paper_are_cited() -> None:
    found = works(manifest(), address="https://monitor.example.org/trend/?view=1&unit=studies")
    text = bibtex(found)
    assert [work.kind for work in found] == ["dataset", "software", "article"]
    assert "title = {{NHGRI-EBI GWAS Catalog, release of 2026-02-01}}" in text
    assert "urldate = {2026-02-02}" in text
    assert "url = {https://monitor.example.org/trend/?view=1&unit=studies}" in text
    assert "author = {Cerezo, M and Sollis, E and Ji, Y" in text
    assert "doi = {10.1093/nar/gkae1070}" in text
    assert "pages = {D998--D1005}" in text
    records = ris(found).split("ER  - \r\n")
    assert [record[:10] for record in records] == ["TY  - DATA", "TY  - COMP", "TY  - JOUR", ""]
    assert "SP  - D998\r\nEP  - D1005\r\n" in records[2]
    assert records[2].count("AU  - ") == 23


def test_a_demonstration_cites_no_catalogue() -> None:
    found = works(manifest(demonstration=True), address="http://localhost/")
    for text in (bibtex(found), ris(found)):
        assert "GWAS Catalog" not in text
        assert text.count("Demonstration data, not real") == 2


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_stays_in_its_field(title: str) -> None:
    stays(title)


@given(title=st.text())
def test_no_title_leaves_its_field(title: str) -> None:
    stays(title)


def stays(title: str) -> None:
    work = Work(
        "key", "dataset", title, (title, f"{title}, A"), 2020, {"note": title, "url": title}
    )
    text = bibtex([work])
    lines = text.split("\n")
    assert [line.split(" = ")[0].strip() for line in lines[1:-2]] == [
        "title",
        "author",
        "year",
        "note",
        "url",
    ]
    assert lines[-2:] == ["}", ""]
    depth = 0
    # BibTeX counts escaped braces too.
    for place, letter in enumerate(text):
        depth += {"{": 1, "}": -1}.get(letter, 0)
        assert depth > 0 or place in range(5) or place >= len(text) - 2, (place, text)
    assert depth == 0
    record = ris([work])
    assert record.endswith("ER  - \r\n")
    assert record.count("TY  - ") == record.count("\r\nER  - ") == 1
    tags = [line[:6] for line in record.split("\r\n")[:-1]]
    assert tags == ["TY  - ", "TI  - ", "AU  - ", "AU  - ", "PY  - ", "UR  - ", "N1  - ", "ER  - "]
