"""What users hand in: a VCF, a list, or variants as typed; made into one table."""
