"""A page as bytes, with what every page shows."""

from typing import Any

from django.template.loader import render_to_string

from everygenome.queries.release import Release
from everygenome.web.site.prepared import Prepared
from everygenome.web.site.releases import Listed

HTML = "text/html; charset=utf-8"


def base_context(
    listed: Listed | None, release: Release | None, *, chosen: bool = False
) -> dict[str, Any]:
    """What every page shows: the release, the others, and the demonstration banner.

    Args:
        listed: the releases that there are, or None where that cannot be said.
        release: the one shown, or None.
        chosen: the visitor chose it, so links keep to it.
    """
    manifest = release.manifest if release else None
    return {
        "listed": listed,
        "manifest": manifest,
        "earlier": bool(manifest and listed and manifest.id != listed.current),
        "keep": f"?release={manifest.id}" if manifest and chosen else "",
        "licences": sorted({item.licence for item in manifest.inputs}) if manifest else [],
    }


def render(template: str, context: dict[str, Any], *, status: int = 200) -> Prepared:
    """A page as bytes, from a template such as `dashboard/first`."""
    html = render_to_string(f"{template}.html", context)
    return Prepared.of(html.encode(), HTML, status=status)
