"""E-mail addresses from strangers, checked before anything is sent to them."""

import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.encoding import punycode

_LONGEST = 254
_MESSAGE = "This does not look like an e-mail address. Please check it."
_check = EmailValidator(message=_MESSAGE, allowlist=[])


def cleaned(text: str) -> str:
    """An address as it can be written to: its domain in small ASCII letters.

    Raises:
        ValidationError: it is no address, or none that we can be sure to write to.

    Example:
        >>> cleaned(" Ada@Bücher.Example ")
        'Ada@xn--bcher-kva.example'
    """
    text = text.strip()
    local, _, domain = text.rpartition("@")
    # Quoted names may hold spaces, commas and line ends: valid, and not worth the risk.
    if not text.isprintable() or not local or '"' in local or domain.startswith("["):
        raise ValidationError(_MESSAGE)
    written = f"{local}@{_plain(domain)}"
    if len(written) > _LONGEST:
        raise ValidationError(_MESSAGE)
    _check(written)
    return written


def _plain(domain: str) -> str:
    """The domain as the name servers know it.

    The older standard for names beyond ASCII, which Python has, reads some letters as others
    (ß as ss): another domain, and maybe another person. Such a name is refused.
    """
    named = unicodedata.normalize("NFKC", domain).lower()
    try:
        written = punycode(named)
        same = written == named or written.encode("ascii").decode("idna") == named
    except UnicodeError:
        same = False
    if not same:
        raise ValidationError(
            "We cannot be sure which domain this is. Please write it in its form that begins "
            "with xn--."
        )
    return written.lower()
