"""What was taken away stays away when older rows come back; `test_backups` does it in earnest."""

from datetime import UTC, date, datetime

import pytest

from tests.functional.web import database
from tests.functional.web.page import read
from tests.functional.web.stories import tellers
from tests.functional.web.stories.test_attacked import link

pytestmark = [pytest.mark.usefixtures("django"), pytest.mark.slow]


def restored():
    """What the command `restore` does once the older rows are there."""
    from everygenome.web.stories.due import due
    from everygenome.web.stories.restored import finish

    doubted = finish()
    due()
    return doubted


def chosen(one, **values):
    from everygenome.web.moderation.actions import offering

    return offering.choose(contribution=one, by="contributor", values=values)


def test_a_name_that_was_replaced_does_not_come_back_after_a_restore(web):
    one = tellers.published(named="own", name="Mary Realname")
    old = dict(one.proposed)
    one = chosen(one, named="pseudonym", name="Nightingale")
    tellers.as_a_backup_has_it(one, old)
    restored()
    assert "by" not in tellers.story(one).sealed["data"]
    shown = read(web.get(f"/stories/{one.subject}/"))
    assert "Mary Realname" not in shown.text
    # Its words are what they were, so it is there for readers.
    assert tellers.STORY["title"] in shown.text


def test_another_pseudonym_does_not_come_back_after_a_restore(web):
    one = tellers.published(name="Mary R.")
    old = dict(one.proposed)
    one = chosen(one, name="Nightingale")
    tellers.as_a_backup_has_it(one, old)
    restored()
    assert "Mary R." not in read(web.get(f"/stories/{one.subject}/")).text


def test_a_choice_made_while_it_waited_holds_after_a_restore(web):
    one = tellers.offered(named="own", name="Mary Realname").contribution
    one.refresh_from_db()
    old = dict(one.proposed)
    one = chosen(one, tier="restricted", named="none")
    tellers.as_a_backup_has_it(one, old)
    restored()
    one.refresh_from_db()
    one = tellers.read_by_two(one)
    assert tellers.story(one).standing == "restricted"
    assert "by" not in tellers.story(one).sealed["data"]
    assert web.get(f"/stories/{one.subject}/").status_code == 404


def test_words_that_a_correction_took_out_are_not_public_again_after_a_restore(web):
    with database.committed():
        one = tellers.published(text="Doctor MARKEDPERSON did it.")
    old = dict(one.proposed)
    tellers.read_by_two(tellers.corrected(one, text="A doctor did it."))
    path = f"/stories/{one.subject}/"
    assert "MARKEDPERSON" not in web.get(path).content.decode()
    one.refresh_from_db()
    tellers.as_a_backup_has_it(one, old)
    assert restored().hidden == 1
    assert web.get(path).status_code == 404
    assert "MARKEDPERSON" not in web.get("/stories/?licence=site-only").content.decode()
    own = read(web.get(f"/contributions/{link(one)}/")).text
    assert "from a backup that does not hold your last words" in own
    # Restored once more, and later: it is hidden until a person looks.
    assert restored().hidden == 0
    assert web.get(path).status_code == 404
    editor = database.client(database.account("editor"))
    history = read(editor.get(f"/desk/{one.pk}/")).text
    assert "Somebody brought the site back from a backup" in " ".join(history.split())
    editor.post(f"/desk/stories/{one.subject}/show/", {"reason": "I took the name out."})
    assert web.get(path).status_code == 200
    assert restored().hidden == 0
    assert web.get(path).status_code == 200


def test_words_that_a_teller_changed_while_it_waited_wait_no_more_after_a_restore(web):
    from everygenome.web.moderation.actions import offering, reviewing
    from everygenome.web.moderation.models import Contribution

    with database.committed():
        one = tellers.offered(text="Doctor MARKEDPERSON did it.").contribution
    one.refresh_from_db()
    before = {"state": one.state, "round": one.round}
    old = dict(one.proposed)
    one = reviewing.take(contribution=one, by=tellers.reviewer(1))
    one = reviewing.ask_changes(contribution=one, by=tellers.reviewer(1), reason="No names.")
    values = old | {"text": "A doctor did it."}
    one = offering.save(contribution=one, by="contributor", values=values)
    one = offering.submit(contribution=one, by="contributor")
    Contribution.objects.filter(pk=one.pk).update(**before)
    tellers.as_a_backup_has_it(one, old)
    for returned in (1, 0):
        assert restored().returned == returned
        one.refresh_from_db()
        assert one.state == "draft"
    desk = database.client(tellers.reviewer(1))
    assert desk.get(f"/desk/{one.pk}/").status_code == 404
    # Only its teller goes on with it.
    assert "MARKEDPERSON" in read(web.get(f"/stories/offer/{link(one)}/words/")).text
    assert offering.submit(contribution=one, by="contributor").state == "submitted"


