"""What a fixed copy of the site takes along of the collections, and what it leaves behind."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow]

_FILL = """
import os
from pathlib import Path
from everygenome.web.start import start
start(Path(os.environ["EVERYGENOME_STORE"]))
from everygenome.web.collections.models import Item, Speaker, Standing
from everygenome.web.collections.registry import collection_of
from everygenome.web.collections.seeds import seed
from everygenome.web.collections.standing import change
from everygenome.web.collections.storing import Saying, store
from everygenome.web.people.accounts import invite
from everygenome.web.people.contacts import keep
Item.objects.all().delete()
seed()
editor = invite(email="marked@staff.example", name="Marked Editor", role="editor", reason="t",
                by=None)
keep("marked@reader.example")
toolbox = collection_of("toolbox")
tractor = Item.objects.get(collection="toolbox", slug="tractor")
popcorn = Item.objects.get(collection="toolbox", slug="popcorn")
data = tractor.data | {"maintainer": "Somebody new"}
store(toolbox, data, slug="tractor", saying=Saying(speaker=Speaker.CURATOR, why="Mended.",
                                                   account=editor, lock=True))
change(item=popcorn, action="supersede_item", by=editor, reason="Replaced.", successor=tractor)
change(item=Item.objects.get(slug="gnomix"), action="withdraw_item", by=editor, reason="Asked.")
"""
_CARRY = """
import json, os, sys
from pathlib import Path
live = Path(sys.argv[1])
address = os.environ.pop("LIVE_URL", None)
from everygenome.web.start import start
start(Path(os.environ["EVERYGENOME_STORE"]))
from everygenome.settings import settings
from everygenome.web.collections.carrying import carry
from everygenome.web.collections.models import Facet, Fact, Item, Searched
from everygenome.web.collections.search import matching
from everygenome.web.people.models import Account, Contact
from everygenome.web.settings.database import database
told = {"carried": carry(database(settings().model_copy(update={"store": live,
                                                                 "database_url": address})))}
tractor = Item.objects.get(slug="tractor")
told["maintainer"] = tractor.data["maintainer"]
told["versions"] = list(tractor.history.order_by("version").values_list("version", flat=True))
told["locked"] = list(tractor.facts.filter(locked=True).values_list("field", flat=True))
popcorn = Item.objects.get(slug="popcorn")
told["popcorn"] = [popcorn.standing, popcorn.successor.slug]
told["gnomix"] = [Item.objects.filter(slug="gnomix").count(),
                  Item.history.filter(slug="gnomix").count()]
told["found"] = [item.slug for item in matching(Item.objects.all(), "tractor admixed")]
told["people"] = [Account.objects.count(), Contact.objects.count()]
told["facets"] = Facet.objects.filter(item=tractor, name="kind").count()
print(json.dumps(told))
"""


def run(script: str, *given: str, store: Path, **more: str) -> str:
    environ = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL",)}
    environ |= {"EVERYGENOME_STORE": str(store)} | more
    done = subprocess.run(
        [sys.executable, "-c", script, *given],
        check=False,
        capture_output=True,
        text=True,
        env=environ,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_copy_holds_what_readers_see_and_nothing_of_people(tmp_path: Path, engine: str) -> None:
    live, copy = tmp_path / "live", tmp_path / "copy"
    (live / "web").mkdir(parents=True)
    (copy / "web").mkdir(parents=True)
    filling, carrying = {}, {}
    if engine == "postgresql":
        from tests.functional.web import database

        server = os.environ.get("EVERYGENOME_TEST_POSTGRES")
        if not server:
            pytest.skip("no PostgreSQL: set EVERYGENOME_TEST_POSTGRES")
        address = database.created(server, what="live")
        filling, carrying = {"DATABASE_URL": address}, {"LIVE_URL": address}
    run(_FILL, store=live, **filling)
    told = json.loads(run(_CARRY, str(live), store=copy, **carrying))
    if engine == "postgresql":
        database.dropped(server, what="live")
    assert told.pop("carried") > 180
    assert told == {
        "maintainer": "Somebody new",
        "versions": [1, 2],
        "locked": ["maintainer"],
        "popcorn": ["superseded", "tractor"],
        "gnomix": [0, 0],
        "found": ["tractor"],
        "people": [0, 0],
        "facets": 1,
    }
    if engine == "sqlite":
        raw = (copy / "web" / "site.sqlite3").read_bytes()
        assert b"marked@" not in raw
        assert b"Marked Editor" not in raw


def test_a_site_that_was_never_opened_is_copied_with_the_seeds(tmp_path: Path) -> None:
    (tmp_path / "copy" / "web").mkdir(parents=True)
    script = _CARRY.partition("tractor = ")[0] + "print(json.dumps(told))"
    told = json.loads(run(script, str(tmp_path / "nothing"), store=tmp_path / "copy"))
    assert told["carried"] > 180
    assert not (tmp_path / "nothing").exists()
