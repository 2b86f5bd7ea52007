"""Whom a name means: by a reviewed row, by a rule, or the name itself."""

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everygenome.errors import NotFoundError
from everygenome.vocabulary.entities.model import Alias
from everygenome.vocabulary.entities.normal import normal
from everygenome.vocabulary.entities.own import own_name
from everygenome.vocabulary.entities.resolve import Names

FUNDERS = Names("funder")
COHORTS = Names("cohort")
JOURNALS = Names("journal")
HHS = "U.S. Department of Health & Human Services"


def meant(stated: str | None, country: str | None = None, *, names: Names = FUNDERS) -> str:
    found = names.resolve(stated, country=country)
    return f"{found.entity.id}: {found.how}" if found else "nobody"


@pytest.mark.parametrize(
    ("stated", "country", "expected"),
    [
        ("Medical Research Council", "United Kingdom", "mrc: alias"),
        ("UK Medical Research Council", "International", "mrc: alias"),
        ("Medical Research Council  [UK]", "International", "mrc: rule"),
        ("Medical Research Council (GB)", None, "mrc: rule"),
        ("RCUK | Medical Research Council (MRC)", "", "mrc: rule"),
        ("MRC", "International", "mrc: alias"),
        ("NHLBI NIH HHS", "United States", "nhlbi: alias"),
        ("National Heart Lung and Blood Institute", "", "nhlbi: rule"),
        (
            f"{HHS} | NIH | National Heart, Lung, and Blood Institute (NHLBI)",
            "International",
            "nhlbi: rule",
        ),
        ("HHS | NIH | National Institute of Mental Health (NIMH)", "", "nimh: rule"),
        ("WHI NIH HHS", "United States", "nhlbi: alias"),
        ("CCR NIH HHS", "United States", "nci: alias"),
        ("Intramural NIH HHS", "United States", "nih: alias"),
        ("ARRA NIH HHS", "United States", "nih: alias"),
        ("NIH HHS", "United States", "nih: alias"),
        ("the National Institutes of Health", "", "nih: rule"),
        ("PHS HHS", "United States", "phs: alias"),
        (
            f"{HHS} | U.S. Public Health Service (United States Public Health Service)",
            None,
            "phs: rule",
        ),
        ("Arthritis Research UK", "United Kingdom", "versus-arthritis: alias"),
        ("Deutsche Forschungsgemeinschaft (German Research Foundation)", "", "dfg: rule"),
        ("Wellcome Trust (Wellcome)", "International", "wellcome-trust: rule"),
        (
            "MEXT | JST | Core Research for Evolutional Science and Technology (CREST)",
            "",
            "jst: rule",
        ),
        ("Department of Health", "United Kingdom", "dhsc: alias"),
        (
            "Department of Health | National Health and Medical Research Council (NHMRC)",
            "",
            "nhmrc: alias",
        ),
        (" CIHR", "Canada", "cihr: alias"),
        ("National Research Foundation", "Republic of Korea", "nrf-kor: alias"),
        ("National Research Foundation", "South Africa", "nrf-zaf: alias"),
        ("National Research Foundation of Korea", "Korea", "nrf-kor: alias"),
    ],
)
def test_one_funder_in_many_words(stated: str, country: str | None, expected: str) -> None:
    assert meant(stated, country) == expected


@pytest.mark.parametrize(
    ("stated", "country"),
    [
        pytest.param("National Research Foundation", None, id="three countries have one"),
        pytest.param(
            "National Institute of Health", None, id="Korea, Pakistan and others have one"
        ),
        pytest.param("Department of Health", None, id="many countries have one"),
        pytest.param("Ministry of Health and Welfare", "", id="Korea and Taiwan have one"),
        pytest.param("Medical Research Council", "Hungary", id="another country than ours"),
        pytest.param("NHLBI", "Canada", id="an acronym of another country"),
        pytest.param("Medical Research Council, UK and GlaxoSmithKline", "", id="two funders"),
        pytest.param("Medical Research Council (ECHO)", "", id="a bracket that says more"),
        pytest.param("Wellcome Trust (MRC)", "", id="a bracket that contradicts"),
        pytest.param("Medical Research Council (ZA)", "United Kingdom", id="a country against it"),
        pytest.param("Ministry of Funding | Medical Research Council", "", id="an unknown part"),
        pytest.param("DFG | Medical Research Council", "", id="a path through two countries"),
        pytest.param("DH | Medical Research Council", "", id="a path that says no country"),
        pytest.param("HHS", "", id="an acronym that needs its country"),
        pytest.param("Medical Research Councill", "United Kingdom", id="a slip nobody reviewed"),
        pytest.param("Medical Research", "United Kingdom", id="a part of a name"),
    ],
)
def test_nothing_is_guessed(stated: str, country: str | None) -> None:
    found = FUNDERS.resolve(stated, country=country)
    assert found is not None
    assert (found.how, found.entity.reviewed) == ("own name", False)


def test_a_bracket_can_say_the_country_that_the_name_needs() -> None:
    assert meant("Medical Research Council (ZA)") == "samrc: rule"
    assert meant("National Research Foundation [South Africa]") == "nrf-zaf: rule"


@pytest.mark.parametrize("stated", [None, "", "  ", "Missing Agency", "NR", "…", '"'])
def test_nobody_is_named(stated: str | None) -> None:
    assert FUNDERS.resolve(stated, country="Missing Country", acronym="Missing Acronym") is None


def test_two_brackets_and_no_more() -> None:
    assert meant("Medical Research Council (MRC) [UK]") == "mrc: rule"
    assert meant("Deutsche Forschungsgemeinschaft (DFG) (Germany)") == "dfg: rule"


