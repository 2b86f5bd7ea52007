"""What becomes of fields whose models are not ours, and what history tables add to ours.

Ours say it themselves, in `declared`; a version in a history table shares the fate of the field
that it is a version of.
"""

from collections.abc import Mapping

from django.apps import apps
from django.db.models import Field, Model

from everygenome.web.people.declared import Fate

_KEEP, _SCRUB = Fate.KEEP, Fate.SCRUB

# By model and field.
ELSEWHERE: Mapping[str, Mapping[str, Fate]] = {
    "contenttypes.ContentType": {"id": _KEEP, "app_label": _KEEP, "model": _KEEP},
    "auth.Permission": {"id": _KEEP, "name": _KEEP, "content_type": _KEEP, "codename": _KEEP},
    "auth.Group": {"id": _KEEP, "name": _SCRUB},
    "auth.Group_permissions": {"id": _KEEP, "group": _SCRUB, "permission": _SCRUB},
    "sessions.Session": {
        "session_key": _SCRUB,
        "session_data": _SCRUB,
        "expire_date": _SCRUB,
    },
    "account.EmailAddress": {
        "id": _KEEP,
        "user": _SCRUB,
        "email": _SCRUB,
        "verified": _SCRUB,
        "primary": _SCRUB,
    },
    "account.EmailConfirmation": {
        "id": _KEEP,
        "email_address": _SCRUB,
        "created": _SCRUB,
        "sent": _SCRUB,
        "key": _SCRUB,
    },
    "mfa.Authenticator": {
        "id": _KEEP,
        "user": _SCRUB,
        "type": _SCRUB,
        "data": _SCRUB,
        "created_at": _SCRUB,
        "last_used_at": _SCRUB,
    },
    # A name to be thanked by, and what somebody wrote: published, and still about somebody.
    "collections.HistoricalItem": {"who": _SCRUB, "contribution": _KEEP},
}

# What every history table has besides the versions.
HISTORY: Mapping[str, Fate] = {
    "history_id": _KEEP,
    "history_date": _KEEP,
    "history_type": _KEEP,
    "history_user": _KEEP,
    "history_change_reason": _SCRUB,
}


def stored() -> list[type[Model]]:
    """Every model that has a table of its own, those that Django makes by itself, too."""
    found = apps.get_models(include_auto_created=True)
    return [one for one in found if one._meta.managed and not one._meta.proxy]


def fate_of(model: type[Model], field: Field) -> Fate | None:
    """What becomes of a field; None where nobody said."""
    if declared := getattr(model, "declared", {}).get(field.name):
        return declared[0]
    if fate := ELSEWHERE.get(model._meta.label, {}).get(field.name):
        return fate
    if (base := getattr(model, "instance_type", None)) is None:
        return None
    if field.name in HISTORY:
        return HISTORY[field.name]
    return base.declared[field.name][0] if field.name in base.declared else None


def leaves_no_rows(model: type[Model]) -> bool:
    """Whether all that a table holds is about somebody: then a copy holds none of it.

    Example: contact details. A number of the entry alone is nothing worth keeping.
    """
    fates = [fate_of(model, field) for field in model._meta.concrete_fields if field.name != "id"]
    return all(fate is Fate.SCRUB for fate in fates)
