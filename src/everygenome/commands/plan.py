"""`everygenome plan`: what groups of people can show, and whom to ask next under a budget."""

# Heavy rooms are imported inside the command: `everygenome --help` must be quick.
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from everygenome.commands.common import Format
from everygenome.errors import UsageError


class Aim(StrEnum):
    """What a plan aims at."""

    SEE = "see"
    POWER = "power"
    SHARES = "shares"


def plan(
    *,
    have: Annotated[
        list[str] | None,
        typer.Option(help='People in a group: "African=661"; can be repeated.'),
    ] = None,
    audit: Annotated[
        Path | None, typer.Option(help="Take the groups from the JSON of an audit.")
    ] = None,
    aim: Annotated[
        Aim,
        typer.Option(
            "--to",
            help="see: an allele of --frequency at least once in each group; power: to find an "
            "--effect of an allele of --frequency in each group; shares: those of the reference.",
        ),
    ] = Aim.POWER,
    frequency: Annotated[float, typer.Option(help="Frequency of the allele (0 to 1).")] = 0.05,
    effect: Annotated[
        float, typer.Option(help="Effect of one allele, in standard deviations of the trait.")
    ] = 0.1,
    power: Annotated[float, typer.Option(help="Power wanted (0 to 1).")] = 0.8,
    alpha: Annotated[float, typer.Option(help="Level of significance, two-sided.")] = 5e-8,
    imputation_r2: Annotated[
        list[str] | None,
        typer.Option(help='Share of the signal that imputation keeps: "African=0.8", or 0.8.'),
    ] = None,
    share: Annotated[
        list[str] | None,
        typer.Option(help='Share wanted, for --to shares: "African=0.15"; can be repeated.'),
    ] = None,
    cost: Annotated[
        list[str] | None,
        typer.Option(help='Cost of one more person: "African=120", or 100 for all.'),
    ] = None,
    budget: Annotated[float | None, typer.Option(help="Money that there is.")] = None,
    governed: Annotated[
        list[str] | None,
        typer.Option(
            help="A group whose people decide themselves about research: nothing is planned for it."
        ),
    ] = None,
    output_format: Annotated[
        Format, typer.Option("--format", help="How to write the result: table or json.")
    ] = Format.TABLE,
) -> None:
    """Say what each group can show, and how many more to ask for an aim under a budget."""
    from everygenome.audit.planning import plan as make
    from everygenome.audit.planning.reading import Start, read_start
    from everygenome.commands.pairs import for_each, numbers
    from everygenome.commands.writing import write_rows
    from everygenome.reports.terminal.plans import plan_dict, plan_table
    from everygenome.vocabulary.governance import governing

    if audit is None and not have:
        raise UsageError(
            "No group is given.",
            remedy='Say who there is, with --have "African=661" for each group, or --audit FILE.',
        )
    start = (
        Start(have={}, shares={}, governed=frozenset(), imputation_r2={})
        if audit is None
        else read_start(audit)
    )
    people: dict[str, int | None] = dict(start.have)
    people |= {name: int(n) for name, n in numbers(have, "--have", whole=True).items()}
    named = tuple(people)
    left_out = start.governed | set(governed or ()) | governing(named)
    if strange := sorted(left_out - set(named)):
        raise UsageError(f"“{strange[0]}” is no group.", remedy=f"Use one of: {'; '.join(named)}.")
    r2 = start.imputation_r2 | for_each(imputation_r2, "--imputation-r2", named)
    shares = start.shares | numbers(share, "--share")
    if aim is Aim.SHARES:
        # A group without a share in the reference cannot be brought to it.
        people = {name: n for name, n in people.items() if name in shares or name in left_out}
    aims, said = _aims(
        aim,
        {name: n or 0 for name, n in people.items() if name not in left_out},
        frequency=frequency,
        effect=effect,
        power=power,
        alpha=alpha,
        r2=r2,
        shares=shares,
    )
    made = make(
        people,
        aims,
        aim=said,
        cost=dict.fromkeys(people, 1.0) | for_each(cost, "--cost", tuple(people)),
        budget=budget,
        governed=left_out & set(people),
    )
    priced = bool(cost)
    write_rows(
        output_format,
        rows=plan_dict(made, priced=priced),
        table=lambda: plan_table(made, priced=priced),
    )


def _aims(
    aim: Aim,
    have: dict[str, int],
    *,
    frequency: float,
    effect: float,
    power: float,
    alpha: float,
    r2: dict[str, float],
    shares: dict[str, float],
) -> tuple[dict[str, int], str]:
    from everygenome.audit.planning import aim_at_shares, aim_for_power, aim_to_see

    if aim is Aim.SEE:
        said = f"see an allele of frequency {frequency:g} at least once, with a chance of 95%"
        return aim_to_see(have, frequency), said
    if aim is Aim.POWER:
        said = (
            f"find an effect of {effect:g} standard deviations of an allele of frequency "
            f"{frequency:g}, with a power of {power:.0%} at {alpha:g}, in each group by itself"
        )
        made = aim_for_power(have, frequency, effect, alpha=alpha, power=power, imputation_r2=r2)
        return made, said
    if not have:
        raise UsageError(
            "No group has a share to aim at.",
            remedy='Give --audit with an audit that has a reference, or --share "African=0.15".',
        )
    return aim_at_shares(have, shares), "reach the shares of the reference, with all who are there"
