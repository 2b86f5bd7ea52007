"""An audit as a report: plain findings first, then pictures and tables, then how it was done."""

from everygenome.reports.audit.document import audit_document

__all__ = ["audit_document"]
