"""The vocabularies of evidence: stored word -> label."""

KINDS = {"claim": "Claim", "case-study": "Case study"}
# PROGRESS-Plus: O'Neill et al. 2014, Journal of Clinical Epidemiology 67:56.
PROGRESS = {
    "place-of-residence": "Place of residence",
    "race-ethnicity-ancestry": "Race, ethnicity, culture, language, ancestry",
    "occupation": "Occupation",
    "gender-sex": "Gender and sex",
    "religion": "Religion",
    "education": "Education",
    "socioeconomic-position": "Socioeconomic position",
    "social-capital": "Social capital",
    "age": "Age",
    "disability": "Disability",
    "other": "Other",
}
CERTAINTY = {
    "high": "High: we are confident in it",
    "moderate": "Moderate: it is probably close",
    "low": "Low: it may be quite different",
    "very-low": "Very low: we know little",
    "not-assessed": "Not assessed",
}
READ_IN = {
    "source": "read in its source",
    "secondary copy": "read in a text that quotes its source",
    "reproduced": "computed again from the data",
}
THEMES = {
    "participation": "Participation",
    "portability": "Portability of scores",
    "variants": "Variants",
    "imputation": "Imputation",
    "reference-data": "Reference data",
    "funding": "Funding",
    "workforce": "Workforce",
    "trust": "Trust",
    "care": "Care",
}
MATCHES = {"same": "the same rule", "near": "a near rule"}
