"""What a frequency says of variants, as a report: limits first, evidence second, method last."""

from everygenome.reports.variants.document import evidence_document

__all__ = ["evidence_document"]
