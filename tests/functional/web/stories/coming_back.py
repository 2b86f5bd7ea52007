"""What was taken away after a backup was made, and that backup brought back, by the real commands.

Run as a script: `python -m tests.functional.web.stories.coming_back FOLDER`; it prints JSON. Each
story stands for one thing that must not come back.
"""

import json
import logging
import os
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

FORMER = "partner@home.example"
LATER = "ada@writer.example"


def main(folder: Path) -> None:
    """Do it all and tell what is there before, after, and once it was restored."""
    os.environ["EVERYGENOME_MAIL_URL"] = "smtp://localhost"
    from everygenome.web.start import start

    start(folder / "store")
    from django.conf import settings
    from django.core import mail
    from django.core.management import call_command
    from django.test import Client
    from django.utils import timezone

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []
    from everygenome.web.moderation.actions import offering, reviewing
    from everygenome.web.moderation.keys import new_link
    from everygenome.web.people import accounts, sessions
    from everygenome.web.people.models import Contact
    from everygenome.web.stories.desk import changed
    from everygenome.web.stories.models import Story
    from tests.functional.web import database
    from tests.functional.web.stories import tellers

    logging.disable(logging.ERROR)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("seed", verbosity=0)
    web = Client(headers={"host": "localhost"})
    by = "contributor"
    editor, who = database.account("editor"), database.account("researcher")
    web.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
    cookie = web.cookies["sessionid"].value
    left = tellers.published(title="Nothing changed")
    name = tellers.published(named="own", name="Mary Realname")
    choice = tellers.offered(named="own", name="Mary Waiting").contribution
    words = tellers.published(text="Doctor MARKEDPERSON did it.")
    sent = tellers.offered(text="Nurse MARKEDPERSON did it.").contribution
    whole = tellers.published(title="Corrected, then not")
    edit = tellers.corrected(whole, text="UNWANTED words.")
    reached = tellers.published(address=FORMER, title="Reached")
    Contact.objects.update(confirmed_at=timezone.now())
    secret = new_link(reached, mailed=True)
    gone = tellers.published(title="Withdrawn")
    inner = tellers.published(tier="restricted", title="For researchers")
    seed = Story.objects.filter(contribution=None, standing="public").order_by("pk")[0]

    def seen() -> dict[str, Any]:
        web.cookies.clear()
        told: dict[str, Any] = {
            what: _page(web, one.subject)
            for what, one in {
                "left": left, "name": name, "words": words, "whole": whole, "gone": gone
            }.items()
        }  # fmt: skip
        told["seed"] = web.get(seed.address).status_code
        told["link"] = web.get(f"/contributions/{secret}/").status_code
        told["list"] = web.get("/stories/").content.decode()
        web.cookies["sessionid"] = cookie
        told["researcher"] = web.get(f"/stories/{inner.subject}/").status_code
        for what, one in {"sent": sent, "edit": edit, "choice": choice, "gone_": gone}.items():
            one.refresh_from_db()
            told[f"{what}_state"] = one.state
        told["edit_words"] = edit.proposed.get("text", "")
        told["roles"] = who.roles
        mail.outbox.clear()
        if (found := tellers.story(reached)).standing == "public":
            changed(found, action="hide", by=editor, reason="It names a doctor.")
        else:
            changed(found, action="show", by=editor, reason="It does not.")
        told["mails"] = [to for one in mail.outbox for to in one.to]
        return told

    told: dict[str, Any] = {"before": seen()}
    call_command("backup", str(folder / "monday.tar.gz"), verbosity=0)
    values = {"named": "pseudonym", "name": "Nightingale"}
    offering.choose(contribution=name, by=by, values=values)
    values = {"tier": "restricted", "named": "none"}
    offering.choose(contribution=choice, by=by, values=values)
    tellers.read_by_two(tellers.corrected(words, text="A doctor did it."))
    one = reviewing.take(contribution=sent, by=tellers.reviewer(1))
    one = reviewing.ask_changes(contribution=one, by=tellers.reviewer(1), reason="No names.")
    values = one.proposed | {"text": "A nurse did it."}
    one = offering.save(contribution=one, by=by, values=values)
    offering.submit(contribution=one, by=by)
    offering.withdraw(contribution=edit, by=by)
    offering.reach(contribution=reached, by=by, address=LATER)
    offering.recall(contribution=gone, by=by)
    changed(seed, action="hide", by=editor, reason="Its author asked for it.")
    accounts.end_role(account=who, role="researcher", reason="Passed them on.", by=None)
    sessions.end(who)
    told["after"] = seen()
    said = StringIO()
    with redirect_stdout(said):
        call_command("restore", str(folder / "monday.tar.gz"), "--over", stdout=said)
    told["restored"], told["said"] = seen(), said.getvalue()
    choice.refresh_from_db()
    choice = tellers.read_by_two(choice)
    told["choice"] = [tellers.story(choice).standing, tellers.story(choice).sealed["data"]]
    call_command("restore", str(folder / "monday.tar.gz"), "--over", stdout=StringIO())
    told["again"] = seen()
    print(json.dumps(told))


def _page(web: Any, slug: str) -> list[Any]:
    response = web.get(f"/stories/{slug}/")
    return [response.status_code, response.content.decode()]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
