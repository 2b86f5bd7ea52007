"""The narrower of two sets of choices: what a backup holds, and what is remembered beside the key.

Which of them is later cannot always be told. Whichever it was: what is shown to fewer people, under
no name, and may be copied less, is what no teller has to fear. Only how long a story stays is not
narrowed, because what is destroyed does not come back: there what was said later holds.
"""

from collections.abc import Mapping
from typing import Any

# Of each choice its words, the widest first.
_ORDERS: Mapping[str, tuple[str, ...]] = {
    "personal": ("no", "yes"),
    "tier": ("public", "embargoed", "restricted"),
    "quotation": ("yes", "no"),
    "reuse": ("CC-BY-4.0", "CC-BY-NC-ND-4.0", "site-only"),
}
_STAYS = ("keep", "keep_day")


def narrower(
    said: Mapping[str, Any], chosen: Mapping[str, Any], *, same_name: bool, is_older: bool
) -> dict[str, Any]:
    """What a contribution says, as no wider than what is remembered of it.

    Args:
        said: as the backup has it.
        chosen: the choices that are remembered.
        same_name: the name in the backup is the one that is remembered.
        is_older: the backup has it as it was before what is remembered, or the same.
    """
    made = dict(said)
    for name, order in _ORDERS.items():
        words = [one[name] for one in (said, chosen) if one.get(name) in order]
        if words:
            made[name] = max(words, key=order.index)
    if made.get("tier") == "embargoed":
        made["embargo"] = max(
            str(one.get("embargo", "")) for one in (said, chosen) if one.get("tier") == "embargoed"
        )
    if "named" in made and not (same_name and said["named"] == chosen.get("named")):
        # Another name may be the one that was taken off: readers see none of them.
        made["named"] = "none"
        made.pop("name", None)
    if is_older:
        for name in _STAYS:
            made.pop(name, None)
            if name in chosen:
                made[name] = chosen[name]
    return made
