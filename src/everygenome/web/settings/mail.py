"""How the site sends mail: to the terminal, unless EVERYGENOME_MAIL_URL names a server or a
provider.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
class Provider:
    """A service that takes mail over HTTPS, by one key.

    Attributes:
        backend: the module of anymail that speaks to it.
        key: what anymail calls the key.
        domain: what anymail calls the domain that sends, where the service must know it.
        more: other settings of anymail.
    """

    backend: str
    key: str
    domain: str = ""
    more: Mapping[str, str] = field(default_factory=dict)


# `+eu`: the same service in the European Union, under its own address.
PROVIDERS = {
    "brevo": Provider("brevo", "BREVO_API_KEY"),
    "mailersend": Provider("mailersend", "MAILERSEND_API_TOKEN"),
    "mailgun": Provider("mailgun", "MAILGUN_API_KEY", domain="MAILGUN_SENDER_DOMAIN"),
    "mailgun+eu": Provider(
        "mailgun",
        "MAILGUN_API_KEY",
        domain="MAILGUN_SENDER_DOMAIN",
        more={"MAILGUN_API_URL": "https://api.eu.mailgun.net/v3"},
    ),
    "mailtrap": Provider("mailtrap", "MAILTRAP_API_TOKEN"),
    "mandrill": Provider("mandrill", "MANDRILL_API_KEY"),
    "postmark": Provider("postmark", "POSTMARK_SERVER_TOKEN"),
    "resend": Provider("resend", "RESEND_API_KEY"),
    "sendgrid": Provider("sendgrid", "SENDGRID_API_KEY"),
    "sparkpost": Provider("sparkpost", "SPARKPOST_API_KEY"),
    "sparkpost+eu": Provider(
        "sparkpost",
        "SPARKPOST_API_KEY",
        more={"SPARKPOST_API_URL": "https://api.eu.sparkpost.com/api/v1"},
    ),
}


@dataclass(frozen=True, slots=True)
class Mail:
    """Django's settings for mail, by other names.

    Attributes:
        backend: the class that sends.
        host, port, user, password: the mail server.
        use_ssl: encrypted from the start.
        use_tls: encrypted after the greeting (STARTTLS).
        sender: what stands in `From`.
        anymail: the settings of a provider.
    """

    backend: str
    sender: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    use_ssl: bool = False
    use_tls: bool = False
    anymail: Mapping[str, str] = field(default_factory=dict)


def mail(ours: Settings) -> Mail:
    """How mail is sent.

    Raises:
        UsageError: EVERYGENOME_MAIL_URL is no address of a mail server or provider, would send a
            password readable by others, or EVERYGENOME_MAIL_FROM is no sender.
    """
    sender = _sender(ours)
    if not ours.mail_url:
        return Mail("django.core.mail.backends.console.EmailBackend", sender)
    scheme = ours.mail_url.partition("://")[0].lower()
    if scheme in PROVIDERS:
        return _provider(ours.mail_url, PROVIDERS[scheme], scheme, sender)
    return _server(ours.mail_url, sender)


def _server(url: str, sender: str) -> Mail:
    try:
        parts = urlsplit(url)
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


def _provider(url: str, provider: Provider, scheme: str, sender: str) -> Mail:
    # Not by `urlsplit`: it would make the key's letters small.
    key, at, domain = url.partition("://")[2].removesuffix("/").partition("@")
    key = unquote(key)
    if not key or not key.isascii() or not key.isprintable() or any(c in key for c in " /?#"):
        raise _no_provider(scheme, provider)
    if bool(at) != bool(provider.domain) or (at and not _is_domain(domain)):
        raise _no_provider(scheme, provider)
    made = {provider.key: key, **provider.more}
    if provider.domain:
        made[provider.domain] = domain
    return Mail(f"anymail.backends.{provider.backend}.EmailBackend", sender, anymail=made)


def _no_address() -> UsageError:
    # The message must not repeat the address: it may hold a password.
    return UsageError(
        "EVERYGENOME_MAIL_URL is no address of a mail server.",
        remedy="Write it as smtps://USER:PASSWORD@HOST, smtp+starttls://USER:PASSWORD@HOST or "
        f"smtp://localhost, name a provider ({', '.join(PROVIDERS)}), or unset it.",
    )


def _no_provider(scheme: str, provider: Provider) -> UsageError:
    # Nor this one: it holds a key.
    form = f"{scheme}://KEY@DOMAIN" if provider.domain else f"{scheme}://KEY"
    return UsageError(
        f"EVERYGENOME_MAIL_URL does not hold what {scheme} needs.",
        remedy=f"Write it as {form}, with the key that {scheme} gave you.",
    )


def _is_domain(text: str) -> bool:
    return _is_address(f"a@{text}") and "." in text and not any(c in text for c in " /?#[]:")


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
