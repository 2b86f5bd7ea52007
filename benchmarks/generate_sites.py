"""A sites file that looks like a frequency database, made up from a seed."""

from pathlib import Path

from everygenome.sources.variation.builds import LENGTHS, Build

GROUPS = {
    "nfe": 590_031, "sas": 45_546, "afr": 37_545, "fin": 32_026, "remaining": 31_256,
    "amr": 30_019, "eas": 22_448, "asj": 14_804, "mid": 3_031, "ami": 456,
}  # fmt: skip
FIELDS = ("AC", "AN", "nhomalt")


def info_fields() -> list[str]:
    """The INFO fields that are written, in their order."""
    return [*FIELDS, *(f"{field}_{group}" for group in GROUPS for field in FIELDS)]


def write_sites(path: Path, *, rows: int) -> None:
    """Write a bgzip VCF: one chromosome in ten sites of a row, ten groups, split alleles.

    Most alleles are seen in one group alone, as in a real table; one in a hundred is common.
    """
    import duckdb
    import pysam

    text = path.with_suffix(".text")
    counts = []
    for place, (group, people) in enumerate(GROUPS.items()):
        an = f"{2 * people} - 2 * (hash(i * 13 + {place}) % {max(people // 20, 1)})::BIGINT"
        common = f"(({people} * ((hash(i * 7 + {place}) % 1000) / 1000.0))::BIGINT)"
        few = f"(hash(i * 3 + {place}) % 4)::BIGINT"
        ac = (
            f"CASE WHEN hash(i) % 100 = 0 THEN {common} "
            f"WHEN hash(i * 11) % 10 = {place} THEN {few} ELSE 0 END"
        )
        counts.append(f"{ac} AS ac_{group}, {an} AS an_{group}")
    told = " || ".join(
        f"';AC_{g}=' || ac_{g} || ';AN_{g}=' || an_{g} || ';nhomalt_{g}=' || (ac_{g} // 50)"
        for g in GROUPS
    )
    total = {f: " + ".join(f"{f}_{g}" for g in GROUPS) for f in ("ac", "an")}
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    connection.execute(
        f"COPY (SELECT 'chr' || chrom, pos, '.', ref, alt, '.', 'PASS', "
        f"'AC=' || ({total['ac']}) || ';AN=' || ({total['an']}) || ';nhomalt=' || "
        f"(({total['ac']}) // 50) || {told} FROM (SELECT *, {', '.join(counts)} FROM (SELECT i, "
        f"1 + i * 10 // {rows} AS chrom, 10000 + (i % ({rows} // 10)) * 37 AS pos, "
        "['A', 'C', 'G', 'T'][1 + i % 4] AS ref, CASE WHEN hash(i * 5) % 12 = 0 THEN ref || 'GT' "
        f"ELSE ['C', 'G', 'T', 'A'][1 + i % 4] END AS alt FROM range({rows}) r(i))) "
        f"ORDER BY i) TO '{text}' (HEADER false, DELIMITER '\t', QUOTE '')"
    )
    with text.open("rb") as body, path.with_suffix(".whole").open("wb") as whole:
        whole.write(_header().encode())
        while chunk := body.read(1 << 24):
            whole.write(chunk)
    pysam.tabix_compress(str(path.with_suffix(".whole")), str(path), force=True)
    for left in (text, path.with_suffix(".whole")):
        left.unlink()


def _header() -> str:
    lines = ["##fileformat=VCFv4.2"]
    lines += [
        f"##contig=<ID=chr{name},length={length}>" for name, length in LENGTHS[Build.GRCH38].items()
    ]
    for name in info_fields():
        number = "1" if name.startswith("AN") else "A"
        lines.append(f'##INFO=<ID={name},Number={number},Type=Integer,Description="{name}">')
    lines.append("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO")
    return "\n".join(lines) + "\n"
