"""everygenome: who takes part in genetic studies, and what that means.

>>> import everygenome as eg                               # doctest: +SKIP
>>> eg.open_release().composition(unit="studies").rows     # doctest: +SKIP
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from everygenome.queries.release import Release, list_releases, open_release

__all__ = ["Release", "list_releases", "open_release"]


def __getattr__(name: str) -> Any:
    # The engine takes half a second to import; `everygenome --help` must not pay for it.
    if name in __all__:
        from everygenome.queries import release

        return getattr(release, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
