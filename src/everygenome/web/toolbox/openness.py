"""Openness: six criteria, two to four questions each, answered where an entry itself answers them.

It rates how open a thing is, and not how good. What nobody looked at is "not assessed", which is
never a "no". A machine says "no" only to a licence, where its repository was read for one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from everygenome.web.moderation.fields import Choice, Day, Records, Truth, Web

# Licences that the Open Source Initiative or the Open Definition call open, by SPDX identifier.
OPEN = frozenset(
    (
        "MIT",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "GPL-2.0-only",
        "GPL-2.0-or-later",
        "GPL-3.0-only",
        "GPL-3.0-or-later",
        "LGPL-3.0-only",
        "LGPL-3.0-or-later",
        "AGPL-3.0-only",
        "AGPL-3.0-or-later",
        "MPL-2.0",
        "CC0-1.0",
        "CC-BY-4.0",
        "CC-BY-SA-4.0",
    )
)
_RECENT = timedelta(days=2 * 365)
# Question -> criterion, and its words.
QUESTIONS = {
    "open-licence": ("Openness", "Is it under an open licence?"),
    "source-public": ("Openness", "Can its source be read?"),
    "purpose-stated": ("Documentation", "Does it say what it is for?"),
    "guide": ("Documentation", "Is there a guide for a first use?"),
    "populations-reported": ("Trustworthiness", "Does it say with whom it was tested?"),
    "peer-reviewed": ("Trustworthiness", "Is there a publication or an identifier (DOI)?"),
    "free": ("Accessibility", "Can it be used without paying?"),
    "languages": ("Accessibility", "Can it be used in more than one language?"),
    "accessible": ("Accessibility", "Has it been tried with assistive technology?"),
    "maintainer-named": ("Sustainability", "Is it said who looks after it?"),
    "active": ("Sustainability", "Has it changed in the last two years?"),
    "standard-formats": ("Interoperability", "Does it read and write standard formats?"),
    "programmable": ("Interoperability", "Can other programs use it?"),
}
FIELD = Records(
    name="openness",
    label="Openness, answered by people",
    help="It rates openness, not quality. Leave out what you do not know.",
    most=len(QUESTIONS),
    fields=(
        Choice(
            name="question",
            label="Question",
            choices={word: f"{group}: {text}" for word, (group, text) in QUESTIONS.items()},
            required=True,
        ),
        Truth(name="answer", label="Answer", required=True),
        Web(name="source", label="Where it can be seen", required=True),
        Day(name="date", label="Looked at on"),
    ),
)


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer: yes, no, or not assessed, and how that is known."""

    word: str
    criterion: str
    question: str
    answer: str
    why: str
    source: str = ""


def assessed(data: Mapping[str, Any], *, today: date) -> list[Answered]:
    """Every question, in order: answered by people first, else by what the entry itself shows.

    Example:
        >>> found = assessed({"licence": {"id": "MIT"}}, today=date(2026, 1, 1))
        >>> found[0].answer, found[3].answer
        ('yes', 'not assessed')
    """
    people = {row["question"]: row for row in data.get("openness", ())}
    machine = _by_machine(data, today)
    found = []
    for word, (criterion, question) in QUESTIONS.items():
        if word in people:
            row = people[word]
            when = f", {row['date']}" if "date" in row else ""
            answer, why, source = _word(row["answer"]), f"somebody looked{when}", row["source"]
        elif word in machine:
            answer, why = machine[word]
            source = ""
        else:
            answer, why, source = "not assessed", "nobody looked yet", ""
        found.append(Answered(word, criterion, question, answer, why, source))
    return found


def _by_machine(data: Mapping[str, Any], today: date) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    licence = data.get("licence", {}).get("id")
    if licence in OPEN:
        found["open-licence"] = ("yes", f"its licence is {licence}")
    elif licence == "none stated" and data.get("checked") == "repo":
        found["open-licence"] = ("no", "its repository was looked at: no licence is stated")
    if "repository" in data:
        found["source-public"] = ("yes", "its repository is public")
    if "purpose" in data:
        found["purpose-stated"] = ("yes", "this entry says it")
    if data.get("populations_tested"):
        found["populations-reported"] = ("yes", "see populations tested")
    if "doi" in data:
        found["peer-reviewed"] = ("yes", "it has a DOI")
    if len(data.get("languages", ())) > 1:
        found["languages"] = ("yes", "see its languages")
    if "maintainer" in data:
        found["maintainer-named"] = ("yes", "see its maintainer")
    seen = data.get("last_commit_seen", "")
    if len(seen) == len("2026-01-01") and date.fromisoformat(seen) > today - _RECENT:
        found["active"] = ("yes", f"its repository changed on {seen}")
    return found


def _word(answer: bool) -> str:
    return "yes" if answer else "no"
