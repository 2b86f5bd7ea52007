"""What a teller chose last, kept beside the key of the story: no backup can take it back.

A backup that is restored brings back older choices: a story that was made nameless since would
have its name again. So the choices stand where backups do not reach, and hold after a restore. They
are words of our vocabularies and days; no name, and nothing of the story.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from everygenome.web.people import vaults
from everygenome.web.stories.models import Standing

if TYPE_CHECKING:
    from everygenome.web.moderation.models import Contribution
    from everygenome.web.stories.models import Story

CHOSEN = ("tier", "embargo", "named", "quotation", "reuse", "keep", "keep_day")


def remember(story: "Story", contribution: "Contribution") -> None:
    """Write down what was chosen, and whether an editor took the story down."""
    said: dict[str, Any] = {
        name: contribution.proposed[name] for name in CHOSEN if name in contribution.proposed
    }
    said["hidden"] = story.standing == Standing.HIDDEN
    path = _path(story.vault)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    made = path.with_suffix(".new")
    made.write_text(json.dumps(said))
    made.replace(path)


def remembered(vault: str) -> dict[str, Any] | None:
    """What was chosen last; None where nothing was written down."""
    try:
        return dict(json.loads(_path(vault).read_text()))
    except (FileNotFoundError, ValueError):
        return None


def forget(vault: str) -> None:
    """Nothing was chosen."""
    if vault:
        _path(vault).unlink(missing_ok=True)


def _path(vault: str) -> Path:
    return vaults.apart() / "chosen" / f"{vault}.json"
