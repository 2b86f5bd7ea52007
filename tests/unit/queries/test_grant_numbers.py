"""When two grant numbers are the same grant."""

import pytest

from everygenome.queries.grant_numbers import grant_number


def same(first: str, second: str) -> bool:
    one, other = grant_number(first), grant_number(second)
    assert one is not None
    assert other is not None
    return one.same == other.same


@pytest.mark.parametrize(
    "text",
    [
        *("R01 HL123456", "R01HL123456", "r01-hl-123456", "R01-HL123456", "  R01  HL 123456 "),
        *("5R01HL123456-03", "5 R01 HL123456-03", "1R01HL123456-01A1", "R01 HL123456-02S1"),
        *("3R01HL123456-02S1", "R01 HL123456 - 04", "R01HL123456–05", "2R01HL123456-06A1S2"),
    ],
)
def test_one_grant_of_the_nih_is_written_in_many_ways(text: str) -> None:
    assert same(text, "R01HL123456")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("R01MH44292", "R01 MH044292"),
        ("N01-HC-55222", "N01HC055222"),
        ("MR/L01341X/1", "mr l01341x 1"),
        ("090532/Z/09/Z", "090532/z/09/z"),
        ("HHSN268201100011C", "HHSN-268201100011C"),
    ],
)
def test_case_blanks_punctuation_and_leading_zeros(first: str, second: str) -> None:
    assert same(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("R01HL123456", "R01HL12345"),  # no part of it
        ("R01HL123456", "U01HL123456"),
        ("R01HL123456", "R01HG123456"),
        ("R01HL123456", "HL123456"),
        ("R01HL123456", "R01HL1234567"),
        ("R01HL123456-03", "R01HL12345603"),
        ("090532", "090532/Z/09/Z"),
        ("MR/L01341X/1", "MR/L01341X/2"),
        ("G0901874", "G0901874-01"),  # the suffix of the NIH means nothing elsewhere
    ],
)
def test_others_are_other_grants(first: str, second: str) -> None:
    assert not same(first, second)


def test_a_number_without_activity_code_is_near_and_not_the_same() -> None:
    bare, full = grant_number("HL-071250"), grant_number("5R01HL71250-02")
    assert bare is not None
    assert full is not None
    assert bare.family == full.family == "HL071250"
    assert (bare.same, full.same) == ("HL071250", "R01HL071250")
    plain = grant_number("MR/L01341X/1")
    assert plain is not None
    assert plain.family is None


@pytest.mark.parametrize("text", ["", "  ", "-/-", "…"])
def test_no_number(text: str) -> None:
    assert grant_number(text) is None