@pytest.mark.parametrize(
    "text",
    [
        "(" * 20_000,
        "a (" * 10_000 + ")",
        "NIH" + " [US]" * 200,
        "A B " + "(AB) " * 5_000,
        "NIH | " * 5_000,
        "x" + " " * 50_000 + "(y",
        "The " * 5_000 + "x",
    ],
    ids=range(7),
)
def test_hostile_texts_are_names_of_their_own(text: str) -> None:
    assert meant(text).endswith("own name")


def test_a_code_speaks_only_where_the_name_is_silent() -> None:
    found = FUNDERS.resolve("", country="United States", acronym="HL")
    assert found is not None
    assert (found.entity.id, found.how) == ("nhlbi", "alias")
    other = FUNDERS.resolve("Wellcome Trust", country="United Kingdom", acronym="MRC_")
    assert other is not None
    assert other.entity.id == "wellcome-trust"


def test_all_above() -> None:
    assert [one.id for one in FUNDERS.above("nhlbi")] == ["nih", "funders-usa"]
    assert [one.id for one in FUNDERS.above("mrc")] == ["ukri", "funders-gbr"]
    assert [one.id for one in FUNDERS.above("nihr")] == ["dhsc", "funders-gbr"]
    assert [one.id for one in FUNDERS.above("erc")] == ["european-union"]
    assert FUNDERS.above("funders-usa") == []
    assert FUNDERS.known["funders-usa"].name == "United States: all funders"
    with pytest.raises(NotFoundError, match="'nobody'"):
        FUNDERS.above("nobody")


def test_an_own_name_stands_under_its_country_only_if_that_is_stated() -> None:
    names = Names("funder")
    stated = names.resolve("Fund for Bees", country="Kenya")
    silent = names.resolve("Fund for Bees", country="International")
    assert stated is not None
    assert silent is not None
    assert (stated.entity.parent, silent.entity.parent) == ("funders-ken", None)
    assert [one.name for one in names.above(stated.entity.id)] == ["Kenya: all funders"]
    assert silent.entity.id == "fund-for-bees"
    assert stated.entity.id == "fund-for-bees-ken-f94184cf"
    assert (silent.entity.name, silent.entity.level) == ("Fund for Bees", "agency")


def test_identifiers_do_not_depend_on_what_came_before() -> None:
    texts = ["Fondo é", "Fondo e", "fondo-e", "The Fondo E", "nih fund", "Funders USA", "基金"]
    ids = [own_name(text, kind="funder", iso3=None, unread="", taken=()).id for text in texts]
    assert ids[1] == ids[3] == "fondo-e"
    assert len(set(ids)) == 6
    assert ids[5].startswith("funders-usa-")
    assert ids[6].startswith("name-")
    taken = own_name("NIH", kind="funder", iso3=None, unread="", taken=FUNDERS.known).id
    assert taken.startswith("nih-")


@given(st.text(), st.text(), st.sampled_from([None, "Kenya", "Korea"]))
def test_two_own_names_are_one_only_if_their_normal_forms_are(
    one: str, other: str, country: str | None
) -> None:
    first = JOURNALS.resolve(one, country=country)
    second = JOURNALS.resolve(other, country=country)
    assert (first is None) == (normal(one) == "")
    if first and second:
        assert (first.entity.id == second.entity.id) == (normal(one) == normal(other))


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("UKB", "uk-biobank: alias"),
        ("ukbb", "uk-biobank: rule"),
        ("UK Biobank", "uk-biobank: alias"),
        ("BBJ", "biobank-japan: alias"),
        ("deCODE", "decode: alias"),
        ("FinnGen", "finngen: alias"),
        ("23andMe", "23andme: alias"),
        ("MVP", "mvp: alias"),
        ("Atherosclerosis Risk in Communities Study (ARIC)", "aric: rule"),
        ("CHS", "chs: own name"),
        ("NHS", "nhs: own name"),
        ("NR", "nobody"),
        ("Other", "nobody"),
        (" ", "nobody"),
    ],
)
def test_cohorts(stated: str, expected: str) -> None:
    assert meant(stated, names=COHORTS) == expected


def test_journals_stand_for_themselves() -> None:
    assert meant("Nat Genet", names=JOURNALS) == "nat-genet: own name"
    found = JOURNALS.resolve("Am. J. Hum. Genet.")
    assert found is not None
    assert (found.entity.id, found.entity.name) == ("am-j-hum-genet", "Am. J. Hum. Genet.")
    assert (found.entity.level, found.entity.parent, len(JOURNALS.known)) == ("", None, 0)


def test_a_decision_of_ones_own_goes_first_and_shows_in_the_digest() -> None:
    decision = Alias(
        kind="funder",
        stated="Fund for Bees",
        country=None,
        entity_id="bee-fund",
        source="https://bees.example",
        reviewed_on="2026-11-26",
        name="Bee Fund",
        level="agency",
        parent="funders-tuv",
        country_iso3="TUV",
    )
    names = Names("funder", extra=[decision])
    assert meant("fund for  bees", names=names) == "bee-fund: rule"
    assert meant("Bee Fund", "Tuvalu", names=names) == "bee-fund: alias"
    assert [one.id for one in names.above("bee-fund")] == ["funders-tuv"]
    moved = replace(decision, stated="MRC", entity_id="wellcome-trust", name=None)
    moved = replace(moved, level="", parent=None, country_iso3=None)
    assert meant("MRC", names=Names("funder", extra=[moved])) == "wellcome-trust: alias"
    digests = {FUNDERS.digest, names.digest, COHORTS.digest, Names("funder", [moved]).digest}
    assert len(digests) == 4
    assert {len(one) for one in digests} == {64}


def test_the_digest_is_the_same_in_another_process() -> None:
    code = (
        "from everygenome.vocabulary.entities.resolve import Names; print(Names('funder').digest)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == FUNDERS.digest
