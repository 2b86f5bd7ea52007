"""A mapping file that says less, more, or something else than it should."""

from pathlib import Path

import pytest

from everygenome.errors import InputError
from everygenome.sources.variation.header import Header, InfoField
from everygenome.sources.variation.layouts import Layout
from everygenome.sources.variation.mapping import TEMPLATE, mapped_layout
from tests.factories.sites_files import MAPPING

FIELDS = ("AC", "AN", "AC_WEST", "AN_WEST", "NHOMALT", "NHOMALT_WEST", "A%POS", "A{0}")
HEADER = Header(
    name="s.vcf",
    contigs={},
    info={name: InfoField("A", "Integer", "") for name in FIELDS},
    filters=(),
    samples=0,
    build=None,
    plain={},
)


def _layout(text: str | bytes, folder: Path) -> Layout:
    path = folder / "map.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return mapped_layout(path, HEADER)


def test_the_template_is_one(tmp_path: Path) -> None:
    layout = _layout(TEMPLATE, tmp_path)
    assert (layout.title, layout.build, layout.codes) == (
        "My database 2026-01",
        "GRCh38",
        ("west",),
    )
    assert layout.groups["west"].nhomalt == "NHOMALT_WEST"
    assert layout.counting == ("west",)
    assert layout.continental == ()


def test_some_freedom(tmp_path: Path) -> None:
    text = MAPPING.replace('"1"', '""') + 'sampled = """Two\nlines"""\n'
    assert _layout(text, tmp_path).sampled == {"west": "Two\nlines"}
    # A source of one group counts everybody in the same fields.
    same = _layout(MAPPING.replace("_WEST", ""), tmp_path)
    assert same.groups["all"] == same.groups["west"]


def _group(code: str) -> str:
    return MAPPING.replace("groups.west", f"groups.'{code}'")


WRONG = {
    "": "the top of the file does not say all, groups, name",
    "[a": "is no TOML that can be read: Expected ']'",
    "a = " + "[" * 5_000: "is no TOML that can be read: sections within sections",
    "a = " + "1" * 5_000: "is no TOML that can be read: Exceeds the limit",
    MAPPING.split("[groups")[0]: "the top of the file does not say groups",
    MAPPING.split("[groups")[0] + "[groups]\n": "[groups] must hold 1 to 200 groups",
    "groups = 1\n" + MAPPING.split("[groups")[0]: "[groups] must hold 1 to 200 groups",
    MAPPING.split("[groups")[0] + "[groups]\nwest = 1\n": "[groups.west] must be a section",
    _group("We;st"): "'We;st' cannot be the code",
    _group("all"): "'all' cannot be the code",
    _group("west_xy"): "'west_xy' cannot be the code",
    _group("x" * 100): "cannot be the code",
    MAPPING + "x = 1\n": "[groups.west] says 'x', which means nothing here",
    "x = 1\n" + MAPPING: "the top of the file says 'x', which means nothing here",
    MAPPING.replace('"AC_WEST"', "5"): "'ac' is '5'",
    MAPPING.replace('"AC_WEST"', '""'): "'ac' is empty",
    MAPPING.replace('"AC_WEST"', '"AC_NORTH"'): "'AC_NORTH', which the header of s.vcf does not",
    MAPPING.replace('"AC_WEST"', '"A%POS"'): "no INFO field can be called 'A%POS'",
    MAPPING.replace('"AC_WEST"', '"A{0}"'): "no INFO field can be called 'A{0}'",
    MAPPING.replace('"AC_WEST"', '"AN_WEST"'): "[groups.west] names one field twice",
    MAPPING + '[groups.east]\nac = "AC_WEST"\nan = "AN"\n': "the groups west and east have",
    MAPPING + '[groups.west]\nac = "AC"\nan = "AN"\n': "Cannot declare ('groups', 'west') twice",
    MAPPING + 'counts = "yes"\n': "'counts' is 'yes'",
    MAPPING + "continental = 1\n": "'continental' is '1'",
    MAPPING + "sampled = 5\n": "'sampled' is '5'",
    MAPPING.replace('"GRCh38"', '"hg19"'): "the build 'hg19' is not known",
    MAPPING.replace('"GRCh38"', "38"): "'build' is '38'",
    MAPPING.replace('"Test"', "5"): "'name' is '5'",
    MAPPING.replace('"Test"', '""'): "'name' is empty",
    MAPPING.replace('"Test"', '"' + "x" * 3_000 + '"'): "'name' is empty, too long",
    MAPPING.replace('"Test"', r'"\u001b[31m"'): "'name' is empty, too long, or holds letters",
    MAPPING.replace('"1"', "{a = 1}"): "'version' is",
    "#" * 2_000_000: "is larger than",
}


@pytest.mark.parametrize("number", range(len(WRONG)))
def test_what_is_wrong_is_told(number: int, tmp_path: Path) -> None:
    text, said = list(WRONG.items())[number]
    with pytest.raises(InputError) as told:
        _layout(text, tmp_path)
    assert said in str(told.value)
    assert "map.toml" in str(told.value)
    assert len(str(told.value)) < 500


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not UTF-8"):
        _layout(MAPPING.encode("utf-16"), tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        mapped_layout(tmp_path, HEADER)
