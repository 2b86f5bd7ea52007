"""The app's name."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Accounts, roles and contact details."""

    name = "everygenome.web.people"
    label = "people"
