"""A correction: other words, under the choices of the story that it corrects.

It carries a copy of the choices as they were when it was begun. Nobody reads that copy: a name that
its teller took off since is on no page, and a last day that was lifted ends nothing.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from everygenome.web.stories.schema import TOLD

if TYPE_CHECKING:
    from everygenome.web.moderation.models import Contribution

_WORDS = frozenset(field.name for field in TOLD)


def merged(first: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """Other words, under the choices of what came first."""
    kept = {name: value for name, value in first.items() if name not in _WORDS}
    return kept | {name: value for name, value in said.items() if name in _WORDS}


def as_now(contribution: "Contribution") -> Mapping[str, Any]:
    """What a contribution says, under the choices as they are now."""
    if contribution.purpose != "edit":
        return contribution.proposed
    same = type(contribution).objects.filter(vault=contribution.vault, purpose="new")
    first = same.first() if contribution.vault else None
    # Without it nothing was chosen, and what is not chosen protects most.
    return merged(first.proposed if first is not None else {}, contribution.proposed)
