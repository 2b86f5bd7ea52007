"""The drill, in a process and a store of its own: what is withdrawn is found nowhere we hold.

Run as a script: `python -m tests.functional.web.stories.drilling FOLDER`; it prints JSON.
Every text field of the story holds a phrase of its own, and its picture a colour of its own.
"""

import io
import json
import logging
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

PHRASE = "zyxquorl"
ADDRESS = f"{PHRASE}@writer.example"
COLOUR = (201, 17, 98)
TEXTS = (
    "title", "text", "transcript", "summary", "note", "name", "author", "outlet", "url",
    "behalf_whose", "behalf_proof", "translations", "alt", "credit", "by-note", "reason",
    "report", "outcome",
)  # fmt: skip


def marked(field: str) -> str:
    """The phrase of a field: one word, so that an index holds it as it is."""
    return PHRASE + "".join(chr(ord("a") + ord(c) % 26) for c in field)


def main(folder: Path) -> None:
    """Do it all and tell what was found where."""
    log = io.StringIO()
    # In the log stands what is printed. Mails are for their readers: they are looked at apart.
    os.environ["EVERYGENOME_MAIL_URL"] = "smtp://localhost"
    logging.getLogger().addHandler(logging.StreamHandler(log))
    with redirect_stdout(log), redirect_stderr(log):
        told = _drill(folder)
    told["log"] = log.getvalue()
    print(json.dumps(told))


def _drill(folder: Path) -> dict[str, Any]:
    from everygenome.web.start import start

    store = folder / "store"
    start(store)
    from django.conf import settings
    from django.core import mail
    from django.core.management import call_command
    from django.test import Client

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []

    from everygenome.web.moderation.actions import answering, offering, reviewing
    from everygenome.web.moderation.keys import new_link
    from everygenome.web.moderation.models import Receiver
    from everygenome.web.people import contacts
    from everygenome.web.stories.kind import CHECKS
    from everygenome.web.stories.models import Story
    from tests.functional.web.stories import tellers

    call_command("collectstatic", interactive=False, verbosity=0)
    web = Client(headers={"host": "localhost"})
    one = tellers.offered(address=ADDRESS, **_values()).contribution
    one.refresh_from_db()
    one = offering.save(
        contribution=one, by="contributor", values=one.proposed | _picture(one.vault, folder),
        note=marked("by-note"),
    )  # fmt: skip
    one = (
        reviewing.take(contribution=one, by=tellers.reviewer(1))
        if one.state == "submitted"
        else one
    )
    if one.state == "draft":
        one = offering.submit(contribution=one, by="contributor")
        one = reviewing.take(contribution=one, by=tellers.reviewer(1))
    for number in (1, 2):
        one = reviewing.review(
            contribution=one, by=tellers.reviewer(number), reason=marked("reason"),
            checks=list(CHECKS),
        )  # fmt: skip
    one = reviewing.publish(contribution=one, by=tellers.reviewer(1), reason=marked("reason"))
    made = answering.report(
        subject=f"stories/{one.subject}", matter="private", text=marked("report"),
        receiver=Receiver.BOTH, address=f"reader-{ADDRESS}",
    )  # fmt: skip
    answering.handle_report(report=made, by=tellers.reviewer(1), outcome=marked("outcome"))
    secret = new_link(one, mailed=True)
    medium = one.proposed["media"][0]
    pages = _pages(one.subject, medium, secret)
    told: dict[str, Any] = {"slug": one.subject, "before": {}, "after": {}}
    for path in pages:
        told["before"][path] = _seen(web, path)
    told["files_before"] = _held(folder)
    call_command("backup", str(folder / "before.tar.gz"), verbosity=0)
    call_command("export", str(folder / "export"), verbosity=0)
    told["export_before"] = _in_folder(folder / "export")
    # Its teller says only now that we may write: so two mails go out, and no others.
    contacts.confirm(one.contact)
    offering.recall(contribution=one, by="contributor")
    for path in pages:
        told["after"][path] = _seen(web, path)
    told["receipt"] = (
        "This page is your receipt" in web.get(f"/contributions/{secret}/").content.decode()
    )
    call_command("export", str(folder / "export"), verbosity=0)
    call_command("backup", str(folder / "after.tar.gz"), verbosity=0)
    told["files_after"] = _held(folder, without=("before.tar.gz",))
    told["dump"] = _dump()
    # The backup of before, brought back: its rows are there, and nobody can read them.
    call_command("restore", str(folder / "before.tar.gz"), "--over", verbosity=0)
    told["restored"] = {path: _seen(web, path) for path in pages}
    told["restored_files"] = _held(folder, without=("before.tar.gz", "after.tar.gz"))
    told["mails"] = [[one.to[0], PHRASE in one.body + one.subject] for one in mail.outbox]
    told["standing"] = Story.objects.get(slug=one.subject).standing
    told["unpacked"] = _unpacked(folder)
    return told


