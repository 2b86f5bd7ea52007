"""What a teller decides: who reads it, under which name, for how long; and what they agree to.

The wording has a version. A wording that somebody agreed to is never changed: a new one gets a new
version, and what was agreed to before stays what it was.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from everygenome.web.moderation.fields import Lines, OneDay, OneOf, Schema, Text, Tick
from everygenome.web.moderation.fields.records import Errors

VERSION = "2026-11"
WORDINGS: Mapping[str, tuple[str, ...]] = {
    "2026-11": (
        "I am an adult, or I send this together with a parent or guardian who agrees.",
        "I want everygenome to show this story in the way that I chose here, after people have "
        "read it with care.",
        "Nobody pays me for it, and nobody made me do it.",
        "I can change every choice at any time, and withdraw the story in one step, without "
        "giving a reason. Then its words, its pictures and recordings are destroyed here.",
        "What others copied while it was public, such as a print or a screenshot, cannot be "
        "called back.",
    ),
}
TIER = OneOf(
    name="tier",
    label="Who may read it",
    help="Registered researchers have an account here, given by an administrator who knows "
    "who they are.",
    choices={
        "public": "everybody",
        "restricted": "registered researchers only",
        "embargoed": "everybody, but not before a day that I choose",
    },
    required=True,
)
EMBARGO = OneDay(
    name="embargo",
    label="Not before",
    help="Only if you chose a day above. It opens when that day has begun everywhere in the world.",
)
NAMED = OneOf(
    name="named",
    label="The name beside it",
    choices={
        "none": "no name",
        "pseudonym": "a name that I made up for this",
        "own": "my own name",
    },
    required=True,
)
NAME = Text(
    name="name",
    label="That name",
    help="Only if you chose a name above. Reviewers read it before it is shown.",
    longest=120,
)
QUOTATION = OneOf(
    name="quotation",
    label="May others quote a sentence or two?",
    help="In a talk or an article, with a link to it here.",
    choices={"no": "please do not quote", "yes": "yes, it may be quoted"},
    required=True,
)
LICENCE = OneOf(
    name="reuse",
    label="May others publish it elsewhere?",
    help="Copies under such a licence can never be called back, not even after you withdraw it "
    "here. Leave it as it is if you are not sure.",
    choices={
        "site-only": "no, on this site only",
        "CC-BY-4.0": "yes, also changed, with my name (CC BY 4.0)",
        "CC-BY-NC-ND-4.0": "yes, unchanged and not for money, with my name (CC BY-NC-ND 4.0)",
    },
    required=True,
)
KEEP = OneOf(
    name="keep",
    label="How long it stays",
    choices={
        "open": "until I withdraw it",
        "ask": "ask me again on a day that I choose",
        "end": "until a day that I choose; then it is destroyed",
    },
    required=True,
)
KEEP_DAY = OneDay(name="keep_day", label="That day", help="Only if you chose a day above.")
HEALTH = OneOf(
    name="personal",
    label="Does it tell of somebody's health, genes or family?",
    help="If it does, two different people read it before it is published.",
    choices={"yes": "yes, or I am not sure", "no": "no"},
    required=True,
)
FAMILY = OneOf(
    name="family",
    label="Does it tell of others, such as relatives?",
    help="A story about genes is about relatives too.",
    choices={
        "none": "no, of nobody else",
        "agreed": "yes, and they know of it and agree",
        "hidden": "yes, but nobody can tell who they are",
        "unsure": "I am not sure: please help me with it",
    },
    required=True,
)
WHOSE = Text(
    name="behalf_whose",
    label="Whose story it is",
    help="In words that do not name them, such as “a neighbour”. Only the reviewers see this.",
    longest=200,
)
PROOF = Lines(
    name="behalf_proof",
    label="How we can know that they agree",
    help="When and how they said so, and how they can take it back. Only the reviewers see this.",
    longest=2000,
)
AGREED = Tick(
    name="agreed", label="I agree", choices={VERSION: "I have read this and agree"}, required=True
)
CHOICES = Schema(
    (
        HEALTH,
        FAMILY,
        WHOSE,
        PROOF,
        TIER,
        EMBARGO,
        NAMED,
        NAME,
        QUOTATION,
        LICENCE,
        KEEP,
        KEEP_DAY,
        AGREED,
    )
)
# What stands chosen before anybody chooses: whatever protects most.
DEFAULTS: Mapping[str, str] = {
    "personal": "yes",
    "tier": "public",
    "named": "none",
    "quotation": "no",
    "reuse": "site-only",
    "keep": "open",
}


def wrong(values: Mapping[str, Any], *, today: date, form: str) -> Errors:
    """What does not fit together, by field; see `Schema.clean` for each field by itself."""
    found: Errors = {}
    if values.get("tier") == "embargoed":
        # Somewhere it is still the day before, so this one is still to come there.
        _future(values, EMBARGO, today - timedelta(days=1), found)
    if values.get("keep") in ("ask", "end"):
        _future(values, KEEP_DAY, today, found)
    if values.get("named") in ("pseudonym", "own") and not values.get("name"):
        found["name"] = ["Please write the name, or choose “no name”."]
    if form == "behalf":
        for field in (WHOSE, PROOF):
            if not values.get(field.name):
                found[field.name] = [f"Please fill in: {field.label}."]
    embargo, end = str(values.get("embargo", "")), str(values.get("keep_day", ""))
    both = values.get("tier") == "embargoed" and values.get("keep") == "end"
    if both and not found and end <= embargo:
        found["keep_day"] = ["It would end before anybody could read it."]
    return found


def _future(values: Mapping[str, Any], field: OneDay, today: date, found: Errors) -> None:
    given = str(values.get(field.name, ""))
    if not given:
        found[field.name] = ["Please choose the day."]
    elif date.fromisoformat(given) <= today:
        found[field.name] = ["Please give a day that is still to come."]
