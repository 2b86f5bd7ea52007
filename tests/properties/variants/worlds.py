"""Invented sites files and questions: small, and full of what real and broken files hold."""

from dataclasses import dataclass
from random import Random

from hypothesis import strategies as st

from everygenome.variants.bars import Bars, Statistic
from tests.factories.reference.variants import ALL, Asked, Fields, World

CONTIGS = {"1": 248_956_422, "6": 170_805_979, "X": 156_040_895}
GNOMAD = ("afr", "asj", "nfe", "remaining")
OTHERS = {"west": (True, True), "east": (True, False), "isle": (False, False)}
# Exempt from BA1; in a shared end of X; behind it.
SPOTS = {"1": range(1000, 1012), "6": (26_092_913, 26_090_951), "X": (10_001, 60_000, 5_000_000)}
BASES = "ACGT"
BARS = {
    "ONE": Bars(rare=2e-3, expected=2e-3),
    "FAF": Bars(rare=1e-4, expected=1e-3, common=5e-3),
    "AF": Bars(rare=1e-3, expected=1e-2, common=5e-2, statistic=Statistic.AF),
    "MANY": Bars(
        rare=1e-3, expected=2e-3, statistic=Statistic.AF, least_chromosomes=2000, least_copies=5
    ),
    "ABSENT": Bars(rare=5e-4, expected=5e-4, absent=True),
    "MALES": Bars(rare=2e-3, expected=5e-3, absent_in_males=True),
    "NO_PM2": Bars(rare=3e-3, expected=3e-3, common=1e-2, states_rare=False),
    "HFE": Bars(rare=1e-2, expected=1e-2, common=2e-2),
    "HIGH": Bars(rare=1.0, expected=1.0),
    "LOW": Bars(rare=1e-12, expected=1e-9),
}
MAPPING = """name = "Invented"
build = "GRCh38"
[all]
ac = "AC"
an = "AN"
"""


@dataclass(frozen=True)
class Made:
    """A world, what is asked of it, and the mapping file that names its fields (or none)."""

    world: World
    asked: Asked
    mapping: str


@st.composite
def made(draw: st.DrawFn, *, files: tuple[int, ...] = (1, 1, 2), most: int = 40) -> Made:
    """`files`: how many sites files of different people there may be."""
    number_of_files = draw(st.sampled_from(files))
    mapped = draw(st.booleans())
    homozygotes = draw(st.booleans())
    prefix = draw(st.sampled_from(["", "chr"]))
    number = draw(st.integers(1, most))
    random = Random(draw(st.integers(0, 2**32)))
    codes = tuple(OTHERS) if mapped else GNOMAD
    fields = {
        code: _fields(code, sexed=not mapped, homozygotes=homozygotes and code != codes[0])
        for code in (ALL, *codes)
    }
    types = {
        name: random.choice(["Integer", "Integer", "String", "Float"])
        for one in fields.values()
        for name in (one.ac, one.an, one.nhomalt, one.ac_xy, one.an_xy)
        if name
    }
    places = [_place(random) for _ in range(number)]
    texts = []
    for _ in range(number_of_files):
        mine = [one for one in places if number_of_files == 1 or random.random() < 0.7] or places
        texts.append(_text(random, mine, fields, types, prefix))
    counting = [code for code, (counts, _) in OTHERS.items() if counts]
    world = World(
        texts=texts,
        fields=fields,
        counting=counting if mapped else ("afr", "nfe"),
        continental=("west",) if mapped else ("afr", "nfe"),
        combine=number_of_files > 1,
        numbers=_numbers(random, codes, sexed=not mapped) if draw(st.booleans()) else "",
    )
    mapping = MAPPING if mapped else ""
    if mapped and homozygotes:
        mapping += 'nhomalt = "nhomalt"\n'
    for code in codes if mapped else ():
        counts, broad = OTHERS[code]
        one = fields[code]
        mapping += f'[groups.{code}]\nlabel = "{code.title()}"\nac = "{one.ac}"\nan = "{one.an}"\n'
        mapping += f"counts = {str(counts).lower()}\ncontinental = {str(broad).lower()}\n"
        mapping += f'nhomalt = "{one.nhomalt}"\n' if one.nhomalt else ""
    groups = draw(st.sampled_from([(), (), (codes[0],), (codes[1], codes[2])]))
    bars = draw(st.sampled_from([BARS, BARS, BARS, None, *BARS.values()]))
    return Made(world, Asked(_calls(random, places, bars), groups, bars), mapping)


def _fields(code: str, *, sexed: bool, homozygotes: bool) -> Fields:
    end = "" if code == ALL else f"_{code}"
    return Fields(
        ac=f"AC{end}",
        an=f"AN{end}",
        nhomalt=f"nhomalt{end}" if homozygotes else None,
        ac_xy=f"AC{end}_XY" if sexed else None,
        an_xy=f"AN{end}_XY" if sexed else None,
    )


def _place(random: Random) -> tuple[str, int, str, list[str]]:
    """Chromosome, position, REF, and alternate alleles."""
    chrom = random.choice(["1", "1", "1", "6", "X"])
    pos = random.choice(SPOTS[chrom])
    if chrom == "6":
        return chrom, pos, "G" if pos == SPOTS["6"][0] else "C", ["A", "G"][: random.choice([1, 1])]
    alleles = [_allele(random) for _ in range(random.choice([1, 1, 1, 2, 3]))]
    ref = random.choice(["A", "A", "a", "AC", "ACG"])
    alleles = [one for one in dict.fromkeys(alleles) if one.upper() != ref.upper()]
    return chrom, pos, ref, alleles or ["T"]


