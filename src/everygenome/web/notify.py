"""Send the alerts that a new release gives reason for, from the command line."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from everygenome.web.start import start

if TYPE_CHECKING:
    from everygenome.web.alerts.telling import Outcome


def notify(*, store: Path, dry_run: bool, say: Callable[[str], None]) -> "Outcome":
    """Tell readers what they asked to be told, each at most once for a release.

    Args:
        store: the folder of the releases.
        dry_run: say what would be sent; send, change and erase nothing.
        say: called with a line for each mail that would be sent, and each that failed.

    Raises:
        NotFoundError: the store holds no release.
        UsageError: the address of the site is not set, which the links in mails need.
        StoreError: the store or the database cannot be used.
        MailError: the mail server cannot be reached, or did not take a mail.
    """
    start(store)
    # Models can be imported only now.
    from everygenome.web.alerts.telling import tell

    return tell(dry_run=dry_run, say=say)
