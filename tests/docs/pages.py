"""The pages that people read, and what stands in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
_FENCED = re.compile(r"^( *)```.*?^\1```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
ANYTHING = "..."
# The end of a release's identifier changes whenever we read files in a new way.
_RELEASE = re.compile(r"(\d{4}-\d{2}-\d{2})-[0-9a-f]{8}\b")


@dataclass(frozen=True, slots=True)
class Command:
    """A command in a page, and the lines that it is said to print ("..." is any lines)."""

    words: str
    printed: tuple[str, ...]


def pages() -> list[Path]:
    """Every page of the repository."""
    return sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("benchmarks/*.md")])


def links(page: Path) -> list[str]:
    """The targets of a page's links, without those in blocks of code."""
    return _LINK.findall(_FENCED.sub("", page.read_text("utf-8")))


def anchors(page: Path) -> set[str]:
    """The names under which a page's headings can be reached."""
    headings = re.findall(r"^#+ (.+)$", _FENCED.sub("", page.read_text("utf-8")), re.MULTILINE)
    plain = [re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings]
    return {heading.strip().replace(" ", "-") for heading in plain}


def commands(page: Path) -> Iterator[Command]:
    """The commands of a page's blocks marked `console`."""
    for block in _BLOCK.findall(page.read_text("utf-8")):
        words, printed = "", []
        for line in block.splitlines():
            if line.startswith("$ "):
                if words:
                    yield Command(words, tuple(printed))
                words, printed = line.removeprefix("$ "), []
            else:
                printed.append(line.rstrip())
        yield Command(words, tuple(printed))


def as_printed(expected: tuple[str, ...], found: list[str]) -> bool:
    """Whether lines are as expected, where "..." stands for any number of lines."""
    pattern = "".join(
        "(?:.*\n)*" if line == ANYTHING else re.escape(_plain(line)) for line in expected
    )
    text = "".join(_plain(line) for line in found)
    return re.fullmatch(pattern + r"\s*", text) is not None


def _plain(line: str) -> str:
    return _RELEASE.sub(r"\1-ID", line.rstrip()) + "\n"
