"""What is said of variants, the slow way: lines cut by hand, dictionaries, one number at a time."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from statistics import median
from typing import Any

from scipy.stats import gamma, norm

from everygenome.variants.bars import Bars, Statistic

ALL = "all"
OF_NO_GROUP = ("all", "oth", "remaining", "rmi")
SHARED_ENDS = {
    "GRCh38": {
        "X": ((10_001, 2_781_479), (155_701_383, 156_030_895)),
        "Y": ((10_001, 2_781_479), (56_887_903, 57_217_415)),
    }
}
EXEMPT = {("HFE", "c.845G>A"), ("HFE", "c.187C>G")}
EXEMPT_AT = {"GRCh38": {("6", 26_092_913, "G", "A"), ("6", 26_090_951, "C", "G")}}
# In the order in which, of several groups, the first holds.
VERDICTS = ("common", "more common than expected", "coverage unknown", "not evaluable",
            "indeterminate", "rare", "no bar", "not compared")  # fmt: skip
WORDS = (
    ("not_covered", "nobody of this group was looked at here"),
    ("few", "less than half of this group was looked at here"),
    ("lent", "chromosomes counted at another allele of this place"),
    ("wrong", "the source's counts contradict (AC above AN, or below 0)"),
    ("unreadable", "a count of the source could not be read"),
    ("one_file", "only one of the files that were added up has this variant"),
    ("common_here", "rare overall, common in this group"),
    ("common_elsewhere", "rare overall, common in another group"),
    ("copies_here", "nearly all copies are of this group"),
    ("chromosomes_here", "nearly all chromosomes are of this group"),
    ("undersampled", "would pass a plain filter only because too few were sampled"),
    ("exempt", "exempt from BA1 (ClinGen, Ghosh 2018): common, and not shown to be benign"),
    ("no_gene_bar", "no bar for this gene, or the gene is not known"),
    ("above_elsewhere", "above the bar in another group that counts"),
    ("point_alone", "the frequency reaches the bar, but not with 95% confidence"),
    ("several_genes", "in several genes: held against the bars of the first one alone"),
)
OF_THE_PLACE = ("lent", "one_file", "exempt", "no_gene_bar", "several_genes")
OF_COUNTS = ("wrong", "unreadable")


@dataclass(frozen=True)
class Fields:
    """INFO fields of a group, as the header names them."""

    ac: str
    an: str
    nhomalt: str | None = None
    ac_xy: str | None = None
    an_xy: str | None = None


@dataclass
class Row:
    """One alternate allele of one record."""

    filters: set[str]
    counts: dict[str, dict[str, int | None]]
    unreadable: bool = False
    plain: bool = True
    one_file: bool = False


@dataclass(frozen=True)
class World:
    """Everything that an answer rests on.

    Attributes:
        texts: of the sites files; build: of all.
        fields: code -> its fields, everybody first.
        counting, continental: codes.
        combine: the files are of different people.
        numbers: text of a table of allele numbers, or none.
    """

    texts: Sequence[str]
    fields: Mapping[str, Fields]
    counting: Sequence[str]
    continental: Sequence[str]
    build: str = "GRCh38"
    combine: bool = False
    numbers: str = ""


@dataclass
class Source:
    """Rows by chromosome and variant; places of allele numbers; the largest AN of each group."""

    rows: dict[str, dict[tuple[int, str, str], Row]] = field(default_factory=dict)
    places: dict[tuple[str, int], dict[str, int | None]] = field(default_factory=dict)
    most: Counter[tuple[str, str]] = field(default_factory=Counter)


def bare(chrom: str) -> str:
    return chrom[3:] if chrom.lower().startswith("chr") else chrom


def region_of(contig: str, pos: int, build: str) -> str:
    """Where people have other numbers of chromosomes: X and Y outside the shared ends, MT."""
    if contig == "MT":
        return "MT"
    ends = SHARED_ENDS[build].get(contig)
    if ends is None or any(first <= pos <= last for first, last in ends):
        return ""
    return contig


def shortest(pos: int, ref: str, alt: str) -> tuple[int, str, str]:
    while len(ref) > 1 and len(alt) > 1 and ref[-1] == alt[-1]:
        ref, alt = ref[:-1], alt[:-1]
    while len(ref) > 1 and len(alt) > 1 and ref[0] == alt[0]:
        pos, ref, alt = pos + 1, ref[1:], alt[1:]
    return pos, ref, alt


def read(world: World) -> Source:
    """All files, with sums where they are of different people."""
    source = Source()
    files = [_file(text, world) for text in world.texts]
    contigs = {contig for rows in files for contig in rows}
    # A file that has nothing of a chromosome lacks each of its variants.
    of = max(sum(contig in rows for rows in files) for contig in contigs) if world.combine else 1
    for contig in contigs:
        mine = [rows[contig] for rows in files if contig in rows]
        keys = {key for rows in mine for key in rows}
        source.rows[contig] = {
            key: _sum([rows[key] for rows in mine if key in rows], of) for key in keys
        }
        # The largest AN is of every statement, also of one that comes again.
        every = [(key, row) for rows in mine for key, each in rows.items() for row in each]
        if of > 1:
            every = list(source.rows[contig].items())
        for (pos, _, _), stated in every:
            region = region_of(contig, pos, world.build)
            for code, counts in stated.counts.items():
                here = region, code
                source.most[here] = max(source.most[here], counts["an"] or 0)
    source.places = _numbers(world)
    return source


def _file(text: str, world: World) -> dict[str, dict[tuple[int, str, str], list[Row]]]:
    """Statements of each variant, in the order of the file."""
    found: dict[str, dict[tuple[int, str, str], list[Row]]] = {}
    for line in text.splitlines():
        if line.startswith("#") or not line:
            continue
        chrom, pos, _, ref, alts, _, filters, info, *_ = line.split("\t")
        contig = bare(chrom)
        values = dict(part.split("=", 1) for part in info.split(";") if "=" in part)
        many = alts.split(",")
        for place, alt in enumerate(many):
            row = Row(filters=set() if filters in ("PASS", ".") else {filters}, counts={})
            for code, names in world.fields.items():
                row.counts[code] = {}
                for kind in ("ac", "an", "nhomalt", "ac_xy", "an_xy"):
                    name = getattr(names, kind)
                    if name is None or (kind.endswith("xy") and contig not in ("X", "Y")):
                        row.counts[code][kind] = None
                        continue
                    told = _pick(values.get(name, "."), place, len(many), "an" not in kind)
                    number, bad = _number(told)
                    row.counts[code][kind] = number
                    row.unreadable |= bad
            big, small = ref.upper(), alt if alt.startswith("<") else alt.upper()
            row.plain = bool(re.fullmatch("[ACGT]+", big) and re.fullmatch("[ACGT]+", small))
            key = shortest(int(pos), big, small) if row.plain else (int(pos), big, small)
            found.setdefault(contig, {}).setdefault(key, []).append(row)
    return found


def _pick(told: str, place: int, alleles: int, by_allele: bool) -> str:
    values = told.split(",")
    if by_allele:
        if len(values) == alleles:
            return values[place]
        return "." if values == ["."] else "?"
    return values[0] if len(values) == 1 else "?"


def _number(told: str) -> tuple[int | None, bool]:
    """The number, and whether it cannot be read, whatever type the header states.

    1.23e+06 is a number that somebody rounded, and no count.
    """
    if told == ".":
        return None, False
    if not re.fullmatch(r"-?\d+(\.0*)?", told):
        return None, True
    number = int(told.split(".", maxsplit=1)[0])
    return (number, False) if abs(number) < 2**31 else (None, True)


def _sum(files: Sequence[Sequence[Row]], of: int) -> Row:
    """One row of the first statements of each file."""
    firsts = [rows[0] for rows in files]
    if of == 1:
        return firsts[0]
    made = Row(filters={f for rows in files for row in rows for f in row.filters}, counts={})
    for code, counts in firsts[0].counts.items():
        made.counts[code] = {}
        for kind in counts:
            values = [row.counts[code][kind] for row in firsts]
            made.counts[code][kind] = None if None in values else sum(values)
    made.unreadable = any(row.unreadable for rows in files for row in rows)
    made.plain = firsts[0].plain
    made.one_file = len(files) < of
    return made


def _numbers(world: World) -> dict[tuple[str, int], dict[str, int | None]]:
    lines = [line.split("\t") for line in world.numbers.splitlines()]
    found = {}
    for cells in lines[1:]:
        told = dict(zip(lines[0], cells, strict=True))
        found[bare(told["chrom"]), int(told["pos"])] = {
            code + of: int(told[f"an_{code}{of}"]) if told.get(f"an_{code}{of}") else None
            for code in world.fields
            for of in ("", "_xy")
        }
    return found


@dataclass(frozen=True)
class Asked:
    """A question: variants as dictionaries (chrom, pos, ref, alt, gene, hgvs_c), groups, bars."""

    calls: Sequence[Mapping[str, Any]]
    groups: Sequence[str] = ()
    bars: Bars | Mapping[str, Bars] | None = None


class Answer:
    """All forms of the answer to one question."""

    def __init__(self, world: World, source: Source, asked: Asked) -> None:
        self.world, self.source, self.asked = world, source, asked
        self.codes = [code for code in world.fields if code != ALL]
        named = [code for code in self.codes if code not in OF_NO_GROUP]
        self.backgrounds = list(asked.groups) or named or self.codes
        self.counting = list(world.counting) or self.codes
        ordered = sorted(enumerate(asked.calls), key=lambda one: _place_of(one[0], one[1]))
        self.variants = [self._variant(call) for _, call in ordered]

    # The rows of the forms.

    def long(self) -> list[dict[str, Any]]:
        return [
            {**one["call"], **{name: group[name] for name in LONG},
             "flags": told(one, group["flags"]), "status": one["status"], "bar": one["bar"]}
            for one in self.variants
            for code, group in one["groups"].items()
            if code != ALL and (not self.asked.groups or code in self.asked.groups)
        ]  # fmt: skip

    def summary(self) -> list[dict[str, Any]]:
        return [
            {**one["call"], **{name: one[name] for name in SUMMARY},
             "flags": told(one, one["flags"]).replace("this group", "a group")}
            for one in self.variants
        ]  # fmt: skip

    def file(self) -> dict[str, Any]:
        groups = {}
        for code in self.codes:
            mine = [(one, one["groups"][code]) for one in self.variants]
            numbers = [group["an"] for _, group in mine if group["an"] is not None]
            passes = [
                one["bar"] is not None and group["af"] is not None and group["af"] < one["bar"]
                for one, group in mine
            ]
            groups[code] = {
                "verdicts": Counter(group["verdict"] for _, group in mine),
                "held": Counter(group["verdict"] for one, group in mine if one["bar"] is not None),
                "evaluable": sum(group["needed"] == 0 for _, group in mine),
                "with_bar": sum(one["bar"] is not None for one, _ in mine),
                "passes": sum(passes),
                "undersampled": sum("undersampled" in group["flags"] for _, group in mine),
                "median_an": median(numbers) if numbers else None,
            }
        return {
            "statuses": Counter(one["status"] for one in self.variants),
            "verdicts": Counter(one["verdict"] for one in self.variants),
            "groups": groups,
            "disparity": sum(one["disparity"] for one in self.variants),
        }

    # One variant.

    def _variant(self, call: Mapping[str, Any]) -> dict[str, Any]:
        contig = bare(call["chrom"])
        ref, alt = call["ref"].upper(), call["alt"].upper()
        problem = _problem(call["alt"])
        key = (call["pos"], ref, alt) if problem else shortest(call["pos"], ref, alt)
        row = None if problem else self.source.rows.get(contig, {}).get(key)
        counts, status, lent = self._counts(contig, key, row, problem)
        by_gene = isinstance(self.asked.bars, Mapping) and bool(self.asked.bars)
        genes = [one for one in call["gene"].lower().split(",") if one]
        gene = genes[0] if genes else ""
        bars = _of_gene(self.asked.bars, gene) if by_gene else self.asked.bars or None
        exempt = (gene.upper(), call["hgvs_c"].rpartition(":")[2]) in EXEMPT or (
            (contig, *key) in EXEMPT_AT.get(self.world.build, ())
        )
        whole = _cleaned(counts[ALL])
        region = region_of(contig, key[0], self.world.build)
        groups = {
            code: self._group(code, _cleaned(mine), whole, bars, exempt, problem, region)
            for code, mine in counts.items()
        }
        place = {
            "lent": lent,
            "one_file": row is not None and row.one_file,
            "exempt": exempt,
            "no_gene_bar": by_gene and bars is None,
            "several_genes": by_gene and len(genes) > 1,
        }
        for group in groups.values():
            unknown = group["ac"] is None or group["an"] is None
            group["flags"] |= {name for name, raised in place.items() if raised}
            if row is not None and row.unreadable and unknown:
                group["flags"].add("unreadable")
        found = {
            "asked": call,
            "call": {name: call[name] for name in ("chrom", "pos", "ref", "alt")},
            "status": status,
            "problem": problem,
            "filters": ";".join(sorted(row.filters)) if row else "",
            "bar": bars.rare if bars else None,
            "groups": groups,
        }
        self._overall(found, bars)
        # Of everybody's counts that are not known, nothing is said in a sentence.
        sentences = ("common_here", "copies_here", "chromosomes_here")
        found["sentences"] = sum(
            len(group["flags"] & set(sentences))
            for group in groups.values()
            if None not in (whole["ac"], whole["an"], group["ac"], group["an"])
        )
        return found

    def _counts(
        self, contig: str, key: tuple[int, str, str], row: Row | None, problem: str | None
    ) -> tuple[dict[str, dict[str, int | None]], str, bool]:
        """Counts by group, the status, and whether chromosomes are another allele's."""
        kinds = ("ac", "an", "nhomalt", "ac_xy", "an_xy")
        unknown = {code: dict.fromkeys(kinds) for code in self.world.fields}
        if problem:
            return unknown, "not compared", False
        if row is not None:
            ends = SHARED_ENDS[self.world.build].get(contig)
            alone = ends is not None and not any(low <= key[0] <= high for low, high in ends)
            counts = {
                code: {
                    kind: value if alone or not kind.endswith("xy") else None
                    for kind, value in mine.items()
                }
                for code, mine in row.counts.items()
            }
            known = [mine["an"] for mine in counts.values() if mine["an"] is not None]
            nobody = bool(known) and max(known) == 0
            return counts, "not covered" if nobody else "found", False
        given = self.source.places.get((contig, key[0]), {})
        others = self._lent(contig, key[0])
        most, lent = given.get(ALL), False
        numbers: dict[str, int | None] = {}
        for code in (code + of for code in self.world.fields for of in ("", "_xy")):
            numbers[code], other = given.get(code), others.get(code)
            if numbers[code] is None and other is not None:
                numbers[code] = other if most is None else min(most, other)
                lent = True
        known = [numbers[code] for code in self.world.fields if numbers[code] is not None]
        counts = unknown
        alone = region_of(contig, key[0], self.world.build) in ("X", "Y")
        for code in self.world.fields:
            an, of_men = numbers[code], numbers[code + "_xy"] if alone else None
            none = None if an is None else 0
            counts[code] |= {"an": an, "ac": none, "nhomalt": none, "an_xy": of_men}
            counts[code]["ac_xy"] = None if of_men is None else 0
        if not known:
            return counts, "coverage unknown", lent
        return counts, "not seen" if max(known) > 0 else "not covered", lent

    def _lent(self, contig: str, pos: int) -> dict[str, int | None]:
        rows = [
            row
            for (at, _, alt), row in self.source.rows.get(contig, {}).items()
            if at == pos and (row.plain or alt in (".", "*"))
        ]
        found: dict[str, int | None] = {}
        for code in self.world.fields:
            believed = [
                mine["an"]
                for mine in (row.counts[code] for row in rows)
                if mine["an"] is not None and not _wrong(mine["ac"], mine["an"])
            ]
            found[code] = min(believed, default=None)
            of_men = [
                mine["an_xy"]
                for mine in (row.counts[code] for row in rows)
                if mine["an_xy"] is not None
                and not _wrong(mine["ac"], mine["an"])
                and not _wrong(mine["ac_xy"], mine["an_xy"])
            ]
            found[code + "_xy"] = min(of_men, default=None)
        return found

    def _group(
        self,
        code: str,
        mine: Mapping[str, Any],
        whole: Mapping[str, Any],
        bars: Bars | None,
        exempt: bool,
        problem: str | None,
        region: str,
    ) -> dict[str, Any]:
        ac, an = mine["ac"], mine["an"]
        found: dict[str, Any] = {"group": code, "ac": ac, "an": an, "nhomalt": mine["nhomalt"],
                                 "nhemi": mine["ac_xy"]}  # fmt: skip
        known = ac is not None and an is not None and an > 0
        found["af"] = float(Fraction(ac, an)) if known else None
        found["af_low"], found["af_high"] = _wilson(ac, an) if known else (None, None)
        for level in (95, 99):
            found[f"faf{level}"] = _faf(ac, an, level / 100) if known else None
        sampled = mine["an_xy"] if bars and bars.absent_in_males else an
        found["p_seen"] = found["needed"] = None
        if bars and ac is not None and sampled is not None:
            found["needed"] = max(0, math.ceil(-math.log(0.05) / bars.rare) - sampled)
            if sampled > 0:
                lost = math.log1p(-bars.rare) if bars.rare < 1 else -math.inf
                found["p_seen"] = -math.expm1(sampled * lost)
        found["verdict"] = self._verdict(found, mine, whole, bars, exempt, problem)
        found["above"] = found["verdict"] in VERDICTS[:2]
        found["flags"] = self._flags(found, mine, whole, bars, region)
        return found

    def _verdict(
        self,
        found: Mapping[str, Any],
        mine: Mapping[str, Any],
        whole: Mapping[str, Any],
        bars: Bars | None,
        exempt: bool,
        problem: str | None,
    ) -> str:
        ac, an = found["ac"], found["an"]
        if problem or mine["wrong"] or (ac is None and an is not None and an > 0):
            return "not compared"
        if an is None:
            return "coverage unknown"
        if an == 0:
            men = bars is not None and bars.absent_in_males
            unknown = "coverage unknown" if men and mine["an_xy"] is None else "not evaluable"
            return "no bar" if bars is None else unknown
        generic = found["group"] in self.world.continental and found["af"] > 0.05 and an >= 2000
        if bars is None:
            return "common" if generic and not exempt else "no bar"
        reaches = found["faf95"]
        if bars.statistic is Statistic.AF:
            enough = an >= bars.least_chromosomes and ac >= bars.least_copies
            reaches = found["af"] if enough else 0
        common = generic if bars.common is None else reaches >= bars.common
        if common and not exempt:
            return "common"
        if reaches >= bars.expected:
            return "more common than expected"
        sampled = mine["an_xy"] if bars.absent_in_males else an
        if sampled is None:
            return "coverage unknown"
        if sampled < -math.log(0.05) / bars.rare:
            return "not evaluable"
        if bars.absent_in_males:
            rare = mine["ac_xy"] == 0 and whole["ac_xy"] == 0
        elif bars.absent:
            rare = ac == 0 and whole["ac"] == 0
        else:
            rare = gamma.ppf(0.95, ac + 1) / an < bars.rare
        return "rare" if rare else "indeterminate"

    def _flags(
        self,
        found: Mapping[str, Any],
        mine: Mapping[str, Any],
        whole: Mapping[str, Any],
        bars: Bars | None,
        region: str,
    ) -> set[str]:
        ac, an, faf = found["ac"], found["an"], found["faf95"]
        flags = set()
        if an == 0:
            flags.add("not_covered")
        if an and an < self.source.most[region, found["group"]] / 2:
            flags.add("few")
        if mine["wrong"]:
            flags.add("wrong")
        fit = not whole["wrong"] and None not in (whole["an"], an)
        if found["group"] not in OF_NO_GROUP and fit:
            whole_ac, whole_an = whole["ac"], whole["an"]
            if whole_an > 0 and 0.9 * whole_an <= an <= whole_an:
                flags.add("chromosomes_here")
            if faf is not None and whole_ac is not None and ac <= whole_ac and an <= whole_an:
                contrast = faf * (whole_an - an) >= 5 * (whole_ac - ac + 1)
                if contrast and whole_ac < 0.005 * whole_an and faf >= 0.005:
                    flags.add("common_here")
                if contrast and whole_ac >= 5 and ac >= 0.9 * whole_ac:
                    flags.add("copies_here")
        passes = bars is not None and found["af"] is not None and found["af"] < bars.rare
        if passes and found["verdict"] == "not evaluable":
            flags.add("undersampled")
        if found["above"]:
            bar = bars.expected if bars else None
            if found["verdict"] == "common":
                bar = bars.common if bars and bars.common is not None else 0.05
            if faf < bar:
                flags.add("point_alone")
        return flags

    def _overall(self, one: dict[str, Any], bars: Bars | None) -> None:
        groups = one["groups"]
        judging = [code for code in groups if code in self.counting or code in self.asked.groups]
        above = [code for code in judging if groups[code]["above"]]
        verdicts = [groups[code]["verdict"] for code in self.backgrounds]
        softened = ["indeterminate" if verdict in VERDICTS[:2] else verdict for verdict in verdicts]
        if above:
            verdict = min((groups[code]["verdict"] for code in above), key=VERDICTS.index)
        else:
            verdict = min(softened, key=VERDICTS.index)
            if verdict == "rare" and "not compared" in softened:
                verdict = "not compared"
        one["verdict"] = verdict
        one["criterion"] = _criterion(verdict, True, bool(bars and bars.states_rare))
        anywhere = any("common_here" in group["flags"] for group in groups.values())
        one["disparity"] = anywhere
        for code, group in groups.items():
            towards = code in self.backgrounds and not above and bool(bars and bars.states_rare)
            group["criterion"] = _criterion(group["verdict"], code in judging, towards)
        own = [groups[code] for code in self.backgrounds]
        one["flags"] = set().union(*(group["flags"] for group in own))
        one["flags"] |= groups[ALL]["flags"] & set(OF_COUNTS)
        if anywhere and "common_here" not in one["flags"]:
            one["flags"].add("common_elsewhere")
        if above and not any(group["above"] for group in own):
            one["flags"].add("above_elsewhere")
        for group in groups.values():
            if anywhere and "common_here" not in group["flags"]:
                group["flags"].add("common_elsewhere")
            if above and not group["above"]:
                group["flags"].add("above_elsewhere")
        one["groups_evaluable"] = sum(group["needed"] == 0 for group in own)
        one["groups_rare"] = verdicts.count("rare")
        for name, kind in (("grpmax", "af"), ("fafmax95", "faf95"), ("fafmax99", "faf99")):
            told = {code: groups[code][kind] for code in groups
                    if code in self.counting and groups[code][kind] is not None}  # fmt: skip
            largest = max(told.values(), default=None)
            first = next((code for code, value in told.items() if value == largest), None)
            value, group = ("grpmax_af", "grpmax") if kind == "af" else (name, f"{name}_group")
            one[value], one[group] = largest, first if largest else None
        everybody = groups[ALL]
        one |= {name: everybody[name] for name in ("ac", "an", "af", "nhomalt")}


