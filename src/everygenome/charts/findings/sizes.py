"""Findings of sizes: people, what the largest hold, and how many studies there are."""

from everygenome.charts.figures import counting_word, listed_words, number, of_hundred
from everygenome.charts.findings.shares import NONE_ALONE
from everygenome.charts.rows import NOTHING, Rows, listed

_KINDS = {
    "publication": ("publication", "publications"),
    "cohort": ("cohort", "cohorts"),
    "country": ("country", "countries"),
}


def people_finding(rows: Rows) -> str:
    """Between which bounds the number of people lies, over everyone: the first row.

    Example:
        >>> people_finding([{"group": "Everyone", "floor": 2083151, "ceiling": 334891170,
        ...     "publication_estimate": 128811826, "cohort_estimate": None}])
        'At least 2.1 million people, and at most 335 million, stand behind these participations'
        >>> people_finding([])
        'No record fits these choices'
    """
    data = listed(rows)
    first = data[0] if data else {}
    if not first.get("ceiling"):
        return NOTHING
    return (
        f"At least {number(first['floor'])} people, and at most {number(first['ceiling'])}, "
        "stand behind these participations"
    )


def concentration_finding(rows: Rows) -> str:
    """What the largest of the first kind hold together.

    Example:
        >>> row = lambda rank, together: {"kind": "publication", "rank": rank,
        ...     "share": 0.1, "cumulative_share": together}
        >>> concentration_finding([row(1, 0.1), row(2, 0.19)])
        'Two publications hold 19 of every 100 participations'
        >>> concentration_finding([])
        'No record fits these choices'
    """
    data = [row for row in listed(rows) if row["cumulative_share"] is not None]
    if not data:
        return NOTHING
    mine = [row for row in data if row["kind"] == data[0]["kind"]]
    # Countries and cohorts that are counted in full for each can pass the whole.
    together = min(1.0, max(row["cumulative_share"] for row in mine))
    one, many = _KINDS.get(data[0]["kind"], ("entry", "entries"))
    name, holds = (one, "holds") if len(mine) == 1 else (many, "hold")
    return f"{counting_word(len(mine))} {name} {holds} {of_hundred(together)} of every 100 \
participations"


def studies_finding(rows: Rows) -> str:
    """Which group most studies name, and which no study names alone.

    Only studies that state a number and a date can be drawn, and only those are told of.

    Example:
        >>> row = lambda group, studies: {"group": group, "is_class": False, "studies": studies}
        >>> studies_finding([row("A", 5), row("A", 7), row("B", 3), row("C", 0)])
        'A is named alone in 12 studies that state a number, more than any other group; none of \
them names C alone'
        >>> studies_finding([])
        'No record fits these choices'
    """
    counts: dict[str, int] = {}
    data = listed(rows)
    for row in data:
        if not row["is_class"]:
            counts[row["group"]] = counts.get(row["group"], 0) + (row["studies"] or 0)
    if not any(counts.values()):
        return NONE_ALONE if data else NOTHING
    most = max(counts.values())
    first = [group for group, count in counts.items() if count == most]
    silent = [group for group, count in counts.items() if not count]
    studies = "1 study that states" if most == 1 else f"{most:,} studies that state"
    told = f"{first[0]} is named alone in {studies} a number, more than any other group"
    if len(first) > 1:
        told = f"{listed_words(first)} are each named alone in {studies} a number, the most"
    return f"{told}; none of them names {listed_words(silent)} alone" if silent else told
