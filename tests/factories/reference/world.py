"""What a reference measure looks at: rows, with what they say already understood, slowly."""

from dataclasses import dataclass, replace

from tests.factories.release import Mapping, Row, Study

MIDDLE_EAST = "Greater Middle Eastern (Middle Eastern, North African or Persian)"
LABELS = (
    "European",
    "South Asian",
    "South East Asian",
    "Asian unspecified",
    "East Asian",
    "Central Asian",
    "African unspecified",
    "Sub-Saharan African",
    "African American or Afro-Caribbean",
    "Native American",
    "Hispanic or Latin American",
    MIDDLE_EAST,
    "Oceanian",
    "Aboriginal Australian",
    "Other",
    "Other admixed ancestry",
    "NR",
)
GROUPS_OF = {
    "broad": {
        "European": ["European"],
        "East Asian": ["East Asian"],
        "South Asian": ["South Asian"],
        "Other Asian": ["South East Asian", "Central Asian", "Asian unspecified"],
        "African": ["African unspecified", "Sub-Saharan African"],
        "African American or Afro-Caribbean": ["African American or Afro-Caribbean"],
        "Hispanic or Latin American": ["Hispanic or Latin American"],
        "Greater Middle Eastern": [MIDDLE_EAST],
        "Indigenous and Oceanian": ["Native American", "Oceanian", "Aboriginal Australian"],
        "Other": ["Other", "Other admixed ancestry"],
    },
    "detailed": {label: [label] for label in LABELS if label != "NR"},
    "monitor": {
        "European": ["European"],
        "Asian": [
            "East Asian",
            "South Asian",
            "South East Asian",
            "Central Asian",
            "Asian unspecified",
        ],
        "African": ["African unspecified", "Sub-Saharan African"],
        "African American or Afro-Caribbean": ["African American or Afro-Caribbean"],
        "Hispanic or Latin American": ["Hispanic or Latin American"],
        "Other/Mixed": [
            MIDDLE_EAST,
            "Native American",
            "Oceanian",
            "Aboriginal Australian",
            "Other",
            "Other admixed ancestry",
        ],
    },
}
COUNTRY_CODES = {
    "U.K.": "GBR",
    "U.S.": "USA",
    "Kenya": "KEN",
    "Republic of Korea": "KOR",
    "Iran (Islamic Republic of)": "IRN",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """An ancestry row as a reference measure sees it."""

    line: int
    accession: str
    pubmed: str | None
    year: int | None
    stage: str
    people: int | None
    cell: str
    categories: frozenset[str]
    countries: tuple[str, ...]
    partly: bool
    population: str | None = None

    @property
    def paper(self) -> str:
        """The publication, or the study where it has no PubMed number."""
        return self.pubmed or self.accession


@dataclass(frozen=True, slots=True)
class World:
    """Everything that a release holds."""

    rows: tuple[Seen, ...]
    studies: tuple[Study, ...]
    mappings: tuple[Mapping, ...]

    def only(self, keep: object) -> "World":
        """The same world with the rows that a function keeps."""
        return replace(self, rows=tuple(row for row in self.rows if keep(row)))  # type: ignore[operator]


def categories(cell: str) -> frozenset[str]:
    """The labels of a cell; the one with commas is taken out whole before the cell is split."""
    mark = "the one label that holds commas"
    pieces = [piece.strip() for piece in cell.replace(MIDDLE_EAST, mark).split(",")]
    labels = [MIDDLE_EAST if piece == mark else piece for piece in pieces if piece]
    for label in labels:
        if label not in LABELS:
            raise ValueError(label)
    return frozenset(labels or ["NR"])


def kind(categories: frozenset[str], scheme: str) -> tuple[str, frozenset[str]]:
    """The class of a row under a scheme, and the groups that it names."""
    named = set()
    for label in categories:
        for group, labels in GROUPS_OF[scheme].items():
            if label in labels:
                named.add(group)
    if "NR" in categories:
        return ("Partly reported" if named else "Not reported"), frozenset(named)
    return ("single" if len(named) == 1 else "Multiple"), frozenset(named)


def see(rows: list[Row], studies: list[Study], mappings: list[Mapping]) -> World:
    """Understand rows one by one; the line is that of the ancestry file."""
    by_accession = {study.accession: study for study in studies}
    seen = []
    for number, row in enumerate(rows, start=2):
        study = by_accession[row.accession]
        pieces = [piece.strip() for piece in row.countries.split(",") if piece.strip()]
        codes = []
        for piece in pieces:
            if piece != "NR" and COUNTRY_CODES[piece] not in codes:
                codes.append(COUNTRY_CODES[piece])
        seen.append(
            Seen(
                number,
                row.accession,
                study.pubmed or None,
                study.year,
                row.stage,
                row.people,
                row.cell,
                categories(row.cell),
                tuple(codes),
                bool(codes) and "NR" in pieces,
                row.population or None,
            )
        )
    return World(tuple(seen), tuple(studies), tuple(mappings))
