"""The release that a page shows: its files, and the rows that need care."""

from typing import Any

from everygenome.queries.release import Release
from everygenome.vocabulary.flags import FLAGS


def release_context(release: Release) -> dict[str, Any]:
    """What `site/_release.html` needs."""
    return {
        "flags": [
            {"id": name, "rows": count, "sentence": FLAGS.get(name, "")}
            for name, count in sorted(release.manifest.flags.items())
        ]
    }
