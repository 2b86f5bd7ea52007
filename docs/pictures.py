"""Draw the pictures of the documents: `uv run python docs/pictures.py STORE`.

STORE is a store whose current release is a real one, with grants. The terminal is drawn as
SVG; pages are taken in Chromium (Debian's, or EVERYGENOME_CHROMIUM) from a site that is started
for it. No picture loads anything from elsewhere.
"""

import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME
from rich.text import Text

from everygenome import open_release
from everygenome.reports.terminal.answers import View

IMAGES = Path(__file__).parent / "images"
COLUMNS = 100
# The engine of the picture would fetch its font from another host: readers' own will do.
FONT_RULE = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
CHROMIUM = os.environ.get("EVERYGENOME_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Name of the picture, address, width, height (None takes the whole page).
PAGES = (
    ("first-page-top", "/", 1200, 560),
    ("first-page-wide", "/", 1440, None),
    ("first-page-narrow", "/", 360, None),
    ("subjects", "/subjects/", 1200, 1150),
    ("map", "/map/", 1200, 1360),
    ("every-study", "/studies/", 1200, 1360),
    ("gaps", "/gaps/", 1200, 1000),
    ("funders", "/funders/", 1200, 1300),
    ("funder", "/funders/wellcome-trust/#like-for-like", 1200, 1060),
    (
        "find-a-tool",
        "/toolbox/find/?audience=clinician&task=interpreting-a-variant&people=South+Asian",
        1200,
        1000,
    ),
    ("live-claim", "/evidence/european-share-2018/", 1200, 1150),
    ("term", "/definitions/bame/", 1200, 900),
    ("tell-a-story", "/stories/offer/", 360, None),
    ("stories", "/stories/", 1200, 1000),
    ("compare", "/compare/?trait_parent=Cancer&b_trait_parent=Body+measurement", 1200, 1640),
)


def terminal(store: Path) -> str:
    """The answer to `everygenome show composition`, as an SVG picture."""
    console = Console(record=True, width=COLUMNS, file=StringIO(), force_terminal=True)
    console.print(Text("$ uv run everygenome show composition", style="dim"))
    console.print(View(open_release(store=store).composition()))
    picture = console.export_svg(
        title="everygenome", theme=SVG_EXPORT_THEME, unique_id="composition"
    )
    return FONT_RULE.sub("", picture).replace("Fira Code, monospace", "monospace")


def pages(store: Path) -> None:
    """The pages, from a site over the store."""
    command = [sys.executable, "-m", "everygenome", "serve", "--store", str(store), "--port", "0"]
    site = subprocess.Popen(  # noqa: S603 - our own program
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | {"NO_COLOR": "1", "COLUMNS": "200"},
    )
    try:
        lines = (re.search(r"http://127\.0\.0\.1:\d+", line) for line in site.stdout or ())
        address = next(found.group() for found in lines if found)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
            for name, path, width, height in PAGES:
                page = browser.new_page(viewport={"width": width, "height": height or 900})
                page.goto(address + path, wait_until="networkidle")
                whole(page)
                page.screenshot(path=IMAGES / f"{name}.png", full_page=height is None)
                page.close()
            browser.close()
    finally:
        site.terminate()
        site.wait(timeout=20)


def whole(page: Page) -> None:
    """Wait for pictures further down, which load when they are near."""
    page.evaluate(
        "Promise.all([...document.images].filter((image) => image.checkVisibility()).map("
        "(image) => { image.loading = 'eager'; return image.decode(); }))"
    )


if __name__ == "__main__":
    (IMAGES / "terminal-composition.svg").write_text(terminal(Path(sys.argv[1])), "utf-8")
    pages(Path(sys.argv[1]))
