"""The app's name."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The public API."""

    name = "everygenome.web.api"
    label = "api"
