"""The layouts of the catalogue's files: our names, and every name they have had."""

from everygenome.sources.gwas_catalog.layout import TRIO, layouts
from everygenome.sources.gwas_catalog.remote import addresses, licence
from generator.text import table


def body() -> str:
    """One section for each kind of file."""
    parts = [
        "A file is known by its header, compared without case and without runs of spaces. Its "
        "required columns must be there. Where the catalogue renames a column, the new name is "
        "added to `sources/gwas_catalog/columns.toml`.",
        f"Terms: {licence()}.",
    ]
    for kind, layout in layouts().items():
        needed = "Part of every release." if kind in TRIO else "An addition."
        rows = [
            (f"`{ours}`", "yes" if ours in layout.required else "", ", ".join(theirs))
            for ours, theirs in layout.aliases.items()
        ]
        listed = table(("Our name", "Required", "Names in the files"), rows)
        tried = "\n".join(f"{number}. <{url}>" for number, url in enumerate(addresses()[kind], 1))
        parts.append(
            f"## {kind.value}\n\n{needed} Fetched from the first of these that answers:\n\n{tried}"
            f"\n\n{listed}"
        )
    return "\n\n".join(parts)
