"""The app's name."""

from django.apps import AppConfig


class BackupConfig(AppConfig):
    """The commands `backup` and `restore`."""

    name = "everygenome.web.backup"
    label = "backup"
