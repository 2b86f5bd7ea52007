"""Evidence by hand: real counts of gnomAD v2.1 where a variant is named, judged by the rule."""

from dataclasses import replace

from everygenome.statistics.intervals import wilson
from everygenome.variants.bars import Bars
from everygenome.variants.frequency import (
    chromosomes_to_show_absence,
    filtering_frequency,
    upper_frequency,
)
from everygenome.variants.result import (
    Evidence,
    FileSummary,
    FrequencySource,
    GroupEvidence,
    GroupSummary,
    Status,
    VariantEvidence,
)
from everygenome.variants.verdict import Verdict

LABELS = {
    "afr": "African/African American",
    "amr": "Latino/Admixed American",
    "asj": "Ashkenazi Jewish",
    "eas": "East Asian",
    "fin": "European (Finnish)",
    "nfe": "European (non-Finnish)",
    "oth": "Other",
    "sas": "South Asian",
}
COUNTING = ("afr", "amr", "eas", "nfe", "sas")
SAMPLED = {"afr": "mostly people sampled in the United States; few from the continent of Africa"}
# AC, AN, homozygotes by group: /variants/hcm/gnomad_TNNI3.csv.gz and gnomad_GLA.csv.gz.
TNNI3 = {
    "afr": (518, 22562, 8),
    "asj": (0, 9938, 0),
    "eas": (0, 18710, 0),
    "fin": (0, 25592, 0),
    "nfe": (12, 121422, 0),
    "amr": (15, 34242, 0),
    "oth": (4, 6320, 0),
    "sas": (1, 30576, 0),
}
GLA = {
    "afr": (1, 18162, 0),
    "asj": (0, 7484, 0),
    "eas": (0, 13916, 0),
    "fin": (0, 19045, 0),
    "nfe": (36, 90523, 0),
    "amr": (5, 27196, 0),
    "oth": (1, 4776, 0),
    "sas": (0, 19145, 0),
}
BARS = Bars(
    rare=4e-5,
    expected=2e-4,
    common=1e-3,
    source="bars of the ClinGen cardiomyopathy panel for MYH7, taken for this example",
    population="Northern European populations",
)
SOURCE = FrequencySource(
    name="gnomAD v2.1.1",
    build="GRCh37",
    groups=LABELS,
    counting=COUNTING,
    settings="gnomAD 2.1",
    variants=17_204,
    prepared="2026-11-20",
    files={"sites.vcf.bgz": "0" * 64},
    notes=("Its faf99 fields hold the value at 95%; all were reckoned anew.",),
)
CAVEATS = ("A frequency database leaves out most of the world's people.",)


