"""How words are compared in a search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everygenome.queries.measures.words import alike, bare, folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Alzheimer's disease", "alzheimers disease"),
        ("Alzheimer’s  Disease", "alzheimers disease"),
        ("IgG4-related, (type 1) & 50%", "igg4 related type 1 50"),
        ("EFO_0000270", "efo 0000270"),
        ("ﬁbrosis", "fibrosis"),
        ("Straße", "strasse"),
        ("β-cell", "β cell"),
        ("'%,", ""),
    ],
)
def test_marks_case_and_accents_do_not_matter(text: str, expected: str) -> None:
    assert bare(text) == expected


def test_folded_text_keeps_its_marks() -> None:
    assert folded(" 100%  of_İT ") == "100% of_it"


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("Leukaemia", "leukemia"),
        ("oesophageal tumour", "Esophageal tumor"),
        ("Haematological measurement", "hematological measurement"),
        ("sulphate", "sulfate"),
        ("coeliac disease", "celiac disease"),
        ("risky behaviour", "risky behavior"),
    ],
)
def test_british_and_american_spellings_are_alike(british: str, american: str) -> None:
    assert alike(british) == alike(american)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert bare(bare(text)) == bare(text)
