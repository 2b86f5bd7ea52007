"""What a store of frequencies holds, for the screen."""

from pathlib import Path

from everygenome.reports.terminal.cells import named
from everygenome.sources.variation.preparing.manifest import FrequencyManifest


def frequencies_text(made: FrequencyManifest, out: Path) -> str:
    """What was prepared, what was met on the way, and what to know of it."""
    files = len(made.files)
    lines = [
        f"{made.title}, {made.build}: {made.variants:,} variants of "
        f"{'one file' if files == 1 else f'{files} files'}, in {out}.",
        "Groups, with the most chromosomes of any place:",
        *(
            f"  {code:<12} {made.most_chromosomes.get(code, 0):>10,}"
            for code in ("all", *made.groups)
        ),
    ]
    if made.allele_numbers:
        places = sum(made.allele_numbers.values())
        lines.append(f"Chromosomes looked at are known for {places:,} places.")
    else:
        lines.append(
            "Of places without a record it is not known whether anybody was looked at: variants "
            'there are "coverage unknown". A table of allele numbers (--allele-numbers) tells it.'
        )
    lines += [f"Counted on the way: {count:,} {what}." for what, count in made.classes.items()]
    lines += [f"Note: {note}" for note in made.notes]
    # Names come from a mapping file, and from files.
    return "\n".join(named(line).plain for line in lines)
