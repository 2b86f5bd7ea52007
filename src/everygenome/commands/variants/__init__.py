"""`everygenome variants`: what "rare" and "absent" mean in the light of who was sampled."""

import typer

from everygenome.commands.variants.evidence import evidence
from everygenome.commands.variants.model import model
from everygenome.commands.variants.prepare import prepare
from everygenome.commands.variants.watch import watch

variants = typer.Typer(
    help='Say what "rare" or "absent" in a frequency database means for a patient\'s background.',
    no_args_is_help=True,
)
variants.command("prepare")(prepare)
variants.command("evidence")(evidence)
variants.command("model")(model)
variants.add_typer(watch, name="watch")
