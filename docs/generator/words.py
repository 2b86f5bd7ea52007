"""The vocabulary: categories, schemes, units, rules, caveats, flags, references, crosswalks."""

from everygenome.vocabulary.ancestry import CATEGORIES, HANCESTRO_RELEASE, NOT_REPORTED
from everygenome.vocabulary.caveats import CAVEATS
from everygenome.vocabulary.countries import COUNTRIES, spellings
from everygenome.vocabulary.flags import QUARANTINE_FLAGS, ROW_FLAGS
from everygenome.vocabulary.references import Descriptor, crosswalks, references
from everygenome.vocabulary.schemes import CLASS_GROUPS, SCHEMES, Scheme
from everygenome.vocabulary.terms import STAGE_OF_STATED, CountryRule, Denominator, Rule, Unit
from generator.text import table

_DENOMINATORS = {
    Denominator.RECORDED: "single and multiple rows: those that say clearly who took part",
    Denominator.ALL: "every selected row",
}
_RULES = {
    Rule.STANDARD: "ours",
    Rule.MONITOR2020: "that of the GWAS Diversity Monitor in 2020, for comparison",
}
_COUNTRY_RULES = {
    CountryRule.SINGLE: "records that name exactly one country and nothing else",
    CountryRule.SPLIT: "records divided equally between the countries that they name "
    "(an imputation)",
    CountryRule.ANY: "records counted fully for each country that they name (not additive)",
}


def body() -> str:
    """All of it, in the order in which it is best read."""
    return "\n\n".join((_ancestry(), _terms(), _flags(), _caveats(), _places(), _references()))


def _ancestry() -> str:
    rows = [
        (
            category.label,
            category.hancestro_id,
            category.mapped_by,
            *(
                "" if category.label == NOT_REPORTED else s.group_of[category.label]
                for s in _shown()
            ),
        )
        for category in CATEGORIES
    ]
    head = ("Category", "Identifier", "Mapped by", *(f"Scheme `{s.name}`" for s in _shown()))
    classes = ", ".join(f"*{name}*" for name in CLASS_GROUPS)
    return (
        "## Ancestry categories and schemes\n\n"
        "The 17 categories of the GWAS Catalog (Morales et al. 2018, Genome Biology 19:21). "
        f'Identifiers are of HANCESTRO, release {HANCESTRO_RELEASE}; where "Mapped by" says '
        "everygenome, the mapping is ours. The scheme `detailed` keeps every category as it "
        f"is.\n\n{table(head, rows)}\n\n"
        f"Beside the groups, every scheme has the classes {classes}."
    )


def _shown() -> list[Scheme]:
    return [scheme for scheme in SCHEMES.values() if scheme.name != "detailed"]


def _terms() -> str:
    units = table(
        ("Unit", "What is counted", "Adds up"),
        [(f"`{u.value}`", u.meaning, "yes" if u.additive else "no") for u in Unit],
    )
    stages = table(
        ("The catalogue writes", "We write"),
        [(said, f"`{stage.value}`") for said, stage in STAGE_OF_STATED.items()],
    )
    words = [
        ("Denominators", _DENOMINATORS),
        ("Rules", _RULES),
        ("Country rules", _COUNTRY_RULES),
    ]
    parts = [f"## Units\n\n{units}", f"## Stages\n\n{stages}"]
    for title, meanings in words:
        rows = [(f"`{word.value}`", meaning) for word, meaning in meanings.items()]
        parts.append(f"## {title}\n\n{table(('Word', 'Meaning'), rows)}")
    return "\n\n".join(parts)


def _flags() -> str:
    parts = []
    for title, flags in (("Flags on rows", ROW_FLAGS), ("Flags of quarantine", QUARANTINE_FLAGS)):
        rows = [(f"`{name}`", meaning) for name, meaning in flags.items()]
        parts.append(f"## {title}\n\n{table(('Flag', 'Meaning'), rows)}")
    return "\n\n".join(parts)


def _caveats() -> str:
    rows = [(f"`{c.id}`", c.when, c.text, c.expert) for c in CAVEATS.values()]
    return (
        "## Caveats\n\nWords in braces are filled in with the figures of the answer.\n\n"
        + table(("Caveat", "Applies when", "For everybody", "For experts"), rows)
    )


def _places() -> str:
    return (
        "## Countries\n\n"
        f"{len(COUNTRIES)} countries and areas, known by ISO 3166-1 alpha-3 code, with "
        f"{len(spellings())} spellings. They are in `vocabulary/countries.csv` and "
        "`vocabulary/country_spellings.csv`, each with its source."
    )


def _references() -> str:
    kinds = ", ".join(f"`{kind.value}`" for kind in Descriptor)
    parts = [f"## Reference populations\n\nKinds of descriptor: {kinds}."]
    for item in references():
        notes = "\n".join(f"- {note}" for note in item.notes)
        parts.append(
            f"### {item.name}\n\n{item.title}. {len(item.groups)} groups "
            f"({item.descriptor.value}), {item.total:,.0f} people, {item.date}.\n\n"
            f"Citation: {item.citation}\nLicence: {item.licence}. <{item.source_url}>\n\n{notes}"
        )
    parts.append("## Crosswalks")
    for bridge in crosswalks():
        notes = "\n".join(f"- {note}" for note in bridge.notes)
        parts.append(
            f"### {bridge.name}\n\n{bridge.title}. From {bridge.descriptor.value} "
            f"({len(bridge.by_from_group)} groups) to the scheme `{bridge.scheme}`, in "
            f"{len(bridge.rows)} pairs.\n\n{notes}"
        )
    return "\n\n".join(parts)
