"""Datasets: a register of genomic datasets and biobanks."""
