"""The site with its database on PostgreSQL, in a process of its own."""

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = [pytest.mark.slow]

_VISIT = """
import json
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from django.test import Client
call_command("migrate", interactive=False, verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
with connection.cursor() as cursor:
    cursor.execute("SHOW server_version_num")
    version = int(cursor.fetchone()[0])
page = Client(headers={"host": "localhost"}).get("/")
print(json.dumps({"vendor": connection.vendor, "version": version, "status": page.status_code,
                  "headline": "Of every 100 times" in page.text}))
"""


def test_the_site_answers_with_its_database_on_postgresql(
    on_postgresql: Callable[[str], dict[str, Any]],
) -> None:
    told = on_postgresql(_VISIT)
    assert (told["vendor"], told["status"], told["headline"]) == ("postgresql", 200, True)
    assert told["version"] >= 140_000
