"""Headers and names: nothing from elsewhere, nothing inline, nothing framed."""

from everygenome.settings import Settings

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Sent over HTTPS only. A proxy on this machine says so with X-Forwarded-Proto, which
# gunicorn believes from 127.0.0.1 and from nowhere else; the redirect is the proxy's work.
SECURE_HSTS_SECONDS = 31_536_000
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CSRF_FAILURE_VIEW = "everygenome.web.site.errors.not_from_here"
SESSION_COOKIE_HTTPONLY = True

_THIS_MACHINE = ("localhost", "127.0.0.1", "[::1]")


def hosts(ours: Settings) -> list[str]:
    """The names under which the site answers: this machine's own, and those configured."""
    named = [name.strip() for name in ours.allowed_hosts.split(",")]
    return [*_THIS_MACHINE, *(name for name in named if name)]
