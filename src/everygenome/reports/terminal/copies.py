"""Print what a static copy of the site holds, and what it lacks."""

from collections.abc import Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from everygenome.reports.terminal.cells import number

_SHOWN = 5


def copy_table(done: Mapping[str, Any]) -> RenderableType:
    """What was written; addresses that could not be shown are named, not passed over."""
    size = f"{done['size_bytes'] / 1e6:,.1f} MB"
    parts: list[RenderableType] = [
        Text(f"The copy of release {done['release']} is in {done['folder']}.", style="bold"),
        Text(f"{number(done['pages'])} pages and {number(done['files'])} other files, {size}."),
        Text("Look at it with: python3 -m http.server --directory " + str(done["folder"])),
    ]
    if done["beyond"]:
        parts.append(
            Text(f"{number(done['beyond'])} further pages were left out (see --max-pages).")
        )
    failed = done["failed"]
    if failed:
        shown = ", ".join(
            f"{address} ({status})" for address, status in list(failed.items())[:_SHOWN]
        )
        more = f" and {len(failed) - _SHOWN} more" if len(failed) > _SHOWN else ""
        parts.append(Text(f"The site could not show: {shown}{more}. They are left out."))
    return Group(*parts)
