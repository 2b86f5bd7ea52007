"""The app's name."""

from django.apps import AppConfig


class VariantsConfig(AppConfig):
    """Evidence on variants."""

    name = "everygenome.web.variants"
    label = "variants"
