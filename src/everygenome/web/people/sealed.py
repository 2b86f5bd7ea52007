"""Fields that are sealed where their row has a vault, and stored as they are where it has none.

A model with such fields says in `vault_name` under which vault a row is sealed; empty: none. Read
back, a value whose vault is gone is empty. What is sealed says so itself, so rows of both kinds
stand in one table.
"""

import json
from dataclasses import dataclass
from typing import Any

from django.db import models

from everygenome.web.people import vaults

# Cleaned text holds no control characters, so nobody can write this mark.
_MARK = "\x01sealed:"


@dataclass(frozen=True, slots=True)
class Under:
    """A value on its way into the database, and the vault that it is sealed under."""

    vault: str
    value: Any


class Open(str):
    """A text that is stored as it is, whatever its row: it tells nothing."""

    __slots__ = ()


def is_sealed(row: models.Model, field: models.Field) -> bool:
    """Whether a field of a row is stored sealed."""
    return isinstance(field, _Sealed) and bool(row.vault_name)


def under(row: models.Model, **changes: Any) -> dict[str, Any]:
    """Changes of a row as `QuerySet.update` takes them: sealed where the row has a vault."""
    vault = row.vault_name
    if not vault:
        return changes
    named = {field.name for field in row._meta.concrete_fields if isinstance(field, _Sealed)}
    return {
        name: Under(vault, value) if name in named and value else value
        for name, value in changes.items()
    }


class _Sealed:
    """What both kinds of field have."""

    def pre_save(self, row: models.Model, add: bool) -> Any:
        """Seal it where the row has a vault."""
        value = super().pre_save(row, add)
        plain = not value or isinstance(value, Open) or not row.vault_name
        return value if plain else Under(row.vault_name, value)


class SealedText(_Sealed, models.TextField):
    """Text."""

    def get_prep_value(self, value: Any) -> Any:
        """As it is stored."""
        if isinstance(value, Under):
            return _sealed(value.vault, str(value.value))
        return super().get_prep_value(value)

    def from_db_value(self, value: Any, *_: Any) -> Any:
        """As it was; empty where its vault is gone."""
        return (_unsealed(value) or "") if _is_mark(value) else value


class SealedJSON(_Sealed, models.JSONField):
    """What JSON can hold."""

    def get_prep_value(self, value: Any) -> Any:
        """As it is stored."""
        if isinstance(value, Under):
            return _sealed(value.vault, json.dumps(value.value))
        return super().get_prep_value(value)

    def from_db_value(self, value: Any, *given: Any) -> Any:
        """As it was; empty where its vault is gone."""
        held = super().from_db_value(value, *given)
        return json.loads(_unsealed(held) or "{}") if _is_mark(held) else held


def _is_mark(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(_MARK)


def _sealed(vault: str, text: str) -> str:
    return f"{_MARK}{vault}:{vaults.seal(vault, text.encode()).decode()}"


def _unsealed(value: str) -> str | None:
    vault, _, token = value.removeprefix(_MARK).partition(":")
    data = vaults.unseal(vault, token.encode())
    return None if data is None else data.decode()