def _allele(random: Random) -> str:
    strange = random.choice(["*", "<DEL>", ".", "N", "g"])
    plain = "".join(random.choice(BASES) for _ in range(random.choice([1, 1, 1, 2, 3])))
    return random.choice([plain] * 8 + [strange])


def _text(
    random: Random,
    places: list[tuple[str, int, str, list[str]]],
    fields: dict[str, Fields],
    types: dict[str, str],
    prefix: str,
) -> str:
    head = ["##fileformat=VCFv4.2"]
    head += [f"##contig=<ID={prefix}{name},length={n}>" for name, n in CONTIGS.items()]
    head += ['##FILTER=<ID=AC0,Description="a">', '##FILTER=<ID=RF,Description="b">']
    for name, kind in types.items():
        number = "1" if name.startswith("AN") else "A"
        head.append(f'##INFO=<ID={name},Number={number},Type={kind},Description="c">')
    # In no order within a chromosome, now and then: the source's own order is kept otherwise.
    ordered = sorted(places, key=lambda one: (list(CONTIGS).index(one[0]), one[1]))
    lines = [_line(random, one, fields, types, prefix) for one in ordered]
    columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"
    return "\n".join([*head, columns, *lines]) + "\n"


def _line(
    random: Random,
    place: tuple[str, int, str, list[str]],
    fields: dict[str, Fields],
    types: dict[str, str],
    prefix: str,
) -> str:
    chrom, pos, ref, alts = place
    info: dict[str, str] = {}
    for one in fields.values():
        an = random.choice([0, 6, 900, 2000, 2996, 9000, 50_000, 150_000, 150_000])
        info[one.an] = _odd(random, an, types[one.an])
        for name in (one.ac, one.nhomalt):
            if name:
                few = [_copies(random, an) for _ in alts]
                info[name] = ",".join(_odd(random, copies, types[name]) for copies in few)
        if one.ac_xy and one.an_xy:
            info[one.an_xy] = str(an // 3)
            info[one.ac_xy] = ",".join(str(random.choice([0, 0, 1, an])) for _ in alts)
    if random.random() < 0.05:
        info[fields[ALL].ac] = "1,2,3,4,5,6"
    for name in list(info):
        if random.random() < 0.03:
            del info[name]
    shuffled = list(info.items())
    random.shuffle(shuffled)
    told = ";".join(f"{name}={value}" for name, value in shuffled) or "."
    filters = random.choice(["PASS", "PASS", ".", "AC0", "AC0;RF"])
    return "\t".join((prefix + chrom, str(pos), ".", ref, ",".join(alts), ".", filters, told))


def _copies(random: Random, an: int) -> int:
    share = random.choice([0, 0, 0, 1e-4, 1e-3, 1e-2, 0.06, 0.5])
    return random.choice([int(an * share), random.choice([0, 1, 2, 3, 7])])


def _odd(random: Random, value: int, kind: str) -> str:
    odd = {"Integer": [".", "-5"], "String": [".", "NaN", "1e3", f"{value}.0", "many", "-1"],
           "Float": [".", "NaN", "1e3", f"{value}.0", "2.5", "-1"]}[kind]  # fmt: skip
    return random.choice(odd) if random.random() < 0.06 else str(value)


def _numbers(random: Random, codes: tuple[str, ...], *, sexed: bool) -> str:
    share = random.choice([0, 0.8])
    named = [ALL, *(code for code in codes if random.random() < share)]
    named += [f"{code}_xy" for code in (ALL, *codes) if sexed and random.random() < share / 2]
    lines = ["\t".join(["chrom", "pos", *(f"an_{code}" for code in named)])]
    for chrom, spots in SPOTS.items():
        lines += [
            "\t".join(
                [chrom, str(pos), *(str(random.choice([0, 3000, 400_000, ""])) for _ in named)]
            )
            for pos in spots
            if random.random() < 0.5
        ]
    return "\n".join(lines) + "\n"


def _calls(
    random: Random, places: list[tuple[str, int, str, list[str]]], bars: object
) -> list[dict[str, object]]:
    calls = []
    for chrom, pos, ref, alts in places:
        alt = random.choice(alts)
        if random.random() < 0.2:
            alt = random.choice([one for one in "ACGT" if one != ref.upper()])
        calls.append((chrom, pos, ref, "T" if alt == "." else alt))
    for _ in range(12):
        chrom = random.choice(list(SPOTS))
        pos = random.choice([*SPOTS[chrom], 7_000_000])
        calls.append((chrom, pos, "A", random.choice(["C", "G", "*", "<DEL>", "AT", "N"])))
    random.shuffle(calls)
    genes = [*BARS, "OTHER", "", "one", "hFe", "Af,OTHER", "other,FAF"]
    return [
        {
            "chrom": random.choice(["", "chr"]) + chrom,
            "pos": pos,
            # Of what is not compared, letters are as they are.
            "ref": ref if alt.isalpha() and alt != "N" else ref.upper(),
            "alt": alt,
            "gene": random.choice(genes),
            "hgvs_c": random.choice(["c.845G>A", "NM_000410.3:c.845G>A", "c.1A>T", ""]),
        }
        for chrom, pos, ref, alt in calls
    ]
