"""Django's settings, put together from our own: `DJANGO_SETTINGS_MODULE=everygenome.web.settings`.

Everything that differs between installations comes from `everygenome.settings`.
"""

from everygenome.settings import settings as _settings
from everygenome.web.settings.base import *  # noqa: F403
from everygenome.web.settings.database import database as _database
from everygenome.web.settings.secret import secret_key as _secret_key
from everygenome.web.settings.security import *  # noqa: F403
from everygenome.web.settings.security import hosts as _hosts

_ours = _settings()
STORE = _ours.store
QUERY_SECONDS = _ours.query_seconds
API_RATE_LIMIT = _ours.rate_limit
STATIC_ROOT = STORE / "web" / "static"
SECRET_KEY = _secret_key(_ours)
DATABASES = {"default": _database(_ours)}
ALLOWED_HOSTS = _hosts(_ours)
