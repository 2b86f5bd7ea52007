"""The app's name."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    """Contributions, reviews, holds, reports and appeals."""

    name = "everygenome.web.moderation"
    label = "moderation"
