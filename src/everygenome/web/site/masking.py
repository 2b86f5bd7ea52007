"""Secrets of links stay out of logs: whoever reads a log could open what they open."""

import logging
import re

# What comes after these opens somebody's own page.
_SECRET = re.compile(r"(/(?:contributions|stories/offer)/(?:started/|sent/)?)[^/\s?]{20,}")


def masked(text: str) -> str:
    """A text without the secrets of links.

    Example:
        >>> masked("Internal Server Error: /contributions/q1w2e3r4t5y6u7i8o9p0a/edit/")
        'Internal Server Error: /contributions/(secret)/edit/'
    """
    return _SECRET.sub(r"\1(secret)", text)


class Masked(logging.Filter):
    """Takes secrets out of a line before it is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always let it through, masked."""
        record.msg, record.args = masked(record.getMessage()), ()
        return True
