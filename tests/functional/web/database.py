"""Databases of the web tests: one made for them on PostgreSQL, and clients whose traces go."""

import os
from typing import Any
from urllib.parse import urlsplit

import psycopg


def created(server: str, what: str = "web") -> str:
    """Make a database on a server, anew; its address."""
    name = dropped(server, what)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'")
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def dropped(server: str, what: str = "web") -> str:
    """Take the database of this process away, if it is there; its name."""
    name = f"everygenome_{what}_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    return name


def committed() -> Any:
    """Within the block, what waits for a commit; it is done when the block ends."""
    from django.test import TestCase

    return TestCase.captureOnCommitCallbacks(execute=True)


def client(account: Any = None) -> Any:
    """A program that asks the site; with an account, logged in."""
    from django.test import Client

    class Committing(Client):
        def request(self, **request: Any) -> Any:
            with committed():
                return super().request(**request)

    made = Committing(headers={"host": "localhost"}, raise_request_exception=False)
    if account is not None:
        made.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return made


def account(role: str, email: str = "") -> Any:
    """An account with a role."""
    from everygenome.web.people.accounts import invite

    email = email or f"{role}@staff.example"
    return invite(email=email, name=f"The {role}", role=role, reason="for a test", by=None)


def gate() -> dict[str, str]:
    """The token of a form that was open for a minute."""
    from django.core import signing
    from django.utils import timezone

    signer = signing.Signer(salt="everygenome.people.gate")
    return {"token": signer.sign(str(int(timezone.now().timestamp()) - 60))}
