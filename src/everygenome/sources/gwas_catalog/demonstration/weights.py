"""What the demonstration catalogue is made of: round, invented weights.

None of these figures was measured. They are chosen so that every class of row appears
and charts have the usual shapes: most rows in one group, a slow change over the years,
few very large studies. Weights count relative to the others of their table.
"""

from datetime import date

RELEASE_DATE = date(2025, 6, 30)
# Of the seeds tried, one whose few largest studies do not all fall into one class of row.
SEED = 20250631

PUBLICATIONS_BY_YEAR: dict[int, int] = {
    2007: 6, 2008: 12, 2009: 16, 2010: 20, 2011: 24, 2012: 26, 2013: 28, 2014: 30,
    2015: 30, 2016: 32, 2017: 34, 2018: 38, 2019: 42, 2020: 46, 2021: 50, 2022: 50,
    2023: 48, 2024: 46, 2025: 22,
}  # fmt: skip
STUDIES_IN_PUBLICATION: dict[int, float] = {1: 68, 2: 14, 3: 8, 5: 5, 12: 4, 40: 1}
GROUPS_IN_DISCOVERY: dict[int, float] = {1: 80, 2: 14, 3: 4, 5: 2}
GROUPS_IN_REPLICATION: dict[int, float] = {0: 70, 1: 22, 2: 6, 3: 2}
ASSOCIATIONS_IN_STUDY: dict[int, float] = {0: 30, 1: 30, 2: 20, 3: 10, 5: 8, 10: 2}

# How a row states its group: one category, several, some with "NR", or only "NR".
ROW_CLASSES: dict[str, float] = {"single": 85, "multiple": 6, "partly": 3, "not": 6}
CHANGE_YEAR = 2016
# Category: weight before that year, weight from it on, and countries to draw from.
CATEGORIES: dict[str, tuple[int, int, tuple[str, ...]]] = {
    "European": (120, 90, ("U.S.", "U.K.", "Germany", "Finland", "Netherlands", "Australia")),
    "East Asian": (24, 34, ("Japan", "China", "Republic of Korea", "Taiwan")),
    "African American or Afro-Caribbean": (12, 14, ("U.S.", "Jamaica", "Barbados")),
    "Hispanic or Latin American": (8, 16, ("U.S.", "Mexico", "Brazil", "Peru")),
    "South Asian": (8, 12, ("India", "Pakistan", "Bangladesh", "U.K.")),
    "Sub-Saharan African": (4, 8, ("Uganda", "Nigeria", "South Africa", "Kenya")),
    "African unspecified": (4, 4, ("U.S.", "U.K.")),
    "South East Asian": (4, 4, ("Thailand", "Viet Nam", "Philippines", "Malaysia")),
    "Greater Middle Eastern (Middle Eastern, North African or Persian)": (
        3, 4, ("Saudi Arabia", "Egypt", "Iran", "Qatar"),
    ),
    "Asian unspecified": (4, 3, ("Singapore", "U.S.", "Canada")),
    "Other": (3, 3, ("U.S.", "France")),
    "Other admixed ancestry": (2, 3, ("Brazil", "South Africa")),
    "Native American": (2, 2, ("U.S.", "Mexico")),
    "Oceanian": (1, 2, ("Samoa", "New Zealand")),
    "Central Asian": (1, 2, ("Kazakhstan", "Mongolia")),
    "Aboriginal Australian": (1, 1, ("Australia",)),
}  # fmt: skip
COUNTRIES_IN_ROW: dict[int, float] = {0: 15, 1: 65, 2: 12, 3: 6, 4: 2}
COUNTRY_ALSO_NOT_REPORTED = 0.03
PARTICIPATIONS_MISSING = 0.005
SMALLEST_GROUP = 150
# Each doubling of a study's size has this chance, up to twelve of them.
DOUBLING = 0.72
DOUBLINGS = 12

COHORTS: dict[str, float] = {
    "": 40, "NR": 20, "other": 5, "Demonstration cohort A": 12, "Demonstration cohort B": 8,
    "Demonstration cohort C": 5, "Demonstration cohort A|Demonstration cohort D": 4,
    "Demonstration cohort B|other": 3,
    "Demonstration cohort C|Demonstration cohort E|Demonstration cohort F": 3,
}  # fmt: skip
JOURNALS: dict[str, float] = {
    "Demonstration Journal of Genetics": 60,
    "Demonstration Reports": 30,
    "Demonstration Letters": 10,
}

# Parent (the catalogue's names), and traits of everyday kinds below it.
TRAITS: dict[str, tuple[str, ...]] = {
    "Cancer": ("lung tumour", "skin tumour", "bowel tumour", "breast tumour"),
    "Cardiovascular disease": ("heart attack", "stroke", "irregular heartbeat"),
    "Neurological disorder": ("migraine", "memory loss", "tremor", "seizures"),
    "Immune system disorder": ("hay fever", "asthma", "joint inflammation"),
    "Metabolic disorder": ("diabetes", "gout", "kidney stones"),
    "Body measurement": ("height", "weight", "waist size", "hand grip"),
    "Lipid or lipoprotein measurement": ("blood cholesterol", "blood triglyceride"),
    "Other measurement": ("resting pulse", "bone density", "hours of sleep", "lung volume"),
}
DISEASE_PARENTS = frozenset(
    {"Cancer", "Cardiovascular disease", "Neurological disorder", "Immune system disorder",
     "Metabolic disorder"}
)  # fmt: skip
