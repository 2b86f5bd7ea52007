"""`everygenome variants model` as a user and a script see it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
HCM = (
    *("--inheritance", "dominant", "--prevalence", "1/500", "--penetrance", "0.5"),
    *("--max-allelic-contribution-of-all-cases", "104/6179"),
)


def test_a_typed_model_as_json(run: Run) -> None:
    code, out, err = run("variants", "model", *HCM, "--an", 121412, "--format", "json")
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert round(told["maximum_credible_frequency"], 8) == 4.008e-05
    assert told["tolerated"] == [{"chromosomes": 121412, "copies": 9}]
    assert told["model"]["counted"] == "104 of 6,179"
    assert [one["group"] for one in told["groups"] if one["shows_absence"]] == ["nfe", "sas", "afr"]
    assert len(told["cautions"]) == 2


def test_a_table_for_a_terminal(run: Run) -> None:
    code, out, _ = run("variants", "model", *HCM, "--gene", "MYH7", "--an", 121412)
    assert code == 0
    assert out.startswith("Maximum credible allele frequency (MYH7): 4.01e-05, or 1 in 24,952")
    line = next(line for line in out.splitlines() if "(mid)" in line)
    assert line.startswith("Middle Eastern (mid)")
    assert line.split()[3:] == ["3,031", "6,062", "1", "21.6%", "68,687", "more"]
    assert "few on the continent of" in out
    assert "no medical device" in out.replace("\n", " ")


def test_the_template_is_a_model(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("variants", "model", "--template")
    assert code == 0
    path = tmp_path / "model.toml"
    path.write_text(out)
    code, out, _ = run("variants", "model", path, "--format", "json")
    assert json.loads(out)["formula_with_figures"] == "0.002 × 1/2 × 0.02 ÷ 0.5 = 4.01e-05"
    code, _, err = run("variants", "model", path, *HCM)
    assert (code, "A file is given, and --inheritance too." in err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "No model is given."),
        (("--penetrance", "0.5"), 2, "The model: inheritance is missing."),
        ((*HCM, "--max-genetic-contribution", "0.5"), 2, "is not for dominant inheritance"),
        (("none.toml",), 3, "none.toml cannot be read"),
        ((*HCM, "--format", "csv"), 2, "This command does not write csv."),
    ],
)
def test_what_stops(run: Run, arguments: tuple[str, ...], code: int, said: str) -> None:
    found, out, err = run("variants", "model", *arguments)
    assert (found, out) == (code, "")
    assert said in err
