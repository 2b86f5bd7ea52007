"""What is the same everywhere: apps, middleware, templates, static files."""

# There is no debug mode: its pages show settings and code to whoever makes an error.
DEBUG = False
ROOT_URLCONF = "everygenome.web.urls"
WSGI_APPLICATION = "everygenome.web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Account"

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "anymail",
    "simple_history",
    "everygenome.web.site",
    "everygenome.web.people",
    "everygenome.web.moderation",
    "everygenome.web.collections",
    "everygenome.web.toolbox",
    "everygenome.web.definitions",
    "everygenome.web.evidence",
    "everygenome.web.datasets",
    "everygenome.web.stories",
    "everygenome.web.alerts",
    "everygenome.web.audit",
    "everygenome.web.variants",
    "everygenome.web.badges",
    "everygenome.web.changes",
    "everygenome.web.api",
    "everygenome.web.dashboard",
    "everygenome.web.export",
    "everygenome.web.backup",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "everygenome.web.headers.headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Static files leave from here, with all headers on them.
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Before anything that asks under which name the site was called.
    "everygenome.web.headers.known_name",
    # Whatever is answered under /api/, also by those below, leaves in the API's own form.
    "everygenome.web.api.edge.edge",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Nobody is given a cookie but who logs in: a session is begun by that alone.
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "everygenome.web.site.slow.TooLong",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"builtins": ["everygenome.web.site.templatetags.figures"]},
    }
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # How often each address asked in this minute; each worker process counts by itself.
    "rate": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "rate",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
}
RATELIMIT_USE_CACHE = "rate"
STATIC_URL = "/static/"
WHITENOISE_MAX_AGE = 3600
LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"masked": {"()": "everygenome.web.site.masking.Masked"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["masked"]}},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        # A request for a name that is not ours is a visitor's mistake, told to the visitor.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
    },
}
