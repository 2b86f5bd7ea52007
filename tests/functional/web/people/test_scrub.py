"""A copy of the database holds nothing about anybody, and every field was thought of."""

import sqlite3
import stat

import pytest

from everygenome.errors import StoreError, UsageError
from tests.functional.web.people.marked import MARK, fill

pytestmark = [pytest.mark.usefixtures("django"), pytest.mark.slow]


def models():
    from everygenome.web.people.declared_elsewhere import stored

    return stored()


def run(path, **options):
    from everygenome.web.people.scrub import scrub

    return scrub(to=path, **options)


def test_every_field_of_every_model_is_declared():
    from everygenome.web.people.declared_elsewhere import fate_of

    undeclared = [
        f"{model._meta.label}.{field.name}"
        for model in models()
        for field in model._meta.concrete_fields
        if fate_of(model, field) is None
    ]
    assert undeclared == []
    assert len(models()) >= 26


def test_nothing_is_declared_that_is_not_there():
    from everygenome.web.people.declared_elsewhere import ELSEWHERE

    there = {m._meta.label: {f.name for f in m._meta.concrete_fields} for m in models()}
    for label, fields in ELSEWHERE.items():
        assert set(fields) <= there[label], label
    for model in models():
        declared = getattr(model, "declared", {})
        assert set(declared) <= there[model._meta.label], model
        assert all(sentence for _, sentence in declared.values())


def test_a_marked_word_in_every_table_is_not_in_the_copy(rolled_back, tmp_path):
    from everygenome.web.people.declared import Fate
    from everygenome.web.people.declared_elsewhere import fate_of

    fill()
    # The test is worth something only if each table holds rows, and each text a mark.
    from django.db.models import CharField, TextField

    for model in models():
        rows = list(model._base_manager.all())
        assert rows, model
        for field in model._meta.concrete_fields:
            if fate_of(model, field) is not Fate.SCRUB or not isinstance(
                field, CharField | TextField
            ):
                continue
            if field.name in NOT_TEXT.get(model._meta.label, ()):
                continue
            values = [str(getattr(row, field.attname)) for row in rows]
            assert any(MARK in value for value in values), f"{model}.{field.name}"
    told = []
    path = tmp_path / "copy.sqlite3"
    counts = run(path, progress=lambda *step: told.append(step))
    whole = path.read_bytes().lower()
    assert whole.startswith(b"sqlite format 3")
    for form in (MARK.encode(), MARK.encode("utf-16-le"), MARK.encode("utf-16-be")):
        assert form.lower() not in whole
    assert {p.name for p in tmp_path.iterdir()} == {"copy.sqlite3"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert counts["people.Account"] == 1
    assert counts["moderation.Contribution"] == 2
    assert counts["collections.HistoricalItem"] == 1
    for name in ("people.Contact", "people.Attempt", "sessions.Session", "mfa.Authenticator",
                 "account.EmailAddress", "alerts.Alert", "alerts.Recipient"):  # fmt: skip
        assert counts[name] == 0, name
    assert ("moderation.Contribution", 2, 2) in told


# What allauth or Django writes there itself, or is chosen from a list.
NOT_TEXT = {
    "sessions.Session": ("session_key", "session_data"),
    "mfa.Authenticator": ("type",),
    "alerts.Alert": ("watch", "group"),
    "people.Contact": ("who", "vault"),
    "moderation.Contribution": ("vault",),
    "stories.Story": ("vault",),
}


def test_the_copy_says_what_happened_and_not_to_whom(rolled_back, tmp_path):
    from everygenome.web.moderation.models import Contribution
    from everygenome.web.people.models import Account

    fill()
    account, offered = Account.objects.get(), Contribution.objects.get(state="accepted")
    path = tmp_path / "copy.sqlite3"
    run(path)
    with sqlite3.connect(path) as found:
        one = found.execute
        assert one(
            "SELECT id, email, name, password, last_login, is_active FROM people_account"
        ).fetchall() == [(account.pk, f"person-{account.pk}@example.invalid", "", "", None, 1)]
        row = one(
            "SELECT receipt, state, proposed, amended, note, credit, contact_id, decided_by_id, "
            "decision_reason FROM moderation_contribution WHERE state = 'accepted'"
        ).fetchall()
        assert row == [(f"removed-{offered.pk}", "accepted", "{}", None, "", "", None,
                        account.pk, "It is useful.")]  # fmt: skip
        assert one("SELECT role, reason FROM people_roleheld").fetchall() == [
            ("curator", "removed")
        ]
        assert one("SELECT action, reason FROM moderation_event").fetchall() == [
            ("decline", "removed")
        ]
        assert one("SELECT text, outcome, contact_id FROM moderation_report").fetchall() == [
            ("", "removed", None)
        ]
        assert one(
            "SELECT who, contribution, history_change_reason, history_user_id, title "
            "FROM collections_historicalitem"
        ).fetchall() == [("", 7, None, account.pk, "Tractor")]
        assert one("PRAGMA foreign_key_check").fetchall() == []
        assert one("PRAGMA integrity_check").fetchall() == [("ok",)]
        # The database still refuses what it refuses.
        with pytest.raises(sqlite3.IntegrityError):
            one("UPDATE moderation_contribution SET decision_reason = '' WHERE state = 'accepted'")
    found.close()


def test_a_file_that_is_there_is_never_written_over(rolled_back, tmp_path):
    path = tmp_path / "copy.sqlite3"
    path.write_text("mine")
    with pytest.raises(UsageError, match="never written over"):
        run(path)
    assert path.read_text() == "mine"
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError):
        run(link)


def test_the_sites_own_database_is_never_written_into(rolled_back, demonstration):
    own = demonstration / "web" / "site.sqlite3"
    if not own.exists():
        pytest.skip("the site's database is on PostgreSQL")
    before = own.read_bytes()
    with pytest.raises(UsageError, match="there already"):
        run(own)
    assert own.read_bytes() == before


def test_a_folder_that_is_not_there_is_told(rolled_back, tmp_path):
    with pytest.raises(StoreError, match="No such file"):
        run(tmp_path / "nowhere" / "copy.sqlite3")


def test_a_field_that_nobody_declared_leaves_no_file(rolled_back, tmp_path, monkeypatch):
    from everygenome.web.people.models import Account

    fill()
    kept = {name: value for name, value in Account.declared.items() if name != "name"}
    monkeypatch.setattr(Account, "declared", kept)
    with pytest.raises(StoreError, match=r"people\.Account\.name"):
        run(tmp_path / "copy.sqlite3")
    assert list(tmp_path.iterdir()) == []


def test_rows_in_any_number_are_copied(rolled_back, tmp_path):
    from everygenome.web.people.models import Account

    Account.objects.bulk_create(
        Account(email=f"{MARK}{number}@staff.example", name=MARK) for number in range(1203)
    )
    assert run(tmp_path / "copy.sqlite3")["people.Account"] == 1203
