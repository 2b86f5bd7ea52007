"""Two people at the same moment with one story; run as a script, it prints JSON.

`python -m tests.functional.web.stories.racing FOLDER`
"""

import json
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROUNDS = 8


def main(folder: Path) -> None:
    """Run every race, and tell how each ended."""
    from everygenome.web.start import start

    start(folder)
    from everygenome.web.moderation.actions import offering, reviewing
    from everygenome.web.people import vaults
    from everygenome.web.stories.desk import changed
    from everygenome.web.stories.due import due
    from tests.functional.web import database
    from tests.functional.web.stories import tellers

    editor = database.account("editor")
    for number in (1, 2):
        tellers.reviewer(number)
    told: dict[str, Any] = {}

    def choose(one: Any) -> Any:
        values = {"tier": "restricted", "named": "none"}
        return offering.choose(contribution=one, by="contributor", values=values)

    def publish(edit: Any) -> Any:
        return reviewing.publish(contribution=edit, by=tellers.reviewer(1), reason="Good.")

    def end(one: Any) -> tuple[str, bool]:
        story = tellers.story(one)
        return story.standing, "by" in story.sealed.get("data", {})

    def again(name: str, attempts: Callable[[], tuple[Any, list[Callable[[], Any]]]]) -> None:
        told[name] = []
        for _ in range(ROUNDS):
            one, racers = attempts()
            outcomes = _race(*racers)
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
            lambda: changed(story, action="hide", by=editor, reason="It names a doctor."),
        ]

    def recall_and_publish() -> tuple[Any, list[Callable[[], Any]]]:
        one, edit = corrected()
        return one, [
            lambda: offering.recall(contribution=one, by="contributor"),
            lambda: publish(edit),
        ]

    def recall_and_due() -> tuple[Any, list[Callable[[], Any]]]:
        one = tellers.published()
        return one, [lambda: offering.recall(contribution=one, by="contributor"), due]

    again("choose and publish", choose_and_publish)
    again("choose and hide", choose_and_hide)
    again("recall and publish", recall_and_publish)
    again("recall and due", recall_and_due)
    print(json.dumps(told))


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


def _race(*attempts: Callable[[], Any]) -> list[str]:
    """All begin at the same moment, each in a thread with connections of its own."""
    from django.db import connections

    from everygenome.web.moderation.refused import RefusedError

    gate = threading.Barrier(len(attempts))
    outcomes = [""] * len(attempts)

    def run(place: int, attempt: Callable[[], Any]) -> None:
        try:
            gate.wait()
            attempt()
            outcomes[place] = "done"
        except RefusedError:
            outcomes[place] = "refused"
        except Exception as error:
            outcomes[place] = repr(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(attempts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


if __name__ == "__main__":
    main(Path(sys.argv[1]))
