"""The site with its database on PostgreSQL, in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

VARIABLE = "EVERYGENOME_TEST_POSTGRES"
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


def test_the_site_answers_with_its_database_on_postgresql(demonstration: Path) -> None:
    address = os.environ.get(VARIABLE)
    if not address:
        pytest.skip(f"no PostgreSQL: set {VARIABLE} to the address of a database")
    done = subprocess.run(
        [sys.executable, "-c", _VISIT],
        check=False,
        capture_output=True,
        text=True,
        env=os.environ
        | {
            "DATABASE_URL": address,
            "EVERYGENOME_STORE": str(demonstration),
            "DJANGO_SETTINGS_MODULE": "everygenome.web.settings",
        },
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["vendor"], told["status"], told["headline"]) == ("postgresql", 200, True)
    assert told["version"] >= 140_000
