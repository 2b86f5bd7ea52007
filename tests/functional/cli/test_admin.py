"""`everygenome admin`, as it is typed: what is passed on, and a whole run in its own process."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow]

# Several commands in one process: the same as one after the other, and quicker.
_TYPED = """
import contextlib, io, json, sys
from everygenome.__main__ import main
told = []
for arguments in json.loads(sys.argv[1]):
    out, err, code = io.StringIO(), io.StringIO(), None
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main(arguments)
        except SystemExit as end:
            code = end.code
    told.append([code, out.getvalue(), err.getvalue()])
print(json.dumps(told))
"""


def typed(*commands, store: Path, **environment: str) -> list[list]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("EVERYGENOME_", "DATABASE"))}
    whole = [["admin", *map(str, command), "--store", str(store)] for command in commands]
    done = subprocess.run(
        [sys.executable, "-c", _TYPED, json.dumps(whole)],
        check=False,
        capture_output=True,
        text=True,
        env=kept | environment,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


WHO = ("--email", "ada@staff.example", "--reason", "asked by the board")


def test_a_site_is_looked_after_from_the_command_line(tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    told = typed(
        ("migrate",),
        ("invite", *WHO, "--name", "Ada", "--role", "curator"),
        ("role", "give", *WHO, "--role", "editor"),
        ("role", "give", *WHO, "--role", "editor"),
        ("scrub", "--to", copy),
        ("scrub", "--to", copy),
        ("scrub", "--to", tmp_path / "store" / "web" / "site.sqlite3"),
        ("forget",),
        ("rotate-keys",),
        ("erase-account", "--email", "ada@staff.example"),
        ("erase-account", "--email", "ada@staff.example"),
        ("invite", "--email", "no address", "--reason", "x", "--name", "A", "--role", "editor"),
        store=tmp_path / "store",
        EVERYGENOME_SITE_URL="https://monitor.example.org",
    )
    assert [code for code, *_ in told] == [0, 0, 0, 2, 0, 2, 2, 0, 0, 0, 7, 2]
    out = [result.strip() for _, result, _ in told]
    assert out[0] == "The database is up to date."
    assert out[1].endswith("at https://monitor.example.org/people/login/.")
    assert out[2] == "Account 1 has now: curator, editor."
    assert f"tables are in {copy}" in out[4]
    assert out[8] == "0 contact details are sealed with the newest key."
    assert "Account 1: name, address" in out[9]
    # Results on one, everything else on the other.
    for place in (3, 5, 6, 10, 11):
        assert out[place] == ""
        assert told[place][2].strip().startswith("everygenome: ")
        assert "Traceback" not in told[place][2]
    assert "never written over" in told[5][2]
    assert "does not look like an e-mail address" in told[11][2]
    # The copy was made while the account was there.
    whole = copy.read_bytes()
    assert b"person-1@example.invalid" in whole
    assert b"ada@staff.example" not in whole
    assert b"asked by the board" not in whole


def test_a_database_that_cannot_be_used_is_told_without_its_password(tmp_path: Path) -> None:
    ((code, out, err),) = typed(
        ("forget",),
        store=tmp_path / "store",
        DATABASE_URL="postgresql://me:secretword@127.0.0.1:1/none",
    )
    assert (code, out) == (6, "")
    assert "database cannot be used" in err
    assert "secretword" not in err


@pytest.mark.parametrize(
    ("arguments", "passed"),
    [
        (("seed",), ("seed",)),
        (("export", "-folder"), None),
        (("export", "folder"), ("export", "--", "folder")),
        (
            ("import", "file.json", "--collection", "toolbox"),
            ("import", "--collection=toolbox", "--format=json", "--", "file.json"),
        ),
        (
            ("import", "CITATION.cff", "--collection", "toolbox", "--format", "citation-cff"),
            ("import", "--collection=toolbox", "--format=citation-cff", "--", "CITATION.cff"),
        ),
        (("import", "x", "--collection", "toolbox", "--format", "xml"), None),
        (("import", "x"), None),
        (("check-links",), ("check-links",)),
        (("check-links", "--limit", "20"), ("check-links", "--limit=20")),
        (("check-links", "--limit", "0"), None),
        (("reindex",), ("reindex",)),
        (("role", "end", *WHO), None),
        (
            ("role", "end", *WHO, "--role", "panel"),
            (
                "role",
                "end",
                "--email=ada@staff.example",
                "--role=panel",
                "--reason=asked by the board",
            ),
        ),
        (("nosuch",), None),
    ],
)
def test_what_is_typed_is_what_is_passed_on(run, monkeypatch, tmp_path, arguments, passed) -> None:
    from everygenome.web import admin

    got = []

    def administer(*arguments, store, progress=None):
        got.append((arguments, store, progress))

    monkeypatch.setattr(admin, "administer", administer)
    code, _, _ = run("admin", *arguments, *(("--store", tmp_path) if passed else ()))
    assert code == (0 if passed else 2)
    assert got == ([(passed, tmp_path, None)] if passed else [])
