"""The app's name."""

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    """Alerts by e-mail."""

    name = "everygenome.web.alerts"
    label = "alerts"
