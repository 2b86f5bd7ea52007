"""Whatever a file of bars or a model holds: it is read, or refused with a reason."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from everygenome.errors import InputError
from everygenome.variants.explaining import explained
from everygenome.variants.gene_bars import read_gene_bars
from everygenome.variants.model_file import parse_model

pytestmark = [pytest.mark.slow]

HEADER = "gene,BA1,BS1,PM2_supporting,basis\n"
CELLS = st.sampled_from(
    ["A", "B", "0.1", "1e-5", "1e400", "١", "absent", "FAF", "MAF", "", '"', "NaN", "\x1c", "\r"]
)
VALUES = st.sampled_from(
    ["1", "0.5", '"1/500"', '"3/7"', '"1/0"', "1" * 400, "-1", "nan", "inf", "true", "[]", "{}"]
)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.binary(max_size=60), st.lists(CELLS, max_size=15)))
@example(b"\xff\xfe")
def test_bars_are_read_or_refused(told: bytes | list[str]) -> None:
    rows = told if isinstance(told, bytes) else _rows(told).encode()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bars.csv"
        path.write_bytes(HEADER.encode() + rows)
        try:
            found = read_gene_bars(path)
        except InputError as error:
            refused = error
        else:
            refused = None
    if refused:
        assert str(path) in refused.what
        assert refused.remedy
        return
    assert all(0 < one.rare <= one.expected <= (one.common or 1) for one in found.values())


def _rows(cells: list[str]) -> str:
    return "\n".join(",".join(cells[at : at + 5]) for at in range(0, len(cells), 5))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["dominant", "recessive", "X-linked"]), VALUES, VALUES, VALUES)
@example("dominant", "1" * 5000, "1", "1")
@example("dominant", "[" * 90_000, "1", "1")
def test_models_are_read_or_refused(inheritance: str, one: str, two: str, three: str) -> None:
    share = "in_gene" if inheritance == "recessive" else "of_all_cases"
    text = (
        f'inheritance = "{inheritance}"\nprevalence = {one}\npenetrance = {two}\n'
        f"max_allelic_contribution_{share} = {three}\n"
    )
    if inheritance == "recessive":
        text += f"max_genetic_contribution = {two}\n"
    try:
        model, bars = parse_model(text)
    except InputError as error:
        refused = error
    else:
        refused = None
    if refused:
        assert refused.what.startswith("model.toml")
        assert refused.remedy
        return
    told = explained(model, bars, chromosomes=[0, 10_000])
    assert 0 < told.frequency < 1
    assert told.needed * told.frequency >= 2.995
    assert all(one.shows_absence == (one.missing == 0) for one in told.groups)


def test_a_model_of_a_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_gene_bars(tmp_path)
