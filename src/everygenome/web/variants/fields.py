"""The questions of the form. The groups are those of the frequencies that are asked."""

from everygenome.variants.disease import Inheritance
from everygenome.web.moderation.fields import Choice, Field, OneOf, Schema, Text
from everygenome.web.variants.kinds import Cases, Groups, Names, Share
from everygenome.web.variants.limits import MOST_NAMES
from everygenome.web.variants.stores import Shelf, Store

VARIANTS, STORE, GENE = "variants", "frequencies", "gene"
BACKGROUND, GROUPS = "background", "groups"
BAR, FREQUENCY, POPULATION = "bar", "frequency", "population"
MODEL = ("inheritance", "prevalence", "contribution", "genetic", "penetrance")
UNKNOWN, NAMED = "unknown", "groups"
NONE, TYPED, DISEASE, OF_GENE = "none", "frequency", "model", "gene"
USUAL = {BACKGROUND: UNKNOWN, BAR: NONE}

_VARIANTS = Names(
    name=VARIANTS,
    label="Variants",
    help="One a line, as 1-55051215-G-GA, chr1:55051215 G>GA, or "
    f"NC_000001.11:g.55051215_55051216insA. At most {MOST_NAMES}.",
    required=True,
)
_GENE = Text(
    name=GENE,
    label="Gene",
    help="Its symbol, such as MYH7, if all are of one gene. Some rules have exceptions for a gene.",
    longest=40,
)
_BACKGROUND = OneOf(
    name=BACKGROUND,
    label="What is known of the patient’s background?",
    choices={
        UNKNOWN: "It is unknown, or several: show all groups, the most uncertain first",
        NAMED: "It is like these groups of the source:",
    },
)
_HOLDS = {
    NONE: "Nothing: show the counts, and call nothing rare",
    TYPED: "A frequency",
    DISEASE: "A disease model",
}
_FREQUENCY = Share(
    name=FREQUENCY,
    label="Frequency",
    help="An allele that reaches it is too common; one that is surely below it is rare. As 0.0001 "
    "or 1 in 10,000.",
    such_as="0.0001",
)
_INHERITANCE = Choice(
    name="inheritance",
    label="Inheritance",
    choices={one.value: one.value for one in Inheritance},
)
_PREVALENCE = Share(
    name="prevalence",
    label="People with the disease, of all",
    help="Prevalence, as 1 in 500. X-linked: of those with one X.",
    such_as="1 in 500",
)
_CONTRIBUTION = Cases(
    name="contribution",
    label="Largest share of cases from one allele",
    help="Dominant and X-linked: of all cases. Recessive: of the alleles in cases of this gene. "
    "Of counted cases, such as 104/6179, the upper end of the 95% interval is taken.",
    such_as="0.02",
)
_GENETIC = Share(
    name="genetic",
    label="Share of all cases from this gene",
    help="For recessive diseases only; 1 where no other gene causes it.",
    such_as="0.1",
)
_PENETRANCE = Share(
    name="penetrance",
    label="Penetrance",
    help="Share of carriers who become ill.",
    such_as="0.5",
)
_POPULATION = Text(
    name=POPULATION,
    label="Whom these figures were derived from",
    help="It stands beside the bar: a bar from one population may not hold in another.",
    longest=160,
)

ASKED: tuple[Field, ...] = (_VARIANTS, _GENE)
TYPING: tuple[Field, ...] = (_FREQUENCY,)
DISEASES: tuple[Field, ...] = (
    _INHERITANCE, _PREVALENCE, _CONTRIBUTION, _GENETIC, _PENETRANCE,
)  # fmt: skip
WHOSE: tuple[Field, ...] = (_POPULATION,)


def schema(shelf: Shelf, store: Store) -> Schema:
    """The form, for one of the frequencies."""
    which = Choice(
        name=STORE,
        label="Frequencies",
        choices={
            one.name: f"{one.source.name} ({one.source.build})" for one in shelf.stores.values()
        },
    )
    groups = Groups(
        name=GROUPS,
        label=f"Groups of {store.source.name}",
        help="Groups are likeness of genomes to reference panels. They are not who somebody is.",
        choices=dict(store.source.groups),
        source=store.source.name,
        sampled=store.sampled,
    )
    bar = OneOf(
        name=BAR,
        label="What is the frequency held against?",
        choices=_HOLDS | ({OF_GENE: "The bars of the gene named above"} if shelf.genes else {}),
    )
    return Schema((*ASKED, which, _BACKGROUND, groups, bar, *TYPING, *DISEASES, *WHOSE))
