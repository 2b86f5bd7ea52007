"""Normal forms: what may differ between two spellings without changing who is meant."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from everygenome.vocabulary.entities.normal import bracket, initials, normal

DASHES = "‐‑‒–—―−-"
# Letters with an upper and a lower form that belong together, and the signs that names hold.
NAMES = st.text(st.sampled_from("abcdéüøßñABCDÉÜØÑ '&,.()[]|/-–—\"“”’   10") | st.characters())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("MEDICAL research council", "Medical Research Council", id="case"),
        pytest.param("  Cancer\u00a0Research \t UK", "Cancer Research UK", id="blanks"),
        pytest.param("Parkinson’s UK", "Parkinson's UK", id="quotes"),
        pytest.param("Parkinson´s UK", "Parkinson's UK", id="an accent for a quote"),
        pytest.param('"Cancer Research UK', "Cancer Research UK", id="a quote of the file"),
        pytest.param("Hjärt–Lungfonden", "Hjärt-Lungfonden", id="dashes"),
        pytest.param("Brain & Behavior", "Brain and Behavior", id="and"),
        pytest.param("Bodies of R&D", "Bodies of R and D", id="and without blanks"),
        pytest.param("National Heart Lung and Blood", "National Heart, Lung, & Blood", id="commas"),
        pytest.param("U.S. Army", "US Army", id="full stops"),
        pytest.param("The Dunhill Medical Trust", "Dunhill Medical Trust", id="article"),
        pytest.param("Medical Research Council (MRC)", "Medical Research Council", id="initials"),
        pytest.param(
            "National Institute on Aging [NIA]", "National Institute on Aging", id="small"
        ),
        pytest.param("ﬁnland ２０２０", "Finland 2020", id="signs of one meaning (NFKC)"),
        pytest.param("Can\u00adcer", "Cancer", id="a soft hyphen"),
    ],
)
def test_two_spellings_of_one_name(one: str, other: str) -> None:
    assert normal(one) == normal(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Medical Research Council", "National Medical Research Council", id="a part"),
        pytest.param("National Institute of Health", "National Institutes of Health", id="plural"),
        pytest.param("Université de Paris", "Universite de Paris", id="accents can tell apart"),
        pytest.param("Ministry of Health (Ghana)", "Ministry of Health", id="a bracket that says"),
        pytest.param("NIMH", "NIMHD", id="a longer acronym"),
        pytest.param("Research Foundation - Flanders", "Research Foundation Flanders", id="a dash"),
    ],
)
def test_two_names(one: str, other: str) -> None:
    assert normal(one) != normal(other)


@given(NAMES)
def test_a_normal_form_is_its_own_normal_form(text: str) -> None:
    assert normal(normal(text)) == normal(text)


@given(NAMES)
def test_case_does_not_matter(text: str) -> None:
    # Some letters have no way back from upper case ("ı"): those are other letters.
    assume(text.upper().casefold() == text.casefold() == text.lower().casefold())
    assert normal(text.upper()) == normal(text) == normal(text.lower())


@given(NAMES, st.sampled_from([" ", "\t", "  ", "\u00a0", "\u3000", "\n"]))
def test_the_kind_and_number_of_blanks_do_not_matter(text: str, blank: str) -> None:
    assert normal(blank + text.replace(" ", blank) + blank) == normal(text)


@given(NAMES, st.sampled_from(DASHES))
def test_the_kind_of_dash_does_not_matter(text: str, dash: str) -> None:
    assert normal(text.replace("-", dash)) == normal(text)


def test_brackets_and_initials() -> None:
    assert bracket("A (B) (C)") == ("A (B)", "C")
    assert bracket("A B") is bracket("(A)") is bracket("A ( )") is bracket("A (B") is None
    assert initials("National Institute of Mental Health") == {"nimh", "niomh"}
    assert initials("Wellcome") == frozenset()