def test_a_correction_that_was_withdrawn_does_not_come_back_with_a_backup(rolled_back):
    from everygenome.web.moderation.actions import offering
    from everygenome.web.moderation.models import Contribution
    from everygenome.web.people.sealed import under

    one = tellers.published()
    edit = tellers.corrected(one, text="UNWANTED words.")
    old = {"vault": edit.vault, "state": edit.state, **under(edit, proposed=dict(edit.proposed))}
    offering.withdraw(contribution=edit, by="contributor")
    Contribution.objects.filter(pk=edit.pk).update(**old)
    restored()
    edit.refresh_from_db()
    assert (edit.state, edit.proposed, edit.vault) == ("withdrawn", {}, "")
    assert tellers.story(one).standing == "public"


def test_a_correction_that_was_forgotten_does_not_come_back_with_a_backup(rolled_back):
    from everygenome.web.moderation.actions.purging import drop
    from everygenome.web.moderation.models import Contribution
    from everygenome.web.people.sealed import under

    one = tellers.published()
    edit = tellers.corrected(one)
    old = {"vault": edit.vault, "state": edit.state, **under(edit, proposed=dict(edit.proposed))}
    drop(edit)
    Contribution.objects.filter(pk=edit.pk).update(**old)
    restored()
    edit.refresh_from_db()
    assert (edit.state, edit.proposed) == ("withdrawn", {})


def test_an_address_that_was_taken_out_is_not_written_to_after_a_restore(web, outbox):
    from django.utils import timezone

    from everygenome.web.moderation.actions import offering
    from everygenome.web.moderation.models import Contribution, Key
    from everygenome.web.people.models import Contact
    from everygenome.web.stories.desk import changed

    with database.committed():
        one = tellers.published(address="partner@home.example")
    Contact.objects.update(confirmed_at=timezone.now())
    old = link(one)
    contacts, links = list(Contact.objects.all()), list(Key.objects.all())
    one.refresh_from_db()
    offering.reach(contribution=one, by="contributor", address="")
    assert web.get(f"/contributions/{old}/").status_code == 404
    # As a backup has it.
    Contact.objects.bulk_create(contacts)
    Key.objects.all().delete()
    Key.objects.bulk_create(links)
    Contribution.objects.filter(pk=one.pk).update(contact=contacts[0])
    restored()
    outbox.clear()
    with database.committed():
        changed(tellers.story(one), action="hide", by=database.account("editor"), reason="Harm.")
    assert [mail.to for mail in outbox] == []
    assert web.get(f"/contributions/{old}/").status_code == 404
    assert Contact.objects.count() == 0


def test_an_address_that_nobody_changed_is_kept_through_a_restore(web):
    one = tellers.published(address="ada@writer.example")
    secret = link(one)
    restored()
    one.refresh_from_db()
    assert one.contact is not None
    assert web.get(f"/contributions/{secret}/").status_code == 200


def test_a_seed_that_an_editor_took_down_stays_down_after_a_restore(web):
    from django.core.management import call_command

    from everygenome.web.stories.desk import changed
    from everygenome.web.stories.models import Story

    call_command("seed", verbosity=0)
    story, other = Story.objects.filter(contribution=None, standing="public")[:2]
    changed(story, action="hide", by=database.account("editor"), reason="Its author asked for it.")
    assert web.get(story.address).status_code == 404
    Story.objects.filter(pk=story.pk).update(standing="public")
    restored()
    assert web.get(story.address).status_code == 404
    assert web.get(other.address).status_code == 200


def test_what_was_taken_down_stays_down_when_the_backup_is_from_before_it_was_published(web):
    from everygenome.web.moderation.actions import reviewing
    from everygenome.web.moderation.models import Contribution
    from everygenome.web.stories.desk import changed

    one = tellers.published()
    changed(tellers.story(one), action="hide", by=database.account("editor"), reason="Harm.")
    # As a backup has it: accepted, and no story yet.
    tellers.story(one).delete()
    Contribution.objects.filter(pk=one.pk).update(state="accepted", subject="")
    restored()
    one.refresh_from_db()
    one = reviewing.publish(contribution=one, by=tellers.reviewer(1), reason="Good.")
    assert web.get(f"/stories/{one.subject}/").status_code == 404


def test_of_what_nothing_is_remembered_nothing_is_shown_before_somebody_looks(web):
    from everygenome.web.people.apart import beside

    one = tellers.published()
    beside(one.vault).unlink()
    assert restored().hidden == 1
    assert web.get(f"/stories/{one.subject}/").status_code == 404


