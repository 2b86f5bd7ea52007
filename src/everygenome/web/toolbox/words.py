"""The toolbox's vocabularies: stored word -> label."""

KINDS = {
    "software": "Software",
    "dataset": "Dataset",
    "dashboard": "Dashboard",
    "method": "Method",
    "framework": "Framework",
    "guidance": "Guidance",
    "standard": "Standard",
    "ontology": "Ontology",
    "training": "Training",
    "community": "Community",
    "service": "Service",
}
STAGES = {
    "participants": "Participants",
    "data-collection": "Data collection",
    "analysis": "Analysis",
    "interpretation": "Interpretation",
    "clinical-delivery": "Clinical delivery",
    "cross-cutting": "Across all stages",
}
AUDIENCES = {
    "researcher": "Researcher",
    "bioinformatician": "Bioinformatician",
    "clinician": "Clinician",
    "laboratory": "Laboratory",
    "funder": "Funder",
    "ethics-committee": "Ethics committee",
    "community": "Community",
    "participant": "Participant",
    "policy": "Policy maker",
    "educator": "Educator",
    "data-curator": "Data curator",
}
TASKS = {
    "choosing-words": "choosing words",
    "planning-a-study": "planning a study",
    "recruiting-people": "recruiting people",
    "consent-and-governance": "arranging consent and governance",
    "working-with-a-community": "working with a community",
    "collecting-data": "collecting data",
    "measuring-diversity": "measuring diversity",
    "inferring-ancestry": "inferring genetic ancestry",
    "imputing-genotypes": "imputing genotypes",
    "association-study": "running an association study",
    "fine-mapping": "fine-mapping",
    "building-a-risk-score": "building a risk score",
    "judging-a-risk-score": "judging a risk score",
    "interpreting-a-variant": "interpreting a variant",
    "finding-data": "finding data",
    "sharing-data": "sharing data",
    "reporting-results": "reporting results",
    "returning-results": "returning results to people",
    "delivering-care": "delivering care",
    "teaching": "teaching",
    "funding-and-policy": "deciding on funding or policy",
}
CHECKED = {
    "repo": "read in its repository",
    "page": "seen on a page of its own or of others",
    "catalogue": "unchecked: listed elsewhere only",
}
RELATIONS = {
    "successor-of": "Successor of",
    "uses": "Uses",
    "alternative-to": "Alternative to",
    "part-of": "Part of",
}
