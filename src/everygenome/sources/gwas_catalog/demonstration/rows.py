"""Lay out the demonstration's records as the rows of the catalogue's files.

Layouts v1.0.3.1 (studies, ancestries) and v1.0.2 (associations: the columns that we read).
"""

from collections.abc import Iterable, Iterator

from everygenome.sources.gwas_catalog.demonstration import weights
from everygenome.sources.gwas_catalog.demonstration.draws import Draws
from everygenome.sources.gwas_catalog.demonstration.records import Group, Study, traits

PAGE = "http://example.org/demonstration"
AUTHOR = "Demonstration"
TITLE = "Demonstration study {number} of {total}: made up, describes nobody"
PLATFORM = "Demonstration array [500000]"
TECHNOLOGY = "Genome-wide genotyping array"
STUDIES = """DATE ADDED TO CATALOG|PUBMED ID|FIRST AUTHOR|DATE|JOURNAL|LINK|STUDY|DISEASE/TRAIT
|INITIAL SAMPLE SIZE|REPLICATION SAMPLE SIZE|PLATFORM [SNPS PASSING QC]|ASSOCIATION COUNT
|MAPPED_TRAIT|MAPPED_TRAIT_URI|STUDY ACCESSION|GENOTYPING TECHNOLOGY|SUBMISSION DATE
|STATISTICAL MODEL|BACKGROUND TRAIT|MAPPED BACKGROUND TRAIT|MAPPED BACKGROUND TRAIT URI|COHORT
|FULL SUMMARY STATISTICS|SUMMARY STATS LOCATION"""
ANCESTRY = """STUDY ACCESSION|PUBMED ID|FIRST AUTHOR|DATE|INITIAL SAMPLE DESCRIPTION
|REPLICATION SAMPLE DESCRIPTION|STAGE|NUMBER OF INDIVIDUALS|BROAD ANCESTRAL CATEGORY
|COUNTRY OF ORIGIN|COUNTRY OF RECRUITMENT|ADDITIONAL ANCESTRY DESCRIPTION|ANCESTRY DESCRIPTOR
|FOUNDER/GENETICALLY ISOLATED POPULATION|NUMBER OF CASES|NUMBER OF CONTROLS|SAMPLE DESCRIPTION"""
TRAITS = "Disease trait|EFO term|EFO URI|Parent term|Parent URI"
ASSOCIATIONS = """PUBMEDID|STUDY ACCESSION|DISEASE/TRAIT|REGION|CHR_ID|CHR_POS|MAPPED_GENE
|STRONGEST SNP-RISK ALLELE|SNPS|CONTEXT|RISK ALLELE FREQUENCY|P-VALUE|P-VALUE (TEXT)
|OR or BETA|95% CI (TEXT)"""


def _text(groups: Iterable[Group]) -> str:
    """A sample in words; a group of unstated size has no number there either."""
    pieces = [
        f"{group.categories.replace(', ', '/')} ancestry individuals"
        if group.participations is None
        else f"{group.participations:,} {group.categories.replace(', ', '/')} ancestry individuals"
        for group in groups
    ]
    return ", ".join(pieces)


def _samples(study: Study) -> tuple[str, str]:
    stages = ("initial", "replication")
    initial, replication = (_text(g for g in study.groups if g.stage == stage) for stage in stages)
    return initial, replication or "NA"


def study_row(study: Study) -> list[object]:
    """A row of the studies file."""
    shared = study.number % 3 == 0
    total = sum(weights.PUBLICATIONS_BY_YEAR.values())
    return [
        study.added, f"DEMO{study.publication}", AUTHOR, study.published, study.journal,
        f"{PAGE}/publications/{study.publication}",
        TITLE.format(number=study.publication, total=total), study.trait.label, *_samples(study),
        PLATFORM, study.associations, study.trait.label, study.trait.uri, study.accession,
        TECHNOLOGY, "", "", "", "", "", study.cohort, "yes" if shared else "no",
        f"{PAGE}/statistics/{study.accession}" if shared else "NA",
    ]  # fmt: skip


def ancestry_row(study: Study, group: Group) -> list[object]:
    """A row of the ancestry file."""
    people = group.participations
    cases = people // 4 if people and study.trait.parent in weights.DISEASE_PARENTS else None
    return [
        study.accession, f"DEMO{study.publication}", AUTHOR, study.published, *_samples(study),
        group.stage, "" if people is None else people, group.categories, "NR", group.countries,
        "", "", "", "" if cases is None else cases,
        "" if people is None or cases is None else people - cases, "",
    ]  # fmt: skip


def mapping_rows() -> Iterator[list[object]]:
    """The rows of the trait mapping file."""
    parents = list(weights.TRAITS)
    for trait in traits():
        parent = f"{PAGE}/DEMO_PARENT_{parents.index(trait.parent) + 1}"
        yield [trait.label, trait.label, trait.uri, trait.parent, parent]


def association_rows(draws: Draws, study: Study) -> Iterator[list[object]]:
    """A study's rows of the association file, as many as the studies file states."""
    for _ in range(study.associations):
        chromosome = draws.between(1, 22)
        position = draws.between(1, 40_000_000)
        variant = f"demo{chromosome}x{position}"
        effect = draws.between(101, 180) / 100
        yield [
            f"DEMO{study.publication}", study.accession, study.trait.label, "", chromosome,
            position, f"DEMOGENE{draws.between(1, 400)}", f"{variant}-A", variant,
            "intron_variant", f"{draws.between(1, 99) / 100:.2f}",
            f"{draws.between(1, 9)}E-{draws.size(8, doubling=0.4, limit=6)}", "",
            f"{effect:.2f}", f"[{effect - 0.05:.2f}-{effect + 0.05:.2f}]",
        ]  # fmt: skip
