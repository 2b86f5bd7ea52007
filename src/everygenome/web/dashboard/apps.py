"""The app's name."""

from django.apps import AppConfig


class DashboardConfig(AppConfig):
    """The monitor's pages."""

    name = "everygenome.web.dashboard"
    label = "dashboard"
