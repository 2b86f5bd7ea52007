"""A sites file on its way through bcftools."""
