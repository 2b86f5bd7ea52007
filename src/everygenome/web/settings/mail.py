"""How the site sends mail: to the terminal, unless EVERYGENOME_MAIL_URL names a server."""

from dataclasses import dataclass
from email.headerregistry import Address
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from everygenome.errors import UsageError
from everygenome.settings import Settings

# Each way to a mail server: its usual port, encrypted from the start, encrypted before log-in.
_WAYS = {
    "smtp": (25, False, False),
    "smtp+starttls": (587, False, True),
    "smtps": (465, True, False),
}
_HERE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Mail:
    """Django's settings for mail, by other names.

    Attributes:
        backend: the class that sends.
        host, port, user, password: the mail server.
        use_ssl: encrypted from the start.
        use_tls: encrypted after the greeting (STARTTLS).
        sender: what stands in `From`.
    """

    backend: str
    sender: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    use_ssl: bool = False
    use_tls: bool = False


def mail(ours: Settings) -> Mail:
    """How mail is sent.

    Raises:
        UsageError: EVERYGENOME_MAIL_URL is no address of a mail server, would send a password
            readable by others, or EVERYGENOME_MAIL_FROM is no sender.
    """
    sender = _sender(ours)
    if not ours.mail_url:
        return Mail("django.core.mail.backends.console.EmailBackend", sender)
    try:
        parts = urlsplit(ours.mail_url)
        usual, use_ssl, use_tls = _WAYS[parts.scheme]
        port = parts.port or usual
    except (ValueError, KeyError):
        raise _no_address() from None
    if not parts.hostname or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise _no_address()
    if parts.password and parts.scheme == "smtp" and parts.hostname not in _HERE:
        raise UsageError(
            "EVERYGENOME_MAIL_URL would send a password that others on the way can read.",
            remedy="Write smtps:// or smtp+starttls:// in place of smtp://.",
        )
    return Mail(
        "django.core.mail.backends.smtp.EmailBackend",
        sender,
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_ssl=use_ssl,
        use_tls=use_tls,
    )


def _no_address() -> UsageError:
    # The message must not repeat the address: it may hold a password.
    return UsageError(
        "EVERYGENOME_MAIL_URL is no address of a mail server.",
        remedy="Write it as smtps://USER:PASSWORD@HOST, smtp+starttls://USER:PASSWORD@HOST or "
        "smtp://localhost, or unset it.",
    )


def _sender(ours: Settings) -> str:
    if ours.mail_from is None:
        host = urlsplit(ours.site_url or "").hostname or "localhost"
        return f"everygenome <everygenome@{host}>"
    name, address = parseaddr(ours.mail_from)
    if not ours.mail_from.isprintable() or not _is_address(address):
        raise UsageError(
            "EVERYGENOME_MAIL_FROM is no sender of mail.",
            remedy="Write it as everygenome <alerts@example.org>.",
        )
    return f"{name} <{address}>" if name else address


def _is_address(text: str) -> bool:
    try:
        return bool(Address(addr_spec=text).domain)
    except (ValueError, IndexError):
        return False
