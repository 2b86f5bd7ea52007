"""One error tree. Each error says what happened, where, and what to do next.

The command line prints the message as one paragraph and ends with the error's
exit code, so that scripts can tell a mistake in a command from a bad file.

| exit code | meaning |
|---|---|
| 1 | a fault of ours: please report it |
| 2 | the command was not understood |
| 3 | an input file cannot be used as it is |
| 4 | the input holds a label that nobody has reviewed |
| 5 | the network or a server failed |
| 6 | the store cannot be read or written |
| 7 | what was asked for does not exist |
| 8 | the answer would take longer than is allowed |
| 10 | no error: `variants watch check` found that something changed |
"""

CHANGED = 10


class EverygenomeError(Exception):
    """Base of every error that we raise on purpose.

    Args:
        what: what happened and where: file, line, column, and what was found.
        remedy: what the reader can do about it, as a sentence.
    """

    exit_code = 1

    def __init__(self, what: str, *, remedy: str = "") -> None:
        self.what = what
        self.remedy = remedy
        super().__init__(f"{what} {remedy}".strip())


class UsageError(EverygenomeError):
    """A request that contradicts itself or names an unknown option."""

    exit_code = 2


class InputError(EverygenomeError):
    """A file that cannot be used: empty, damaged, in another layout, or of another release."""

    exit_code = 3


class UnreviewedError(EverygenomeError):
    """The input holds labels or values that nobody has reviewed, so publication stops."""

    exit_code = 4


class DownloadError(EverygenomeError):
    """A server could not be reached, refused, stalled, or sent something unusable."""

    exit_code = 5


class MailError(EverygenomeError):
    """A mail server could not be reached, or refused what was to be sent."""

    exit_code = 5


class StoreError(EverygenomeError):
    """The store cannot be read or written: no permission, no space, locked, or damaged."""

    exit_code = 6


class NotFoundError(EverygenomeError):
    """A release, country, trait or reference population that is not there."""

    exit_code = 7


class TooLongError(EverygenomeError):
    """A question that takes longer than the settings allow, and was ended."""

    exit_code = 8
