"""The app's name; it has a page and a script, and no addresses on the live site."""

from django.apps import AppConfig


class ExportConfig(AppConfig):
    """The site as plain files."""

    name = "everygenome.web.export"
    label = "export"
