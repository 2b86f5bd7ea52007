"""Django's settings, put together from our own: `DJANGO_SETTINGS_MODULE=everygenome.web.settings`.

Everything that differs between installations comes from `everygenome.settings`.
"""

from os import environ as _environ

from everygenome.settings import settings as _settings
from everygenome.web.settings.base import *  # noqa: F403
from everygenome.web.settings.database import apart as _apart
from everygenome.web.settings.database import database as _database
from everygenome.web.settings.login import *  # noqa: F403
from everygenome.web.settings.mail import mail as _mail
from everygenome.web.settings.secret import secret_key as _secret_key
from everygenome.web.settings.security import *  # noqa: F403
from everygenome.web.settings.security import hosts as _hosts

_ours = _settings()
STORE = _ours.store
QUERY_SECONDS = _ours.query_seconds
API_RATE_LIMIT = _ours.rate_limit
STATIC_ROOT = STORE / "web" / "static"
SECRET_KEY = _secret_key(_ours)
# What no backup may hold: keys of stories, and what readers search of them.
APART = _ours.apart or STORE / "web" / "apart"
FILE_UPLOAD_TEMP_DIR = APART / "incoming"
FILE_UPLOAD_HANDLERS = ["everygenome.web.site.uploads.Small"]
DATABASES = {"default": _database(_ours), "apart": _apart(APART)}
DATABASE_ROUTERS = ["everygenome.web.collections.shelf.Router"]
ALLOWED_HOSTS = _hosts(_ours)
SITE_URL = (_ours.site_url or "").rstrip("/")
# Links in mails need an address; without one it is the one that the site is served at.
LINK_BASE = SITE_URL or _environ.get("EVERYGENOME_SERVED_AT", "http://127.0.0.1:8000")
CONTACT_KEYS = _ours.contact_keys or ""
# Allele frequencies that readers may ask of variants.
FREQUENCIES = tuple(_ours.frequency_stores)
GENE_BARS = _ours.gene_bars
REPORT_RECEIVERS = tuple(_ours.receivers)
# Who runs the site: where replies are sent.
CONTACT = _ours.contact or ""
_post = _mail(_ours)
EMAIL_BACKEND = _post.backend
EMAIL_HOST, EMAIL_PORT = _post.host, _post.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _post.user, _post.password
EMAIL_USE_SSL, EMAIL_USE_TLS = _post.use_ssl, _post.use_tls
# A reader waits in front of the form while the first mail is handed over.
EMAIL_TIMEOUT = 10
ANYMAIL = {"REQUESTS_TIMEOUT": EMAIL_TIMEOUT, **_post.anymail}
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _post.sender
