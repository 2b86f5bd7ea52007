"""What is said of variants: for each group, for the variant, and for a whole file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from everygenome.variants.bars import Bars
from everygenome.variants.verdict import Verdict


class Status(StrEnum):
    """Whether the frequency source says anything of a variant."""

    FOUND = "found"
    NOT_SEEN = "not seen"
    """No copy was seen, and it is known how many chromosomes were looked at."""
    NOT_COVERED = "not covered"
    """Nobody was looked at there (AN is 0)."""
    COVERAGE_UNKNOWN = "coverage unknown"
    """No record, and no table says how many were looked at."""
    NOT_COMPARED = "not compared"
    """Symbolic, spanning deletion, damaged, or of another build: see the flags."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupEvidence:
    """What one group says of a variant. None is "not known", never 0.

    Attributes:
        group: code in the source, such as `afr`; `all` for everybody.
        label: name of the group, for people.
        sampled: whom the source samples under this name, in a sentence; may be empty.
        counts: it counts for grpmax and FAF in this source and version.
        ac, an, nhomalt: alternate copies, chromosomes looked at, people with two copies.
        nhemi: people with one X or Y who carry it, outside PAR; None elsewhere.
        an_xy: chromosomes looked at of people with one X or Y, outside PAR; None elsewhere.
        af: AC/AN; af_low, af_high: its Wilson 95% interval.
        faf95, faf99: filtering allele frequency: the true one is at least this.
        p_seen: chance that at least one copy was seen, were the variant as common as the bar.
        verdict: against the bar; criterion: BA1, BS1, PM2_supporting, or empty.
        needed: more chromosomes until absence could be told; 0: evaluable; None: not known.
        flags: in words, such as "few of this group covered here".
    """

    group: str
    label: str = ""
    sampled: str = ""
    counts: bool = True
    ac: int | None = None
    an: int | None = None
    nhomalt: int | None = None
    nhemi: int | None = None
    an_xy: int | None = None
    af: float | None = None
    af_low: float | None = None
    af_high: float | None = None
    faf95: float | None = None
    faf99: float | None = None
    p_seen: float | None = None
    verdict: Verdict = Verdict.NO_BAR
    criterion: str = ""
    needed: int | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantEvidence:
    """What a frequency source says of one variant.

    Attributes:
        name: as it was asked for.
        chrom, pos, ref, alt: as in the input, one alternate allele.
        matched: `1-55051215-G-GA`: trimmed, without "chr"; as the source was asked.
        gene: as the input says; empty where it does not.
        status: whether the source says anything.
        filters: those of the source that it failed; none: it passed.
        everybody: all groups together; groups: the most uncertain first.
        grpmax, grpmax_af: the group that counts with the largest AF.
        fafmax95, fafmax95_group: the largest FAF of groups that count; not of the largest AF.
        bars: what it was held against; None: nothing was given (or nothing for this gene).
        verdict, criterion: of the groups asked for, or of all that are shown.
        flags: of the variant, in words: disparity, one group's evidence, exceptions.
    """

    name: str
    chrom: str
    pos: int
    ref: str
    alt: str
    matched: str = ""
    gene: str = ""
    status: Status = Status.FOUND
    filters: tuple[str, ...] = ()
    everybody: GroupEvidence | None = None
    groups: tuple[GroupEvidence, ...] = ()
    grpmax: str | None = None
    grpmax_af: float | None = None
    fafmax95: float | None = None
    fafmax95_group: str | None = None
    fafmax99: float | None = None
    fafmax99_group: str | None = None
    bars: Bars | None = None
    verdict: Verdict = Verdict.NO_BAR
    criterion: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSummary:
    """How a file fares in one group.

    Attributes:
        group, label: code and name.
        verdicts: variants of each verdict; together all variants.
        held: the same of variants that were held to a bar; together `with_bar`.
        evaluable: variants of which absence could be told; of `with_bar` that were held to one.
        passes: variants whose frequency alone is below the bar, as a plain filter would say.
        undersampled: of `passes`, those that pass only because too few were sampled.
        median_an: chromosomes looked at, median of variants where it is known.
    """

    group: str
    label: str = ""
    verdicts: Mapping[Verdict, int] = field(default_factory=dict)
    held: Mapping[Verdict, int] = field(default_factory=dict)
    evaluable: int = 0
    with_bar: int = 0
    passes: int = 0
    undersampled: int = 0
    median_an: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSummary:
    """How a whole file fares.

    Attributes:
        variants: alleles that were asked for, after splitting; records: lines of the file.
        statuses: of each, how many; together `variants`.
        classes: what was met and counted on the way: "spanning deletion (*)", "CRLF line ends".
        verdicts: of the groups asked for, as for each variant.
        groups: one for each group.
        disparity: variants that are rare overall and common in one group.
    """

    variants: int
    records: int
    statuses: Mapping[Status, int] = field(default_factory=dict)
    classes: Mapping[str, int] = field(default_factory=dict)
    verdicts: Mapping[Verdict, int] = field(default_factory=dict)
    groups: tuple[GroupSummary, ...] = ()
    disparity: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FrequencySource:
    """What the frequencies are of.

    Attributes:
        name: such as `gnomAD v4.0 exomes`; build: `GRCh38`.
        groups: code to name; counting: codes that count for grpmax, under `settings`.
        variants: rows that it holds; prepared: day, ISO 8601; files: names and SHA-256.
        notes: what a reader must know: defects that were seen, what was left aside, with counts.
    """

    name: str
    build: str
    groups: Mapping[str, str]
    counting: tuple[str, ...] = ()
    settings: str = ""
    variants: int = 0
    prepared: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """An answer: of what, from where, against what, and with which limits.

    Attributes:
        asked: groups that the question is about; empty: the background is unknown or several.
        input_name: the file, or "typed".
        variants: one for each allele; for a long file, those that a report shows first.
        shown_of: variants in the summary, where not all are in `variants`.
        caveats: sentences that every form of the answer carries.
    """

    source: FrequencySource
    input_name: str
    asked: tuple[str, ...] = ()
    bars: Mapping[str, Bars] = field(default_factory=dict)
    variants: tuple[VariantEvidence, ...] = ()
    summary: FileSummary | None = None
    shown_of: int = 0
    caveats: tuple[str, ...] = ()
