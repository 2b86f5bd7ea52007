"""What a dataset says of itself: questions after STANDING Together and Healthsheet, in our words.

A question that nobody answered is printed as "not stated": silence is a finding too.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from everygenome.errors import InputError

NOT_STATED = "not stated"
_STANDING = "STANDING Together"
_HEALTHSHEET = "Healthsheet"


@dataclass(frozen=True, slots=True)
class Question:
    """A question to whoever keeps a dataset.

    Attributes:
        key: what the map calls it.
        asks: the question.
        after: which guidance asks for it.
    """

    key: str
    asks: str
    after: str


QUESTIONS = (
    Question("name", "What is the dataset called, and which version is this?", _STANDING),
    Question("owner", "Who keeps it, and whom can one ask?", _STANDING),
    Question("purpose", "Why was it made, and for what was it meant?", _HEALTHSHEET),
    Question("not_for", "What should it not be used for?", _STANDING),
    Question("funding", "Who paid for it?", _HEALTHSHEET),
    Question("where", "In which places and settings were people asked?", _STANDING),
    Question("when", "From when to when?", _STANDING),
    Question("invited", "Who was invited, how, and in which languages?", _STANDING),
    Question("left_out", "Who could not take part, or was left out, and why?", _STANDING),
    Question("declined", "Who declined or withdrew, and is it known why?", _STANDING),
    Question("consent", "To what did people agree?", _HEALTHSHEET),
    Question("communities", "Which communities had a say, and in what?", _STANDING),
    Question("governance", "Who decides about access and use, and who benefits?", _HEALTHSHEET),
    Question("groups", "Why are people grouped, and who chose the groups?", _STANDING),
    Question("regrouped", "Were groups put together or renamed, and how?", _STANDING),
    Question("missing", "What is missing, for whom more than for others, and why?", _STANDING),
    Question("measured", "Were measurements made in the same way for everybody?", _STANDING),
    Question(
        "genotyping", "Which arrays, sequencing, and imputation panel were used?", _HEALTHSHEET
    ),
    Question("labels", "Who decided who is a case, and could they be wrong unevenly?", _STANDING),
    Question("risks", "Which harms could come of its use, and to whom?", _STANDING),
    Question("changes", "How is it kept up to date, and how are errors mended?", _HEALTHSHEET),
)


def answered(stated: Mapping[str, str]) -> dict[str, str]:
    """Every question with its answer, or "not stated".

    Args:
        stated: key -> answer, as the map gives them.

    Returns:
        Question -> answer, in the order of the questions.

    Raises:
        InputError: a key that is no question.

    Example:
        >>> answered({"when": "2006 to 2010"})["From when to when?"]
        '2006 to 2010'
    """
    known = {question.key for question in QUESTIONS}
    if strange := sorted(set(stated) - known):
        raise InputError(
            f"The map answers “{strange[0]}” under [documentation], which is not asked.",
            remedy=f"Use one of: {', '.join(question.key for question in QUESTIONS)}.",
        )
    return {
        question.asks: stated.get(question.key, "").strip() or NOT_STATED for question in QUESTIONS
    }
