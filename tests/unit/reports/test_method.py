"""Method pages come from the code, and every measure has one."""

import pytest

from everygenome.errors import NotFoundError
from everygenome.queries.measures import MEASURES
from everygenome.reports.docstrings import described
from everygenome.reports.method import method, methods


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_says_how_it_is_counted(name: str) -> None:
    found = method(name)
    assert found.meaning.endswith(".")
    assert "\n" not in found.meaning
    assert found.text.summary
    # A formula: what comes out of the functions that count; or where it comes from.
    assert found.sources or any(part.text.returns for part in found.parts)
    assert all(part.name.startswith("everygenome.") for part in found.parts)


def test_the_words_are_those_of_the_code() -> None:
    from everygenome.measures.people import people

    (part,) = [item for item in method("people").parts if item.name.endswith("people.people")]
    assert part.text == described(people)
    assert "the largest total of one study and stage" in part.text.returns[0]


def test_composition_names_the_bootstrap_and_the_categories() -> None:
    sources = " ".join(method("composition").sources)
    assert "Morales et al. 2018" in sources
    assert "Efron and Tibshirani 1993" in sources


def test_all_are_listed_once_and_an_unknown_one_is_told() -> None:
    names = [item.name for item in methods()]
    assert len(set(names)) == len(names)
    assert set(MEASURES) <= set(names)
    with pytest.raises(NotFoundError, match="no measure 'guess'") as told:
        method("guess")
    assert "composition" in told.value.remedy


def example(first: int, *, second: str = "") -> int:
    """Do one thing.

    A paragraph over
    two lines.

    Args:
        first: a number, in
            people.
        second: a word.

    Returns:
        A number.

        And more: of it.

    Raises:
        ValueError: never.

    Source: Somebody 2020, Journal 1:2.

    Example:
        >>> example(1)
        1
    """
    return first


def test_a_docstring_is_read_into_paragraphs_and_rows() -> None:
    found = described(example)
    assert found.summary == "Do one thing."
    assert found.paragraphs == ("A paragraph over two lines.",)
    assert found.args == (("first", "a number, in people."), ("second", "a word."))
    assert found.returns == ("A number.", "And more: of it.")
    assert found.raises == (("ValueError", "never."),)
    assert found.sources == ("Somebody 2020, Journal 1:2.",)


def test_nothing_to_read_is_an_error() -> None:
    with pytest.raises(ValueError, match="no docstring"):
        described(lambda: None)
