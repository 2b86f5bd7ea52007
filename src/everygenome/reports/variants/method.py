"""How evidence of variants was made, its sources, and what it is not."""

from importlib.metadata import version

from everygenome.reports.documents.model import Notes
from everygenome.variants.result import Evidence

# Both stand in every form of the answer.
IS_NOT = (
    "This supports a decision and never makes one. It is not a medical device. Frequency is one "
    "kind of evidence among several: a code named here is one that the frequency alone would "
    "support."
)
GROUPS = (
    "Groups are genetic similarity to reference panels, not a person's identity; many people fit "
    "none of them, or several."
)
_METHOD = (
    (
        "Frequency and interval",
        "AF = AC/AN, with AN of this place and group, never twice the people. The interval is "
        "Wilson's score interval at 95% (Wilson 1927, J Am Stat Assoc 22:209).",
    ),
    (
        "Filtering allele frequency (FAF)",
        "The true frequency is at least this: the 0.05 (FAF95) or 0.01 (FAF99) quantile of a gamma "
        "distribution of shape AC, divided by AN; 0 where AC is 0 or 1 (Whiffin and others 2017, "
        "Genet Med 19:1151). It is always reckoned anew from AC and AN. The largest FAF is over "
        "groups that count for it, and need not be of the group with the largest AF.",
    ),
    (
        "At most",
        "The true frequency is at most this: the 0.95 quantile of a gamma distribution of shape "
        "AC + 1, divided by AN. For no copy it is 2.996/AN.",
    ),
    (
        "Not evaluable",
        "AN is below 2.996/T, with T the bar for “rare”: even no copy would not show, with 95% "
        "confidence, that the variant is rarer than T. Needed: 2.996/T less AN; a person "
        "has two of most chromosomes. Not evaluable is never rare.",
    ),
    (
        "Chance of having been seen",
        "1 − (1 − T)^AN: that at least one copy was seen, were the variant as common as T.",
    ),
    (
        "Order of the verdicts",
        "Too common first (BA1, then BS1); then coverage unknown; then not evaluable; then rare, "
        "where “at most” is below T, or, for a panel that asks for absence, where no copy was "
        "seen; else indeterminate. Of several groups, the first that holds "
        "in this order is the verdict of the variant.",
    ),
    (
        "Codes",
        "BA1, BS1 and PM2 are criteria of Richards and others 2015 (Genet Med 17:405). BA1 as "
        "revised by Ghosh and others 2018 (Hum Mutat 39:1525). PM2 counts as supporting only, as "
        "ClinGen advises (2020).",
    ),
)


def method_notes(evidence: Evidence) -> Notes:
    """The method, and how to cite it."""
    software, source = version("everygenome"), evidence.source
    return Notes(
        (
            *_METHOD,
            (
                "To cite this",
                f"everygenome {software}, with {source.name} ({source.build}). Say which bars were "
                "used, and for which background was asked.",
            ),
        )
    )


def source_notes(evidence: Evidence) -> Notes:
    """What the frequencies are of, and what a reader must know of them."""
    source = evidence.source
    counting = ", ".join(source.groups.get(code) or code for code in source.counting)
    told = [("Frequencies", f"{source.name}, {source.build}; {source.variants:,} variants.")]
    if source.prepared:
        told.append(("Prepared on", source.prepared))
    if counting:
        rule = f" ({source.settings})" if source.settings else ""
        told.append(("Groups that count for grpmax and FAF", f"{counting}{rule}."))
    told += [("Of the source", note) for note in source.notes]
    told += [(f"File {name}", f"SHA-256 {digest}") for name, digest in sorted(source.files.items())]
    return Notes(tuple(told))