def _of_gene(bars: Any, gene: str) -> Bars | None:
    return next((one for name, one in bars.items() if name.lower() == gene), None)


LONG = ("group", "ac", "an", "af", "nhomalt", "af_low", "af_high", "faf95", "faf99", "p_seen",
        "verdict", "criterion", "needed")  # fmt: skip
SUMMARY = ("status", "filters", "ac", "an", "af", "nhomalt", "grpmax", "grpmax_af", "fafmax95",
           "fafmax95_group", "fafmax99", "verdict", "criterion", "groups_evaluable",
           "groups_rare")  # fmt: skip


def told(one: Mapping[str, Any], flags: Iterable[str]) -> str:
    """The cell of a table."""
    if one["problem"]:
        return one["problem"]
    failed = [f"failed the source's filter {one['filters']}"] if one["filters"] else []
    return "; ".join(failed + [text for name, text in WORDS if name in flags])


def _criterion(verdict: str, against: bool, towards: bool) -> str:
    if verdict == "common" and against:
        return "BA1"
    if verdict == "more common than expected" and against:
        return "BS1"
    return "PM2_supporting" if verdict == "rare" and towards else ""


def _wrong(ac: int | None, an: int | None) -> bool:
    below = (ac is not None and ac < 0) or (an is not None and an < 0)
    return below or (ac is not None and an is not None and ac > an)


