"""The 17 ancestry categories of the GWAS Catalog, and how to read a cell that lists them.

Source: Morales et al. 2018, Genome Biology 19:21 (the categories); Human Ancestry
Ontology (HANCESTRO), release 2025-04-01, CC BY 4.0 (the identifiers). The
identifiers of "Other", "Other admixed ancestry" and "NR" are our own mapping.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

HANCESTRO_RELEASE = "2025-04-01"
NOT_REPORTED = "NR"
# Stands in a set of categories for a label that nobody has reviewed.
UNREVIEWED = "?"


@dataclass(frozen=True, slots=True)
class Category:
    """One ancestry category: the catalogue's label and its ontology identifier."""

    label: str
    hancestro_id: str
    mapped_by: str = "HANCESTRO"


CATEGORIES: tuple[Category, ...] = (
    Category("European", "HANCESTRO:0005"),
    Category("South Asian", "HANCESTRO:0006"),
    Category("South East Asian", "HANCESTRO:0007"),
    Category("Asian unspecified", "HANCESTRO:0008"),
    Category("East Asian", "HANCESTRO:0009"),
    Category("Central Asian", "HANCESTRO:0286"),
    Category("African unspecified", "HANCESTRO:0010"),
    Category("Sub-Saharan African", "HANCESTRO:0011"),
    Category("African American or Afro-Caribbean", "HANCESTRO:0016"),
    Category("Native American", "HANCESTRO:0013"),
    Category("Hispanic or Latin American", "HANCESTRO:0014"),
    Category("Greater Middle Eastern (Middle Eastern, North African or Persian)", "HANCESTRO:0015"),
    Category("Oceanian", "HANCESTRO:0017"),
    Category("Aboriginal Australian", "HANCESTRO:0552"),
    Category("Other", "HANCESTRO:0018", mapped_by="everygenome"),
    Category("Other admixed ancestry", "HANCESTRO:0306", mapped_by="everygenome"),
    Category(NOT_REPORTED, "HANCESTRO:0566", mapped_by="everygenome"),
)
LABELS: tuple[str, ...] = tuple(category.label for category in CATEGORIES)

# Longest first, so that "Other admixed ancestry" is never read as "Other".
_SCANNER = re.compile(
    r"\s*(?:("
    + "|".join(re.escape(label) for label in sorted(LABELS, key=len, reverse=True))
    + r")|([^,]*))\s*(?:,|$)"
)


class SetClass(StrEnum):
    """What kind of row a set of categories makes."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    PARTLY_REPORTED = "partly reported"
    NOT_REPORTED = "not reported"
    UNREVIEWED = "unreviewed"


@dataclass(frozen=True, slots=True)
class Scan:
    """A cell read with the known labels: what was recognised and what was not."""

    categories: frozenset[str]
    unknown: tuple[str, ...]


def scan(cell: str) -> Scan:
    """Read a ", "-joined cell into a set of categories.

    One label holds commas itself, so a cell is scanned with the known labels and
    never split. An empty cell is "not reported": nobody wrote anything down.

    Args:
        cell: the catalogue's BROAD ANCESTRAL CATEGORY, in any order.

    Returns:
        The categories found, and the pieces that are no known label, in order.

    Example:
        >>> sorted(scan("Other, Greater Middle Eastern (Middle Eastern, North African or Persian)")
        ...        .categories)
        ['Greater Middle Eastern (Middle Eastern, North African or Persian)', 'Other']
        >>> scan("European, Martian").unknown
        ('Martian',)
    """
    text = cell.strip()
    if not text:
        return Scan(frozenset({NOT_REPORTED}), ())
    found: set[str] = set()
    unknown: list[str] = []
    position = 0
    while position < len(text):
        match = _SCANNER.match(text, position)
        if match is None or match.end() == position:
            unknown.append(text[position:])
            break
        label, other = match.groups()
        if label:
            found.add(label)
        elif other.strip():
            unknown.append(other.strip())
        position = match.end()
    if not found and not unknown:
        # Commas and nothing between them: not empty, and yet no label.
        unknown.append(text)
    return Scan(frozenset(found), tuple(unknown))


def classify(groups: frozenset[str]) -> SetClass:
    """Say what kind of row a set of groups makes, after mapping to a scheme.

    Args:
        groups: the groups of one row, already mapped to a scheme and so deduplicated;
            not reported is the group `NOT_REPORTED`, a label without review `UNREVIEWED`.

    Example:
        >>> classify(frozenset({"European", "NR"}))
        <SetClass.PARTLY_REPORTED: 'partly reported'>
    """
    if UNREVIEWED in groups:
        return SetClass.UNREVIEWED
    if groups <= {NOT_REPORTED}:
        return SetClass.NOT_REPORTED
    if NOT_REPORTED in groups:
        return SetClass.PARTLY_REPORTED
    return SetClass.SINGLE if len(groups) == 1 else SetClass.MULTIPLE
