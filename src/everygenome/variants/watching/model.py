"""What a watch list holds: variants, a question, and what was last said."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from everygenome.variants.bars import Bars
from everygenome.variants.result import Status
from everygenome.variants.verdict import Verdict

MOST = 10_000
"""Variants of a list: it is for people to read, and no genome."""
EVALUABLE = frozenset(
    {Verdict.COMMON, Verdict.MORE_THAN_EXPECTED, Verdict.INDETERMINATE, Verdict.RARE}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A variant of the list.

    Attributes:
        place: `1-55051215-G-GA`, trimmed and without "chr": by it the list is asked.
        name: as it was handed in; gene, hgvs_c: as the input said; note: of whoever keeps the list.
    """

    place: str
    name: str = ""
    gene: str = ""
    hgvs_c: str = ""
    note: str = ""

    @property
    def called(self) -> str:
        """What readers call it.

        Example:
            >>> Watched(place="1-5-G-A", name="chr1:5:G:A", gene="MYH7").called
            'chr1:5:G:A (MYH7)'
        """
        name = self.name or self.place
        return f"{name} ({self.gene})" if self.gene else name


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was said of a variant in one group, or of all that were asked about. None: not known."""

    verdict: Verdict
    criterion: str = ""
    ac: int | None = None
    an: int | None = None
    faf95: float | None = None

    @property
    def evaluable(self) -> bool:
        """Something could be told, one way or the other."""
        return self.verdict in EVALUABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was said of one variant.

    Attributes:
        status: whether the source said anything; filters: those of the source that it failed.
        whole: the verdict for the backgrounds asked about, with the counts of everybody.
        groups: code -> what was said of the group.
    """

    status: Status
    filters: tuple[str, ...] = ()
    whole: Told
    groups: Mapping[str, Told] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where it was said, and when.

    Attributes:
        title: such as `gnomAD v4.0 exomes`; version: such as `4.0`; build: `GRCh38`.
        settings: which groups count; files: name -> SHA-256.
        groups: codes of the groups that the source has.
        day: on which it was asked, ISO 8601; made_with: version of this software.
    """

    title: str
    version: str
    build: str
    settings: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    day: str = ""
    made_with: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What one source says of a list; `said` is by the place of a variant."""

    source: Source
    said: Mapping[str, Said] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchList:
    """A list that is watched.

    Attributes:
        variants: in the order of the file, each place once.
        asked: groups that the question is about; empty: the background is unknown or several.
        bars: what frequencies are held against: by gene, or one for all under the empty name.
        state: what was last said. A variant that was added since is not in it.
    """

    variants: tuple[Watched, ...]
    asked: tuple[str, ...] = ()
    bars: Mapping[str, Bars] = field(default_factory=dict)
    state: State
