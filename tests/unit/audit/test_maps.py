"""What a map may say, and where it is wrong."""

import pytest

from everygenome.audit.counts import Class
from everygenome.audit.mapping import Kind, parse_map, read_map
from everygenome.audit.mapping.bands import band_labels
from everygenome.errors import InputError
from everygenome.vocabulary.references import Descriptor

GOOD = """\
[file]
identifier = "sample"
refused = ["Prefer not to say"]

[columns.super_pop]
dimension = "group"
kind = "genetic similarity"
date = 2015-10-01

[columns.super_pop.values]
"AFR" = "African"
EUR = "European"

[columns."age y"]
dimension = "age_band"
kind = "age"
bands = [18, 30, 75]

[documentation]
purpose = "A reference panel"
"""


def without(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


def test_a_map_is_read():
    told = parse_map(GOOD)
    assert told.columns["super_pop"].groups == ("African", "European")
    assert told.columns["super_pop"].date == "2015-10-01"
    assert told.columns["super_pop"].panel == "not stated"
    assert told.columns["age y"].groups == (
        "under 18",
        "18 to 29",
        "30 to 74",
        "75 and over",
    )
    assert told.file.missing == ("", "NA", "N/A", "NaN", "null", ".")
    assert told.documentation == {"purpose": "A reference panel"}


WRONG = {
    "empty kind": ('kind = "age"', 'kind = ""', 'line 16: columns.age y.kind: kind is empty'),
    "unknown kind": ('kind = "age"', 'kind = "years"', "line 16: columns.age y.kind: kind is"),
    "no kind": ('kind = "age"', "", "line 14: columns.age y.kind: this is missing"),
    "no dimension": ('dimension = "age_band"', 'dimension = ""', "line 15: columns.age y.dim"),
    "capitals": ('"age_band"', '"Age band"', "line 15: columns.age y.dimension: write a name"),
    "no group": ('"group"', '"pop"', "my.toml: columns: no column has the dimension"),
    "two groups": ('"age_band"', '"group"', "my.toml: columns: 2 columns have the dimension"),
    "class": ('"African"', '"missing"', "line 11: columns.super_pop.values: the value 'AFR'"),
    "class, declined": ('"European"', '"Declined to say"', "list the value under refused"),
    "no name": ('EUR = "European"', 'EUR = ""', "line 12: columns.super_pop.values: the value"),
    "twice": ("EUR =", '" AFR" =', "line 11: columns.super_pop.values: 'AFR' is listed 2 times"),
    "unknown key": ("date =", "dates =", "line 8: columns.super_pop.dates: this key is unknown"),
    "unknown table": ("[documentation]", "[document]", "line 19: document: this key is unknown"),
    "bands": ("[18, 30, 75]", "[30, 18]", "line 17: columns.age y.bands: bands are whole"),
    "bands, half": ("[18, 30, 75]", "[18.5]", "line 17: columns.age y.bands"),
    "bands, none": ("[18, 30, 75]", "[]", "line 17: columns.age y.bands"),
    "bands, others": ("bands =", 'others = "x"\nbands =', "bands go with neither others nor"),
    "number": ("[documentation]", '[columns."age y".values]\n18 = "18"\n[documentation]', "'18'"),
    "people": ("identifier", 'people = "n"\nidentifier', "line 1: file: people and identifier"),
    "both": ('["Prefer not to say"]', '["NA"]', "line 1: file: 'NA' is both missing and refused"),
    "delimiter": ("[file]", '[file]\ndelimiter = "ab"', "line 2: file.delimiter"),
    "duplicates": ("[file]", '[file]\nduplicates = "drop"', "line 2: file.duplicates: Input"),
    "text": ('"A reference panel"', "1", "line 20: documentation.purpose"),
    "no TOML": ('kind = "age"', "kind = age", "line 16: this is not TOML"),
    "key twice": ('kind = "age"', 'kind = "age"\nkind = "age"', "line 17: this is not TOML"),
    "open text": ('"A reference panel"', '"A', "line 20: this is not TOML"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_map_says_file_line_and_key(case):
    old, new, said = WRONG[case]
    with pytest.raises(InputError) as caught:
        parse_map(without(old, new), source="my.toml")
    assert said in caught.value.what
    assert caught.value.what.startswith(("my.toml, line ", "my.toml: columns: "))


def test_an_empty_kind_lists_the_kinds():
    with pytest.raises(InputError) as caught:
        parse_map(without('kind = "age"', 'kind = ""'))
    assert all(f'"{kind}"' in str(caught.value) for kind in Kind)


def test_columns_that_nobody_took_up_are_not_used():
    told = parse_map(
        GOOD + '[columns.site]\ndimension = ""\nkind = ""\n[columns.site.values]\na = ""\n'
    )
    assert list(told.columns) == ["super_pop", "age y"]


def test_no_map_at_all(tmp_path):
    with pytest.raises(InputError, match=r"no column has the dimension"):
        parse_map("")
    with pytest.raises(InputError, match="audit init"):
        read_map(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_bytes(b"[file]\nx = '\xe9'\n")
    with pytest.raises(InputError, match="line 2 is not UTF-8"):
        read_map(tmp_path / "bad.toml")
    (tmp_path / "good.toml").write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert read_map(tmp_path / "good.toml") == parse_map(GOOD)


def test_kinds_know_their_descriptor():
    assert [kind.descriptor for kind in Kind][:5] == list(Descriptor)
    assert {kind.descriptor for kind in list(Kind)[5:]} == {None}
    assert len(Kind) == 14
    assert all(kind.sentence.endswith(".") for kind in Kind)


def test_bands_are_named():
    assert band_labels([18, 19, 30]) == ("under 18", "18", "19 to 29", "30 and over")
    assert band_labels([65]) == ("under 65", "65 and over")


def test_classes_have_their_names():
    assert [str(one) for one in Class] == [
        "Missing", "Declined to say", "Several groups", "Not in the map",
    ]  # fmt: skip
