"""The core tables `publications` and `cohorts`."""

import ibis
import ibis.expr.types as ir


def publications(studies: ir.Table, ancestry: ir.Table) -> ir.Table:
    """One row per PubMed number that the studies or the ancestry rows name.

    Returns:
        `pubmed_id`, `first_author`, `publication_date`, `publication_year`, `journal`,
        `title`, `link`, and `studies` (how many studies it reports; 0 where only the
        ancestry file names it).
    """
    named = studies.filter(studies.pubmed_id.notnull())
    table = named.group_by("pubmed_id").agg(
        first_author=named.first_author.min(),
        publication_date=named.publication_date.min(),
        publication_year=named.publication_year.min(),
        journal=named.journal.min(),
        title=named.title.min(),
        link=named.link.min(),
        studies=named.count(),
    )
    rest = ancestry.filter(ancestry.pubmed_id.notnull()).anti_join(table, "pubmed_id")
    alone = rest.group_by("pubmed_id").agg(
        first_author=ibis.null("string"),
        publication_date=rest.publication_date.min(),
        publication_year=rest.publication_year.min(),
        journal=ibis.null("string"),
        title=ibis.null("string"),
        link=ibis.null("string"),
        studies=ibis.literal(0, "int64"),
    )
    return table.union(alone)


def cohorts(stated: ir.Table) -> ir.Table:
    """One row per study and cohort it names.

    The cell is a "|"-joined list in which "NR", "other" and nothing mean three things.

    Args:
        stated: `study_accession` and `cohort_stated`, from a file that has the column.

    Returns:
        `study_accession`, `cohort` (as stated; missing where none is named) and
        `cohort_status`: `named`, `not reported`, `other` or `empty`.
    """
    split = stated.select(
        "study_accession", cohort=stated.cohort_stated.fill_null("").split("|").unnest()
    )
    cohort = split.cohort.strip()
    status = ibis.cases(
        (cohort == "", "empty"),
        (cohort == "NR", "not reported"),
        (cohort.lower() == "other", "other"),
        else_="named",
    )
    table = split.select(
        "study_accession",
        cohort=ibis.ifelse(status == "named", cohort, ibis.null("string")),
        cohort_status=status,
    )
    return table.distinct()
