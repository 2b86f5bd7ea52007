"""What a copy of the database holds in place of what is about somebody."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.db import models
from django.db.models import Field, Model, Q

from everygenome.errors import StoreError
from everygenome.web.people.declared import Fate
from everygenome.web.people.declared_elsewhere import fate_of, leaves_no_rows
from everygenome.web.people.sealed import Open, is_sealed

REMOVED = "removed"


def copied(row: Model, field: Field) -> Any:
    """The value of a field in the copy.

    Raises:
        StoreError: nobody declared the field, or nothing can stand in its place.
    """
    model, value = type(row), getattr(row, field.attname)
    fate = fate_of(model, field)
    if fate is None:
        raise StoreError(
            f"Nobody said whether {model._meta.label}.{field.name} may be copied.",
            remedy="Declare it in the model, or in people/declared_elsewhere.py.",
        )
    if fate is Fate.KEEP and not _leads_nowhere(field) and not is_sealed(row, field):
        return value
    if field.null:
        return None
    return _made_up(row, field, value)


def _leads_nowhere(field: Field) -> bool:
    return field.is_relation and leaves_no_rows(field.related_model)


def _made_up(row: Model, field: Field, value: Any) -> Any:
    if isinstance(field, models.EmailField):
        return f"person-{row.pk}@example.invalid"
    if isinstance(field, models.CharField | models.TextField):
        if field.unique:
            return f"{REMOVED}-{row.pk}"
        # What may not be empty must hold something; what is empty says nothing of anybody.
        return Open(REMOVED) if value and field.name in constrained(type(row)) else ""
    if isinstance(field, models.DateTimeField):
        return getattr(row, "made_at", None) or getattr(row, "at", None) or _unable(row, field)
    for kind, empty in _EMPTY.items():
        if isinstance(field, kind):
            return empty() if callable(empty) else empty
    return _unable(row, field)


_EMPTY: dict[type[Field], Any] = {
    models.JSONField: dict,
    models.BinaryField: bytes,
    models.BooleanField: False,
    models.DecimalField: 0,
    models.FloatField: 0,
    models.IntegerField: 0,
}


def _unable(row: Model, field: Field) -> Any:
    raise StoreError(
        f"Nothing can stand in place of {type(row)._meta.label}.{field.name}.",
        remedy="Let it be empty, or declare that it may be kept.",
    )


@cache
def constrained(model: type[Model]) -> frozenset[str]:
    """The fields that a check of the database reads."""
    checks = (c for c in model._meta.constraints if isinstance(c, models.CheckConstraint))
    return frozenset(name for check in checks for name in _names(check.condition))


def _names(condition: Q) -> Iterator[str]:
    for part in condition.children:
        if isinstance(part, Q):
            yield from _names(part)
        else:
            yield part[0].partition("__")[0]
