"""Whatever list of names is written in a cell, exactly those countries are read."""

from hypothesis import given
from hypothesis import strategies as st

from everygenome.vocabulary.countries import COUNTRIES, scan_countries, spellings

NAMES = st.sampled_from(sorted(spellings()))


@given(st.lists(NAMES, min_size=1, max_size=41))
def test_a_joined_list_gives_back_its_countries_in_order(names: list[str]) -> None:
    expected = tuple(dict.fromkeys(spellings()[name] for name in names))
    scan = scan_countries(", ".join(names))
    assert (scan.iso3, scan.unknown, scan.not_reported) == (expected, (), False)


@given(st.lists(NAMES), st.lists(NAMES))
def test_not_reported_anywhere_changes_no_country(before: list[str], after: list[str]) -> None:
    scan = scan_countries(", ".join([*before, "NR", *after]))
    assert scan.iso3 == tuple(dict.fromkeys(spellings()[name] for name in before + after))
    assert scan.not_reported


@given(st.text())
def test_any_text_is_read_without_a_fault_and_nothing_is_lost(text: str) -> None:
    scan = scan_countries(text)
    assert set(scan.iso3) <= set(COUNTRIES)
    assert scan.iso3 or scan.unknown or scan.not_reported


@given(NAMES, st.text(st.characters(categories=["L"]), min_size=1, max_size=3))
def test_a_name_with_letters_added_is_never_read_as_the_name(name: str, tail: str) -> None:
    longer = f"{name} x{tail}"
    assert scan_countries(longer).unknown != ()
