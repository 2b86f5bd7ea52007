"""Scripts in a process and store of their own: what other tests store is never committed."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

_BEGIN = """
import json, sys
from pathlib import Path
from everygenome.web.start import start
folder = Path(sys.argv[1])
start(folder)
from everygenome.web.moderation.actions import offering
from tests.functional.web.stories import tellers

def holding(word, files="*"):
    return [path.name for path in (folder / "web" / "apart").rglob(files)
            if path.is_file() and word.encode() in path.read_bytes().lower()]
"""


def alone(script: str, folder: Path) -> Any:
    """What a script prints last, as JSON; it is given `folder`, a new site in it, and `holding`."""
    done = subprocess.run(
        [sys.executable, "-c", _BEGIN + script, str(folder)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])