def _values() -> dict[str, Any]:
    said = {name: marked(name) for name in TEXTS[:11]}
    return said | {
        "form": "behalf",
        "url": f"https://{marked('url')}.example.org/",
        "reuse": "CC-BY-4.0",
        "translations": [
            {"language": "es", "title": marked("translations"), "text": marked("translations"),
             "made_by": "person", "checked_by": marked("translations")}
        ],
        "send": False,
    }  # fmt: skip


def _picture(vault: str, folder: Path) -> dict[str, Any]:
    from django.core.files.uploadedfile import SimpleUploadedFile
    from PIL import Image

    from everygenome.web.stories.offering.files import take_in

    data = io.BytesIO()
    picture = Image.new("RGB", (640, 480), COLOUR)
    exif = picture.getexif()
    exif[0x010E] = marked("alt")
    picture.save(data, "JPEG", exif=exif)
    said = take_in(vault, SimpleUploadedFile("x.jpg", data.getvalue()))
    return {"media": [said | {"alt": marked("alt"), "credit": marked("credit")}]}


def _pages(slug: str, medium: dict[str, Any], secret: str) -> list[str]:
    return [
        f"/stories/{slug}/", f"/stories/{slug}/entry.json", f"/stories/{slug}/history/",
        f"/stories/{slug}/media/{medium['id']}", f"/stories/{slug}/media/{medium['small']}",
        "/stories/", f"/stories/?q={marked('text')}", f"/stories/?q={marked('title')}",
        "/stories/export/", "/stories/export.csv", "/stories/export.json", "/stories/feed.atom",
        "/stories/feed.rss", "/stories/podcast.rss", "/sitemap.xml", f"/contributions/{secret}/",
        f"/stories/offer/{secret}/look/", f"/stories/offer/{secret}/media/{medium['id']}",
    ]  # fmt: skip


def _seen(web: Any, path: str) -> list[Any]:
    response = web.get(path)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    # A page repeats what was searched for, and a picture is told by its colour.
    text = body.replace(path.rpartition("=")[2].encode(), b"") if "?q=" in path else body
    return [response.status_code, PHRASE.encode() in text or _is_picture(body)]


def _is_picture(body: bytes) -> bool:
    from PIL import Image

    if not body.startswith(b"RIFF"):
        return False
    red, green, blue = Image.open(io.BytesIO(body)).convert("RGB").getpixel((5, 5))
    return max(abs(red - COLOUR[0]), abs(green - COLOUR[1]), abs(blue - COLOUR[2])) < 12


def _in_folder(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.rglob("*") if p.is_file() and _holds(p.read_bytes()))


def _holds(data: bytes) -> bool:
    low = data.lower()
    forms = (PHRASE.encode(), PHRASE.encode("utf-16-le"), PHRASE.encode("utf-16-be"))
    return any(form in low for form in forms) or b"RIFF" in data[:4]


def _held(folder: Path, without: tuple[str, ...] = ()) -> list[str]:
    """The files that hold the phrase or a picture; databases are settled first."""
    from django.db import connections

    for connection in connections.all():
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return sorted(
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and path.name not in without and _holds(path.read_bytes())
    )


def _dump() -> bool:
    """Whether a dump of the whole database, as an operator makes it, holds the phrase."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return any(PHRASE in line for line in _lines(connection))
    address = os.environ["DATABASE_URL"]
    done = subprocess.run(["pg_dump", address], check=True, capture_output=True)
    return PHRASE.encode() in done.stdout


def _lines(connection: Any) -> Any:
    connection.ensure_connection()
    yield from connection.connection.iterdump()


def _unpacked(folder: Path) -> list[str]:
    """What of the backup of before holds the phrase: nothing does, it is sealed."""
    import tarfile

    with tarfile.open(folder / "before.tar.gz") as tar:
        tar.extractall(folder / "unpacked", filter="data")
    return _in_folder(folder / "unpacked")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
