"""Several people at the same moment: threads that begin together, each with its own connections."""

import threading
from collections.abc import Callable
from typing import Any


def race(*attempts: Callable[[], Any]) -> list[Any]:
    """What became of each: what it gave, `quicker` or `refused`, or the words of an error."""
    from django.db import connections

    from everygenome.web.moderation.refused import QuickerError, RefusedError

    gate = threading.Barrier(len(attempts))
    outcomes: list[Any] = [None] * len(attempts)

    def run(place: int, attempt: Callable[[], Any]) -> None:
        try:
            gate.wait()
            outcomes[place] = attempt()
        except QuickerError:
            outcomes[place] = "quicker"
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