def judged(code, ac, an, hom=None, *, bars=BARS, label=None, nhemi=None, flags=()):
    """One group, held against bars."""
    told = {"group": code, "label": LABELS.get(code, "") if label is None else label}
    told |= {"counts": code in COUNTING, "sampled": SAMPLED.get(code, ""), "flags": flags}
    if not an:
        # AN of 0: nobody was looked at; None: it is not known how many were.
        nothing = Verdict.COVERAGE_UNKNOWN if an is None else Verdict.NOT_EVALUABLE
        given = nothing if bars else Verdict.NO_BAR
        return GroupEvidence(**told, ac=ac, an=an, verdict=given)
    interval = wilson(ac, an)
    faf95 = float(filtering_frequency(ac, an))
    told |= {
        "ac": ac,
        "an": an,
        "nhomalt": hom,
        "nhemi": nhemi,
        "af": ac / an,
        "af_low": float(interval.low),
        "af_high": float(interval.high),
        "faf95": faf95,
        "faf99": float(filtering_frequency(ac, an, confidence=0.99)),
    }
    if bars is None:
        return GroupEvidence(**told)
    more = chromosomes_to_show_absence(bars.rare) - an
    verdict, criterion = Verdict.INDETERMINATE, ""
    if bars.common and faf95 >= bars.common:
        verdict, criterion = Verdict.COMMON, "BA1"
    elif faf95 >= bars.expected:
        verdict, criterion = Verdict.MORE_THAN_EXPECTED, "BS1"
    elif more > 0:
        verdict = Verdict.NOT_EVALUABLE
    elif float(upper_frequency(ac, an)) < bars.rare:
        verdict, criterion = Verdict.RARE, "PM2_supporting"
    told |= {"p_seen": 1 - (1 - bars.rare) ** an, "needed": max(0, -int(-more // 1))}
    return GroupEvidence(**told, verdict=verdict, criterion=criterion)


def variant(name, counts, *, gene="", bars=BARS, status=Status.FOUND, everybody=True, **more):
    """One variant from counts by group."""
    groups = [judged(code, *given, bars=bars) for code, given in counts.items()]
    groups.sort(key=lambda one: -(one.needed if one.needed is not None else 1e9))
    worst = min(groups, key=lambda one: list(Verdict).index(one.verdict))
    told = {"verdict": worst.verdict, "criterion": worst.criterion}
    faf = [one for one in groups if one.counts and one.faf95]
    if faf:
        top = max(faf, key=lambda one: one.faf95)
        told |= {"fafmax95": top.faf95, "fafmax95_group": top.group}
        told |= {"fafmax99": top.faf99, "fafmax99_group": top.group}
    known = [given for given in counts.values() if given[1]]
    if everybody and known:
        total = judged("all", sum(g[0] for g in known), sum(g[1] for g in known), bars=bars)
        told["everybody"] = total
    chrom, pos, ref, alt = name.split("-")
    told |= {"name": name, "matched": name, "chrom": chrom, "pos": int(pos), "ref": ref, "alt": alt}
    told |= {"gene": gene, "bars": bars, "status": status, "groups": tuple(groups)} | more
    return VariantEvidence(**told)


def tnni3():
    """TNNI3 p.Pro82Ser: rare in all together, common in one group."""
    flag = "disparity: rare in everybody together (0.2%), and common in African/African American"
    return variant("19-55667607-G-A", TNNI3, gene="TNNI3", flags=(flag,))


def not_seen():
    """No copy, and it is known how many were looked at."""
    counts = {code: (0, an, 0) for code, (_, an, _) in TNNI3.items()}
    return variant("19-55667610-C-T", counts, gene="TNNI3", status=Status.NOT_SEEN)


def unknown():
    """No record, and nothing says how many were looked at."""
    counts = dict.fromkeys(LABELS, (None, None, None))
    return variant("19-55667700-A-G", counts, gene="TNNI3", status=Status.COVERAGE_UNKNOWN)


def x_linked():
    """GLA p.Arg118Cys: hemizygotes are known of everybody together."""
    made = variant("X-100658816-G-A", GLA, gene="GLA", bars=Bars(rare=1e-4, expected=3e-4))
    everybody = judged("all", 43, 200_247, 0, bars=made.bars, nhemi=15)
    return replace(made, everybody=everybody)


def no_bar():
    """Counts alone."""
    return variant("1-100-A-G", {"afr": (3, 20_000, 0), "fin": (0, 21_000, 0)}, bars=None)


def evidence(*variants, asked=(), summary=None, name="typed", shown_of=0, source=SOURCE):
    """An answer; the verdict of each variant is of the groups asked for."""
    if asked:
        variants = [_of(one, asked) for one in variants]
    return Evidence(
        source=source,
        input_name=name,
        asked=asked,
        variants=tuple(variants),
        summary=summary,
        shown_of=shown_of,
        caveats=CAVEATS,
    )


def _of(one, asked):
    mine = [group for group in one.groups if group.group in asked]
    worst = min(mine, key=lambda group: list(Verdict).index(group.verdict))
    return replace(one, verdict=worst.verdict, criterion=worst.criterion)


def summary():
    """A file of 10,000 variants, of which 9,000 were held to a bar."""
    shares = {"nfe": (120, 300, 0, 8580), "sas": (40, 60, 8800, 100), "oth": (20, 30, 8950, 0)}
    groups = []
    for code, (common, unclear, short, rare) in shares.items():
        verdicts = {
            Verdict.COMMON: common // 2,
            Verdict.MORE_THAN_EXPECTED: common // 2,
            Verdict.INDETERMINATE: unclear,
            Verdict.NOT_EVALUABLE: short,
            Verdict.RARE: rare,
            Verdict.NO_BAR: 1000,
        }
        groups.append(
            GroupSummary(
                group=code,
                label=LABELS[code],
                verdicts=verdicts,
                held={one: n for one, n in verdicts.items() if one is not Verdict.NO_BAR},
                evaluable=9000 - short,
                with_bar=9000,
                passes=9000 - common,
                undersampled=short,
                median_an=float(TNNI3[code][1]),
            )
        )
    return FileSummary(
        variants=10_000,
        records=9_871,
        statuses={Status.FOUND: 6_000, Status.NOT_SEEN: 3_900, Status.COVERAGE_UNKNOWN: 100},
        classes={"several alternates in one record": 129, "spanning deletion (*)": 7},
        verdicts={Verdict.NOT_EVALUABLE: 9_000, Verdict.NO_BAR: 1_000},
        groups=tuple(groups),
        disparity=31,
    )
