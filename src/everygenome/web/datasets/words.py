"""The datasets' vocabularies: stored word -> label."""

KINDS = {
    "biobank": "Biobank",
    "cohort": "Cohort",
    "reference-panel": "Reference panel",
    "frequency-database": "Frequency database",
    "disease-cohort": "Disease cohort",
    "programme": "Programme",
}
REGIONS = {
    "Africa": "Africa",
    "Asia": "Asia",
    "Europe": "Europe",
    "Latin America and the Caribbean": "Latin America and the Caribbean",
    "Northern America": "Northern America",
    "Oceania": "Oceania",
    "several": "Several regions",
}
COUNTED = {
    "recruited": "people recruited",
    "with-genotypes": "people with genotypes",
    "with-genomes": "people with whole genomes",
    "with-exomes": "people with exomes",
    "planned": "people planned",
}
ROUTES = {
    "open": "Open to all",
    "registered": "After registration",
    "controlled-application": "By application",
    "committee": "By decision of a committee",
    "collaboration": "By collaboration",
    "not-shared": "Not shared",
}
# What is known of whether the communities concerned have a seat where it is decided.
SEATS = {True: "Yes", False: "No", None: "We do not know."}
