"""Pages are current, their links lead somewhere, and they name nobody's machine."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, anchors, links, pages

PAGES = pages()
# An absolute path of somebody's machine; a note that something is yet to be done.
FOREIGN = re.compile(r"(?<![\w.:/])/(?:work|home|root|Users|mnt)/\w|\bTODO\b|\bFIXME\b|shared/data")
TEXT = (".md", ".py", ".toml", ".html", ".css", ".csv", ".yml", ".svg")
# Made by programs, or about this very rule.
LEFT_OUT = ("uv.lock", "test_pages.py")

# Written from benchmark runs, after everything else; from then on it is checked like the others.
LAST = ROOT / "docs" / "explanation" / "performance.md"


def names() -> list[str]:
    return [str(page.relative_to(ROOT)) for page in PAGES]


@pytest.mark.slow
def test_the_reference_is_current() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "docs" / "generate.py", "--check"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("page", PAGES, ids=names())
def test_links_lead_somewhere(page: Path) -> None:
    for link in links(page):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        if target == LAST and not LAST.exists():
            continue
        assert target.exists(), f"{link} is not there"
        if anchor and target.suffix == ".md":
            assert anchor in anchors(target), f"{link}: there is no such heading"


@pytest.mark.parametrize("folder", [".", "docs", "src", "tests", "benchmarks", ".ci"])
def test_no_path_of_one_machine(folder: str) -> None:
    place = ROOT / folder
    found = place.glob("*") if folder == "." else place.rglob("*")
    for path in found:
        if path.name in LEFT_OUT or not (path.suffix in TEXT or path.name in ("run", "justfile")):
            continue
        if path.is_file():
            match = FOREIGN.search(path.read_text("utf-8"))
            assert match is None, f"{path.relative_to(ROOT)} holds {match[0]!r}"


def test_decisions_are_numbered_and_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    found = sorted(path.name for path in folder.glob("[0-9]*.md"))
    assert [int(name[:4]) for name in found] == list(range(1, len(found) + 1))
    assert links(folder / "README.md") == found
    for name in found:
        text = (folder / name).read_text("utf-8")
        assert text.startswith(f"# {name[:4]}. ")
        for heading in ("Considered", "Decided", "What follows"):
            assert f"\n## {heading}\n" in text, name
