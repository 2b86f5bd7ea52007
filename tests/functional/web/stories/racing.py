"""Two people at the same moment with one story; run as a script, it prints JSON.

`python -m tests.functional.web.stories.racing FOLDER`
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROUNDS = 8
WORD = "zyxquorl"


def main(folder: Path) -> None:
    """Run every race, and tell how each ended."""
    from everygenome.web.start import start

    start(folder)
    from everygenome.web.moderation.actions import offering, reviewing
    from everygenome.web.people import vaults
    from everygenome.web.stories.desk import changed
    from everygenome.web.stories.due import due
    from tests.functional.web import database
    from tests.functional.web.at_once import race
    from tests.functional.web.stories import tellers

    editor = database.account("editor")
    for number in (1, 2):
        tellers.reviewer(number)
    told: dict[str, Any] = {}

    def choose(one: Any) -> str:
        values = {"tier": "restricted", "named": "none"}
        offering.choose(contribution=one, by="contributor", values=values)
        return "done"

    def publish(edit: Any) -> str:
        reviewing.publish(contribution=edit, by=tellers.reviewer(1), reason="Good.")
        return "done"

    def recall(one: Any) -> str:
        offering.recall(contribution=one, by="contributor")
        return "done"

    def hide(story: Any) -> str:
        changed(story, action="hide", by=editor, reason="It names a doctor.")
        return "done"

    def day() -> str:
        due()
        return "done"

    def end(one: Any) -> tuple[str, bool]:
        story = tellers.story(one)
        return story.standing, "by" in story.sealed.get("data", {})

    def again(name: str, attempts: Callable[[], tuple[Any, list[Callable[[], Any]]]]) -> None:
        told[name] = []
        for _ in range(ROUNDS):
            one, racers = attempts()
            outcomes = race(*racers)
            one.refresh_from_db()
            told[name].append([outcomes, one.state, *end(one), vaults.is_open(one.vault)])

    def corrected() -> tuple[Any, Any]:
        one = tellers.published()
        return one, _accepted_correction(one)

    def choose_and_publish() -> tuple[Any, list[Callable[[], Any]]]:
        one, edit = corrected()
        return one, [lambda: choose(one), lambda: publish(edit)]

    def choose_and_hide() -> tuple[Any, list[Callable[[], Any]]]:
        one = tellers.published()
        story = tellers.story(one)
        return one, [
            lambda: choose(one),
            lambda: hide(story),
        ]

    def recall_and_publish() -> tuple[Any, list[Callable[[], Any]]]:
        one, edit = corrected()
        return one, [
            lambda: recall(one),
            lambda: publish(edit),
        ]

    def recall_and_due() -> tuple[Any, list[Callable[[], Any]]]:
        one = tellers.published()
        return one, [lambda: recall(one), day]

    again("choose and publish", choose_and_publish)
    again("choose and hide", choose_and_hide)
    again("recall and publish", recall_and_publish)
    again("recall and due", recall_and_due)
    panel = database.account("panel")
    told["recall and say"] = [_said_meanwhile(recall, panel) for _ in range(ROUNDS)]
    told["begun twice"] = [_begun_twice() for _ in range(ROUNDS)]
    print(json.dumps(told))


def _said_meanwhile(recall: Callable[[Any], str], panel: Any) -> list[Any]:
    """While it is withdrawn, people say something of it; what of that stands in the clear."""
    from everygenome.web.moderation.actions import answering, holding
    from everygenome.web.moderation.models import Event, Hold, Receiver, Report
    from tests.functional.web.at_once import race
    from tests.functional.web.stories import tellers

    one = tellers.published()
    subject = f"stories/{one.subject}"
    given = {"subject": subject, "matter": "private", "receiver": Receiver.BOTH}
    made = answering.report(text=WORD, **given)
    holding.hold_subject(subject=subject, by=panel, reason=WORD)

    def report() -> str:
        answering.report(text=WORD, **given)
        return "done"

    def answer() -> str:
        answering.handle_report(report=made, by=tellers.reviewer(1), outcome=WORD)
        return "done"

    def lift() -> str:
        holding.lift_subject(subject=subject, by=panel, reason=WORD)
        return "done"

    outcomes = race(lambda: recall(one), report, answer, lift)
    columns = ((Event, "reason"), (Hold, "reason"), (Hold, "outcome"),
               (Report, "text"), (Report, "outcome"))  # fmt: skip
    clear = [
        f"{model.__name__}.{field}"
        for model, field in columns
        if model.objects.filter(subject=subject, **{field: WORD}).exists()
    ]
    waiting = Report.objects.filter(subject=subject, handled_at=None).exists()
    standing = Hold.objects.filter(subject=subject, lifted_at=None).exists()
    return [outcomes, clear, waiting, standing]


def _begun_twice() -> tuple[list[int], int]:
    """Two presses of the button that begins a correction: what came of each, and how many began."""
    from django.test import Client

    from everygenome.web.moderation.keys import new_link
    from everygenome.web.moderation.models import Contribution
    from tests.functional.web import database
    from tests.functional.web.at_once import race
    from tests.functional.web.stories import tellers

    one = tellers.published()
    path = f"/stories/offer/{new_link(one, mailed=True)}/again/"
    form = database.gate()

    def press() -> int:
        return Client(headers={"host": "localhost"}).post(path, form).status_code

    outcomes = race(press, press)
    return outcomes, Contribution.objects.filter(vault=one.vault, purpose="edit").count()


def _accepted_correction(one: Any) -> Any:
    from everygenome.web.moderation.actions import offering, reviewing
    from everygenome.web.moderation.actions.offering import Offer, offer
    from everygenome.web.moderation.models import Purpose
    from everygenome.web.stories.kind import CHECKS
    from tests.functional.web.stories import tellers

    values = one.proposed | {"text": "Other words."}
    offered = Offer(kind="stories", purpose=Purpose.EDIT, subject=one.subject, values=values)
    edit = offer(offered=offered, send=False).contribution
    edit = offering.submit(contribution=edit, by="contributor")
    edit = reviewing.take(contribution=edit, by=tellers.reviewer(1))
    for number in (1, 2):
        edit = reviewing.review(
            contribution=edit, by=tellers.reviewer(number), reason="Good.", checks=list(CHECKS)
        )
    return edit


if __name__ == "__main__":
    main(Path(sys.argv[1]))
