"""A model to fill in, with what each field means."""

TEMPLATE = """\
# A disease, as far as the frequency of its alleles goes. Fill it in, and run
#   everygenome variants model model.toml
# Each figure is an assumption: say below where it comes from, and of whom.

# dominant, recessive or X-linked.
inheritance = "dominant"

# People with the disease, of all: a share (0.002), or one in so many ("1/500").
prevalence = "1/500"

# Share of carriers who become ill. A lower one makes the bar higher.
penetrance = 0.5

# Dominant and X-linked: the largest share of ALL cases, whatever their gene, that one allele
# causes. A share, or counted cases ("104/6179"): of these the upper end of the 95% interval is
# taken.
max_allelic_contribution_of_all_cases = "104/6179"

# Recessive, instead of the line above. The first is the largest share of the alleles in THIS
# gene's cases that are of one kind; the second is this gene's share of all cases.
# max_allelic_contribution_in_gene = 0.57
# max_genetic_contribution = 0.09

# X-linked: whom the prevalence is of, "one X" (people with one X chromosome) or "everybody"; and
# of everybody, the share of carriers with two X who become ill.
# prevalence_of = "one X"
# penetrance_with_two_x = 0.1

# Where the figures come from, and of whom they are. A bar derived in one population may not hold
# in another.
source = ""
population = ""

# false where marriage between relatives is common: the bar for recessive disease is then too
# high, and it is said.
random_mating = true

# true where a few forebears are known to have made alleles common.
founder_effects = false

# Genes that it is about; none: not stated.
genes = []
"""
