"""`everygenome variants model`: how common an allele can be at most, if it causes a disease."""

# Heavy rooms are imported inside the command: `everygenome --help` must be quick.
from pathlib import Path
from typing import Annotated

import typer

from everygenome.commands.common import Format
from everygenome.errors import UsageError

_SHARE = 'A share (0.002) or "1/500".'
_CASES = 'A share (0.02), or counted cases ("104/6179"), of which the upper 95% end is taken.'


def model(
    *,
    file: Annotated[
        Path | None, typer.Argument(help="The model, as TOML; --template prints one to fill in.")
    ] = None,
    inheritance: Annotated[
        str | None, typer.Option(help="Without a file: dominant, recessive or X-linked.")
    ] = None,
    prevalence: Annotated[
        str | None, typer.Option(help=f"People with the disease, of all. {_SHARE}")
    ] = None,
    penetrance: Annotated[
        str | None, typer.Option(help=f"Share of carriers who become ill. {_SHARE}")
    ] = None,
    of_all_cases: Annotated[
        str | None,
        typer.Option(
            "--max-allelic-contribution-of-all-cases",
            help=f"Dominant, X-linked: largest share of all cases that one allele causes. {_CASES}",
        ),
    ] = None,
    in_gene: Annotated[
        str | None,
        typer.Option(
            "--max-allelic-contribution-in-gene",
            help=f"Recessive: largest share of this gene's alleles that are of one kind. {_CASES}",
        ),
    ] = None,
    genetic: Annotated[
        str | None,
        typer.Option(
            "--max-genetic-contribution",
            help=f"Recessive: share of all cases that this gene causes. {_SHARE}",
        ),
    ] = None,
    prevalence_of: Annotated[
        str | None,
        typer.Option(
            help='X-linked: whom the prevalence is of, "one X" or "everybody". [default: one X]'
        ),
    ] = None,
    penetrance_with_two_x: Annotated[
        str | None,
        typer.Option(help="X-linked, of everybody: share of carriers with two X who become ill."),
    ] = None,
    random_mating: Annotated[
        bool | None,
        typer.Option(
            "--random-mating/--related-parents",
            help="Whether marriage between relatives is rare, or common.",
        ),
    ] = None,
    founder_effects: Annotated[
        bool, typer.Option("--founder-effects", help="Few forebears made some alleles common.")
    ] = False,
    source: Annotated[str | None, typer.Option(help="Where the figures come from.")] = None,
    population: Annotated[str | None, typer.Option(help="Whom the figures are of.")] = None,
    gene: Annotated[
        list[str] | None, typer.Option(help="A gene that it is about; can be repeated.")
    ] = None,
    an: Annotated[
        list[int] | None,
        typer.Option(
            help="Tell tolerated copies on so many chromosomes (AN); can be repeated.", min=0
        ),
    ] = None,
    template: Annotated[
        bool, typer.Option("--template", help="Print a model to fill in, and end.")
    ] = False,
    output_format: Annotated[
        Format, typer.Option("--format", help="How to write the result: table or json.")
    ] = Format.TABLE,
) -> None:
    """Say how common an allele can be if it causes a disease, and who could show that it is rarer.

    From a file, or from options: everygenome variants model --inheritance dominant --prevalence
    1/500 --max-allelic-contribution-of-all-cases 104/6179 --penetrance 0.5 --an 121412
    """
    from everygenome.variants.model_template import TEMPLATE

    if template:
        typer.echo(TEMPLATE, nl=False)
        return
    from everygenome.commands.writing import write_rows
    from everygenome.reports.terminal.disease_models import model_dict, model_table
    from everygenome.variants.explaining import explained
    from everygenome.variants.model_file import read_model, stated_model

    typed = {
        "inheritance": inheritance,
        "prevalence": prevalence,
        "penetrance": penetrance,
        "max_allelic_contribution_of_all_cases": of_all_cases,
        "max_allelic_contribution_in_gene": in_gene,
        "max_genetic_contribution": genetic,
        "prevalence_of": prevalence_of,
        "penetrance_with_two_x": penetrance_with_two_x,
        "random_mating": random_mating,
        "founder_effects": founder_effects or None,
        "source": source,
        "population": population,
        "genes": gene or None,
    }
    given = [name for name, value in typed.items() if value is not None]
    if file is not None and given:
        raise UsageError(
            f"A file is given, and --{given[0].replace('_', '-')} too.",
            remedy="The file says all of the model: leave the option out, or write it there.",
        )
    if file is None and not given:
        raise UsageError(
            "No model is given.",
            remedy="Fill one in with `everygenome variants model --template > model.toml`, or "
            "state it with --inheritance, --prevalence and the others (see --help).",
        )
    made = stated_model(typed) if file is None else read_model(file)
    told = explained(*made, chromosomes=an or ())
    write_rows(output_format, rows=model_dict(told), table=lambda: model_table(told))
