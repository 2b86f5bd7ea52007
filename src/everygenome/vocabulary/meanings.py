"""One sentence for the public for each choice that a number carries."""

from everygenome.vocabulary.terms import CountryRule, Denominator, Rule, Stage

STAGES = {
    Stage.DISCOVERY: "the first part of a study, which searches the genome",
    Stage.REPLICATION: "the second part, which checks in other people what the first part found",
    Stage.ALL: "both parts together",
}
DENOMINATORS = {
    Denominator.RECORDED: "shares are of the records that say clearly who took part: one group, "
    "or several groups together",
    Denominator.ALL: "shares are of all records, those that do not say who took part too",
}
RULES = {
    Rule.STANDARD: "our own way of counting, as this page explains it",
    Rule.MONITOR2020: "the way of the GWAS Diversity Monitor in 2020, to compare with what it "
    "published",
}
COUNTRY_RULES = {
    CountryRule.SINGLE: "only records that name exactly one country are counted",
    CountryRule.SPLIT: "a record that names several countries is divided equally between them; "
    "that is a guess",
    CountryRule.ANY: "a record that names several countries counts fully for each of them",
}
SCHEMES = {
    "broad": "our everyday grouping: the catalogue’s categories put together into groups",
    "detailed": "each of the catalogue’s categories by itself",
    "monitor": "the six groups of the GWAS Diversity Monitor, to compare with what it published",
}
