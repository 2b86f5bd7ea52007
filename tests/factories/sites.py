"""Small sites files, laid out as gnomAD v4 lays out its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

CHROMOSOMES = {"1": 248_956_422, "2": 242_193_529, "X": 156_040_895}
COLUMNS = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
EVERYBODY = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One record: `counts` holds (AC, AN) by group, and by (group, "XY") on X; text as it is."""

    chrom: str = "1"
    pos: int
    ref: str = "A"
    alt: str = "C"
    filters: str = "PASS"
    counts: Mapping[str | tuple[str, str], tuple[object, object]] = field(default_factory=dict)


def ending(key: str | tuple[str, str]) -> str:
    """What the names of fields end with: nothing for everybody, `_afr`, `_afr_XY`."""
    code, sex = key if isinstance(key, tuple) else (key, "")
    return "".join(f"_{one}" for one in (code, sex) if one and one != EVERYBODY)


def sites_text(groups: Sequence[str], sites: Iterable[Site], *, chr_: bool = True) -> str:
    """A whole file: `groups` without everybody, whose fields come first."""
    keys = [*(EVERYBODY, *groups), *((code, "XY") for code in (EVERYBODY, *groups))]
    prefix = "chr" if chr_ else ""
    head = ["##fileformat=VCFv4.2"]
    head += [f"##contig=<ID={prefix}{name},length={n}>" for name, n in CHROMOSOMES.items()]
    for key in keys:
        head.append(f'##INFO=<ID=AC{ending(key)},Number=A,Type=Integer,Description="copies">')
        head.append(f'##INFO=<ID=AN{ending(key)},Number=1,Type=Integer,Description="looked at">')
    head += ['##FILTER=<ID=AC0,Description="no copy">']
    lines = [_line(site, prefix) for site in sites]
    return "\n".join(head) + "\n" + COLUMNS + "".join(lines)


def _line(site: Site, prefix: str) -> str:
    info = ";".join(
        f"AC{ending(key)}={ac};AN{ending(key)}={an}" for key, (ac, an) in site.counts.items()
    )
    cells = (prefix + site.chrom, site.pos, ".", site.ref, site.alt, ".", site.filters, info or ".")
    return "\t".join(map(str, cells)) + "\n"
