"""Draw the picture of the terminal: `uv run python docs/pictures.py STORE`.

STORE is a store whose current release is a real one; `docs/images/first-page-*.png` are
screenshots of its first page, taken by hand (`top` is the upper 535 pixels of `wide`). The
picture loads nothing from elsewhere.
"""

import re
import sys
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME
from rich.text import Text

from everygenome import open_release
from everygenome.reports.terminal.answers import View

TARGET = Path(__file__).parent / "images" / "terminal-composition.svg"
COLUMNS = 100
# The engine of the picture would fetch its font from another host: readers' own will do.
FONT_RULE = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)


def draw(store: Path) -> str:
    """The answer to `everygenome show composition`, as an SVG picture."""
    console = Console(record=True, width=COLUMNS, file=StringIO(), force_terminal=True)
    console.print(Text("$ uv run everygenome show composition", style="dim"))
    console.print(View(open_release(store=store).composition()))
    picture = console.export_svg(
        title="everygenome", theme=SVG_EXPORT_THEME, unique_id="composition"
    )
    return FONT_RULE.sub("", picture).replace("Fira Code, monospace", "monospace")


if __name__ == "__main__":
    TARGET.write_text(draw(Path(sys.argv[1])), "utf-8")
