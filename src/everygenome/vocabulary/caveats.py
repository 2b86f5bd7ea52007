"""Caveats: what a reader must know of a number, for the public and for experts.

`queries` attaches those that apply; web, API, command line and files print them.
Words in braces are filled in with the figures of the answer.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Caveat:
    """One caveat.

    Attributes:
        id: its name, stable.
        text: one or two sentences for the public.
        expert: what an analyst needs beyond that.
        when: when it applies, in words.
    """

    id: str
    text: str
    expert: str
    when: str


_ALL = (
    Caveat(
        "demonstration",
        "These are demonstration data. They were made up by this software and describe nobody.",
        "Generated deterministically; every accession begins with DEMO.",
        "the release is the demonstration catalogue",
    ),
    Caveat(
        "participations_are_not_people",
        "Each time a person's data are used in a study counts once. People gave consent once, "
        "and their data are often used again, so these are not numbers of people.",
        "Sum of NUMBER OF INDIVIDUALS over ancestry rows; see the measure `people` for bounds.",
        "the unit is participations",
    ),
    Caveat(
        "shares_do_not_add_up",
        "One {unit_one} can name several groups, so these shares add up to more than 100%.",
        "Units with at least one row of the group, over units with at least one row in the "
        "denominator.",
        "the unit is studies, publications or associations",
    ),
    Caveat(
        "not_recorded_excluded",
        "{excluded} of the {unit} do not say clearly who took part. They are left out of the "
        "shares; the lowest and highest possible shares count them.",
        "Denominator `recorded`: single and multiple rows. `share_min` and `share_max` are "
        "over `all`, with every unclear row counted against and for the group, and every row of "
        "several groups for each that it names.",
        "the denominator is recorded, and rows are partly or not reported",
    ),
    Caveat(
        "unreviewed_labels",
        "Some words or numbers in the records have not been reviewed by anybody yet "
        "({unreviewed} different ones). Their records count in no group.",
        "Published with --allow-unreviewed; the manifest lists each label with its line.",
        "the release was published with unreviewed labels",
    ),
    Caveat(
        "numbers_missing",
        "Some records do not state a number of individuals ({missing}). They add nothing to the "
        "sums, which are therefore too low.",
        "NUMBER OF INDIVIDUALS empty or not a count; missing is not zero.",
        "selected ancestry rows state no number",
    ),
    Caveat(
        "multiple_is_not_mixed",
        "“Multiple” means that a study put several groups together in one number. It does not "
        "mean people of mixed heritage.",
        "Rows whose set maps to two or more groups of the scheme; not divided between them.",
        "rows name several groups",
    ),
    Caveat(
        "small_base",
        "This rests on only {publications} publications, so one more study could change it.",
        "Fewer than ten contributing publications: no bootstrap interval is given.",
        "fewer than ten publications contribute",
    ),
    Caveat(
        "nothing_selected",
        "No record in this release fits these choices. That is not a share of zero.",
        "The selection is empty.",
        "the selection is empty",
    ),
    Caveat(
        "reconstructed_history",
        "Earlier years are seen with today's records, which are still being completed. What the "
        "catalogue showed at the time was different.",
        "By publication date within one release (reconstructed); open an earlier release for "
        "history as released. The catalogue back-fills.",
        "the measure runs over years",
    ),
    Caveat(
        "partial_year",
        "The year {year} is not complete in this release.",
        "The release date falls in that year, or curation lags behind publication.",
        "the years shown include the release's own year",
    ),
    Caveat(
        "single_country_only",
        "Only records that name exactly one country are counted: {counted} of all {unit}. "
        "The picture changes when the others are counted.",
        "Country rule `single`; compare `split` and `any`.",
        "the country rule is single",
    ),
    Caveat(
        "imputed_split",
        "Records that name several countries are divided equally between them. That is a guess: "
        "the records do not say how many people came from each.",
        "Country rule `split`: N divided by the number of countries named (imputation); what a row "
        "leaves open beside them (NR) goes to those named.",
        "the country rule is split, for a table of countries or a chosen country",
    ),
    Caveat(
        "countries_overlap",
        "A record that names several countries counts fully for each, so these numbers cannot "
        "be added up.",
        "Country rule `any`.",
        "the country rule is any",
    ),
    Caveat(
        "country_not_reported",
        "{not_reported} of the {unit} name no country of recruitment.",
        "COUNTRY OF RECRUITMENT is NR or empty.",
        "countries are shown or chosen",
    ),
    Caveat(
        "country_is_not_ancestry",
        "Where people were recruited says nothing about the ancestry of any of them.",
        "Country of recruitment, not of origin or of residence.",
        "countries are shown or chosen",
    ),
    Caveat(
        "stated_populations",
        "The names of populations are those that the records give, word for word. The same people "
        "can stand under several names, and most records give none.",
        "ADDITIONAL ANCESTRY DESCRIPTION is free text; it is counted as it stands and not mapped.",
        "the populations that the records state are shown",
    ),
    Caveat(
        "one_country_alone",
        "Only records that name {country} and no other country are counted.",
        "Filter `country` under the rule `single`; `split` and `any` count the others too.",
        "one country is chosen and the country rule is single",
    ),
    Caveat(
        "per_capita",
        "Participations per 1,000 people compare counts of uses of data with a count of people; "
        "the population is that of {reference_date}.",
        "UN World Population Prospects 2024; mid-year of the release's year where the file has it, "
        "else the nearest date.",
        "countries are shown and the unit is participations",
    ),
    Caveat(
        "several_parents",
        "A study of several traits counts once under each, so subjects cannot be added up. "
        "“All traits” is counted before that.",
        "Distinct (study, trait or parent); totals computed before any fan-out.",
        "the measure is by trait",
    ),
    Caveat(
        "unmapped_traits",
        "{unmapped} of the {unit} belong to studies whose trait has no term in the ontology.",
        "No MAPPED_TRAIT_URI, or no parent in the trait mapping file.",
        "the measure is by trait and some are unmapped",
    ),
    Caveat(
        "estimate_of_people",
        "Nobody knows how many different people these are. The lowest number can be proved; the "
        "highest assumes that nobody's data were used twice; those between are estimates.",
        "Floor: largest accession and stage. Publication and cohort estimates assume that "
        "publications, or cohort sets, share nobody, and that their studies share everybody.",
        "the measure is people",
    ),
    Caveat(
        "no_cohort_column",
        "This release does not say which cohorts the studies used, so that estimate is missing.",
        "COHORT exists from studies layout v1.0.2.1 on.",
        "the cohort estimate or concentration is asked and the column is not there",
    ),
    Caveat(
        "cohorts_overlap",
        "A study that used several cohorts counts fully for each.",
        "Full counting; the running share is not one of distinct participations.",
        "concentration over cohorts",
    ),
    Caveat(
        "full_counting",
        "Work that several paid for, or published, counts in full for each of them, so these "
        "numbers cannot be added up. The fractional numbers divide it equally.",
        "Full counting: a link gives all of a publication or study. Fractional: 1/n for n linked "
        "entities of one level.",
        "portfolios are listed or compared",
    ),
    Caveat(
        "grant_coverage",
        "{named} of {publications} publications ({share}) name a funder in the grant lists. The "
        "others may have been funded all the same: they are left out, and not called unfunded.",
        "Grant lists of PubMed and Europe PMC: mostly US and UK public funders and some "
        "charities; industry and most other countries are hardly recorded.",
        "funders are shown or chosen",
    ),
    Caveat(
        "own_names_stand",
        "Names that nobody has reviewed yet stand for themselves: the same body can appear under "
        "several of them. None were put together by guessing.",
        "`everygenome entities audit` lists what was merged, by which rule, and what was not.",
        "funders or cohorts are listed",
    ),
    Caveat(
        "like_for_like",
        "The expected share is that of the rest of the field in the same subjects, years and "
        "stages. Choosing the subject is a decision too, so the plain figure stands beside it. "
        "{matched} have something to compare with.",
        "Strata: trait, year and stage with five or more publications outside the portfolio, else "
        "trait parent, year and stage; the portfolio is left out of the field; ratio = observed / "
        "expected over matched strata. Of random portfolios of the release of 2019-12-06, by group "
        "and size, intervals of `ratio` held 1 in 72% to 95%, those of `balanced_ratio` in 91% to "
        "95%.",
        "a portfolio is compared with the field, like for like",
    ),
    Caveat(
        "like_for_like_by_year",
        "Each year is compared with what the rest of the field did in the same subjects that year. "
        "Subjects count for how much both did in them, so these shares are not those of all that "
        "the portfolio holds.",
        "Strata as in `standardised`, of one year each, with balanced weights: O F / (O + F).",
        "a portfolio is compared with the field year by year",
    ),
    Caveat(
        "whole_field_included",
        "The portfolio is part of what it is compared with. This is a check of the method, and no "
        "finding about anyone.",
        "Inclusive version: the field is not reduced by the portfolio; of the whole field it is 1.",
        "the inclusive version is asked for",
    ),
    Caveat(
        "under_minimum",
        "There are only {publications} publications, fewer than the {minimum} under which nothing "
        "is compared.",
        "Minimum number of publications, an option.",
        "a portfolio has fewer publications than the minimum",
    ),
    Caveat(
        "clustering_by_publication",
        "The interval shows how much the result hangs on a few publications. It does not say "
        "how well they stand for humanity.",
        "Percentile 95% of 2,000 seeded resamples of publications over the whole field.",
        "a bootstrap interval is shown",
    ),
    Caveat(
        "descriptor_mismatch",
        "The comparison is with {reference}, which describes people differently "
        "({descriptor}). The bridge between the two is our assumption, with a low and a high "
        "value.",
        "Explicit crosswalk with low, central and high weights; ratio bounds combine them with "
        "the bootstrap interval.",
        "a reference population of another kind of descriptor is used",
    ),
    Caveat(
        "reference_date",
        "The reference population is that of {reference_date}.",
        "See the reference's citation and licence.",
        "a reference population is used",
    ),
    Caveat(
        "shortfall_one_group",
        "The shortfall is for one group at a time, with the others as they are; it cannot be "
        "added up, and is no target for a people that has declined research.",
        "max(0, (qN - n) / (1 - q)).",
        "a shortfall is shown",
    ),
    Caveat(
        "overlapping_selections",
        "The two selections share {studies} studies and {publications} publications, so they are "
        "not independent.",
        "Publications in both are drawn together in each of the 2,000 resamples, so the interval "
        "of a difference allows for it.",
        "two selections are compared and share a study or a publication",
    ),
    Caveat(
        "gaps_of_the_catalogue",
        "“None” means that no discovery study in the catalogue names the group. Studies that do "
        "not say clearly who took part may still hold it, and not all research is in the "
        "catalogue.",
        "Studies alone or with others; `unclear_studies` have a partly or not reported row.",
        "subjects and groups are listed by how few studies name them",
    ),
    Caveat(
        "governed_by_peoples",
        "Peoples counted under {groups} have declined genetic research, or govern it themselves. "
        "Few studies are then no gap for others to fill. The list of such statements is not "
        "complete, and it speaks for no single person.",
        "State `governed`: statements in vocabulary/governance.toml are about every category of "
        "the group; no shortfall is given where they are about any.",
        "a group is listed whose categories such a statement is about",
    ),
    Caveat(
        "history_as_released",
        "Each point is what the catalogue showed in the release of that day. Later releases "
        "filled in and mended earlier years.",
        "The same question asked of every release in the store; compare `trend`, which is "
        "reconstructed from one release.",
        "the measure runs over releases",
    ),
    Caveat(
        "releases_left_out",
        "{left_out} of {releases} releases could not be used, and are left out.",
        "The coverage lists each of them with the reason.",
        "the measure runs over releases and some cannot be used",
    ),
    Caveat(
        "monitor_rule",
        "These numbers follow the 2020 rules of the GWAS Diversity Monitor, so that they can be "
        "compared with what it published. They differ from ours.",
        "Whole cells through its dictionary; repeated keys multiply rows; its studies are "
        "ancestry rows.",
        "the rule is monitor2020",
    ),
    Caveat(
        "inferred_date",
        "No file said which release this is; the date is that of its newest record.",
        "Newest DATE ADDED TO CATALOG.",
        "the release date is inferred",
    ),
    Caveat(
        "partial_release",
        "This release was made from incomplete files: {missing_files}.",
        "Published with --partial.",
        "files of the trio are missing or hardly overlap",
    ),
    Caveat(
        "planned_not_done",
        "This is arithmetic with a stated plan, and no forecast. Nothing says that the studies "
        "will be done, in these numbers, or that they will come into the catalogue.",
        "Planned participations are added to recorded ones; every other record stays as it is.",
        "a plan is added to the records",
    ),
    Caveat(
        "one_person_many_uses",
        "Each planned sample is counted once. Data are often used again: later studies of the same "
        "people would add participations, and no people.",
        "One use of each sample; compare the measure `people` for how often data are used.",
        "a plan is added to the records",
    ),
    Caveat(
        "award_by_numbers",
        "These are the studies that the numbers given lead to. A study that was done and does not "
        "name the grant, or is not in the catalogue, is not here.",
        "Accessions, PubMed numbers, and grant numbers as PubMed lists them; see "
        "`queries.grant_numbers` for when two grant numbers are the same.",
        "the studies of an award are looked up by numbers",
    ),
    Caveat(
        "planned_not_achieved",
        "Planned are participants, recorded are participations: one person in three studies is "
        "recorded three times. What is not recorded yet can be recorded later, or elsewhere.",
        "Planned samples of a stage beside NUMBER OF INDIVIDUALS of that stage; rows of several "
        "groups are Multiple, whatever was planned.",
        "a plan is set beside what is recorded",
    ),
)
CAVEATS: dict[str, Caveat] = {caveat.id: caveat for caveat in _ALL}
