"""What is asked of every variant, and what each group of the source counts for."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntFlag

from everygenome.variants import disparity
from everygenome.variants.evidence.barring import Held
from everygenome.variants.groups import GroupSettings

EVERYBODY = "all"


class Role(IntFlag):
    """What a group counts for: bits of one number, which engines carry along at no cost."""

    COUNTING = 1
    """For grpmax and FAF."""
    CONTINENTAL = 2
    """For the generic BA1."""
    BACKGROUND = 4
    """The verdict on a variant speaks of it."""
    JUDGING = 8
    """What is too common in it is too common."""
    NAMED = 16
    """A flag may name it."""
    SHOWN = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of every variant.

    Attributes:
        settings: groups of the source, and which count.
        asked: groups that the question is about; empty: unknown or several.
        held: what frequencies are held against.
        most: region -> group -> the largest AN of the source there, to tell a place that few were
            looked at; see `preparing.most`. What is not in it is not known.
    """

    settings: GroupSettings
    held: Held
    asked: tuple[str, ...] = ()
    most: Mapping[str, Mapping[str, int]]

    @property
    def codes(self) -> tuple[str, ...]:
        """Everybody, and each group."""
        return (EVERYBODY, *self.settings.groups)

    @property
    def backgrounds(self) -> tuple[str, ...]:
        """Groups that the verdict on a variant speaks of."""
        named = tuple(c for c in self.settings.groups if c not in disparity.NO_GROUPS)
        return self.asked or named or tuple(self.settings.groups)

    def roles(self, code: str) -> Role:
        """What a group counts for."""
        groups = self.settings.groups
        counting = self.settings.counting or tuple(groups)
        said = {
            Role.COUNTING: code in counting,
            Role.CONTINENTAL: code in groups and groups[code].continental,
            Role.BACKGROUND: code in self.backgrounds,
            Role.JUDGING: code in counting or code in self.asked,
            Role.NAMED: code in groups and code not in disparity.NO_GROUPS,
            Role.SHOWN: code != EVERYBODY and (not self.asked or code in self.asked),
        }
        return Role(sum(role for role, holds in said.items() if holds))
