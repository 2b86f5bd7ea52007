"""How the numbers of an answer were counted, as a text to go with them."""

from collections.abc import Iterable

from everygenome.queries.answer import Answer
from everygenome.reports.citation import NOT_REAL
from everygenome.reports.docstrings import Described
from everygenome.reports.method import Method, Part, caveats_of, choices_of, methods


def method_text(answer: Answer) -> str:
    """Markdown: the choices and their meanings, how it is counted, caveats, sources.

    Everything comes from the answer, the vocabulary and the docstrings of the code.
    """
    found = next((item for item in methods() if item.name == answer.measure), None)
    title = found.title if found else answer.measure.replace("_", " ").capitalize()
    lines = [f"# How this is counted: {title.lower()}", ""]
    if answer.release.demonstration:
        lines += [f"**{NOT_REAL}.**", ""]
    lines += [answer.caption, "", "## The choices behind the numbers", ""]
    lines += [
        f"- {name}: **{word}**{f' ({about})' if about else ''}"
        for name, word, about in choices_of(answer)
    ]
    lines += ["", "## What to know before you use them", ""]
    for text, expert in caveats_of(answer):
        lines += [f"- {text}" + (f" *For experts:* {expert}" if expert else "")]
    if found:
        lines += ["", "## How it is reckoned", "", *_reckoned(found)]
    return "\n".join(lines).rstrip() + "\n"


def _reckoned(method: Method) -> Iterable[str]:
    yield from (method.meaning, "")
    yield from _paragraphs(method.text)
    yield from ("The words below are those of the code that counts.", "")
    for part in method.parts:
        yield from _part(part)
    if method.sources:
        yield from ("## Sources", "")
        yield from (f"- {source}" for source in method.sources)


def _part(part: Part) -> Iterable[str]:
    yield from (f"### `{part.name}`", "", part.text.summary, "")
    yield from _paragraphs(part.text)
    if part.text.args:
        yield from ("Takes:", "")
        yield from (f"- `{name}`: {text}" for name, text in part.text.args)
        yield ""
    if part.text.returns:
        yield from ("Gives:", "")
        for text in part.text.returns:
            yield from (text, "")


def _paragraphs(text: Described) -> Iterable[str]:
    for paragraph in text.paragraphs:
        yield from (paragraph, "")
