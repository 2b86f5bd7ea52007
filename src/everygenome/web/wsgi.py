"""For any WSGI server; `serve` is the way that needs no preparation."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "everygenome.web.settings")
application = get_wsgi_application()