def test_what_is_not_written_down_yet_is_written_down_by_the_daily_run(web):
    from everygenome.web.people.apart import beside
    from everygenome.web.stories.due import due

    one, other = tellers.published(), tellers.offered().contribution
    for vault in (one.vault, other.vault):
        beside(vault).unlink()
    due()
    assert restored().hidden == 0
    assert beside(other.vault).exists()


def test_a_restore_that_ended_half_way_is_ended_by_the_daily_run(web):
    from everygenome.web.stories import restored as module
    from everygenome.web.stories.due import due

    one = tellers.published(named="own", name="Mary Realname")
    old = dict(one.proposed)
    one = chosen(one, tier="restricted", named="none")
    # The power failed once the older rows were there.
    module.begin()
    tellers.as_a_backup_has_it(one, old)
    due()
    assert not module.is_unfinished()
    assert tellers.story(one).standing == "restricted"


def test_what_is_remembered_is_sealed_and_holds_no_word_and_no_name(rolled_back):
    from everygenome.web.people import vaults
    from everygenome.web.people.apart import beside

    one = tellers.published()
    held = beside(one.vault).read_bytes()
    opened = vaults.unseal(one.vault, held)
    assert b"chosen" not in held
    for word in (b"letter", b"Nightingale", b"blood"):
        assert word not in opened
    vaults.destroy(one.vault)
    assert not beside(one.vault).exists()


def test_nothing_is_stored_that_could_not_be_remembered(rolled_back, monkeypatch):
    from everygenome.errors import StoreError
    from everygenome.web.stories import beside

    one = tellers.published(named="own", name="Mary Realname")

    def full(*_):
        raise StoreError("There is no room.")

    monkeypatch.setattr(beside, "written", full)
    with pytest.raises(StoreError):
        chosen(one, named="none")
    one.refresh_from_db()
    assert one.proposed["named"] == "own"


@pytest.mark.parametrize(
    ("field", "one", "other", "wanted"),
    [
        ("tier", "public", "restricted", "restricted"),
        ("tier", "public", "embargoed", "embargoed"),
        ("quotation", "yes", "no", "no"),
        ("reuse", "CC-BY-4.0", "site-only", "site-only"),
        ("reuse", "CC-BY-4.0", "CC-BY-NC-ND-4.0", "CC-BY-NC-ND-4.0"),
        ("personal", "no", "yes", "yes"),
        ("named", "own", "pseudonym", "none"),
        ("named", "own", "none", "none"),
    ],
)
def test_the_narrower_holds_whichever_was_later(field, one, other, wanted):
    from everygenome.web.stories.narrower import narrower

    for said, last in ((one, other), (other, one)):
        day = {"embargo": "2031-01-01"}
        made = narrower({field: said} | day, {field: last} | day, same_name=True, is_older=True)
        assert made[field] == wanted


def test_the_later_day_holds_of_two_embargoes():
    from everygenome.web.stories.narrower import narrower

    first, last = ({"tier": "embargoed", "embargo": f"203{n}-01-01"} for n in (1, 2))
    for said, chosen_ in ((first, last), (last, first)):
        made = narrower(said, chosen_, same_name=True, is_older=True)
        assert date.fromisoformat(made["embargo"]) == date(2032, 1, 1)


def test_a_last_day_that_was_lifted_destroys_nothing_after_a_restore(rolled_back):
    from everygenome.web.stories.due import due

    one = tellers.published(keep="end", keep_day="2031-01-01")
    old = dict(one.proposed)
    one = chosen(one, keep="open", keep_day=None)
    tellers.as_a_backup_has_it(one, old)
    restored()
    due(datetime(2031, 1, 2, 12, tzinfo=UTC))
    assert tellers.story(one).standing == "public"


def test_a_role_that_was_ended_is_ended_again_and_everybody_logged_out(web):
    from everygenome.web.people.accounts import end_role

    with database.committed():
        one = tellers.published(tier="restricted")
    who = database.account("researcher")
    kept = database.account("curator")
    desk, other = database.client(who), database.client(kept)
    assert desk.get(f"/stories/{one.subject}/").status_code == 200
    held = end_role(account=who, role="researcher", reason="Passed them on.", by=None)
    # As a backup has it.
    type(held).objects.filter(pk=held.pk).update(ended_at=None)
    assert desk.get(f"/stories/{one.subject}/").status_code == 200
    assert other.get("/desk/").status_code == 200
    restored()
    assert desk.get(f"/stories/{one.subject}/").status_code == 404
    assert other.get("/desk/").status_code == 404
    assert (who.roles, kept.roles) == ([], ["curator"])


def test_roles_of_who_was_erased_do_not_come_back(rolled_back):
    from everygenome.web.people.accounts import erase

    who = database.account("researcher")
    erase(account=who, by=None)
    who.roles_held.update(ended_at=None)
    who.is_active = True
    restored()
    assert who.roles == []
