"""Versions of an entry: each tells who made it, in public words, and which contribution it was."""

from typing import Any

from simple_history.signals import pre_create_historical_record

from everygenome.web.collections.models import Item


def connect() -> None:
    """Whenever a version is stored, take along what `storing` left on the entry."""
    pre_create_historical_record.connect(_tell, dispatch_uid="collections.versions")


def _tell(sender: Any, history_instance: Any, instance: Any, **_: Any) -> None:  # noqa: ARG001
    if isinstance(instance, Item):
        history_instance.who = getattr(instance, "told_who", "")
        history_instance.contribution = getattr(instance, "told_contribution", None)
