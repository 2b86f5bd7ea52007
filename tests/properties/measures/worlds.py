"""Invented releases: few studies, so that rows meet, and every kind of cell."""

from dataclasses import replace

from hypothesis import strategies as st

from tests.factories.reference.portfolios import NAMED
from tests.factories.reference.world import MIDDLE_EAST, World, see
from tests.factories.release import Mapping, Row, Study

CELLS = (
    "European",
    "East Asian",
    "Sub-Saharan African",
    "African unspecified",
    "Hispanic or Latin American",
    MIDDLE_EAST,
    "Oceanian",
    "Other",
    "NR",
    "",
    "European, NR",
    "NR, East Asian",
    "European, East Asian",
    "East Asian, European",
    "Central Asian, South East Asian",
    "Asian unspecified, Central Asian, NR",
    f"{MIDDLE_EAST}, European",
    "Oceanian, Native American",
    "Other, Other admixed ancestry",
    "African American or Afro-Caribbean",
)
COUNTRIES = (
    "NR",
    "",
    "U.K.",
    "U.S.",
    "U.K., U.S.",
    "U.K., NR",
    "NR, Kenya",
    "Kenya, U.K., U.S.",
    "Iran (Islamic Republic of), Republic of Korea, NR",
    "U.K., U.K.",
)
URIS = ("http://x.org/EFO_1", "http://x.org/EFO_2", "http://x.org/MONDO_3")
TRAITS = ("Height", "Asthma, severe", "Alzheimer's disease")
PARENTS = ("Body measurement", "Lung disease", "Neurological disorder", "")
TITLES = ("Height in Kenya", "Ménière’s disease", "100% of ASTHMA_x", "Asthma")
POPULATIONS = ("", "", "Yoruba", "Yoruba, Luhya", "yoruba")
COHORTS = ("", "NR", "other", "UKB", "UKB|FinnGen", "FinnGen|UKB", "UKB|NR")
JOURNALS = ("", "Nature", "Nat Genet")
GRANTS = st.one_of(
    st.none(), st.lists(st.sampled_from(sorted(NAMED)), max_size=4, unique=True).map(tuple)
)
NUMBERS = st.one_of(st.none(), st.integers(0, 40), st.integers(0, 5_000_000))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A world of up to five studies and ten ancestry rows; some studies have none."""
    with_cohorts = draw(st.booleans())
    papers = {
        number: (draw(st.sampled_from(JOURNALS)), draw(GRANTS)) for number in ("101", "102", "103")
    }
    studies = [
        Study(
            f"GCST00000{number}",
            pubmed=draw(st.sampled_from(["", "101", "102", "103"])),
            year=draw(st.sampled_from([None, 2006, 2007, 2008, 2019])),
            associations=draw(st.one_of(st.none(), st.integers(0, 9))),
            trait=draw(st.sampled_from(TRAITS)),
            uris=", ".join(draw(st.lists(st.sampled_from(URIS), max_size=2, unique=True))),
            cohorts=draw(st.sampled_from(COHORTS)) if with_cohorts else None,
            title=draw(st.sampled_from(TITLES)),
        )
        for number in range(1, draw(st.integers(1, 5)) + 1)
    ]
    studies = [
        replace(one, journal=papers[one.pubmed][0], grants=papers[one.pubmed][1])
        if one.pubmed
        else one
        for one in studies
    ]
    rows = draw(
        st.lists(
            st.builds(
                Row,
                accession=st.sampled_from([study.accession for study in studies]),
                stage=st.sampled_from(["discovery", "discovery", "replication"]),
                people=NUMBERS,
                cell=st.sampled_from(CELLS),
                countries=st.sampled_from(COUNTRIES),
                population=st.sampled_from(POPULATIONS),
            ),
            min_size=1,
            max_size=10,
        )
    )
    mappings = draw(
        st.lists(
            st.builds(
                Mapping,
                trait=st.sampled_from(TRAITS),
                uri=st.sampled_from((*URIS, "")),
                parent=st.sampled_from(PARENTS),
            ),
            max_size=6,
        )
    )
    return see(rows, studies, mappings)
