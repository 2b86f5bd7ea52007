"""The steps of offering a story: which there are, what each asks, and what is still missing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from everygenome.web.moderation.fields import Field, Schema
from everygenome.web.moderation.fields.records import Errors
from everygenome.web.moderation.models import Contribution
from everygenome.web.moderation.posted import ADDRESS, NOTE
from everygenome.web.moderation.states import State
from everygenome.web.stories import consent, schema
from everygenome.web.stories.keeping import needs_transcript


@dataclass(frozen=True, slots=True)
class Step:
    """A step.

    Attributes:
        name: in addresses.
        title: as a heading.
        why: a sentence or two under it.
    """

    name: str
    title: str
    why: str


WORDS = Step("words", "Your story", "Write as you would tell it. You can come back and go on.")
WORK = Step(
    "work",
    "The work",
    "We link to it and copy nothing. Readers open it where it was published.",
)
ABOUT = Step("about", "About it", "So that readers find it, and know beforehand what it speaks of.")
CHOICES = Step(
    "choices",
    "Your choices",
    "You can change each of these at any time. What stands chosen already protects you most.",
)
REACH = Step(
    "reach",
    "How we reach you",
    "All of this is optional. Without an address your receipt code is the only way back.",
)
LOOK = Step("look", "Look and send", "This is what readers will see. Nothing is sent yet.")

_MEDIA_FORMS = ("audio", "video", "picture", "behalf")
_FORMATS = {"audio": "podcast", "video": "video", "picture": "illustration", "link": "article"}
# What only its own form needs beside what every story needs.
_TEXT_HELP = {
    "audio": "A few words that go with it, if you like.",
    "video": "A few words that go with it, if you like.",
    "picture": "A few words that go with it.",
    "behalf": "In their words as far as you can.",
}
_ABOUT = (schema.SUMMARY, schema.FORMAT, schema.THEMES, schema.REGION, schema.LANGUAGE,
          schema.NOTES, schema.NOTE_ELSE, schema.TRANSLATIONS)  # fmt: skip
_BEHALF = (consent.WHOSE, consent.PROOF)
# By these it is decided how a story is read, so they cannot be changed after that.
_ONCE = (consent.HEALTH, consent.AGREED)
# Reviewers judge by these: they are changed only while reviewers ask for it.
_ASKED = (consent.FAMILY, consent.WHOSE, consent.PROOF)


def begun(form: str) -> dict[str, Any]:
    """What a story holds before anybody wrote a word: whatever protects most stands chosen."""
    made = {"form": form, "format": _FORMATS.get(form, "story"), "language": "en"}
    return made if form == "link" else made | consent.DEFAULTS


def steps_of(said: Mapping[str, Any], *, corrects: bool = False) -> tuple[Step, ...]:
    """The steps of a form; of a story that is published, those that change its words."""
    if said.get("form") == "link":
        return (WORK, ABOUT, REACH, LOOK)
    if corrects:
        # Its choices are made on its own page, and its teller is known.
        return (WORDS, ABOUT, LOOK)
    return (WORDS, ABOUT, CHOICES, REACH, LOOK)


def takes_files(said: Mapping[str, Any]) -> bool:
    """Whether its form has pictures or recordings."""
    return said.get("form") in _MEDIA_FORMS


def fields_for(step: Step, found: Contribution) -> Schema:
    """What a step asks of a story where it stands now."""
    asked = found.state == State.CHANGES_ASKED
    return fields_of(step, found.proposed, sent=found.round > 0, asked=asked)


def fields_of(
    step: Step, said: Mapping[str, Any], *, sent: bool = False, asked: bool = False
) -> Schema:
    """What a step asks; of a story that was sent, no more how many have to read it.

    Args:
        step: the step.
        said: what its story says.
        sent: it was sent for review once.
        asked: changes are asked of its teller just now.
    """
    form = str(said.get("form", ""))
    if step == WORK:
        url = replace(schema.URL, required=True)
        return Schema((url, schema.TITLE, schema.AUTHOR, schema.OUTLET, schema.PUBLISHED))
    if step == WORDS:
        return Schema(_words(form))
    if step == ABOUT:
        # Of a work elsewhere nothing is copied, so nothing is translated.
        return Schema(_ABOUT[:-1] if form == "link" else _ABOUT)
    if step == CHOICES:
        own = [f for f in consent.CHOICES if form == "behalf" or f not in _BEHALF]
        fixed = () if not sent else _ONCE if asked else (*_ONCE, *_ASKED)
        own = [f for f in own if f not in fixed]
        return Schema(tuple(own))
    return Schema((ADDRESS, NOTE)) if step == REACH else Schema(())


def _words(form: str) -> tuple[Field, ...]:
    if form == "own-words":
        return (schema.TITLE, replace(schema.TEXT, required=True))
    text = replace(schema.TEXT, label="The words", help=_TEXT_HELP.get(form, schema.TEXT.help))
    if form in ("audio", "video", "behalf"):
        elsewhere = replace(
            schema.URL, help="If the recording is on the web already, and you do not send it here."
        )
        return (schema.TITLE, elsewhere, text, schema.TRANSCRIPT)
    return (schema.TITLE, text)


def lacking(
    said: Mapping[str, Any], *, today: date, corrects: bool = False
) -> list[tuple[Step, Errors]]:
    """What is still missing before a story can be sent, step by step."""
    found = []
    for step in steps_of(said, corrects=corrects):
        if step in (REACH, LOOK):
            continue
        fields = fields_of(step, said)
        named = {field.name for field in fields}
        _, errors = fields.clean({k: v for k, v in said.items() if k in named})
        errors |= _together(step, said, today)
        if errors:
            found.append((step, errors))
    return found


def _together(step: Step, said: Mapping[str, Any], today: date) -> Errors:
    """What no field says by itself."""
    form = str(said.get("form", ""))
    if step == CHOICES:
        return consent.wrong(said, today=today, form=form)
    found: Errors = {}
    media = said.get("media", ())
    kinds = {one["kind"] for one in media}
    if step != WORDS:
        return found
    recorded = kinds & {"sound", "film"} or said.get("url")
    if form in ("audio", "video") and not recorded:
        found["file"] = ["Please send the recording, or say where on the web it is."]
    if form == "picture" and "picture" not in kinds:
        found["file"] = ["Please send the picture."]
    if form == "behalf" and not (said.get("text") or recorded or kinds):
        found["text"] = ["Please write the story, or send a recording of it."]
    if needs_transcript(said) and not said.get("transcript"):
        found["transcript"] = [
            "Please write down what is said. We cannot publish a recording without it."
        ]
    for one in media:
        if one["kind"] == "picture" and not one.get("alt"):
            found[f"alt-{one['id']}"] = [
                "Please say what the picture shows, for who cannot see it."
            ]
    return found