def _cleaned(mine: Mapping[str, int | None]) -> dict[str, Any]:
    found: dict[str, Any] = {**mine, "wrong": _wrong(mine["ac"], mine["an"])}
    if found["wrong"]:
        found |= {"ac": None, "nhomalt": None}
    if found["wrong"] or _wrong(mine["ac_xy"], mine["an_xy"]):
        found |= {"ac_xy": None, "an_xy": None}
    if found["an"] is not None and found["an"] < 0:
        found["an"] = None
    return found


def _faf(ac: int, an: int, level: float) -> float:
    return 0.0 if ac < 2 else float(gamma.ppf(1 - level, ac)) / an


def _wilson(ac: int, an: int) -> tuple[float, float]:
    z = float(norm.ppf(0.975))
    p = float(Fraction(ac, an))
    q = float(Fraction(an - ac, an))
    middle = p + z * z / (2 * an)
    reach = z * math.sqrt(p * q / an + z * z / (4 * an * an))
    low, high = ((middle + sign * reach) / (1 + z * z / an) for sign in (-1, 1))
    return (0.0 if ac == 0 else low), (1.0 if ac == an else high)


def _problem(alt: str) -> str | None:
    if alt == "*":
        return "spanning deletion (*)"
    if alt.startswith("<"):
        return f"symbolic allele ({alt})"
    return None if re.fullmatch("[ACGTacgt]+", alt) else "letters for several bases (IUPAC, N)"


def _place_of(ordinal: int, call: Mapping[str, Any]) -> tuple[Any, ...]:
    contig = bare(call["chrom"])
    order = [*map(str, range(1, 23)), "X", "Y", "MT"]
    ref, alt = call["ref"].upper(), call["alt"].upper()
    key = (call["pos"], ref, alt) if _problem(call["alt"]) else shortest(call["pos"], ref, alt)
    return order.index(contig), *key, ordinal
