"""A user's own reference population: read whole, or refused with the reason."""

from pathlib import Path

import pytest

from everygenome.errors import InputError
from everygenome.vocabulary.references import Descriptor, read_reference

HEAD = "# descriptor: world region\n# citation: Statistics Exampleland\n# date: 1 May 2021\n"


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "exampleland.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_whole_file_is_read_as_written(tmp_path: Path) -> None:
    text = (
        "\ufeff# title: Residents of Exampleland\n# licence: CC BY 4.0\n# see https://example.org\n"
        f"{HEAD}# note: Rounded.\n# note: Adults only.\n\n"
        'group,people\r\nAfrica,1200\r\n"Asia, all parts", 3400\r\n\r\nAntarctica,0\r\n'
    )
    one = read_reference(written(tmp_path, text))
    assert dict(one.groups) == {"Africa": 1200, "Asia, all parts": 3400, "Antarctica": 0}
    assert (one.total, one.shares["Africa"]) == (4600, pytest.approx(0.26087, abs=1e-5))
    assert one.descriptor is Descriptor.WORLD_REGION
    assert (one.name, one.title) == ("exampleland", "Residents of Exampleland")
    assert (one.date, one.licence) == ("1 May 2021", "CC BY 4.0")
    assert one.notes == ("Rounded.", "Adults only.")


def test_a_total_is_checked_and_settles_what_a_row_is(tmp_path: Path) -> None:
    text = HEAD + "# total: 16\ngroup,people\nA,5\nB,3\nC,8\n"
    assert read_reference(written(tmp_path, text)).total == 16


def test_a_licence_that_is_not_given_is_said_to_be_so(tmp_path: Path) -> None:
    assert read_reference(written(tmp_path, HEAD + "group,people\nA,1\n")).licence == "not stated"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"needs the columns group,people \(found: nothing\)"),
        (HEAD, r"needs the columns group,people \(found: nothing\)"),
        (HEAD + "group,people\n", "holds no rows"),
        (HEAD + "group;people\nA;1\n", r"needs the columns group,people \(found: group;people\)"),
        (HEAD + "group,people,people\nA,1,1\n", "needs the columns group,people"),
        (HEAD + "group,people\nA,1,2\n", "line 5: 3 cells under 2 columns"),
        (HEAD + "group,people\nA,1\nA,2\n", "line 6: the group 'A' is empty or given twice"),
        (HEAD + "group,people\n ,2\n", "line 5: the group '' is empty or given twice"),
        (HEAD + "group,people\nA,-1\n", "line 5: people is '-1' for the group 'A'"),
        (HEAD + "group,people\nA,many\n", "people is 'many'"),
        (HEAD + "group,people\nA,\n", "people is ''"),
        (HEAD + 'group,people\nA,"1,200"\n', "people is '1,200'"),
        (HEAD + "group,people\nA,nan\n", "people is 'nan'"),
        (HEAD + "group,people\nA,inf\n", "people is 'inf'"),
        (HEAD + "group,people\nA,1_000\n", "people is '1_000'"),
        (HEAD + "group,people\nA,12%\n", "people is '12%'"),
        (HEAD + "group,people\nA,0\n", "counts nobody"),
        (HEAD + "# total: 900\ngroup,people\nA,500\nB,300\n", "total of 900, .* sum to 800"),
        (HEAD + "# total: 9x\ngroup,people\nA,500\n", "people is '9x' for the group 'total'"),
        (HEAD + "group,people\nA,5\nB,3\nAll,8\n", "“All” has as many people as all other"),
        (HEAD + "group,people\nA,61.5\nB,38.5\n", "people is '61.5' for the group 'A'"),
        (HEAD + '# unit: thousands\ngroup,people\nA,"1"\n', "counts 'thousands'"),
        (HEAD + "# sorce: x\ngroup,people\nA,1\n", "line 4: the key 'sorce' is unknown"),
        (HEAD + "# date: 2022\ngroup,people\nA,1\n", "line 4: the key 'date' is unknown or given"),
        (HEAD + 'group,people\n"A,1\n', "not readable as CSV"),
        (HEAD.replace("world region", "nation") + "group,people\nA,1\n", "descriptor 'nation'"),
        ("# citation: X\n# date: 2021\ngroup,people\nA,1\n", "does not say its descriptor"),
        ("# descriptor: country\n# date: 2021\ngroup,people\nA,1\n", "does not say its citation"),
        ("# descriptor: country\n# citation: X\ngroup,people\nA,1\n", "does not say its date"),
        (b"group,people\nS\xe3o,1\n", r"not UTF-8 text \(byte 14\)"),
        (HEAD + "group,people\n" + "".join(f"g{n},1\n" for n in range(10_001)), "10,000 rows"),
        (HEAD + "#" * 5_000_001, "larger than 5,000,000 bytes"),
        (HEAD + "group,people\n" + "A" * 200_000 + ",1\n", "not readable as CSV"),
    ],
    ids=lambda value: value[-30:] if isinstance(value, str) else None,
)
def test_a_file_that_cannot_be_used_is_refused(
    tmp_path: Path, text: str | bytes, message: str
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(InputError, match=message) as caught:
        read_reference(path)
    assert str(path) in caught.value.what
    assert caught.value.remedy


def test_ten_thousand_rows_are_allowed(tmp_path: Path) -> None:
    rows = "".join(f"g{n},1\n" for n in range(10_000))
    assert read_reference(written(tmp_path, HEAD + "group,people\n" + rows)).total == 10_000


def test_a_missing_file_or_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        read_reference(tmp_path / "nothing.csv")
    with pytest.raises(InputError, match="cannot be read"):
        read_reference(tmp_path)
