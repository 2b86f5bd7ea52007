"""Who made a version of an entry, in public words: never the name on an account."""

from typing import Any


def by_whom(version: Any) -> str:
    """The credit that a contributor asked for, or the part that somebody played.

    Args:
        version: a row of the history of `Item`.
    """
    if version.who:
        return version.who
    if version.contribution is not None:
        return "a contributor"
    return "a curator" if version.history_user_id is not None else "this site"
