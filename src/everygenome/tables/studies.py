"""The core table `studies`: one row per catalogue accession."""

import ibis
import ibis.expr.types as ir

from everygenome.tables.flags import flag_list, is_accession, whole_number

# What the catalogue said, carried over in its words.
STATED = (
    "first_author",
    "journal",
    "link",
    "title",
    "trait_reported",
    "initial_sample_stated",
    "replication_sample_stated",
    "platform_stated",
    "association_count_stated",
    "mapped_trait_stated",
    "mapped_trait_uri_stated",
    "background_trait_reported",
    "mapped_background_trait_stated",
    "mapped_background_trait_uri_stated",
    "genotyping_technology",
    "statistical_model",
    "cohort_stated",
    "full_summary_statistics_stated",
    "summary_statistics_location",
    "gxe_stated",
    "submission_date_stated",
    "publication_date_stated",
)


def studies_quarantine(raw: ir.Table) -> ir.Table:
    """Rows of the raw studies table that cannot be placed: `source_line` and `flag`."""
    accession = raw.study_accession
    order = ibis.row_number().over(group_by=accession, order_by=raw.source_line)
    flag = ibis.cases(
        (accession.isnull(), "no_accession"),
        (~is_accession(accession), "bad_accession"),
        (order > 0, "duplicate_accession"),
    )
    table = raw.select("source_line", flag=flag)
    return table.filter(table.flag.notnull())


def studies(
    raw: ir.Table,
    *,
    ancestry: ir.Table,
    study_trait: ir.Table,
    trait_parent: ir.Table,
    given: frozenset[str],
) -> ir.Table:
    """Core studies.

    Args:
        raw: the placed rows of the raw studies, all text, with `source_line` and `corrected`.
        ancestry: core ancestry rows, for the flags that compare the two.
        study_trait: core study traits.
        trait_parent: core trait parents.
        given: kinds of file that were given; what a missing one would say is not flagged.

    Returns:
        One row per accession: `study_accession`, `pubmed_id`, dates, `association_count`
        (associations), what the catalogue stated, `flags`, and `source_line`.
    """
    people = (
        ancestry.filter(ancestry.stage == "discovery")
        .group_by("study_accession")
        .agg(recorded=ancestry.participations.sum())
    )
    with_ancestry = ancestry.select("study_accession").distinct().mutate(has_ancestry=True)
    traits = study_trait.left_join(
        trait_parent.filter(trait_parent.trait_parent.isnull()).select("trait_uri").distinct(),
        "trait_uri",
    )
    traits = traits.group_by("study_accession").agg(
        from_reported=(traits.mapped_by == "reported_trait").any(),
        not_in_map=traits.trait_uri_right.notnull().any(),
    )
    joined = (
        raw.left_join(people, "study_accession", rname="{name}_people")
        .left_join(with_ancestry, "study_accession", rname="{name}_ancestry")
        .left_join(traits, "study_accession", rname="{name}_traits")
    )
    published = joined.publication_date_stated.try_cast("date")
    count = whole_number(joined.association_count_stated)
    text_people, malformed = people_in_text(joined.initial_sample_stated)
    return joined.select(
        "study_accession",
        "pubmed_id",
        publication_date=published,
        publication_year=published.year().cast("int32"),
        date_added=joined.date_added_stated.try_cast("date"),
        association_count=count,
        **{name: joined[name] for name in STATED},
        flags=flag_list(
            corrected=joined.corrected,
            accession_derived=joined.accession_derived,
            line_mended=joined.mended,
            publication_date_unreadable=published.isnull(),
            association_count_unreadable=count.isnull(),
            no_associations=count == 0,
            no_ancestry=joined.has_ancestry.isnull() & ("ancestry" in given),
            trait_unmapped=joined.from_reported.isnull(),
            trait_from_reported=joined.from_reported,
            trait_not_in_map=joined.not_in_map & ("trait_mappings" in given),
            sample_text_malformed=malformed,
            sample_text_disagrees=text_people != joined.recorded,
        ),
        source_line=joined.source_line,
    )


def people_in_text(text: ir.StringValue) -> tuple[ir.IntegerValue, ir.BooleanValue]:
    """The sum of the numbers in a sample description, and whether one is malformed.

    "1,082 European ancestry cases, 1,239 European ancestry controls" holds 2,321 people;
    "5,4137 European ancestry individuals" has a misplaced comma. Trios and families are
    counted by their number, so the sum is a hint and never a correction.
    """
    joined = text.re_replace(r"([0-9]),([0-9])", r"\1\2").re_replace(r"([0-9]),([0-9])", r"\1\2")
    numbers = joined.re_split("[^0-9]+").filter(lambda piece: (piece != "") & (piece.length() < 10))
    total = numbers.map(lambda piece: piece.cast("int64")).sums()
    malformed = text.re_search("(^|[^0-9,])[0-9]+(,[0-9]{3})*,([0-9]{1,2}|[0-9]{4,})([^0-9]|$)")
    return total, malformed
