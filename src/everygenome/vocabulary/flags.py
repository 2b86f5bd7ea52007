"""Flags on rows: each has an identifier and one sentence. Rows are flagged, never dropped."""

# A quarantined row stands in the quarantine table with its line and text, not in a core table.
QUARANTINE_FLAGS: dict[str, str] = {
    "too_many_fields": "The line has more values than the header has names, so it cannot be "
    "said which value belongs to which column.",
    "no_accession": "The row names no study accession.",
    "bad_accession": "The study accession is not GCST followed by 6 to 8 digits.",
    "duplicate_accession": "An earlier row of the studies file has the same accession.",
    "unknown_stage": "The stage is neither initial nor replication.",
    "no_trait": "The row of the trait mapping names no trait.",
}
ROW_FLAGS: dict[str, str] = {
    "corrected": "A value was corrected; corrections.yml says which, why and from what source.",
    "line_mended": "A value held a carriage return, which was read as a space.",
    "accession_derived": "The file has no accessions; this one follows from the paper and the "
    "sample descriptions, which fit one study only.",
    "publication_date_unreadable": "The publication date is missing or is no date.",
    "association_count_unreadable": "The association count is missing or is no count.",
    "no_ancestry": "No row of the ancestry file names this study.",
    "no_associations": "The study is recorded with no associations.",
    "trait_unmapped": "The study has no ontology term for its trait.",
    "trait_from_reported": "The trait was found through the reported words, not an ontology term.",
    "trait_not_in_map": "An ontology term of the study has no parent in the trait mapping file.",
    "sample_text_malformed": "A number in the sample description has a misplaced comma.",
    "sample_text_disagrees": "The numbers in the sample description do not add up to the number "
    "of individuals recorded for discovery; both are kept as they are.",
    "participations_missing": "The row states no number of individuals.",
    "participations_not_a_count": "The number of individuals is negative, no whole number, or "
    "beyond any study; it counts as missing.",
    "study_missing": "The ancestry row names a study that the studies file lacks.",
    "category_missing": "The ancestry cell is empty; it counts as not reported.",
    "category_unreviewed": "The ancestry cell holds a label that nobody has reviewed.",
    "country_unreviewed": "The country cell holds a name that nobody has reviewed.",
    "repeated_group": "The study and stage have several rows for the same group. They are "
    "different people, and add up.",
    "number_unreadable": "A number is not written as one; it counts as missing.",
}
# On grant lists; `sources.pubmed_grants` sets them.
GRANT_FLAGS: dict[str, str] = {
    "grant_lists_misaligned": "The lists of agencies and of grant numbers differ in length, so it "
    "cannot be said which number belongs to which agency; each number stands on a row of its own.",
    "grant_says_nothing": "An entry in the list of grants was empty; it is not counted as a grant.",
    "grant_answers_differ": "The publication was listed twice with different grants; they are "
    "united.",
    "grant_answer_held_others": "The answer also held publications that nobody asked for; they "
    "were left out.",
    "grant_second_source_unavailable": "NCBI did not return the publication, and Europe PMC could "
    "not be asked; it is asked for again next time.",
    "grant_not_returned_again": "The publication was returned once, and not when it was asked for "
    "again; what was returned then is kept.",
}
FLAGS: dict[str, str] = QUARANTINE_FLAGS | ROW_FLAGS | GRANT_FLAGS
