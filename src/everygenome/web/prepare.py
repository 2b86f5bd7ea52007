"""Set the site up for a store: settings, database, static files."""

import ipaddress
import os
import sys
from pathlib import Path
from typing import Any

from everygenome.errors import InputError
from everygenome.web.start import start, unwritable


def prepared(store: Path, host: str) -> Any:
    """Set Django up for this store, and bring database and static files up to date.

    Call it once in a process, and before anything else of Django.

    Args:
        store: the folder of the releases; the site's own files go into `web` within it.
        host: the address that the site listens on, which becomes one of its names.

    Returns:
        The site as a WSGI application.

    Raises:
        StoreError: database or files cannot be written.
    """
    from everygenome.settings import settings

    # A single address that was asked for is a name of the site; "all addresses" names none.
    if not _is_unspecified(host):
        names = [settings().allowed_hosts, f"[{host}]" if ":" in host else host]
        os.environ["EVERYGENOME_ALLOWED_HOSTS"] = ",".join(name for name in names if name)
    start(store)
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application
    from django.db import connections

    try:
        call_command("collectstatic", interactive=False, verbosity=0)
    except OSError as error:
        raise unwritable(store, error) from error
    # Workers are forked: none may inherit an open connection.
    connections.close_all()
    # Last, because the static files are listed when the application is made.
    return get_wsgi_application()


def seed_once() -> None:
    """Give a database without any entry the project's own first ones; after `prepared`.

    A site can be served without them, so a file that cannot be used is told, and no more.
    """
    from django.db import connections

    from everygenome.web.collections.models import Item
    from everygenome.web.collections.seeds import seed

    try:
        if not Item.objects.exists():
            seed()
    except InputError as error:
        print(f"Not all first entries could be loaded: {error}", file=sys.stderr)
    finally:
        connections.close_all()


def _is_unspecified(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False
