"""The app's name."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Audits of counts."""

    name = "everygenome.web.audit"
    # "audit" alone is what others call a trail of who did what.
    label = "dataset_audit"
