"""Disease models from a file: which fields are for which inheritance, and what the bar is."""

from pathlib import Path

import pytest

from everygenome.errors import InputError
from everygenome.variants.assumptions import cautions
from everygenome.variants.disease import Inheritance, Model, max_credible_frequency
from everygenome.variants.explaining import explained
from everygenome.variants.model_file import parse_model, read_model
from everygenome.variants.model_template import TEMPLATE

DOMINANT = """
inheritance = "dominant"
prevalence = "1/500"
max_allelic_contribution_of_all_cases = "104/6,179"
penetrance = 0.5
"""
RECESSIVE = """
inheritance = "Recessive"
prevalence = "1/10,000"
max_allelic_contribution_in_gene = 0.57
max_genetic_contribution = 0.09
penetrance = "1/2"
"""


def test_counted_cases_give_the_upper_end(tmp_path: Path) -> None:
    path = tmp_path / "hcm.toml"
    path.write_bytes(b"\xef\xbb\xbf" + DOMINANT.replace("\n", "\r\n").encode())
    model, bars = read_model(path)
    assert model.counted == "104 of 6,179"
    assert round(model.max_contribution, 5) == 0.02004
    assert round(bars.rare, 8) == round(bars.expected, 8) == 4.008e-05
    assert bars.common is None
    assert bars.source == "Maximum credible frequency, dominant inheritance; the model hcm.toml"
    told = explained(model, bars, chromosomes=[121_412, 121_412])
    assert [one.copies for one in told.tolerated] == [9]
    assert told.filled == "0.002 × 1/2 × 0.02 ÷ 0.5 = 4.01e-05"
    assert any("104 of 6,179" in one for one in told.assumptions)


def test_primary_ciliary_dyskinesia_of_the_paper() -> None:
    model, bars = parse_model(RECESSIVE)
    assert model.inheritance is Inheritance.RECESSIVE
    assert round(bars.rare, 5) == 0.00242


def test_the_template_is_the_example_of_the_paper() -> None:
    model, bars = parse_model(TEMPLATE)
    assert (model.genes, model.population, model.random_mating) == ((), "", True)
    assert round(bars.rare, 8) == 4.008e-05


@pytest.mark.parametrize(
    ("contribution", "bar"),
    # Bars of ClinGen's panel on clotting factors (GN080). That BA1 is for all cases and BS1 for a
    # tenth, at 5 in 100,000 and a penetrance of 0.9, is our reading of where they come from.
    [(1.0, 0.0000556), (0.1, 0.00000556)],
)
def test_bars_of_haemophilia_b(contribution: float, bar: float) -> None:
    model = Model(
        inheritance=Inheritance.X_LINKED,
        prevalence=5e-5,
        max_contribution=contribution,
        penetrance=0.9,
    )
    assert float(f"{max_credible_frequency(model):.3g}") == bar


def test_an_x_linked_prevalence_of_everybody() -> None:
    text = """
    inheritance = "X-linked"
    prevalence = 0.00001
    prevalence_of = "everybody"
    max_allelic_contribution_of_all_cases = 0.5
    penetrance = 0.8
    penetrance_with_two_x = 0.1
    """
    model, bars = parse_model(text)
    # Of a million people, 10 are ill, and 5 of these by this allele.
    f = bars.rare
    assert 500_000 * f * 0.8 + 500_000 * 2 * f * 0.1 == pytest.approx(5)
    # Only people with one X fall ill: half as many of everybody, and the same alleles.
    plain, alone = (
        parse_model(text.replace("penetrance_with_two_x = 0.1", ""))[1],
        parse_model(
            text.replace("penetrance_with_two_x = 0.1", "")
            .replace('"everybody"', '"one X"')
            .replace("0.00001", "0.00002")
        )[1],
    )
    assert plain.rare == pytest.approx(alone.rare)
    assert model.penetrance_with_two_x == 0.1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            DOMINANT + "max_genetic_contribution = 0.5",
            "max_genetic_contribution is not for dominant inheritance: it is the share of all "
            "cases that this gene causes",
        ),
        (
            RECESSIVE.replace("in_gene", "of_all_cases"),
            "max_allelic_contribution_of_all_cases is not for recessive inheritance",
        ),
        (
            DOMINANT.replace("of_all_cases", "in_gene"),
            "max_allelic_contribution_in_gene is not for dominant inheritance",
        ),
        (DOMINANT + "penetrance_with_two_x = 0.1", "penetrance_with_two_x is not for dominant"),
        (
            DOMINANT.replace("dominant", "X-linked") + "penetrance_with_two_x = 0.1",
            "it would not matter",
        ),
        (DOMINANT.replace("dominant", "X-linked") + 'prevalence_of = ["x"]', "prevalence_of is"),
        (DOMINANT + "max_contribution = 0.5", "'max_contribution' is no field of a model"),
        (DOMINANT.replace("dominant", "AD"), "inheritance is 'AD'"),
        (DOMINANT.replace('"1/500"', "500"), "prevalence is 500"),
        (DOMINANT.replace('"1/500"', "true"), "prevalence is True"),
        (DOMINANT.replace('"1/500"', '"0.2%"'), "prevalence is '0.2%'"),
        (DOMINANT.replace('"1/500"', '"1/0"'), "prevalence is '1/0'"),
        (DOMINANT.replace('"1/500"', "nan"), "prevalence is nan"),
        (DOMINANT.replace("0.5", "0"), "penetrance is 0"),
        (DOMINANT.replace("penetrance", "# penetrance"), "penetrance is missing"),
        (DOMINANT.replace("104/", "0/"), "of_all_cases is '0/6,179'"),
        (DOMINANT.replace("104/", "7000/"), "of_all_cases is '7000/6,179'"),
        (DOMINANT + 'random_mating = "no"', "random_mating is 'no'"),
        (DOMINANT + 'genes = "MYH7"', "genes is 'MYH7'"),
        (DOMINANT + "source = 3", "source is 3"),
        (DOMINANT + "source = oops", "line 6: this is not TOML"),
        (
            DOMINANT.replace('"1/500"', "0.9").replace("0.5", "0.001"),
            "its figures allow every frequency",
        ),
        (DOMINANT.replace('"1/500"', "1e-320"), "its figures allow next to no copy at all"),
        (DOMINANT.replace('"1/500"', "1e-300"), "its figures allow next to no copy at all"),
    ],
)
def test_what_is_no_model_stops(text: str, said: str) -> None:
    with pytest.raises(InputError) as stopped:
        parse_model(text, source="m.toml")
    assert stopped.value.what.startswith("m.toml")
    assert said in stopped.value.what
    assert stopped.value.remedy


def test_what_is_known_not_to_hold_is_said() -> None:
    model, bars = parse_model(
        RECESSIVE
        + 'random_mating = false\nfounder_effects = true\npopulation = "Finland"\nsource = "X 2020"'
    )
    said = cautions(model, bars)
    assert len(said) == 3
    assert "this bar is too high" in said[0]
    assert said[1].startswith("Founder effects are stated.")
    assert "Finland" in said[2]
    assert len(cautions(*parse_model(DOMINANT))) == 2
