"""Alerts with the database on PostgreSQL, in a process of its own."""

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = [pytest.mark.slow]

_VISIT = """
import json, re
from pathlib import Path
import os
from everygenome.web.start import start
start(Path(os.environ["EVERYGENOME_STORE"]))
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client, override_settings
from everygenome.web.alerts.models import Alert, Recipient
from everygenome.web.alerts.telling import tell
call_command("collectstatic", interactive=False, verbosity=0)
Recipient.objects.all().delete()
mail.outbox = []
client = Client(headers={"host": "localhost"})
told = {"vendor": connection.vendor}
with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
    for address in ("Ada@reader.example", "ada@Reader.Example"):
        token = re.search(r'name="token" value="([^"]+)"', client.get("/alerts/").text)[1]
        sent = {"token": token, "watch": "above", "group": "European", "threshold": "90.5",
                "address": address}
        told["sent"] = client.post("/alerts/", sent).status_code
told["stored"] = [Recipient.objects.count(), Alert.objects.count(), len(mail.outbox)]
link = re.search(r"http://localhost(/alerts/confirm/\\S+)", mail.outbox[0].body)[1]
told["confirmed"] = client.post(link).status_code
told["begun"] = Alert.objects.exclude(confirmed_at=None).count()
try:
    with transaction.atomic():
        Recipient.objects.create(address="ADA@reader.example")
    told["twice"] = True
except IntegrityError:
    told["twice"] = False
told["run"] = str(tell(dry_run=True, say=print)).partition(":")[2]
client.post(f"/alerts/stop/{Alert.objects.get().key}/")
told["left"] = [Recipient.objects.count(), Alert.objects.count()]
print(json.dumps(told))
"""


def test_an_alert_is_asked_for_confirmed_and_stopped_on_postgresql(
    on_postgresql: Callable[[str], dict[str, Any]],
) -> None:
    assert on_postgresql(_VISIT) == {
        "vendor": "postgresql",
        "sent": 303,
        "stored": [1, 1, 2],
        "confirmed": 200,
        "begun": 1,
        "twice": False,
        "run": " 0 told, 0 without news, 0 that it cannot answer, 0 failed, 0 erased.",
        "left": [0, 0],
    }
