"""Why an action was not done, in words for whoever tried."""

from everygenome.errors import EverygenomeError


class RefusedError(EverygenomeError):
    """The action is not possible: of nobody, or not in this state, or not without a reason."""

    exit_code = 2


class NotAllowedError(RefusedError):
    """None of the account's roles allows it."""


class QuickerError(RefusedError):
    """Somebody else changed it after it was shown."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else was quicker: it changed after you opened it.",
            remedy="Load the page again and look at it as it is now.",
        )
